"""From the sign-up form to the message that opens an account.

Whatever was typed, the same work is done: one password hashed, one row, one message. Only the mailbox
learns what happened. The account exists once its link or its code has been used (`opening`), never before.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from xpassfam.accounts import throttle, tokens
from xpassfam.accounts.actions import activation_codes
from xpassfam.accounts.models import Account, ActivationCode, PendingSignUp
from xpassfam.accounts.pipeline import password_tag
from xpassfam.jobs import job
from xpassfam.journal.actions import Actor
from xpassfam.organisation.models import current
from xpassfam.outbox.actions import send
from xpassfam.people import finding
from xpassfam.people.models import Person
from xpassfam.rules.identifiers import new_public_id

RESEND_AFTER = timedelta(minutes=2)
Outcome = PendingSignUp.Outcome
MAILS = {
    Outcome.OPEN: "accounts/mail/sign_up_open",
    Outcome.TAKEN: "accounts/mail/sign_up_taken",
    Outcome.MEMBER_ACTIVE: "accounts/mail/sign_up_member_active",
    Outcome.WRONG_PROOF: "accounts/mail/sign_up_wrong_proof",
    Outcome.POSTED: "accounts/mail/sign_up_posted",
}


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
        older = PendingSignUp.objects.filter(
            email=claim.email, person=person, person__isnull=False, used_at=None, superseded_at=None
        )
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
            outcome=_outcome(claim.email, person, has_code=code is not None),
            person=person,
            activation_code=code,
            created_at=at,
        )
        if _send(pending, at=at):
            older.exclude(pk=pending.pk).update(superseded_at=at)
        post_code.enqueue(pending.pk)
    return pending


@job()
def post_code(pending_id: int) -> None:
    """Have a code posted where the register proves nothing by e-mail: after the answer, which is the same for all."""
    pending = PendingSignUp.objects.select_related("person").filter(pk=pending_id, outcome=Outcome.POSTED).first()
    if pending and pending.person:
        activation_codes.ask_by_post(pending.person, by=Actor(kind="visitor"), at=timezone.now())


def _outcome(email: str, person: Person | None, *, has_code: bool) -> str:
    """What a proof opens at an address; the same look-ups whatever they find.

    Without a code only the register's own address opens: an ex-partner knows all the rest.
    """
    taken = Account.objects.filter(email=email).exists()
    active = Account.objects.filter(person_id=person.pk if person else 0).exists()
    if person is None:
        return Outcome.TAKEN if taken else Outcome.WRONG_PROOF
    if active:
        return Outcome.MEMBER_ACTIVE
    if taken:
        return Outcome.TAKEN
    return Outcome.OPEN if has_code or person.email == email else Outcome.POSTED


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


def _send(pending: PendingSignUp, *, at: datetime, replace: bool = True) -> bool:
    """Post the message of a sign-up with a new link and a new code; older ones stop working.

    Past three an hour it is absorbed: nothing leaves, the answer is the same. Without `replace`, what left
    before stays good then. Who has no right proof uses up the messages of wrong proofs only.
    """
    key = f"sign_up|{pending.outcome}|{pending.email}"
    is_sent = throttle.reserve(throttle.MAIL, key, at=at).allowed
    if not (is_sent or replace):
        return False
    token, code = tokens.new_token(), tokens.new_code()
    link_until = _renew(pending, token, code, at=at)
    if is_sent:
        send(
            MAILS[Outcome(pending.outcome)],
            to=pending.email,
            context={
                "first_name": pending.first_name,
                "asked_at": at.isoformat(),
                "path": f"/activation/{token}/",
                "code": code,
                "by_file": not pending.member_number,
                "code_until": pending.code_expires_at.isoformat(),
                "link_until": link_until.isoformat(),
            },
            at=at,
        )
    return is_sent


def _renew(pending: PendingSignUp, token: str, code: str, *, at: datetime) -> datetime:
    """Store the new link and code, and nothing else of a row that another process may be opening."""
    organisation = current()
    pending.code_digest = tokens.keyed("code", f"{pending.public_id}:{code}")
    pending.code_expires_at = at + timedelta(minutes=organisation.activation_code_minutes)
    pending.code_tries = 0
    pending.sent_at = at
    if pending._state.adding:
        pending.save()
    else:
        pending.save(update_fields=["code_digest", "code_expires_at", "code_tries", "sent_at"])
    link_until = at + timedelta(hours=organisation.activation_link_hours)
    pending.links.filter(superseded_at=None).update(superseded_at=at)
    pending.links.create(digest=tokens.digest(token), created_at=at, expires_at=link_until)
    return link_until


def resend(pending: PendingSignUp, *, at: datetime) -> bool:
    """Send the message again with a new link and code; False where the last one is too recent."""
    due = PendingSignUp.objects.filter(pk=pending.pk, used_at=None, superseded_at=None, sent_at__lte=at - RESEND_AFTER)
    with transaction.atomic():
        if not due.update(sent_at=at):
            return False
        pending.refresh_from_db(fields=["email", "outcome"])
        _send(pending, at=at, replace=False)
    return True


def correct_address(pending: PendingSignUp, *, email: str, address: str, at: datetime) -> None:
    """Send the sign-up to another e-mail; what the proof opens is judged anew. Raise TooManySignUps."""
    reserved = throttle.reserve(throttle.SIGN_UP, address, at=at)
    if not reserved.allowed:
        raise TooManySignUps(reserved.free_at)
    outcome = _outcome(email, pending.person, has_code=pending.activation_code is not None)
    live = PendingSignUp.objects.filter(pk=pending.pk, used_at=None, superseded_at=None)
    with transaction.atomic():
        if live.update(email=email, outcome=outcome):
            pending.email, pending.outcome = email, outcome
            _send(pending, at=at)
            post_code.enqueue(pending.pk)
