"""A certificate freezes what is true today, and says nothing that who asked may not read."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError
from django.db.models import F
from django.utils import timezone

from tests.certificates.certifying import NADIA, brackets, counted, given, living_on, paid, read_again, separate
from tests.household.families import fresh
from xpassfam.certificates import saying, shown, situation
from xpassfam.certificates.actions import issuing
from xpassfam.certificates.kinds import kind_of
from xpassfam.certificates.models import Certificate, Paper, State
from xpassfam.certificates.saying import Unsayable, Why
from xpassfam.documents.models import Document
from xpassfam.entitlements import shipped
from xpassfam.entitlements.actions import evaluate_due, publish_vocabulary
from xpassfam.journal.models import Line
from xpassfam.people.access import for_account
from xpassfam.people.actions.holding import NotAllowed
from xpassfam.people.models import Access, Household, Person, Residence
from xpassfam.rules.certificates import normalise_typed_code
from xpassfam.rules.time_limits import add_months

pytestmark = pytest.mark.django_db


def why(family, who: Person, kind: str, variant: str = "") -> Why:
    with pytest.raises(Unsayable) as caught:
        given(family, who, kind, variant)
    return caught.value.why


def names(certificate: Certificate) -> list[str]:
    return [one["name"] for one in certificate.said["persons"]]


def test_a_composition_names_everybody_of_the_home(family):
    made = given(family, family.camille)

    assert names(made) == ["Camille Martin", "Karim Benali", "Inès Benali", "Léa Benali", "Tom Moreau"]
    assert made.said["address"] == ["14 rue du Coudray", "44200 Nantes"]
    assert made.paper.initials == "C. M., K. B., I. B., L. B., T. M."
    assert made.paper.valid_until == add_months(timezone.localdate(), 3)
    assert normalise_typed_code(made.paper.code) == made.paper.code
    assert made.number.startswith(f"A2-{timezone.localdate().year}-")


def test_a_birth_is_told_where_the_asker_reads_it(family):
    born = {one["name"]: one["born"] for one in given(family, family.camille).said["persons"]}

    assert born["Camille Martin"] == "1988-04-12"
    assert born["Inès Benali"] == "2017-06-18"
    assert born["Karim Benali"] is None
    assert born["Léa Benali"] is None


def test_a_child_of_two_homes_is_told_so_without_the_other(family):
    made = given(family, family.camille)
    tom = next(one for one in made.said["persons"] if one["name"] == "Tom Moreau")

    assert tom["is_shared"] is True
    assert "Roubaix" not in str(made.said)
    assert "Antoine" not in str(made.said)


def test_a_grown_child_has_one_about_themselves_alone(family):
    made = given(family, family.lea)

    assert made.is_own
    assert names(made) == ["Léa Benali"]
    assert made.paper.initials == "L. B."
    assert made.sheet["introduction"].startswith("Nous attestons que Léa Benali")


@pytest.mark.parametrize("kind", ["bracket", "paid", "card"])
def test_a_grown_child_has_nothing_of_what_the_home_lives_on(family, kind):
    living_on(family)

    assert why(family, family.lea, kind, str(timezone.localdate().year - 1) if kind == "paid" else "") == (
        Why.NOT_ALLOWED
    )


def test_in_a_frozen_file_each_has_their_own_and_no_address(family):
    separate(family)
    made = given(family, family.camille)

    assert made.is_own
    assert names(made) == ["Camille Martin"]
    assert made.said["address"] == []
    assert "Coudray" not in str(made.said)


@pytest.mark.parametrize("kind", ["bracket", "card"])
def test_in_a_frozen_file_nothing_is_certified_of_the_home(family, kind):
    living_on(family)
    separate(family)

    assert why(family, family.camille, kind) is Why.FROZEN


def test_a_helper_for_documents_has_the_composition_without_births(family):
    Access.objects.create(
        person=family.antoine,
        household=family.home,
        permission="documents",
        since=date(2020, 1, 1),
        origin="invitation",
    )
    accesses = for_account(family.account(family.antoine), on=timezone.localdate())
    helping = next(one for one in accesses if one.household_id == family.home.pk)
    made = given(family, family.antoine, access=helping)

    assert not made.is_own
    assert [one["born"] for one in made.said["persons"]] == [None] * 5


def test_rights_are_those_that_are_open_for_whom_and_until_when(family, time_machine):
    time_machine.move_to("2026-11-23 14:05:00Z", tick=False)
    brackets()
    living_on(family, 984_00, month=date(2026, 10, 1))
    counted("R03", "R05")
    made = given(family, family.camille, "rights")

    assert made.number.startswith("A1-2026-")
    assert made.paper.valid_until == date(2027, 2, 23)
    assert {(one["code"], one["whom"]) for one in made.said["rights"]} == {
        (code, name) for code in ("R03", "R05") for name in ("Inès", "Tom")
    }
    assert set(made.said["until"].values()) == {"2027-10-31"}  # the income is a year old then
    assert made.sheet["sections"][0]["table"]["rows"][0] == ["Noël des enfants", "Inès, Tom", "40\u00a0€"]


def test_a_right_that_tells_of_health_is_not_certified(family):
    brackets()
    living_on(family)
    hold = {"kind": "disability_decision", "issued_on": date(2025, 1, 1), "given_by": family.camille, "form_key": "d"}
    Document.objects.create(
        household=family.home, person=family.ines, given_at=timezone.now(), verdict="accepted", verdict_by="Nadia",
        verdict_at=timezone.now(), **hold,
    )  # fmt: skip
    counted("R05", "R11")
    made = given(family, family.camille, "rights")

    assert {one["code"] for one in made.said["rights"]} == {"R05"}


def test_rights_wait_until_what_changed_is_counted(family):
    brackets()
    living_on(family)
    assert why(family, family.camille, "rights") is Why.COUNTING
    counted("R05")
    first = given(family, family.camille, "rights")
    touch(family)
    assert why(family, family.camille, "rights") is Why.COUNTING

    living_on(family, 700_00)
    evaluate_due(at=timezone.now())
    assert shown.is_stale(first, situation.read(family.access(family.camille)))
    assert given(family, family.camille, "rights").says != first.says
    assert read_again(first).state(timezone.localdate()) is State.REPLACED


def test_a_home_without_any_right_is_told_so(family):
    counted("R10")
    assert why(family, family.camille, "rights") is Why.NO_RIGHT


def test_a_last_day_that_comes_in_sight_is_no_change(family):
    brackets()
    living_on(family)
    counted("R05")
    made = given(family, family.camille, "rights")

    assert saying.digest(made.said) == saying.digest({**made.said, "until": {}})


def touch(family):
    Household.objects.filter(pk=family.home.pk).update(facts_version=F("facts_version") + 1)


def test_a_bracket_follows_the_limits_and_lasts_a_year(family):
    brackets()
    income = living_on(family, 984_00)
    made = given(family, family.camille, "bracket")

    assert (made.said["bracket"], made.said["of"], made.said["quotient_cents"]) == (3, 5, 984_00)
    assert (made.paper.valid_until.year, made.paper.valid_until.month) == (income.month.year + 1, income.month.month)


def test_a_bracket_can_be_told_without_its_amount(family):
    brackets()
    living_on(family, 984_00)
    made = given(family, family.camille, "bracket", saying.WITHOUT_AMOUNT)

    assert made.said["bracket"] == 3
    assert "984" not in f"{made.said}{made.sheet}"


def test_without_brackets_the_amount_is_not_left_out(family):
    living_on(family)
    with pytest.raises(issuing.NoSuchVariant):
        given(family, family.camille, "bracket", saying.WITHOUT_AMOUNT)

    assert "bracket" not in given(family, family.camille, "bracket").said


def test_no_income_and_an_old_one_are_said(family):
    assert why(family, family.camille, "bracket") is Why.NO_INCOME
    living_on(family, month=timezone.localdate() - timedelta(days=430))
    assert why(family, family.camille, "bracket") is Why.OLD_INCOME


def test_how_long_an_income_tells_the_bracket_is_the_rule_s_to_say(family):
    """The rules that are shipped, with six months."""
    text = shipped.VOCABULARY.read_text(encoding="utf-8").replace("income_months: 12", "income_months: 6")
    publish_vocabulary(text, by=NADIA, at=timezone.now())
    today = timezone.localdate()
    income = living_on(family, month=add_months(today, -3))
    assert given(family, family.camille, "bracket").paper.valid_until == add_months(income.month, 7) - timedelta(days=1)

    income.delete()
    living_on(family, month=add_months(today, -8))
    assert why(family, family.camille, "bracket") is Why.OLD_INCOME


def test_the_tax_certificate_adds_up_what_was_paid_in_its_year_alone(family):
    year = timezone.localdate().year - 1
    paid(family, "Rentrée", 80_00, on=date(year, 9, 26))
    paid(family, "Noël", 40_00, on=date(year, 12, 31))
    paid(family, "Vacances", 150_00, on=date(year - 1, 12, 31))
    paid(family, "Cette année", 10_00, on=date(year + 1, 1, 1))
    made = given(family, family.camille, "paid", str(year))

    assert [row["label"] for row in made.said["rows"]] == ["Rentrée", "Noël"]
    assert made.said["cents"] == 120_00
    assert made.paper.valid_until is None
    assert given(family, family.camille, "paid", str(year - 2)).said["rows"] == []


@pytest.mark.parametrize("variant", ["", "1999", "2999", "x", "without_amount"])
def test_a_year_that_is_not_offered_is_refused(family, variant):
    with pytest.raises(issuing.NoSuchVariant):
        given(family, family.camille, "paid", variant)


def test_the_card_is_for_homes_with_a_child(family):
    card = given(family, family.camille, "card")
    assert all(one["born"] is None for one in card.said["persons"])
    assert "address" not in card.said

    Residence.objects.filter(household=family.home, role="dependent_child").delete()
    assert why(family, family.karim, "card") is Why.NO_CHILD


def test_a_new_one_replaces_one_s_own_and_nobody_else_s(family):
    first, karim_s = given(family, family.camille), given(family, family.karim)
    second = given(family, family.camille)

    today = timezone.localdate()
    assert read_again(first).state(today) is State.REPLACED
    assert read_again(karim_s).state(today) is State.VALID
    assert read_again(second).state(today) is State.VALID


def test_another_year_or_option_replaces_nothing(family):
    brackets()
    living_on(family)
    year = timezone.localdate().year
    made = [
        given(family, family.camille, "bracket"),
        given(family, family.camille, "bracket", saying.WITHOUT_AMOUNT),
        given(family, family.camille, "paid", str(year - 1)),
        given(family, family.camille, "paid", str(year - 2)),
    ]

    assert {read_again(one).state(timezone.localdate()) for one in made} == {State.VALID}


def test_a_form_sent_twice_gives_one(family):
    first = given(family, family.camille, form_key="same")
    second = given(family, family.camille, form_key="same")

    assert first == second
    assert Paper.objects.count() == 1


def test_somebody_else_s_key_gives_them_nothing_of_ours(family):
    mine = given(family, family.camille, form_key="same")

    assert given(family, family.karim, form_key="same") != mine


def test_whose_access_has_ended_has_none(family):
    access = family.access(family.camille)
    Access.objects.filter(person=family.camille).update(until=access.on)
    with pytest.raises(NotAllowed):
        given(family, family.camille, access=access)


def test_a_person_has_an_end_of_them_in_a_day_that_takes_nothing_from_the_other(family):
    for _number in range(issuing.A_DAY.free):
        given(family, family.camille)
    with pytest.raises(issuing.TooMany):
        given(family, family.camille)
    assert given(family, family.karim)


def test_the_history_tells_the_home_and_of_one_s_own_that_person_alone(family):
    made, own = given(family, family.camille), given(family, family.lea)
    lines = Line.objects.filter(kind__startswith="certificates.issued")
    seen_by = {
        name: {line.payload.words.count(made.number) for line in lines.visible_to(family.access(who))}
        for name, who in (("karim", family.karim), ("lea", family.lea))
    }

    assert seen_by == {"karim": {1}, "lea": {0}}
    assert lines.visible_to(family.access(family.lea)).get().payload.words.count(own.number) == 1


def test_what_is_known_is_read_in_as_many_queries_whatever_the_family(family, django_assert_num_queries):
    access = family.access(family.camille)
    situation.read(access)  # the process reads the rules once
    with django_assert_num_queries(7):
        situation.read(access)


def test_what_was_issued_says_the_same_for_ever(family):
    made = given(family, family.camille)
    Person.objects.filter(pk=family.karim.pk).update(first_names="Karime")

    assert "Karim Benali" in names(read_again(made))
    assert fresh(family.karim).first_names == "Karime"


def test_the_database_refuses_two_current_ones_of_a_kind(family):
    first = given(family, family.camille)
    second = given(family, family.camille)
    assert first.household == second.household
    with pytest.raises(IntegrityError):
        Certificate.objects.filter(pk=first.pk).update(is_current=True)


def test_each_kind_that_is_asked_for_can_be_said(family):
    brackets()
    living_on(family)
    counted("R05")
    known = situation.read(family.access(family.camille))
    for code in ("rights", "composition", "bracket", "paid", "card"):
        kind = kind_of(code)
        assert saying.say(kind, known, saying.variants(kind, known)[0])
