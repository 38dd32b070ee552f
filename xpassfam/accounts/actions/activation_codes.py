"""Codes with which the organisation proves who signs up."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import islice

import structlog
from django.db import connection, transaction
from django.db.models import Max, QuerySet

from xpassfam.accounts import history, throttle, tokens
from xpassfam.accounts.models import ActivationCode, PostedCode
from xpassfam.jobs import bulk
from xpassfam.journal.actions import Actor, Entry, write, write_many
from xpassfam.people.models import Person
from xpassfam.rules.identifiers import new_activation_code, normalise_code

log = structlog.get_logger(__name__)
SCOPE = "activation_code"
GOOD_FOR = timedelta(days=30)
ON_ITS_WAY = timedelta(days=7)
BATCH = 2000
# Their lines come last, and no list of them is held meanwhile.
_ISSUED = bulk.Scratch("issued_code", {"public_id": "text"})


class TooManyTries(Exception):
    """The code of this number was tried too often; `until` says when it may be tried again."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__()


def _of(person: Person | None, code: str) -> str:
    return _keyed(person.public_id if person else "", code)


def _keyed(public_id: str, code: str) -> str:
    """A code is worth nothing for another person."""
    return f"{public_id}:{normalise_code(code)}"


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


def issue_many(codes: Iterable[tuple[int, str, str]], *, by: Actor, at: datetime) -> int:
    """Give persons (id, public id) these codes, unless they had them before; return how many were given.

    A code that was used, replaced or has ended is not given again: an old file would revive lost letters, and end
    those on their way.
    """
    waiting = iter(codes)
    columns = ("person_id", "digest", "created_at", "expires_at")
    begins, ends = (connection.ops.adapt_datetimefield_value(instant) for instant in (at, at + GOOD_FOR))
    # Beyond, nobody ever had one: most of a first register.
    last = ActivationCode.objects.aggregate(last=Max("person"))["last"] or 0
    with transaction.atomic(), bulk.scratches(_ISSUED):
        while batch := list(islice(waiting, BATCH)):
            had = _had([pk for pk, _, _ in batch if pk <= last])
            new = [
                (pk, public_id, code)
                for pk, public_id, code in batch
                if not any(tokens.is_keyed(digest, SCOPE, _keyed(public_id, code)) for digest in had.get(pk, ()))
            ]
            if replaced := [pk for pk, _, _ in new if pk in had]:
                former = ActivationCode.objects.filter(person__in=replaced, used_at=None, superseded_at=None)
                former.update(superseded_at=at)
            digests = ((pk, tokens.keyed(SCOPE, _keyed(public_id, code))) for pk, public_id, code in new)
            rows = ((pk, digest, begins, ends) for pk, digest in digests)
            bulk.pour(ActivationCode._meta.db_table, columns, rows)
            _ISSUED.pour([(public_id,) for _, public_id, _ in new])
        issued = (public_id for rows in _ISSUED.rows() for (public_id,) in rows)
        return write_many((Entry(history.CODE_ISSUED, person=public_id) for public_id in issued), by=by, at=at)


def _had(persons: list[int]) -> dict[int, list[str]]:
    """The digests of all codes that these persons ever had."""
    had: dict[int, list[str]] = {}
    if persons:
        # Their range, besides: it is read along the index, however little the database knows of its tables.
        near = ActivationCode.objects.filter(person__gte=min(persons), person__lte=max(persons))
        given = near.filter(person__in=persons)
        for pk, digest in given.values_list("person", "digest"):
            had.setdefault(pk, []).append(digest)
    return had


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
