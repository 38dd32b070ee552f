"""From the sign-up form to an open account.

Whatever was typed, the same work is done: one password hashed, one row, one message. Only the mailbox
learns what happened. The account exists once its link or its code has been used, never before.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from xpassfam.accounts import history, throttle, tokens
from xpassfam.accounts.actions import activation_codes
from xpassfam.accounts.models import Account, ActivationCode, PendingSignUp, SignUpLink
from xpassfam.accounts.pipeline import password_tag
from xpassfam.jobs import job
from xpassfam.journal.actions import Actor, write
from xpassfam.organisation.models import current
from xpassfam.outbox.actions import send
from xpassfam.people import finding
from xpassfam.people.models import Person, new_public_id

MOST_CODE_TRIES = 5
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


class LinkGone(Exception):
    """The link can't open an account any more; `why` is expired, used or replaced, `at` since when."""

    def __init__(self, why: str, at: datetime) -> None:
        self.why, self.at = why, at
        super().__init__(why)


class WrongCode(Exception):
    """Not the code; `remaining` tries. None left, or the code's time is over: a new message is needed."""

    def __init__(self, remaining: int) -> None:
        self.remaining = remaining
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


def ask(claim: Claim, *, address: str, at: datetime) -> PendingSignUp:
    """Take a sign-up; raise TooManySignUps. The answer tells nothing of its outcome."""
    reserved = throttle.reserve(throttle.SIGN_UP, address, at=at)
    if not reserved.allowed:
        raise TooManySignUps(reserved.free_at)
    encoded = make_password(claim.password)
    public_id = new_public_id()
    with transaction.atomic():
        outcome, person, code = _judge(claim, at=at)
        PendingSignUp.objects.filter(
            email=claim.email, person=person, person__isnull=False, used_at=None, superseded_at=None
        ).update(superseded_at=at)
        pending = PendingSignUp(
            public_id=public_id,
            email=claim.email,
            last_name=claim.last_name,
            first_name=claim.first_name,
            phone=claim.phone,
            password=encoded,
            password_tag=password_tag(public_id, claim.password),
            member_number=claim.member_number,
            outcome=outcome,
            person=person,
            activation_code=code,
            created_at=at,
        )
        _send(pending, at=at)
        post_code.enqueue(pending.pk)
    return pending


@job()
def post_code(pending_id: int) -> None:
    """Have a code posted where the register proves nothing by e-mail: after the answer, which is the same for all."""
    pending = PendingSignUp.objects.select_related("person").filter(pk=pending_id, outcome=Outcome.POSTED).first()
    if pending and pending.person:
        activation_codes.ask_by_post(pending.person, by=Actor(kind="visitor"), at=timezone.now())


def _judge(claim: Claim, *, at: datetime) -> tuple[str, Person | None, ActivationCode | None]:
    """Every look-up, whatever the first ones find."""
    taken = Account.objects.filter(email=claim.email).exists()
    person, code = _prove(claim, at=at)
    active = Account.objects.filter(person_id=person.pk if person else 0).exists()
    held = bool(person and person.email and person.email == claim.email)
    return _outcome(person, taken=taken, active=active, has_code=bool(code), held=held), person, code


def _outcome(person: Person | None, *, taken: bool, active: bool, has_code: bool, held: bool) -> str:
    """`held`: the register holds this very address. Without a code, an ex-partner knows all the rest."""
    if person is None:
        return Outcome.TAKEN if taken else Outcome.WRONG_PROOF
    if active:
        return Outcome.MEMBER_ACTIVE
    if taken:
        return Outcome.TAKEN
    return Outcome.OPEN if has_code or held else Outcome.POSTED


def _prove(claim: Claim, *, at: datetime) -> tuple[Person | None, ActivationCode | None]:
    """Whom the proof names, and by which code."""
    allowed = current().sign_up_proof
    if claim.activation_code and allowed in ("code", "both"):
        person = finding.by_member_number(claim.member_number, on=timezone.localdate(at))
        code = activation_codes.check(person, claim.activation_code, at=at)
        return (person if code else None), code
    if claim.file_number and claim.birth_date and allowed in ("file", "both"):
        return finding.by_file(
            claim.file_number,
            birth_date=claim.birth_date,
            last_name=claim.last_name,
            first_names=claim.first_name,
            on=timezone.localdate(at),
        ), None
    return None, None


def _send(pending: PendingSignUp, *, at: datetime) -> None:
    """Give the sign-up a new link and code, and post its message; older ones stop working."""
    organisation = current()
    token, code = tokens.new_token(), tokens.new_code()
    pending.code_digest = tokens.code_digest(pending.public_id, code)
    pending.code_expires_at = at + timedelta(minutes=organisation.activation_code_minutes)
    pending.code_tries = 0
    pending.sent_at = at
    pending.save()
    link_until = at + timedelta(hours=organisation.activation_link_hours)
    pending.links.filter(superseded_at=None).update(superseded_at=at)
    pending.links.create(digest=tokens.digest(token), created_at=at, expires_at=link_until)
    if not throttle.reserve(throttle.MAIL, f"sign_up|{pending.email}", at=at).allowed:
        return
    send(
        MAILS[Outcome(pending.outcome)],
        to=pending.email,
        context={
            "first_name": pending.first_name,
            "asked_at": at.isoformat(),
            "path": f"/activation/{token}/",
            "code": code,
            "code_until": pending.code_expires_at.isoformat(),
            "link_until": link_until.isoformat(),
        },
        at=at,
    )


def resend(pending: PendingSignUp, *, at: datetime) -> bool:
    """Send the message again with a new link and code; False where the last one is too recent."""
    if pending.used_at or pending.superseded_at or at < pending.sent_at + RESEND_AFTER:
        return False
    with transaction.atomic():
        _send(pending, at=at)
    return True


def correct_address(pending: PendingSignUp, *, email: str, address: str, at: datetime) -> None:
    """Send the sign-up to another e-mail; what the proof opens is judged anew. Raise TooManySignUps."""
    reserved = throttle.reserve(throttle.SIGN_UP, address, at=at)
    if not reserved.allowed:
        raise TooManySignUps(reserved.free_at)
    if pending.used_at or pending.superseded_at:
        return
    taken = Account.objects.filter(email=email).exists()
    active = Account.objects.filter(person_id=pending.person_id or 0).exists()
    person = pending.person
    held = bool(person and person.email and person.email == email)
    with transaction.atomic():
        pending.email = email
        pending.outcome = _outcome(
            person, taken=taken, active=active, has_code=bool(pending.activation_code), held=held
        )
        _send(pending, at=at)


def link_state(token: str) -> SignUpLink | None:
    return SignUpLink.objects.select_related("pending").filter(digest=tokens.digest(token)).first()


def refuse_dead_link(link: SignUpLink, *, at: datetime) -> None:
    """Raise LinkGone where the link opens nothing any more."""
    if link.pending.used_at:
        raise LinkGone("used", link.pending.used_at)
    if link.superseded_at or link.pending.superseded_at:
        raise LinkGone("replaced", link.superseded_at or link.pending.superseded_at or at)
    if link.expires_at <= at:
        raise LinkGone("expired", link.expires_at)


def open_by_link(link: SignUpLink, *, device: str, at: datetime) -> Account:
    """Open the account of a link; raise LinkGone."""
    refuse_dead_link(link, at=at)
    return _open(link.pending, device=device, at=at)


def open_by_code(pending: PendingSignUp, code: str, *, device: str, at: datetime) -> Account:
    """Open the account by the six digits; raise WrongCode, or LinkGone where it is open already.

    A try is spent before it is compared, so that parallel guesses are no more than five.
    """
    if pending.used_at:
        raise LinkGone("used", pending.used_at)
    live = PendingSignUp.objects.filter(
        pk=pending.pk, used_at=None, superseded_at=None, code_tries__lt=MOST_CODE_TRIES, code_expires_at__gt=at
    )
    if not throttle.reserve(throttle.CODE, pending.email, at=at).allowed or not live.update(
        code_tries=F("code_tries") + 1
    ):
        raise WrongCode(0)
    pending.refresh_from_db()
    if not tokens.matches(pending.code_digest, tokens.code_digest(pending.public_id, code)):
        raise WrongCode(max(0, MOST_CODE_TRIES - pending.code_tries))
    return _open(pending, device=device, at=at)


def _open(pending: PendingSignUp, *, device: str, at: datetime) -> Account:
    """Make the account, once: of parallel openings one succeeds, the others find it used."""
    try:
        with transaction.atomic():
            unused = PendingSignUp.objects.filter(
                pk=pending.pk, used_at=None, superseded_at=None, outcome=Outcome.OPEN
            ).update(used_at=at, used_on=device)
            if not unused:
                raise LinkGone("used", at)
            if pending.activation_code_id and not ActivationCode.objects.filter(
                pk=pending.activation_code_id, used_at=None
            ).update(used_at=at):
                raise LinkGone("used", at)
            account = Account.objects.create(
                email=pending.email,
                last_name=pending.last_name,
                first_name=pending.first_name,
                phone=pending.phone,
                person=pending.person,
                password=pending.password,
                password_changed_at=at,
            )
            write(
                history.ACCOUNT_OPENED,
                by=account.actor,
                at=at,
                account=account.public_id,
                person=pending.person.public_id if pending.person else "",
                facts={"email": account.email},
            )
            send(
                "accounts/mail/welcome",
                to=account.email,
                context={"first_name": account.first_name},
                at=at,
                account_id=account.public_id,
            )
    except IntegrityError as error:
        raise LinkGone("used", at) from error
    return account
