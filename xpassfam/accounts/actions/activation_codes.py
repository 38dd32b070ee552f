"""Codes with which the organisation proves who signs up."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from xpassfam.accounts import history, tokens
from xpassfam.accounts.models import ActivationCode, PostedCode
from xpassfam.journal.actions import Actor, write
from xpassfam.people.models import Person
from xpassfam.rules.identifiers import new_activation_code, normalise_code

GOOD_FOR = timedelta(days=30)
MOST_TRIES = 5


def _digest(person: Person, code: str) -> str:
    return tokens.keyed("activation_code", f"{person.public_id}:{normalise_code(code)}")


def issue(person: Person, *, code: str | None = None, by: Actor, at: datetime) -> str:
    """Give a person a new code, good for 30 days; the one before dies. Returns it: it is kept only hashed."""
    code = code or new_activation_code()
    with transaction.atomic():
        ActivationCode.objects.filter(person=person, used_at=None, superseded_at=None).update(superseded_at=at)
        ActivationCode.objects.create(
            person=person, digest=_digest(person, code), created_at=at, expires_at=at + GOOD_FOR
        )
        write(history.CODE_ISSUED, by=by, at=at, person=person.public_id)
    return code


def check(person: Person | None, code: str, *, at: datetime) -> ActivationCode | None:
    """The person's live code where `code` is it: spends one of its five tries, then compares.

    The same statements run for an unknown person.
    """
    person_id = person.pk if person else 0
    live = ActivationCode.objects.filter(
        person_id=person_id, used_at=None, superseded_at=None, expires_at__gt=at, tries__lt=MOST_TRIES
    )
    spent = live.update(tries=F("tries") + 1)
    row = ActivationCode.objects.filter(person_id=person_id, used_at=None, superseded_at=None).first()
    is_right = bool(person and row and spent and tokens.matches(row.digest, _digest(person, code)))
    ActivationCode.objects.filter(pk=row.pk if row and is_right else 0).update(tries=F("tries") - 1)
    return row if is_right else None


def ask_by_post(person: Person, *, by: Actor, at: datetime) -> None:
    """Put a letter with a new code on the list of those to print; one waiting letter a person."""
    with transaction.atomic():
        _row, is_new = PostedCode.objects.get_or_create(person=person, printed_at=None, defaults={"asked_at": at})
        if is_new:
            write(history.CODE_POSTED, by=by, at=at, person=person.public_id)


def print_waiting(*, by: Actor, at: datetime) -> list[tuple[Person, str]]:
    """Issue the codes of all waiting letters; the caller prints them: they can't be read again."""
    with transaction.atomic():
        waiting = list(
            PostedCode.objects.select_for_update(of=("self",)).select_related("person").filter(printed_at=None)
        )
        letters = [(row.person, issue(row.person, by=by, at=at)) for row in waiting]
        PostedCode.objects.filter(pk__in=[row.pk for row in waiting]).update(printed_at=at)
    return letters
