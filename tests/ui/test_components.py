import pytest
from django.template import Context, Template, TemplateSyntaxError

from xpassfam.ui.icons import UnknownIcon


def draw(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


def test_a_mistyped_argument_stops_when_the_template_is_compiled():
    with pytest.raises(TemplateSyntaxError):
        Template('{% tag kind="ok" txt="Validée" %}')


def test_a_positional_argument_stops_when_the_template_is_compiled():
    with pytest.raises(TemplateSyntaxError):
        Template('{% alert "ok" %}{% endalert %}')


def test_an_unknown_icon_is_refused():
    with pytest.raises(UnknownIcon):
        draw('{% icon "unicorn" %}')
