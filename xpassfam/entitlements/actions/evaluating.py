"""Rights are counted again where something changed: the worker does, home by home of a block."""

import json
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from xpassfam.entitlements import history
from xpassfam.entitlements.asking import Timeline
from xpassfam.entitlements.coming import YEAR, Event, coming
from xpassfam.entitlements.home import DAY, Home
from xpassfam.entitlements.judging import NOTHING, Verdict
from xpassfam.entitlements.kept import Kept, dump_answers, dump_events, kept, load_answers
from xpassfam.entitlements.models import Evaluation, Notice
from xpassfam.entitlements.published import Book, NoRules, book, digest_of
from xpassfam.entitlements.reading import homes_of
from xpassfam.entitlements.tracing import traces
from xpassfam.entitlements.wording.changes import changes_in_words
from xpassfam.journal.actions import Actor, Entry, Fact, write_many
from xpassfam.people.models import Household
from xpassfam.rules.rights import next_notice

BLOCK = 200
BY = Actor(kind="system")
# What comes is known a year ahead, and looked at again before that year is over.
AT_LEAST = timedelta(days=300)
FIELDS = ("facts_version", "rules", "evaluated_at", "look_again_on", "tell_on", "answers", "coming", "told", "told_on")


def evaluate_due(*, at: datetime, most: int = BLOCK) -> int:
    """Of as many homes whose facts, rules or day changed; return how many. Two at once never count the same.

    The history says what changed, once a day at most for a home: what changes again that day is told the next.
    """
    _begin(most)
    try:
        rules = book()
        rules.on(timezone.localdate(at))
    except NoRules:
        return 0
    with transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
        due = Evaluation.objects.due(rules=digest_of(rules), on=timezone.localdate(at)).order_by("pk")
        rows = list(due.select_for_update(skip_locked=True, of=("self",)).select_related("household")[:most])
        # Their versions are read: what is written from now on makes them due again.
        homes, told = homes_of(row.household for row in rows), told_of(rows)
        entries = [_count(row, homes[row.pk], rules, told.get(row.pk, set()), at=at) for row in rows]
        Evaluation.objects.bulk_update(rows, FIELDS, batch_size=BLOCK)
        write_many((entry for entry in entries if entry), by=BY, at=at)
    return len(rows)


def told_of(rows: Iterable[Evaluation]) -> dict[int, set[tuple[date, str, int]]]:
    """By home, what was announced, and how many days before. One query."""
    found: dict[int, set[tuple[date, str, int]]] = {}
    for one in Notice.objects.filter(household__in=[row.pk for row in rows]):
        found.setdefault(one.household_id, set()).add((one.on, one.event, one.days))
    return found


def next_tell(events: Iterable[Event], told: set[tuple[date, str, int]], *, today: date) -> date | None:
    days = [
        next_notice(one.on, on=today, told=[days for on, key, days in told if (on, key) == (one.on, one.key)])
        for one in events
        if one.is_worth_a_notice
    ]
    return min((day for day in days if day), default=None)


def _begin(most: int) -> None:
    """Homes that have no row yet."""
    fresh = Household.objects.filter(evaluation=None).order_by("pk").values_list("pk", flat=True)[:most]
    Evaluation.objects.bulk_create([Evaluation(household_id=pk) for pk in fresh], ignore_conflicts=True)


def _count(row: Evaluation, home: Home, rules: Book, told: set[tuple[date, str, int]], *, at: datetime) -> Entry | None:
    """The row, changed and not saved; what the history is to say, if anything."""
    today = timezone.localdate(at)
    timeline = Timeline(home, today, today + YEAR, rules.on, rules.edges)
    answers = [kept(*one) for one in timeline.on(today).values()]
    events = coming(timeline, after=today)
    row.facts_version, row.rules, row.evaluated_at = row.household.facts_version, digest_of(rules), at
    row.answers, row.coming = dump_answers(answers), dump_events(events)
    row.look_again_on = timeline.next_change(after=today) or today + AT_LEAST
    row.tell_on = next_tell(events, told, today=today)
    if row.told is None:  # counted for the first time: nothing has changed
        row.told = row.answers
        return None
    before = load_answers(row.told)
    if not (changed := _changed(before, answers)):
        return None
    if row.told_on == today:
        row.look_again_on = today + DAY
        return None
    row.told, row.told_on = row.answers, today
    told_traces = traces(home, today, rules.on(today), [one.key for one in changed])
    facts: dict[str, Fact] = {
        "rights": changes_in_words(before, answers, [one.key for one in changed]),
        "trace": json.dumps(told_traces, ensure_ascii=False),
    }
    return Entry(history.CHANGED, household=home.key, facts=facts)


def _changed(before: list[Kept], now: list[Kept]) -> list[Kept]:
    """What is another answer; of what is asked no more, the last."""
    was, becomes = ({one.key: one for one in ones} for ones in (before, now))
    every = {**was, **becomes}
    return [one for key, one in every.items() if _state(was, key) != _state(becomes, key)]


def _state(known: dict[tuple[str, str], Kept], key: tuple[str, str]) -> object:
    """Who is not asked for has a no."""
    return known[key].state if key in known else (Verdict.NO, NOTHING)
