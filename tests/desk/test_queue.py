"""Agents see what waits, the first due first, and narrow it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.desk.desks import due, entered
from tests.filings.factories import desk, organisation
from tests.household.homes import read
from tests.plans import explained
from xpassfam.desk import counting, queue
from xpassfam.desk.counting import counts
from xpassfam.filings.actions import following
from xpassfam.filings.models import Filing
from xpassfam.filings.states import Status

pytestmark = pytest.mark.django_db
PAGE = "/gestion/demandes/"


@pytest.fixture
def room():
    return desk()


def order(text, *filings):
    """Their references as the page has them."""
    found = sorted(filings, key=lambda one: text.index(one.reference))
    return [one.pk for one in found]


def test_what_is_due_first_comes_first_under_a_title_of_its_urgency(room):
    later, late, today, tomorrow = due(room, 40), due(room, -2), due(room, 0), due(room, 1)

    text = read(entered(room.nadia), PAGE)

    assert order(text, later, late, today, tomorrow) == [late.pk, today.pk, tomorrow.pk, later.pk]
    positions = [text.index(title) for title in ("En retard</th>", "Aujourd’hui, ", "Demain, ", "Plus tard</th>")]
    assert positions == sorted(positions)
    assert "2 jours de retard" in text


def test_what_waits_for_the_family_is_under_its_own_tab(room):
    ours, theirs = due(room, 3), due(room, 3, status=Status.AWAITING_APPLICANT)
    client = entered(room.nadia)

    first, completing = read(client, PAGE), read(client, f"{PAGE}?vue=a-completer")

    assert ours.reference in first
    assert theirs.reference not in first
    assert theirs.reference in completing
    assert ours.reference not in completing
    assert "À la famille" in completing


def test_each_agent_has_their_own_and_those_of_nobody(room):
    mine, free = due(room, 3, assigned_to=room.nadia), due(room, 3)
    client = entered(room.nadia)

    own, nobody_s = read(client, f"{PAGE}?vue=mes-demandes"), read(client, f"{PAGE}?vue=sans-personne")

    assert mine.reference in own
    assert free.reference not in own
    assert free.reference in nobody_s
    assert mine.reference not in nobody_s


@pytest.mark.parametrize(
    ("query", "days"),
    [
        ("echeance=retard", [-1]),
        ("echeance=aujourdhui", [0]),
        ("echeance=5-jours", [0, 5]),
        ("demarche=T05", [-1, 0, 5, 9]),
    ],
)
def test_filters_narrow_it(room, query, days):
    filings = {one: due(room, one) for one in (-1, 0, 5, 9)}

    text = read(entered(room.nadia), f"{PAGE}?{query}")

    assert [day for day, filing in filings.items() if filing.reference in text] == days


def test_a_state_that_no_list_offers_narrows_nothing(room):
    filing = due(room, 2)

    assert filing.reference in read(entered(room.nadia), f"{PAGE}?etat=refused&suivie=quelqu-un")


def test_what_calls_for_attention_is_said_in_words(room):
    filing = due(room, -3, hurried_at=timezone.now())
    following.write(filing, text="Bonjour ?", form_key="m", access=room.access, by=room.camille, at=timezone.now())
    Filing.objects.filter(pk=filing.pk).update(silence_effect="rejection", silence_on=timezone.localdate())
    organisation(legal_profile="adm")

    text = read(entered(room.nadia), PAGE)

    assert "Message non lu" in text
    assert "Relancée par la famille" in text
    assert "Sera refusée par silence" in text


def test_alerts_are_counted_before_the_day(room):
    for days in (-1, 0, 5, 15, 16):
        due(room, days)

    work = queue.work_of(room.nadia, on=timezone.localdate())

    assert {name: work[name] for name in ("late", "today", "near", "soon")} == {
        "late": 1,
        "today": 2,
        "near": 3,
        "soon": 4,
    }


def walked(agent, view=queue.FIRST):
    """Every row of a view, page after page."""
    seen, after = [], None
    while True:
        page = queue.page(queue.tab(view, agent, on=timezone.localdate()), after, view=view)
        seen += [one.pk for one in page.filings]
        after = page.following and queue.Key.read(str(page.following))
        if after is None:
            return seen


def test_pages_follow_each_other_by_key(room, monkeypatch):
    monkeypatch.setattr(queue, "ROWS", 2)
    filings = [due(room, days) for days in (1, 1, 1, 2, 3)]

    assert walked(room.nadia) == [one.pk for one in filings]


@pytest.mark.parametrize("rows", [1, 2, 3, 4, 5, 6])
def test_what_families_reminded_us_of_is_on_the_first_pages_once(room, monkeypatch, rows):
    monkeypatch.setattr(queue, "ROWS", rows)
    others = [due(room, days) for days in (-9, -3, 4)]
    hurried = [due(room, days, hurried_at=timezone.now()) for days in (-2, -2, -1)]

    assert walked(room.nadia) == [one.pk for one in [*hurried, *others]]


def test_what_families_reminded_us_of_comes_first_under_its_own_title(room):
    later, late, hurried = due(room, 4), due(room, -8), due(room, -1, hurried_at=timezone.now())
    theirs = due(room, -2, hurried_at=timezone.now(), status=Status.AWAITING_APPLICANT)

    text = read(entered(room.nadia), PAGE)

    assert order(text, later, late, hurried) == [hurried.pk, late.pk, later.pk]
    assert text.index("Relancées par les familles</th>") < text.index(hurried.reference)
    assert text.index(hurried.reference) < text.index("En retard</th>") < text.index(late.reference)
    assert theirs.reference not in text
    assert "3 demandes : d’abord celles que les familles ont relancées, puis la première à rendre." in text


def test_without_a_reminder_no_title_speaks_of_any(room):
    due(room, -8)

    assert "Relancées par les familles" not in read(entered(room.nadia), PAGE)


def plans(asked):
    """A text a query."""
    return [explained(query["sql"]) for query in asked.captured_queries]


def test_however_much_families_have_to_complete_what_is_ours_is_read_along_its_index(room):
    due(room, 1)
    with CaptureQueriesContext(connection) as asked:
        list(queue.tab(queue.FIRST, room.nadia, on=timezone.localdate())[:51])
        counts(room.nadia, decide=queue.tab(queue.FIRST, room.nadia, on=timezone.localdate()))

    assert all("filing_queue_at_desk" in plan for plan in plans(asked))


def test_however_many_families_remind_us_each_part_of_the_first_page_is_read_along_its_index(room):
    due(room, 1)
    with CaptureQueriesContext(connection) as asked:
        queue.page(queue.tab(queue.FIRST, room.nadia, on=timezone.localdate()), None, view=queue.FIRST)

    hurried, in_turn, *_definitions = plans(asked)
    assert "filing_queue_hurried" in hurried
    assert "filing_queue_in_turn" in in_turn
    assert "TEMP B-TREE" not in hurried + in_turn


def test_more_than_are_counted_is_said_so(room, monkeypatch):
    monkeypatch.setattr(counting, "MOST", 1)
    due(room, 1), due(room, 2), due(room, 3)

    assert "Plus de 1 demandes : " in read(entered(room.nadia), PAGE)


def test_families_never_see_it(room):
    assert entered(room.home.holder).get(PAGE).status_code == 403


def test_an_empty_queue_says_so(room):
    text = read(entered(room.nadia), PAGE)

    assert "Aucune demande ici" in text
    assert "Aucune demande." in text


@pytest.mark.parametrize(("page", "most"), [(PAGE, 12), (f"{PAGE}?demarche=T05", 12), ("/gestion/statistiques/", 12)])
def test_queries_are_the_same_however_many_wait(room, page, most):
    due(room, 1)
    client = entered(room.nadia)
    before = cost(client, page)
    for days in range(4):
        due(room, days, assigned_to=room.claire)

    assert cost(client, page) == before
    assert before <= most


def cost(client, page):
    client.get(page)
    with CaptureQueriesContext(connection) as queries:
        client.get(page)
    return len(queries)
