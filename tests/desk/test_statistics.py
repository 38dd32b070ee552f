"""The figures are those that a hand counts."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.desk.desks import entered
from tests.filings.factories import APPROVAL, FACTS, INCOME, desk
from tests.household.homes import read
from xpassfam.desk import figures, plots, statistics
from xpassfam.desk.figures import Age, Refusals
from xpassfam.filings.actions import deciding
from xpassfam.filings.models import Decision, Filing
from xpassfam.filings.verdicts import Verdict

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)  # a Wednesday


@pytest.fixture
def room():
    return desk()


def at(day, hour=10):
    return timezone.make_aware(timezone.datetime(day.year, day.month, day.day, hour))


def decided(room, filed_on, decided_on, verdict=APPROVAL):
    """A filing that was sent and answered on those days."""
    filing = room.examined()
    decision = deciding.decide(filing, verdict, seen=filing.version, by=room.nadia, at=timezone.now())
    Filing.objects.filter(pk=filing.pk).update(filed_at=at(filed_on))
    Decision.objects.filter(pk=decision.pk).update(decided_at=at(decided_on))
    return filing


def refusal(*codes):
    return Verdict("refused", reasons=codes, facts=FACTS)


def is_weekday(day):
    return day.weekday() < 5


def test_weeks_count_what_came_and_what_was_decided(room):
    decided(room, date(2026, 11, 16), date(2026, 11, 23))
    decided(room, date(2026, 11, 22), date(2026, 11, 25))
    decided(room, date(2026, 9, 6), date(2026, 9, 7))

    weeks = figures.weeks(on=TODAY)

    assert (len(weeks), weeks[0].monday, weeks[-1].monday) == (12, date(2026, 9, 7), date(2026, 11, 23))
    assert [(week.received, week.decided) for week in weeks] == [(0, 1), *[(0, 0)] * 9, (2, 0), (0, 2)]


def test_half_and_nine_in_ten_are_days_that_were_really_taken(room):
    """Answered in 1, 2, 3, 4 and 8 working days; the weekend of 14 November counts for nothing."""
    for day in (date(2026, 11, 10), date(2026, 11, 11), date(2026, 11, 12), date(2026, 11, 13), date(2026, 11, 19)):
        decided(room, date(2026, 11, 9), day)

    [pace] = figures.paces(on=TODAY, is_working=is_weekday)

    assert (pace.count, pace.median, pace.ninth) == (5, 3, 8)
    assert (pace.promise.count, pace.title) == (5, "Actualiser mon quotient familial")


@pytest.mark.parametrize(("share", "value"), [(0.5, 2), (0.9, 9), (0.1, 1)])
def test_a_rank_is_a_value_that_was_counted(share, value):
    assert figures.rank({1: 1, 2: 4, 9: 5}, share) == {0.5: 2, 0.9: 9, 0.1: 1}[share] == value


def test_refusals_are_counted_by_reason(room):
    decided(room, date(2026, 11, 9), date(2026, 11, 10), refusal("M03"))
    decided(room, date(2026, 11, 9), date(2026, 11, 10), refusal("M02", "M03"))
    decided(room, date(2026, 11, 9), date(2026, 11, 10))

    assert figures.refusals(on=TODAY) == [
        Refusals("M03", "La pièce reçue est trop ancienne.", 2),
        Refusals("M02", "La pièce reçue est illisible.", 1),
    ]


def test_what_waits_is_counted_by_age(room):
    for days in (0, 4, 5, 14, 29, 59, 60, 200):
        filing = room.filed()
        Filing.objects.filter(pk=filing.pk).update(filed_at=at(TODAY - timedelta(days=days), hour=23))

    assert figures.ages(on=TODAY) == [
        Age(0, 5, 2),
        Age(5, 15, 2),
        Age(15, 30, 1),
        Age(30, 60, 1),
        Age(60, None, 2),
    ]


def test_bars_are_as_long_as_their_values():
    bars = plots.bars([("a", "4", 4, 8, 2), ("b", "2", 2, None, None)])

    assert (bars[0].width, bars[0].more, bars[0].mark) == (344, 344, 16 + 172)
    assert (bars[1].width, bars[1].more, bars[1].mark) == (172, 0, None)


def test_the_page_says_the_finding_and_writes_every_value(room):
    decided(room, timezone.localdate() - timedelta(days=1), timezone.localdate(), refusal("M03"))

    text = read(entered(room.nadia), "/gestion/statistiques/")

    assert "En 12 semaines, reçues : 1, décidées : 1." in text
    assert "Premier motif : La pièce reçue est trop ancienne (1 fois)." in text
    assert text.count('role="img"') == 4  # what is asked again is not measured yet
    assert "style=" not in text


@pytest.mark.parametrize("name", ["volumes", "delais", "refus", "attente", "redemandees"])
def test_each_plot_is_a_file_too(room, name):
    response = entered(room.nadia).get(f"/gestion/statistiques.csv?de={name}")

    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert len(rows[0]) >= 2
    assert all(len(row) == len(rows[0]) for row in rows)


def test_a_file_that_is_not_there_is_not_found(room):
    assert entered(room.nadia).get("/gestion/statistiques.csv?de=salaires").status_code == 404


def test_words_that_look_like_a_formula_are_text_in_a_spreadsheet():
    room = desk(INCOME.replace("La pièce reçue est trop ancienne.", '"=1+1"'))
    decided(room, timezone.localdate(), timezone.localdate(), refusal("M03"))

    content = entered(room.nadia).get("/gestion/statistiques.csv?de=refus").content.decode()

    assert ";'=1+1;1" in content


def promising(delay):
    return INCOME.replace("delay: {count: 5, unit: working_days}", f"delay: {delay}")


def said_of_delays():
    return statistics.delays(figures.paces(on=TODAY, is_working=is_weekday)).finding.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("delay", "filed_on", "in_time", "late"),
    [
        ("{count: 5, unit: working_days}", date(2026, 11, 6), date(2026, 11, 13), date(2026, 11, 16)),
        ("{count: 10, unit: days}", date(2026, 11, 6), date(2026, 11, 16), date(2026, 11, 17)),
        ("{count: 2, unit: months}", date(2026, 9, 10), date(2026, 11, 10), date(2026, 11, 11)),
    ],
)
def test_a_promise_is_judged_in_its_own_unit(delay, filed_on, in_time, late):
    room = desk(promising(delay))
    decided(room, filed_on, in_time)

    assert said_of_delays() == (
        "Toutes les démarches jugées tiennent leur promesse 9 fois sur 10. Décisions jugées : 1 sur 1."
    )

    decided(room, filed_on, late)

    assert said_of_delays() == (
        "1 démarche ne tient pas sa promesse 9 fois sur 10 : Actualiser mon quotient familial. "
        "Décisions jugées : 2 sur 2."
    )


def test_nine_in_ten_is_a_promise_kept_and_eight_is_not(room):
    filed_on, in_time, late = date(2026, 11, 6), date(2026, 11, 13), date(2026, 11, 16)
    for _ in range(8):
        decided(room, filed_on, in_time)
    last = decided(room, filed_on, in_time)
    decided(room, filed_on, late)

    assert said_of_delays().startswith("Toutes les démarches jugées tiennent")

    Decision.objects.filter(filing=last).update(decided_at=at(late))
    assert said_of_delays().startswith("1 démarche ne tient pas")


def waited(filing, asked_on, given_on, **facts):
    """The family had to complete it between those days."""
    filing.completions.create(
        pieces=["proof"], text="Illisible.", until=given_on, asked_at=at(asked_on), answered_at=at(given_on), **facts
    )


def test_the_time_that_waited_for_the_family_is_not_ours(room):
    """Ten working days, of which the family had six."""
    filing = decided(room, date(2026, 11, 9), date(2026, 11, 23))
    waited(filing, date(2026, 11, 11), date(2026, 11, 19))

    [pace] = figures.paces(on=TODAY, is_working=is_weekday)

    assert (pace.median, pace.judged, pace.kept) == (4, 1, 1)


def test_what_stops_no_clock_is_ours(room):
    filing = decided(room, date(2026, 11, 9), date(2026, 11, 23))
    waited(filing, date(2026, 11, 11), date(2026, 11, 19), stops_clock=False)

    [pace] = figures.paces(on=TODAY, is_working=is_weekday)

    assert (pace.median, pace.judged, pace.kept) == (10, 1, 0)


def test_a_promise_missed_before_the_family_was_asked_stays_missed(room):
    filing = decided(room, date(2026, 11, 2), date(2026, 11, 23))
    waited(filing, date(2026, 11, 11), date(2026, 11, 20))

    assert said_of_delays().startswith("1 démarche ne tient pas")


def test_what_is_examined_anew_is_promised_from_that_day(room):
    filing = decided(room, date(2026, 9, 1), date(2026, 11, 23))
    standing = Decision.objects.get(filing=filing)
    first = Decision.objects.get(pk=standing.pk)
    first.pk, first.public_id, first.superseded_at = None, "first", at(date(2026, 11, 19))
    first.decided_at = at(date(2026, 9, 3))
    first.save()

    [pace] = figures.paces(on=TODAY, is_working=is_weekday)

    assert (pace.count, pace.median, pace.kept) == (1, 2, 1)


def test_what_was_promised_that_day_is_judged_and_what_promised_nothing_is_not(room):
    longer = decided(room, date(2026, 11, 2), date(2026, 11, 23))
    free = decided(room, date(2026, 10, 1), date(2026, 11, 23))
    Filing.objects.filter(pk=longer.pk).update(delay={"count": 1, "unit": "months"})
    Filing.objects.filter(pk=free.pk).update(delay=None)

    assert said_of_delays().endswith("tiennent leur promesse 9 fois sur 10. Décisions jugées : 1 sur 2.")

    Filing.objects.filter(pk=longer.pk).update(delay=None)
    assert said_of_delays() == "Aucune de ces décisions n’avait de délai promis : aucune n’est jugée."


def test_the_table_says_how_many_were_in_time(room):
    decided(room, date(2026, 11, 9), date(2026, 11, 10))
    decided(room, date(2026, 11, 9), date(2026, 11, 20))

    [row] = statistics.delays(figures.paces(on=TODAY, is_working=is_weekday)).table

    assert row == ["Actualiser mon quotient familial", 2, 1, 9, "5 jours ouvrés", "1 sur 2"]
