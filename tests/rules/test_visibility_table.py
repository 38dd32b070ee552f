"""The table of who sees what, as a jurist reads it: viewer × situation × item."""

from datetime import date, timedelta

import pytest

from xpassfam.rules.visibility import (
    ITEMS_BY_STAFF_ROLE,
    Item,
    Subject,
    Viewer,
    may,
    may_see_address,
    may_see_filed,
    may_see_household_history,
    visible_items,
)

TODAY = date(2026, 11, 24)
MINOR, ADULT = date(2016, 4, 1), date(1988, 4, 12)
ME, OTHER, HOME, ELSEWHERE = 1, 2, 10, 20

# N name, A age, R role, B birth date, @ address, C contacts, M member number, I income, D documents, Q requests,
# H history. The columns: whom the line is about, in which file.
LETTERS = dict(zip("NARB@CMIDQH", [
    Item.NAME, Item.AGE, Item.ROLE, Item.BIRTH_DATE, Item.ADDRESS, Item.CONTACTS, Item.MEMBER_NUMBER, Item.INCOME,
    Item.DOCUMENTS, Item.REQUESTS, Item.HISTORY,
], strict=True))  # fmt: skip

VIEWERS = {
    "holder": {"role": "holder"},
    "partner": {"role": "partner"},
    "holder who only sees": {"role": "holder", "permission": "view"},
    "grown child at home": {"role": "dependent_child", "permission": "view"},
    "grandmother at home": {"role": "other_adult", "permission": "view"},
    "helper for requests": {"permission": "requests"},
    "helper for documents": {"permission": "documents"},
    "helper for everything": {"permission": "all"},
    "guardian": {"represents": True},
    "guardian who only sees": {"represents": True, "permission": "view"},
    "separated holder": {"role": "holder", "is_frozen": True},
    "separated partner": {"role": "partner", "is_frozen": True},
    "helper of a separated couple": {"permission": "all", "is_frozen": True},
}
SUBJECTS = {
    "oneself": Subject(ME, role="holder", born=ADULT),
    "holder": Subject(OTHER, role="holder", born=ADULT),
    "child": Subject(OTHER, role="dependent_child", born=MINOR),
    "child of two homes": Subject(OTHER, role="dependent_child", born=MINOR, is_shared=True),
    "child whose age is unknown": Subject(OTHER, role="dependent_child"),
    "grown child": Subject(OTHER, role="dependent_child", born=ADULT),
    "grown child of two homes": Subject(OTHER, role="dependent_child", born=ADULT, is_shared=True),
    "other adult": Subject(OTHER, role="other_adult", born=ADULT),
    "acts from outside": Subject(OTHER, acts=True),
    "of another home": Subject(OTHER),
}
ALL = "NARB@CMIDQH"
TABLE = {
    "holder": [ALL, "NAR@CIDQH", ALL, "NARB@IDQH", ALL, "NAR@", "NAR@", "NAR@", "N", ""],
    "partner": [ALL, "NAR@CIDQH", ALL, "NARB@IDQH", ALL, "NAR@", "NAR@", "NAR@", "N", ""],
    "holder who only sees": [ALL, *["NAR@"] * 7, "N", ""],
    "grown child at home": [ALL, *["NAR@"] * 7, "N", ""],
    "grandmother at home": [ALL, *["NAR@"] * 7, "N", ""],
    "helper for requests": [ALL, *["NAR@Q"] * 4, *["NAR@"] * 3, "N", ""],
    "helper for documents": [ALL, *["NAR@D"] * 4, *["NAR@"] * 3, "N", ""],
    "helper for everything": [ALL, "NAR@IDQH", ALL, "NARB@IDQH", ALL, "NAR@", "NAR@", "NAR@", "N", ""],
    "guardian": [ALL, ALL, ALL, "NARB@IDQH", ALL, "NAR@", "NAR@", ALL, "N", ""],
    "guardian who only sees": [ALL, *["NAR@"] * 7, "N", ""],
    "separated holder": ["NARBCMIDQH", "NR", *["NARBIDQH"] * 3, *["NAR"] * 3, "N", ""],
    "separated partner": ["NARBCMIDQH", "NR", *["NARBIDQH"] * 3, *["NAR"] * 3, "N", ""],
    "helper of a separated couple": ["NARBCMIDQH", "NR", *["NARBIDQH"] * 3, *["NAR"] * 3, "N", ""],
}
CASES = [(who, whom, cell) for who, cells in TABLE.items() for whom, cell in zip(SUBJECTS, cells, strict=True)]


def viewer(**facts):
    return Viewer(ME, HOME, TODAY, **facts)


def test_the_table_is_whole():
    assert set(TABLE) == set(VIEWERS)
    assert set(LETTERS.values()) == set(Item)


@pytest.mark.parametrize(("who", "whom", "cell"), CASES)
def test_what_is_seen_is_what_the_table_says(who, whom, cell):
    seen = visible_items(viewer(**VIEWERS[who]), SUBJECTS[whom])

    assert "".join(letter for letter, item in LETTERS.items() if item in seen) == cell


@pytest.mark.parametrize(("days", "is_hidden"), [(-1, False), (0, True), (1, True)])
def test_contacts_go_on_the_very_day_of_majority(days, is_hidden):
    child = Subject(OTHER, role="dependent_child", born=date(2008, 11, 24))
    seen = visible_items(Viewer(ME, HOME, TODAY + timedelta(days=days), role="holder"), child)

    assert (Item.CONTACTS not in seen) == is_hidden
    assert {Item.NAME, Item.AGE, Item.ROLE} <= seen


ACTS = ("view", "requests", "documents", "change", "grant")
MAY = {
    "holder": "view requests documents change grant",
    "partner": "view requests documents change grant",
    "holder who only sees": "view",
    "grown child at home": "view",
    "grandmother at home": "view",
    "helper for requests": "view requests",
    "helper for documents": "view documents",
    "helper for everything": "view requests documents change",
    "guardian": "view requests documents change",
    "guardian who only sees": "view",
    "separated holder": "view requests documents",
    "separated partner": "view requests documents",
    "helper of a separated couple": "view requests documents",
}


@pytest.mark.parametrize("who", VIEWERS)
def test_what_may_be_done_is_what_the_permission_says(who):
    assert " ".join(act for act in ACTS if may(viewer(**VIEWERS[who]), act)) == MAY[who]


def test_an_unknown_permission_opens_nothing():
    stranger = viewer(permission="something else")

    assert visible_items(stranger, SUBJECTS["child"]) == frozenset()
    assert not may(stranger, "view")


def test_the_address_is_hidden_from_everybody_while_a_separation_is_declared():
    assert may_see_address(viewer(role="holder"))
    assert not may_see_address(viewer(role="holder", is_frozen=True))
    assert not may_see_address(viewer(permission="view", is_frozen=True))


@pytest.mark.parametrize("item", [Item.INCOME, Item.DOCUMENTS, Item.REQUESTS])
def test_what_the_other_home_filed_about_a_shared_child_is_not_seen(item):
    tom, mother = SUBJECTS["child of two homes"], viewer(role="holder")

    assert may_see_filed(mother, item, about=tom, household_id=HOME, filed_by=ME)
    assert not may_see_filed(mother, item, about=tom, household_id=ELSEWHERE, filed_by=OTHER)


@pytest.mark.parametrize("item", [Item.INCOME, Item.DOCUMENTS, Item.REQUESTS, Item.HISTORY])
def test_in_a_frozen_file_each_keeps_what_they_filed_and_sees_nothing_of_the_others(item):
    child, separated = SUBJECTS["child"], viewer(role="partner", is_frozen=True)

    assert may_see_filed(separated, item, about=child, household_id=HOME, filed_by=ME)
    assert not may_see_filed(separated, item, about=child, household_id=HOME, filed_by=OTHER)
    assert may_see_filed(viewer(role="partner"), item, about=child, household_id=HOME, filed_by=OTHER)


def test_the_history_of_all_is_read_by_who_may_do_everything_in_a_shared_file():
    assert may_see_household_history(viewer(role="holder"))
    assert not may_see_household_history(viewer(role="holder", is_frozen=True))
    assert not any(may_see_household_history(viewer(permission=one)) for one in ("view", "requests", "documents"))


def test_administrators_keep_the_register_and_handle_no_file():
    assert ITEMS_BY_STAFF_ROLE["agent"] == frozenset(Item)
    assert ITEMS_BY_STAFF_ROLE["administrator"] & {Item.INCOME, Item.DOCUMENTS, Item.REQUESTS} == frozenset()
