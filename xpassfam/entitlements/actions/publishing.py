"""Rules are published here; nothing else writes them."""

import hashlib
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xpassfam.definitions.loading import Refused
from xpassfam.definitions.trees import dump
from xpassfam.entitlements import history
from xpassfam.entitlements.checking import Checked, check_right, check_vocabulary
from xpassfam.entitlements.language import Right, Vocabulary
from xpassfam.entitlements.models import VOCABULARY, Version
from xpassfam.entitlements.trying import Tried
from xpassfam.journal.actions import Actor, Fact, write
from xpassfam.ui.words import full_day


class CasesFail(Exception):
    """The rule does not answer as its own cases say; `failures` are what came out."""

    def __init__(self, found: tuple[Tried, ...]) -> None:
        super().__init__(found)
        self.failures = found


def publish_vocabulary(text: str, *, by: Actor, at: datetime) -> Version:
    """What all rules share, from the day that it says. Raise `language.Refused`, with every mistake by line."""
    return _keep(VOCABULARY, _good(check_vocabulary(text)), text, title=vocabulary_title(), by=by, at=at)


def publish_right(text: str, *, by: Actor, at: datetime) -> Version:
    """A right, from the day that it says; the same text again changes nothing.

    Raise `language.Refused`, with every mistake by line, or CasesFail.
    """
    right = _good(check_right(text, at=at))
    assert isinstance(right, Right)  # noqa: S101
    return _keep(right.code, right, text, title=right.title, by=by, at=at)


@transaction.atomic
def close_right(code: str, *, since: date, by: Actor, at: datetime) -> Version:
    """Nobody has it from that day on: a version that says so. Version.DoesNotExist where there is none."""
    last = Version.objects.select_for_update().filter(code=code).latest("number")
    closing = Version(
        code=code,
        number=last.number + 1,
        since=since,
        is_open=False,
        source=last.source,
        tree=last.tree,
        digest=hashlib.sha256(f"{last.digest} closed {since}".encode()).hexdigest(),
        published_at=at,
        published_by=by.name,
    )
    closing.save()
    facts: dict[str, Fact] = {"code": code, "title": last.tree["title"], "since": full_day(since)}
    write(history.CLOSED, by=by, at=at, facts=facts)
    return closing


def vocabulary_title() -> str:
    return _("Notions communes")


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _good(checked: Checked) -> Right | Vocabulary:
    if refusals := checked.refusals:
        raise Refused([one.problem for one in refusals])
    if checked.failures:
        raise CasesFail(checked.failures)
    return checked.told


@transaction.atomic
def _keep(code: str, told: Right | Vocabulary, text: str, *, title: str, by: Actor, at: datetime) -> Version:
    digest = digest_of(text)
    versions = Version.objects.select_for_update().filter(code=code).order_by("-number")
    last = versions.first()
    if last and last.digest == digest:
        return last
    version = Version.objects.create(
        code=code,
        number=last.number + 1 if last else 1,
        since=date.fromisoformat(told.since),
        source=text,
        tree=dump(told),
        digest=digest,
        published_at=at,
        published_by=by.name,
    )
    facts: dict[str, Fact] = {"code": code, "title": title, "number": version.number, "since": full_day(version.since)}
    write(history.PUBLISHED, by=by, at=at, facts=facts)
    return version
