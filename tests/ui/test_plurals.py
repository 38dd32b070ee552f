"""French counts nothing in the singular, English in the plural."""

import pytest
from django.template import Context, Template
from django.utils.translation import ngettext as counted  # by names that catalogues do not gather
from django.utils.translation import npgettext as counted_on
from django.utils.translation import override

COUNTED = Template(
    "{% blocktranslate count n=n %}{{ n }} élément inventé{% plural %}{{ n }} éléments inventés{% endblocktranslate %}"
)


@pytest.mark.parametrize(
    ("n", "told"), [(0, "0 élément inventé"), (1, "1 élément inventé"), (7, "7 éléments inventés")]
)
def test_nothing_is_one_in_french(n, told):
    with override("fr"):
        assert counted("{n} élément inventé", "{n} éléments inventés", n).format(n=n) == told
        assert counted_on("paper", "{n} élément inventé", "{n} éléments inventés", n).format(n=n) == told
        assert COUNTED.render(Context({"n": n})) == told


def test_nothing_is_several_in_english():
    with override("en"):
        assert counted("{n} jour", "{n} jours", 0).format(n=0) == "0 days"
        assert counted("{n} jour", "{n} jours", 1).format(n=1) == "1 day"
