import re

import pytest
from django.template import Context, Template, TemplateSyntaxError

from tests.house import files
from xpassfam.ui import icons
from xpassfam.ui.icons import UnknownIcon


def draw(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


def test_a_mistyped_argument_stops_when_the_template_is_compiled():
    with pytest.raises(TemplateSyntaxError):
        Template('{% tag kind="ok" txt="Validée" %}')


def test_a_positional_argument_stops_when_the_template_is_compiled():
    with pytest.raises(TemplateSyntaxError):
        Template('{% alert "ok" %}{% endalert %}')


@pytest.mark.parametrize(("value", "read"), [(0, "<dd>0</dd>"), (3, "<dd>3</dd>"), ("", "Non renseigné")])
def test_a_fact_says_zero_and_says_what_is_not_known(value, read):
    assert read in draw('{% fact term="En retard" value=value %}', value=value)


def test_every_icon_of_the_sprite_is_drawn_somewhere():
    """Each page carries the whole sprite."""
    everything = "\n".join(files.text(path) for path in [*files.python("xpassfam"), *files.templates(), *scripts()])

    assert [name for name in icons.names() if not re.search(rf"[\"'#]{name}[\"' ,]", everything)] == []


def scripts():
    return [path for path in files.followed() if path.suffix in (".js", ".css") and path.is_relative_to(files.PORTAL)]


def test_an_unknown_icon_is_refused():
    with pytest.raises(UnknownIcon):
        draw('{% icon "unicorn" %}')
