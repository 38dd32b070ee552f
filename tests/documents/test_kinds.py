"""The file of kinds is checked when it is read: a slip is named, never guessed."""

import pytest

from xpassfam.documents.kinds import About, BadKind, kinds, read
from xpassfam.rules.documents import Lasting, Validity

GOOD = {
    "code": "lease",
    "label": {"fr": "Bail", "en": "Lease"},
    "hint": {"fr": "", "en": ""},
    "about": "home",
    "validity": {"months": 12},
}


def test_a_good_entry_is_a_kind():
    kind = read([GOOD])["lease"]

    assert (kind.about, kind.validity, kind.slug) == (About.HOME, Validity(Lasting.MONTHS, months=12), "lease")


def test_the_kinds_that_ship_are_those_of_the_catalogue():
    assert {"proof_of_address", "tax_notice", "birth_certificate", "bank_details", "identity", "other"} <= set(kinds())
    assert [code for code, kind in kinds().items() if kind.is_restricted] == ["disability_decision", "serious_event"]
    assert [code for code, kind in kinds().items() if kind.is_erased] == ["identity"]


@pytest.mark.parametrize(
    ("slip", "said"),
    [
        ({"code": "Lease"}, "kind 1"),
        ({"colour": "red"}, "kind 1"),
        ({"label": {"fr": "Bail"}}, r"kind 1 \(lease\), label"),
        ({"label": {"fr": "Bail", "en": ""}}, "label: a text is missing"),
        ({"about": "dog"}, "about is one of"),
        ({"validity": "sometimes"}, "validity"),
        ({"validity": {"months": 0}}, "validity"),
        ({"validity": {"months": True}}, "validity"),
        ({"validity": {"months": 3, "until": "02-29"}}, "validity"),
        ({"validity": {"months": 3, "until": "31/08"}}, "validity"),
    ],
)
def test_a_slip_is_named(slip, said):
    with pytest.raises(BadKind, match=said):
        read([GOOD | slip])


def test_two_kinds_of_one_name_are_refused():
    with pytest.raises(BadKind, match="two kinds are named lease"):
        read([GOOD, GOOD])


def test_something_else_than_a_list_is_refused():
    with pytest.raises(BadKind):
        read({"lease": GOOD})
