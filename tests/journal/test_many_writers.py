"""Several processes write the history of one household at once: its chain stays one."""

from tests.portal import Portal

WRITERS, LINES = 4, 25
WRITE = f"""
from django.utils import timezone
from xpassfam.journal.actions import Actor, write
from xpassfam.journal.history import FORGOTTEN
for n in range({LINES}):
    write(FORGOTTEN, by=Actor("system"), at=timezone.now(), household="h", facts={{"through": n}})
"""


def test_the_chain_does_not_fork(portal: Portal):
    writers = [portal.start("shell", "-v0", "-c", WRITE) for _ in range(WRITERS)]
    assert [writer.wait(60) for writer in writers] == [0] * WRITERS
    [(count, last)] = portal.sql("SELECT count(*), max(seq) FROM journal_line WHERE scope = 'household:h'")
    assert (count, last) == (WRITERS * LINES, WRITERS * LINES)
    assert portal.start("verify_history").wait(60) == 0


def test_the_history_table_cannot_be_emptied_at_once(portal: Portal):
    portal.run(WRITE)
    for statement in ("TRUNCATE journal_line CASCADE", "DELETE FROM journal_line"):
        assert _refused(portal, statement)
    assert portal.sql("SELECT count(*) FROM journal_payload") == [(LINES,)]


def _refused(portal: Portal, statement: str) -> bool:
    try:
        portal.sql(statement)
    except Exception:
        return True
    return False
