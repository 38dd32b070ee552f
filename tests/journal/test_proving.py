"""Somebody with the database's password cuts the triggers and changes the past: the proof says where."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from tests.journal.tampering import tamper
from xpassfam.journal import proof
from xpassfam.journal.actions import Actor, write
from xpassfam.journal.forgetting import forget
from xpassfam.journal.kinds import Audience, declare
from xpassfam.journal.models import Forgetting, Line
from xpassfam.rules import retention

pytestmark = pytest.mark.django_db

MOVED = declare("test.moved", "Déménagement à {town}.", audience=Audience.HOUSEHOLD)
SCOPE = "household:h"
LINE_2, LINE_3, LINE_5 = (f"(SELECT id FROM journal_line WHERE scope = '{SCOPE}' AND seq = {n})" for n in (2, 3, 5))


@pytest.fixture
def history():
    for day in range(1, 6):
        at = datetime(2026, 3, day, 9, 12, 34, 567890, tzinfo=UTC)
        write(MOVED, by=Actor("agent", "a", "Nadia"), at=at, household="h", facts={"town": "Nantes", "floor": day})


def test_untouched_chains_hold_and_the_command_says_how_long_it_took(history):
    write(MOVED, by=Actor("system"), at=timezone.now(), account="k")
    assert proof.verify(SCOPE) is None
    assert proof.verify("household:nobody") is None
    out = StringIO()
    call_command("verify_history", stdout=out)
    assert out.getvalue().startswith("2 chains hold, 6 lines in ")


@pytest.mark.parametrize(
    ("statement", "seq", "problem"),
    [
        (f"UPDATE journal_payload SET words = '{{}}' WHERE line_id = {LINE_3}", 3, "the words were changed"),
        (f"UPDATE journal_payload SET salt = 'x' WHERE line_id = {LINE_3}", 3, "the words were changed"),
        (f"DELETE FROM journal_payload WHERE line_id = {LINE_3}", 3, "the words are missing"),
        ("UPDATE journal_line SET scope = 'household:x' WHERE seq = 4", 4, "a line is missing"),
        ("UPDATE journal_line SET scope = 'household:x' WHERE seq = 5", 5, "the end of the chain is missing"),
        ("UPDATE journal_line SET previous = '' WHERE seq = 4", 4, "the line does not follow the one before"),
        ("UPDATE journal_line SET seq = 9 WHERE seq = 4", 4, "a line is missing"),
        ("DELETE FROM journal_head", 6, "the end of the chain is missing"),
        ("UPDATE journal_head SET seq = 4", 6, "the end of the chain is missing"),
        ("UPDATE journal_head SET hash = 'x'", 6, "the end of the chain is missing"),
    ],
)
def test_a_changed_past_is_found_at_its_first_line(history, statement, seq, problem):
    tamper(statement)
    found = proof.verify(SCOPE)
    assert (found.seq, found.problem) == (seq, problem)
    with pytest.raises(CommandError):
        call_command("verify_history", stderr=StringIO())


SEALED = [field.attname for field in Line._meta.fields if field.attname not in ("id", "scope", "seq", "previous")]


@pytest.mark.parametrize("column", SEALED)
def test_every_column_of_a_line_is_sealed(history, column):
    changed = "'2026-03-03 10:00:00+00:00'" if column == "at" else "'x'"
    tamper(f"UPDATE journal_line SET {column} = {changed} WHERE seq = 3")
    assert proof.verify(SCOPE).seq == 3


def test_words_exchanged_between_two_lines_are_found(history):
    swap = f"(SELECT CASE line_id WHEN {LINE_2} THEN {LINE_3} ELSE {LINE_2} END)"
    copied = "CREATE TEMPORARY TABLE exchanged AS SELECT * FROM journal_payload"
    mended = (
        f"UPDATE journal_payload SET words = (SELECT words FROM exchanged WHERE exchanged.line_id = {swap}), "
        f"salt = (SELECT salt FROM exchanged WHERE exchanged.line_id = {swap}) WHERE line_id IN ({LINE_2}, {LINE_3})"
    )
    tamper(copied, mended.replace("CASE line_id", "CASE journal_payload.line_id"), "DROP TABLE exchanged")
    assert proof.verify(SCOPE).problem == "the words were changed"


def test_a_line_put_in_the_middle_is_found(history):
    tamper(
        "UPDATE journal_line SET seq = seq + 100 WHERE seq >= 3",
        "UPDATE journal_line SET seq = seq - 99 WHERE seq >= 100",
        "INSERT INTO journal_line (scope, seq, at, kind, actor_kind, actor, household, account, person, audience,"
        " digest, previous, hash) SELECT scope, 3, at, kind, actor_kind, 'b', household, account, person, audience,"
        " digest, hash, 'forged' FROM journal_line WHERE seq = 2",
        "UPDATE journal_head SET seq = 6",
    )
    assert proof.verify(SCOPE).seq == 3


def test_a_chain_without_lines_but_with_its_end_is_found(history):
    tamper("DELETE FROM journal_payload", "DELETE FROM journal_line")
    assert [walked.broken.problem for walked in proof.walk()] == ["every line of the chain is missing"]
    assert proof.verify(SCOPE).problem == "every line of the chain is missing"


def test_only_the_broken_chain_is_accused(history):
    for account in ("a", "z"):
        write(MOVED, by=Actor("system"), at=timezone.now(), account=account)
    tamper("UPDATE journal_line SET actor = 'b' WHERE seq = 3")
    errors = StringIO()
    with pytest.raises(CommandError, match="1 breaks in 3 chains"):
        call_command("verify_history", stderr=errors)
    assert errors.getvalue() == "household:h, line 3: the line was changed\n"


def test_words_that_retention_let_go_are_not_a_break(history):
    before = datetime(2026, 3, 4, tzinfo=UTC)
    assert forget(SCOPE, retention.FILE, before=before, by=Actor("system"), at=timezone.now()) == 3
    assert proof.verify(SCOPE) is None
    tamper(f"DELETE FROM journal_payload WHERE line_id = {LINE_5}")
    assert proof.verify(SCOPE).seq == 5


def test_words_taken_away_under_a_false_retention_are_a_break(history):
    """The triggers believe the table of what may go; the proof believes the chain only."""
    now = timezone.now()
    Forgetting.objects.create(scope=SCOPE, through=5, before=now, kinds=" test.moved ", at=now)
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM journal_payload WHERE line_id = {LINE_3}")
    assert (proof.verify(SCOPE).seq, proof.verify(SCOPE).problem) == (3, "the words are missing")


def test_an_instant_proves_the_same_from_any_time_zone():
    paris = datetime.fromisoformat("2026-03-03T10:00:00+01:00")
    line = write(MOVED, by=Actor("system"), at=paris + timedelta(microseconds=1), household="h", facts={"town": "É"})
    line.refresh_from_db()
    assert proof.verify(SCOPE) is None


def test_chains_are_walked_in_a_fixed_number_of_queries(history, django_assert_num_queries):
    for number in range(30):
        write(MOVED, by=Actor("system"), at=timezone.now(), account=f"k{number}")
    with django_assert_num_queries(2):
        assert len(list(proof.walk())) == 31
