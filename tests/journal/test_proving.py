"""Somebody with the database's password cuts the triggers and changes the past: the proof says where."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from xpassfam.journal import proof
from xpassfam.journal.actions import Actor, forget, write
from xpassfam.journal.kinds import Audience, declare

pytestmark = pytest.mark.django_db

MOVED = declare("test.moved", "Déménagement à {town}.", audience=Audience.HOUSEHOLD)
SCOPE = "household:h"


@pytest.fixture
def history():
    for day in range(1, 6):
        at = datetime(2026, 3, day, 9, 12, 34, 567890, tzinfo=UTC)
        write(MOVED, by=Actor("agent", "a", "Nadia"), at=at, household="h", facts={"town": "Nantes", "floor": day})


def tamper(statement: str) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
        else:
            cursor.execute("PRAGMA defer_foreign_keys = ON")
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'journal_%'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute(statement)


def test_an_untouched_chain_holds(history):
    assert proof.verify(SCOPE) is None
    out = StringIO()
    call_command("verify_history", stdout=out)
    assert "1 chains hold" in out.getvalue()


LINE_3 = "(SELECT id FROM journal_line WHERE seq = 3)"


@pytest.mark.parametrize(
    ("statement", "seq", "problem"),
    [
        ("UPDATE journal_line SET actor = 'b' WHERE seq = 3", 3, "the line was changed"),
        ("UPDATE journal_line SET audience = 'staff' WHERE seq = 2", 2, "the line was changed"),
        (f"UPDATE journal_payload SET words = '{{}}' WHERE line_id = {LINE_3}", 3, "the words were changed"),
        (f"DELETE FROM journal_payload WHERE line_id = {LINE_3}", 3, "the words are missing"),
        ("UPDATE journal_line SET scope = 'household:x' WHERE seq = 4", 4, "a line is missing"),
        ("UPDATE journal_line SET scope = 'household:x' WHERE seq = 5", 5, "the end of the chain is missing"),
        ("UPDATE journal_line SET previous = '' WHERE seq = 4", 4, "the line does not follow the one before"),
        ("DELETE FROM journal_head", 6, "the end of the chain is missing"),
    ],
)
def test_a_changed_past_is_found_at_its_first_line(history, statement, seq, problem):
    tamper(statement)
    found = proof.verify(SCOPE)
    assert (found.seq, found.problem) == (seq, problem)
    with pytest.raises(CommandError):
        call_command("verify_history", stderr=StringIO())


def test_words_that_retention_let_go_are_not_a_break(history):
    forget(before=datetime(2026, 3, 4, tzinfo=UTC), by=Actor("system"), at=timezone.now(), household="h")
    assert proof.verify(SCOPE) is None
    tamper(f"DELETE FROM journal_payload WHERE line_id = {LINE_3.replace('3', '5')}")
    assert proof.verify(SCOPE).seq == 5


def test_an_instant_proves_the_same_from_any_time_zone():
    paris = datetime.fromisoformat("2026-03-03T10:00:00+01:00")
    line = write(MOVED, by=Actor("system"), at=paris + timedelta(microseconds=1), household="h", facts={"town": "É"})
    line.refresh_from_db()
    assert proof.verify(SCOPE) is None
