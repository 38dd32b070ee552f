"""Codes with which the organisation proves who signs up."""

from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import QuerySet

from xpassfam.accounts import history, throttle, tokens
from xpassfam.accounts.models import ActivationCode, PostedCode
from xpassfam.journal.actions import Actor, write
from xpassfam.people.models import Person
from xpassfam.rules.identifiers import new_activation_code, normalise_code

log = structlog.get_logger(__name__)
SCOPE = "activation_code"
GOOD_FOR = timedelta(days=30)
ON_ITS_WAY = timedelta(days=7)


class TooManyTries(Exception):
    """The code of this number was tried too often; `until` says when it may be tried again."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__()


def _of(person: Person | None, code: str) -> str:
    """A code is worth nothing for another person."""
    return f"{person.public_id if person else ''}:{normalise_code(code)}"


def issue(person: Person, *, code: str | None = None, by: Actor, at: datetime) -> str:
    """Give a person a new code, good for 30 days; the one before dies. Returns it: it is kept only hashed."""
    code = code or new_activation_code()
    with transaction.atomic():
        ActivationCode.objects.filter(person=person, used_at=None, superseded_at=None).update(superseded_at=at)
        ActivationCode.objects.create(
            person=person, digest=tokens.keyed(SCOPE, _of(person, code)), created_at=at, expires_at=at + GOOD_FOR
        )
        write(history.CODE_ISSUED, by=by, at=at, person=person.public_id)
    return code


def live(at: datetime) -> QuerySet[ActivationCode]:
    """Codes that still open an account."""
    return ActivationCode.objects.filter(used_at=None, superseded_at=None, expires_at__gt=at)


def reserve_try(member_number: str, *, address: str, at: datetime) -> None:
    """Count a try of the code of this number, known or not; raise TooManyTries.

    From one network address few, from all together many more: a stranger can't wear the code out for its holder, and
    thousands of tries guess nothing of ten characters (docs/decisions/0019). Outside any transaction: what is counted
    must stay, and several processes count.
    """
    for scope, value in (
        (throttle.LETTER_CODE_HERE, f"{address}|{member_number}"),
        (throttle.LETTER_CODE, member_number),
    ):
        reserved = throttle.reserve(scope, value, at=at)
        if not reserved.allowed:
            log.warning("activation_code.paused", address=address, scope=scope.name)
            raise TooManyTries(reserved.free_at)


def check(person: Person | None, code: str, *, at: datetime) -> ActivationCode | None:
    """The person's live code where `code` is it. The same work for an unknown person; `reserve_try` comes first."""
    row = live(at).filter(person_id=person.pk if person else 0).first()
    is_right = tokens.is_keyed(row.digest if row else "", SCOPE, _of(person, code))
    return row if is_right else None


def ask_by_post(person: Person, *, by: Actor, at: datetime) -> None:
    """Put a letter with a new code on the list of those to print; one waiting letter a person."""
    with transaction.atomic():
        _row, is_new = PostedCode.objects.get_or_create(person=person, printed_at=None, defaults={"asked_at": at})
        if is_new:
            write(history.CODE_POSTED, by=by, at=at, person=person.public_id)


def ask_by_post_from_outside(person: Person, *, at: datetime) -> None:
    """For whoever knows the file: not while a letter may be on its way, as the next print would end its code."""
    if not live(at).filter(person=person, created_at__gt=at - ON_ITS_WAY).exists():
        ask_by_post(person, by=Actor(kind="visitor"), at=at)
