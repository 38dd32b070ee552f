"""The page of rights, and the same for a family's own programs."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.household.homes import shown
from tests.people.factories import Role, living, person
from xpassfam.entitlements.actions import use
from xpassfam.journal.actions import Actor
from xpassfam.people.actions.recording_activity import record_activity
from xpassfam.people.actions.recording_income import record
from xpassfam.people.models import Residence, Separation

pytestmark = pytest.mark.usefixtures("rules")
BY = Actor("agent", name="Nadia Ferrand")
DAY = "2026-11-23"


def earn(home, euros, month=date(2026, 9, 1)):
    return record(home, quotient_cents=euros * 100, month=month, source="caf", cause="", by=BY, at=timezone.now())


def asked(family, someone, day=DAY):
    return family.client(someone).get("/mon-compte/droits.json", {"date": day}).json()


def of(body, right, person):
    [found] = [one for one in body["rights"] if (one["right"], one["person"]) == (right, person)]
    return found


def test_a_program_reads_each_right_with_its_reasons(family):
    earn(family.home, 984)

    body = asked(family, family.camille)

    back_to_school = of(body, "R02", "Inès Benali")
    assert (body["date"], back_to_school["answer"], back_to_school["amount_cents"]) == (DAY, "yes", 8000)
    assert (back_to_school["label"], back_to_school["used_on"]) == ("Coup de pouce rentrée", None)
    assert back_to_school["until"] == "2026-11-30"
    assert "vous recevez 80 €" in back_to_school["text"].replace("\u00a0", " ")
    income = [one for one in back_to_school["reasons"] if "Quotient" in one["criterion"]]
    assert [(one["met"], one["value"], one["threshold"]) for one in income] == [
        (True, "984\u00a0€", "1\u202f200\u00a0€")
    ]


def test_of_several_reasons_the_first_that_the_rule_asks_is_told_and_none_of_what_holds(family):
    earn(family.home, 1211)
    living(person("Nolwenn Martin", date(2009, 3, 14)), family.home, Role.DEPENDENT_CHILD, rank=6)

    told = of(asked(family, family.camille, "2026-12-24"), "R02", "Nolwenn Martin")["text"]

    assert told.replace("\u202f", " ").startswith("Votre quotient familial (1 211 €) dépasse")


def test_what_is_not_known_is_neither_yes_nor_no(family):
    found = of(asked(family, family.camille), "R02", "Inès Benali")
    assert (found["answer"], found["amount_cents"], found["text"]) == (
        "unknown", None, "Il nous manque votre quotient familial.",
    )  # fmt: skip
    assert [one["met"] for one in found["reasons"] if "Quotient" in one["criterion"]] == [None]


def test_an_income_of_thirteen_months_ago_tells_no_bracket(family):
    earn(family.home, 984, date(2025, 10, 1))

    assert of(asked(family, family.camille, "2026-10-31"), "R02", "Inès Benali")["answer"] == "yes"
    assert of(asked(family, family.camille, "2026-11-01"), "R02", "Inès Benali")["answer"] == "unknown"
    page = family.client(family.camille).get("/mon-compte/droits/", {"date": "2026-11-23"}).content.decode()
    assert "trop ancien" in page


def test_a_shared_child_brings_half_to_each_home_and_tells_nothing_of_the_other(family):
    earn(family.home, 760)
    earn(family.other_home, 1599)

    ours = of(asked(family, family.camille), "R02", "Tom Moreau")
    theirs = of(asked(family, family.antoine), "R02", "Tom Moreau")

    assert (ours["amount_cents"], theirs["answer"]) == (6000, "no")
    page = family.client(family.camille).get("/mon-compte/droits/").content.decode()
    assert not re.search(r"\b599\b", page)
    assert "Roubaix" not in page


def test_a_right_obtained_stays_a_yes_with_its_day(family):
    earn(family.home, 1500)
    use(
        family.home, right="R02", person=family.ines, amount_cents=8000, used_on=date(2026, 9, 24),
        since=date(2026, 1, 1), until=date(2026, 12, 31), cause="x", reference="D-1", by=BY, at=timezone.now(),
    )  # fmt: skip

    found = of(asked(family, family.camille, "2026-12-15"), "R02", "Inès Benali")
    assert (found["answer"], found["used_on"], found["until"]) == ("yes", "2026-09-24", "2026-12-31")
    assert of(asked(family, family.camille, "2027-01-02"), "R02", "Inès Benali")["answer"] == "no"


def test_whoever_only_sees_the_home_reads_their_own_rights_alone(family):
    earn(family.home, 984)
    assert {one["person"] for one in asked(family, family.lea)["rights"]} == {"Léa Benali"}
    page = family.client(family.lea).get("/mon-compte/droits/").content.decode()
    assert "984" not in page


def test_while_a_separation_is_declared_the_income_is_told_to_nobody(family):
    earn(family.home, 1400)
    Separation.objects.create(household=family.home, declared_by=family.karim, declared_at=timezone.now())

    body = asked(family, family.camille)

    assert of(body, "R02", "Inès Benali")["answer"] == "no"
    assert "1\u202f400" not in str(body)
    assert "1\u202f400" not in family.client(family.camille).get("/mon-compte/droits/").content.decode()


def test_while_a_separation_is_declared_what_the_other_does_is_told_to_nobody(family):
    for one in (family.camille, family.karim):
        record_activity(one, kind="job_seeking", since=date(2026, 1, 1), by=BY, at=timezone.now())
    assert "Karim" in str(of(asked(family, family.camille), "R04", "Inès Benali")["reasons"])

    Separation.objects.create(household=family.home, declared_by=family.karim, declared_at=timezone.now())

    found = of(asked(family, family.camille), "R04", "Inès Benali")
    assert "Karim" not in str(found)
    assert any("Chaque parent" in one["criterion"] and one["met"] for one in found["reasons"])


def test_a_first_name_is_elided_as_it_is_spoken(family):
    earn(family.home, 984)

    assert of(asked(family, family.camille), "R07", "Inès Benali")["text"] == "60 € pour une activité d’Inès."


def test_each_parent_s_activity_is_asked_before_care_is_granted(family):
    earn(family.home, 984)
    assert of(asked(family, family.camille), "R04", "Inès Benali")["answer"] == "no"
    record_activity(family.camille, kind="employed", since=date(2024, 1, 1), by=BY, at=timezone.now())
    assert of(asked(family, family.camille), "R12", None)["answer"] == "review"


def test_a_date_that_cannot_be_read_is_said_and_kept(family):
    client = family.client(family.camille)

    response = client.get("/mon-compte/droits/", {"date": "le 40 mars"})
    page = response.content.decode()
    assert response.status_code == 400
    assert "le 40 mars" in page
    assert page.index('href="#id_date"') < page.index("Oui, aujourd’hui")
    assert "Écrivez le jour, le mois et l’année" in page
    told = client.get("/mon-compte/droits.json", {"date": "1850-01-01"})
    assert (told.status_code, "10 ans" in told.json()["error"]) == (400, True)


def test_the_page_of_another_day_names_it(family):
    client = family.client(family.camille)

    assert "Vos droits au 3 mars 2026</h1>" in shown(client.get("/mon-compte/droits/", {"date": "2026-03-03"}))
    assert "Nous n’avons pas les règles de ce jour-là" in shown(
        client.get("/mon-compte/droits/", {"date": "2018-03-03"})
    )
    assert "Vos droits</h1>" in shown(client.get("/mon-compte/droits/"))


def test_where_the_income_comes_from_is_written_as_its_institution_writes_itself(family):
    earn(family.home, 984)

    assert "Attestation CAF, septembre 2026" in shown(family.client(family.camille).get("/mon-compte/droits/"))


def test_of_several_children_who_are_too_old_the_youngest_says_why(family):
    earn(family.home, 984)
    for parent in (family.camille, family.karim):
        record_activity(parent, kind="employed", since=date(2024, 1, 1), by=BY, at=timezone.now())
    living(person("Zélie Martin", date(2019, 5, 2)), family.home, Role.DEPENDENT_CHILD, rank=6)

    page = shown(family.client(family.camille).get("/mon-compte/droits/", {"date": DAY}))

    assert "Zélie a eu 6 ans le 2 mai 2025." in page.partition("Aide à la garde")[2].partition("</summary>")[0]


def test_a_person_is_chosen_among_those_of_the_home_only(family):
    earn(family.home, 984)
    client = family.client(family.camille)

    one = client.get("/mon-compte/droits/", {"personne": family.ines.public_id}).content.decode()
    stranger = client.get("/mon-compte/droits/", {"personne": family.antoine.public_id}).content.decode()

    assert "Antoine" not in stranger
    assert one.count('<span class="h3">Coup de pouce rentrée') == 1


@pytest.mark.django_db
def test_without_a_rule_the_page_says_that_it_is_not_ready(family):
    from xpassfam.entitlements.models import Version

    Version.objects.all().delete()
    page = family.client(family.camille).get("/mon-compte/droits/").content.decode()
    assert "ne sont pas encore en ligne" in page


def test_what_comes_is_on_the_page(family):
    earn(family.home, 984)
    page = family.client(family.camille).get("/mon-compte/droits/", {"date": "2026-11-23"}).content.decode()

    assert "Bientôt" in page
    assert "Les demandes se terminent" in page
    young = family.client(family.lea).get("/mon-compte/droits/", {"date": "2026-11-23"}).content.decode()
    assert "Léa aura 20 ans" in young
    assert "Inès aura" not in young


def test_of_a_past_day_who_left_since_is_counted_and_not_named(family):
    earn(family.home, 600)
    record_activity(family.karim, kind="training", since=date(2024, 1, 1), by=BY, at=timezone.now())
    Residence.objects.filter(person=family.karim).update(until=date(2026, 11, 25))
    client = family.client(family.camille)

    then = client.get("/mon-compte/droits.json", {"date": DAY}).json()
    page = client.get("/mon-compte/droits/", {"date": DAY}).content.decode()

    assert of(then, "R10", None)["answer"] == "no"  # two adults, that day
    assert "Karim" not in str(then)
    assert "Karim" not in page
    assert "formation" not in of(then, "R04", "Inès Benali")["reasons"][1]["value"]


@pytest.mark.parametrize("page", ["/mon-compte/droits/", "/mon-compte/droits.json"])
def test_a_larger_family_costs_no_more_queries(family, page):
    earn(family.home, 984)
    client = family.client(family.camille)

    def cost():
        client.get(page)
        with CaptureQueriesContext(connection) as queries:
            client.get(page)
        return len(queries)

    before = cost()
    for rank in range(6, 12):
        living(person(f"Enfant{rank} Martin", date(2010 + rank, 3, 1)), family.home, Role.DEPENDENT_CHILD, rank=rank)
    earn(family.home, 1100, date(2026, 10, 1))
    assert cost() == before <= 12
