"""The families that the demo is known by have exactly the rights that the règlement des aides gives them.

The table is that of the reference date; who reads it can derive each line from the rules by hand.
"""

from datetime import date

import pytest
from django.utils import timezone

from xpassfam.demo.cast import REGISTER
from xpassfam.documents.models import Document
from xpassfam.entitlements import demo as entitlements_demo
from xpassfam.entitlements.asking import ask
from xpassfam.entitlements.published import book
from xpassfam.entitlements.reading import home_of
from xpassfam.journal.actions import Actor
from xpassfam.people.models import Household, Residence
from xpassfam.register.actions.importing import import_files

pytestmark = pytest.mark.django_db
BY = Actor("system", name="demo")
REFERENCE = date(2026, 11, 23)

# File, brackets, then by right: whom it is for (« » is the home), in euros or percent.
FAMILIES = {
    "SFE-85473": ("T3", {
        "R01": {"": None}, "R02": {"Inès": 80}, "R03": {"Inès": 40, "Adam": 40}, "R04": {"Adam": 450},
        "R05": {"Inès": 30, "Adam": 30}, "R06": {"Inès": 150}, "R07": {"Inès": 60},
    }),
    "SFE-95552": ("T4", {
        "R01": {"": None}, "R03": {"Erwan": 40, "Soizic": 40}, "R04": {"Soizic": 250},
        "R05": {"Nolwenn": 10, "Erwan": 10, "Soizic": 10}, "R07": {"Nolwenn": 60, "Erwan": 60}, "R09": {"": 30},
    }),
    "SFE-63719": ("T2", {
        "R01": {"": None}, "R03": {"Minh": 40}, "R04": {"Minh": 600}, "R05": {"Minh": 50}, "R10": {"": 25},
    }),
    # Derived: Léa studies and is 19 (20 on 31 December: no R02), Sékou has his AEEH.
    "SFE-93773": ("T3", {
        "R01": {"": None}, "R02": {"Sékou": 80}, "R03": {"Sékou": 40}, "R05": {"Sékou": 30}, "R06": {"Sékou": 150},
        "R07": {"Léa": 60, "Sékou": 60}, "R08": {"Léa": 200}, "R11": {"Sékou": 300},
    }),
    "SFE-63364": ("T3", {}),
    # Derived: T4 closes R02, R06 and R08; Emma, 17, counts among three minors for two days more.
    "SFE-67114": ("T4", {
        "R01": {"": None}, "R03": {"Louis": 40, "Chloé": 40}, "R05": {"Emma": 10, "Louis": 10, "Chloé": 10},
        "R07": {"Emma": 60, "Louis": 60, "Chloé": 60}, "R09": {"": 30},
    }),
    "SFE-69835": ("T2", {
        "R01": {"": None}, "R02": {"Tom": 60}, "R03": {"Tom": 40}, "R05": {"Tom": 50}, "R06": {"Tom": 110},
        "R07": {"Tom": 45}, "R10": {"": 25},
    }),
    "SFE-93732": ("T2", {
        "R01": {"": None}, "R02": {"Tom": 60}, "R03": {"Tom": 40}, "R05": {"Tom": 50}, "R06": {"Tom": 110},
        "R07": {"Tom": 45}, "R10": {"": 25},
    }),
}  # fmt: skip


@pytest.fixture(autouse=True)
def _loaded():
    at = timezone.now()
    import_files(sorted(REGISTER.glob("*.csv")), by=BY, at=at)
    entitlements_demo.load(by=BY, at=at)
    hold("Léa", "school_certificate", date(2026, 9, 8), date(2027, 8, 31))
    hold("Sékou", "disability_decision", date(2026, 3, 2), date(2029, 8, 31))


def hold(first_name, kind, issued_on, valid_until):
    """As the demo's documents: accepted, and good that day."""
    stay = Residence.objects.get(person__first_names=first_name, household__file_number="SFE-93773")
    Document.objects.create(
        household=stay.household, person=stay.person, kind=kind, issued_on=issued_on, valid_until=valid_until,
        given_by=stay.person, given_at=timezone.now(), form_key=kind, verdict="accepted", verdict_by="Nadia",
        verdict_at=timezone.now(),
    )  # fmt: skip


def asked(file_number, day=REFERENCE):
    return ask(home_of(Household.objects.get(file_number=file_number)), day, book().on, edges=book().edges)


def given(answer):
    return answer.given.percent if answer.given.cents is None else answer.given.cents // 100


def open_rights(found):
    told = {}
    for answer in found.answers:
        if answer.answer == "yes":
            told.setdefault(answer.right.code, {})[answer.person.name if answer.person else ""] = given(answer)
    return told


def test_every_family_has_exactly_its_rights():
    for file_number, (bracket, rights) in FAMILIES.items():
        found = asked(file_number)

        assert (file_number, found.situation.bracket) == (file_number, bracket)
        assert (file_number, open_rights(found)) == (file_number, rights)
        assert {one.answer for one in found.answers if one.right.code == "R12"} == {"review"}


def test_what_ends_soon_says_its_last_day():
    [care] = [one for one in asked("SFE-95552").answers if one.right.code == "R04" and one.person.name == "Soizic"]
    assert (care.answer, care.until) == ("yes", date(2026, 12, 23))

    [transport] = [one for one in asked("SFE-67114").answers if one.right.code == "R09"]
    assert (transport.answer, transport.until) == ("yes", date(2026, 11, 24))


def test_a_certificate_that_is_missing_leaves_the_young_person_s_rights_unknown():
    by_right = {
        one.right.code: one.answer for one in asked("SFE-67114").answers if one.person and one.person.name == "Jules"
    }
    assert (by_right["R07"], by_right["R08"], by_right["R11"]) == ("unknown", "no", "no")
