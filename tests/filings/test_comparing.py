"""What stands beside a family's answers is said only where something was compared."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.desk.desks import entered
from tests.filings.factories import INCOME, desk, rights
from tests.filings.shipped import approve, send
from tests.household.homes import CHILD_BORN, read
from tests.people.factories import Role, household, living, person
from xpassfam.filings.agents import comparing
from xpassfam.filings.models import Filing
from xpassfam.people.models import Income

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate().isoformat()
TAX = {"source": "tax", "month": "2026-08-20", "tax_income": 2400000, "benefits": 10000, "changed": False}


@pytest.fixture
def room():
    return desk()


def page(room, filing):
    return read(entered(room.nadia), f"/gestion/demandes/{filing.public_id}/")


def row(filing, key):
    """Of the answer to a question: what the register has beside it, and the finding."""
    labels = {one["key"]: one["label"] for section in filing.summary for one in section["rows"]}
    sections = comparing.compared(filing, at=timezone.now())
    return next(one for section in sections for one in section.rows if one.label == labels[key])


def income(room, **facts):
    known = {"quotient_cents": 98400, "month": "2026-09-01", "source": "caf", "recorded_by": "x", **facts}
    return Income.objects.create(household=room.home.household, recorded_at=timezone.now(), **known)


def child(room, **facts):
    born = {"link": "own", "last_name": "Martin", "first_names": "Zoé", "birth_date": "2026-11-02", "residence": "here"}
    return send(room, "D02", {**born, "since": TODAY, **facts})


def test_where_nothing_is_compared_no_difference_is_denied():
    room = desk(INCOME.split("effects:")[0])

    text = page(room, room.filed())

    assert "Rien ici ne se compare au registre" in text
    assert "Aucune différence" not in text


def test_where_all_is_the_same_it_says_of_how_many_answers(room):
    income(room, month="2026-10-01")

    assert "Aucune différence avec le registre, sur 3 réponses comparées" in page(room, room.filed())


def test_beside_a_tax_notice_stands_the_quotient_of_today(room):
    rights("R02")
    income(room)
    filing = send(room, "D05", TAX)

    found = row(filing, "tax_income")

    assert "984" in found.before
    assert "septembre 2026" in found.before
    assert "attestation CAF" in found.before
    assert found.finding == "Sera recalculé"
    assert row(filing, "source").finding == "Différent"


def test_a_quotient_to_compute_is_no_difference_by_itself(room):
    rights("R02")
    income(room, month="2026-08-01", source="tax")
    filing = send(room, "D05", TAX)

    assert comparing.differences(comparing.compared(filing, at=timezone.now())) == 0


def test_where_no_quotient_is_known_it_says_so(room):
    rights("R02")

    assert row(send(room, "D05", TAX), "tax_income").before == "aucun quotient familial"


def test_beside_a_child_to_add_stand_those_of_the_home(room):
    found = row(child(room), "first_names")

    assert room.home.child.first_name in found.before
    assert found.finding == "Nouveau"


@pytest.mark.parametrize("first_names", ["lena", "Lena, Marie", "LÉNA"])
def test_a_child_of_the_home_is_likely_a_double_however_it_is_written(room, first_names):
    room.home.child.first_names, room.home.child.search_name = "Léna", "lena benali"
    room.home.child.save()

    filing = child(room, last_name="Benali", first_names=first_names, birth_date=CHILD_BORN.isoformat())

    found = row(filing, "first_names")
    assert (found.finding, found.kind) == ("Déjà au registre ?", "wait")
    assert found.before.endswith("dans ce foyer")
    assert "Une personne est peut-être déjà au registre" in page(room, filing)


def test_a_child_whom_the_other_parent_declared_is_found_with_the_number_of_that_file(room):
    other = household("Foyer Le Goff", file_number="D-777")
    living(person("Zoé Martin", date(2026, 11, 2)), other, Role.DEPENDENT_CHILD)

    found = row(child(room), "first_names")

    assert found.finding == "Déjà au registre ?"
    assert "dossier D-777" in found.before


@pytest.mark.parametrize("facts", [{"first_names": "Tom"}, {"last_name": "Kervella"}, {"birth_date": "2026-11-03"}])
def test_a_twin_or_a_namesake_is_no_double(room, facts):
    living(person("Zoé Martin", date(2026, 11, 2)), household("Autre"), Role.DEPENDENT_CHILD)

    assert row(child(room, **facts), "first_names").finding == "Nouveau"


def test_once_it_is_added_it_is_no_double_of_itself(room):
    filing = child(room)
    approve(room, filing)
    filing.refresh_from_db()

    assert row(filing, "first_names").finding == "Identique"


def test_queries_are_the_same_however_many_live_there_or_bear_the_name(room):
    filing = Filing.objects.get(pk=child(room).pk)
    before = cost(filing)
    for _ in range(3):
        home = household("Autre")
        living(person("Zoé Martin", date(2026, 11, 2)), home, Role.DEPENDENT_CHILD)
        living(person("Noé Martin", date(2020, 1, 1)), room.home.household, Role.DEPENDENT_CHILD)

    assert cost(filing) <= before + 1  # in which homes the namesakes live
    assert cost(filing) <= 4


def cost(filing):
    with CaptureQueriesContext(connection) as queries:
        comparing.compared(filing, at=timezone.now())
    return len(queries)
