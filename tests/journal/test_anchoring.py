"""What the chains can't tell by themselves, an anchor kept elsewhere does."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.journal.tampering import tamper
from xpassfam.journal.actions import Actor, write
from xpassfam.journal.kinds import Audience, declare
from xpassfam.journal.models import Line

pytestmark = pytest.mark.django_db
HAPPENED = declare("test.happened", "Quelque chose.", audience=Audience.HOUSEHOLD)


@pytest.fixture
def anchor(tmp_path):
    for household in ("g", "h"):
        for _ in range(3):
            write(HAPPENED, by=Actor("system"), at=timezone.now(), household=household)
    path = tmp_path / "anchor"
    out = StringIO()
    call_command("verify_history", anchor=path, stdout=out)
    assert "Anchored: " in out.getvalue()
    return path


def verify(anchor=None) -> str:
    errors = StringIO()
    try:
        call_command("verify_history", against=anchor, stderr=errors, stdout=StringIO())
    except CommandError:
        return errors.getvalue()
    return ""


def test_a_history_that_went_on_still_passes_through_its_anchor(anchor):
    write(HAPPENED, by=Actor("system"), at=timezone.now(), household="h")
    write(HAPPENED, by=Actor("system"), at=timezone.now(), household="new")
    assert verify(anchor) == ""


def test_an_end_cut_off_with_its_head_changed_too(anchor):
    before_last = Line.objects.get(scope="household:h", seq=2).hash
    tamper(
        "DELETE FROM journal_payload WHERE line_id IN (SELECT id FROM journal_line WHERE household = 'h' AND seq = 3)",
        "DELETE FROM journal_line WHERE household = 'h' AND seq = 3",
        f"UPDATE journal_head SET seq = 2, hash = '{before_last}' WHERE scope = 'household:h'",
    )
    assert verify() == ""
    assert verify(anchor) == "household:h, line 3: the chain is shorter than it was\n"


def test_a_chain_taken_away_whole(anchor):
    tamper(
        "DELETE FROM journal_payload WHERE line_id IN (SELECT id FROM journal_line WHERE household = 'h')",
        "DELETE FROM journal_line WHERE household = 'h'",
        "DELETE FROM journal_head WHERE scope = 'household:h'",
    )
    assert verify() == ""
    assert "household:h" in verify(anchor)


def test_a_chain_written_anew_by_the_owner_of_the_database(anchor):
    tamper("DELETE FROM journal_payload", "DELETE FROM journal_line", "DELETE FROM journal_head")
    for household in ("g", "h"):
        for _ in range(3):
            write(HAPPENED, by=Actor("agent", "x", "Quelqu’un"), at=timezone.now(), household=household)
    assert verify() == ""
    assert verify(anchor).count("the chain was written anew") == 2


def test_what_is_no_anchor_is_said_so(anchor, tmp_path):
    (tmp_path / "letter").write_text("Bonjour,\nmerci.\n")
    with pytest.raises(CommandError, match="is not an anchor"):
        call_command("verify_history", against=tmp_path / "letter", stdout=StringIO())


def test_an_anchor_is_never_written_over(anchor):
    with pytest.raises(FileExistsError):
        call_command("verify_history", anchor=anchor, stdout=StringIO())
