"""French counts nothing in the singular, English in the plural."""

import pytest
from django.template import Context, Template
from django.utils.translation import ngettext, npgettext, override

COUNTED = Template(
    "{% blocktranslate count n=n %}{{ n }} élément inventé{% plural %}{{ n }} éléments inventés{% endblocktranslate %}"
)


@pytest.mark.parametrize(
    ("n", "told"), [(0, "0 élément inventé"), (1, "1 élément inventé"), (7, "7 éléments inventés")]
)
def test_nothing_is_one_in_french(n, told):
    with override("fr"):
        assert ngettext("{n} élément inventé", "{n} éléments inventés", n).format(n=n) == told
        assert npgettext("paper", "{n} élément inventé", "{n} éléments inventés", n).format(n=n) == told
        assert COUNTED.render(Context({"n": n})) == told


def test_nothing_is_several_in_english():
    with override("en"):
        assert ngettext("{n} jour", "{n} jours", 0).format(n=0) == "0 days"
        assert ngettext("{n} jour", "{n} jours", 1).format(n=1) == "1 day"
