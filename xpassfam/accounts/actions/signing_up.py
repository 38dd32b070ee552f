"""From the sign-up form to the page that waits for its message.

Whatever was typed, the same work is done: one password hashed, one row, one job. What becomes of it is judged after
the answer (`sign_up_messages`), and only the mailbox learns it. The account exists once its link or its code has been
used (`opening`), never before.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from xpassfam.accounts import throttle
from xpassfam.accounts.actions import activation_codes, judging
from xpassfam.accounts.actions.sign_up_messages import deliver
from xpassfam.accounts.models import ActivationCode, PendingSignUp
from xpassfam.accounts.pipeline import password_tag
from xpassfam.organisation.models import current
from xpassfam.people import finding
from xpassfam.people.models import Person
from xpassfam.rules.identifiers import new_public_id

RESEND_AFTER = timedelta(minutes=2)


class TooManySignUps(Exception):
    """This address of the network asks too often; `until` says when it may again."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__()


@dataclass(frozen=True)
class Claim:
    """What the form says: who, how to write to them, and the proof of it."""

    last_name: str
    first_name: str
    email: str
    phone: str
    password: str
    member_number: str = ""
    activation_code: str = ""
    file_number: str = ""
    birth_date: date | None = None


def ask(claim: Claim, *, address: str, browser: str = "", at: datetime) -> PendingSignUp:
    """Take a sign-up; raise TooManySignUps, or TooManyTries (of a letter's code). The answer doesn't tell its outcome.

    `browser` is the digest of the device cookie, by which the link knows that it is opened where it was asked.
    """
    reserved = throttle.reserve(throttle.SIGN_UP, address, at=at)
    if not reserved.allowed:
        raise TooManySignUps(reserved.free_at)
    if claim.activation_code:
        activation_codes.reserve_try(claim.member_number, address=address, at=at)
    encoded = make_password(claim.password)
    public_id = new_public_id()
    with transaction.atomic():
        person, code = _prove(claim, at=at)
        pending = PendingSignUp(
            public_id=public_id,
            email=claim.email,
            last_name=claim.last_name,
            first_name=claim.first_name,
            phone=claim.phone,
            password=encoded,
            password_tag=password_tag(public_id, claim.password),
            member_number=claim.member_number,
            browser_digest=browser,
            person=person,
            activation_code=code,
            created_at=at,
            sent_at=at,
            code_expires_at=at,
        )
        pending.outcome = judging.outcome(pending, at=at)
        pending.save()
        deliver.enqueue(pending.pk)
    return pending


def _prove(claim: Claim, *, at: datetime) -> tuple[Person | None, ActivationCode | None]:
    """Whom the proof names, and by which code."""
    if claim.activation_code:
        person = finding.by_member_number(claim.member_number, on=timezone.localdate(at))
        code = activation_codes.check(person, claim.activation_code, at=at)
        return (person if code else None), code
    if claim.file_number and claim.birth_date and current().sign_up_proof in ("file", "both"):
        return finding.by_file(
            claim.file_number,
            birth_date=claim.birth_date,
            last_name=claim.last_name,
            first_names=claim.first_name,
            on=timezone.localdate(at),
        ), None
    return None, None


def resend(pending: PendingSignUp, *, at: datetime) -> bool:
    """Ask for the message again, with a new link and new digits; False where the last one is too recent."""
    due = PendingSignUp.objects.filter(pk=pending.pk, used_at=None, sent_at__lte=at - RESEND_AFTER)
    with transaction.atomic():
        if not due.update(sent_at=at, code_tries=0):
            return False
        deliver.enqueue(pending.pk)
    return True


def correct_address(pending: PendingSignUp, *, email: str, address: str, at: datetime) -> None:
    """Send the sign-up to another e-mail: what left for the other one opens nothing more. Raise TooManySignUps."""
    reserved = throttle.reserve(throttle.SIGN_UP, address, at=at)
    if not reserved.allowed:
        raise TooManySignUps(reserved.free_at)
    pending.email = email
    outcome = judging.outcome(pending, at=at)
    unused = PendingSignUp.objects.filter(pk=pending.pk, used_at=None)
    with transaction.atomic():
        if unused.update(email=email, outcome=outcome, sent_at=at, code_tries=0, code_digest="", code_expires_at=at):
            pending.links.filter(superseded_at=None).update(superseded_at=at)
            deliver.enqueue(pending.pk)
