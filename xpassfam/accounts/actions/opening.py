"""From the message to the open account, by its link or by its six digits."""

from datetime import datetime, timedelta

from django.contrib.auth.hashers import check_password
from django.db import IntegrityError, transaction
from django.db.models import F

from xpassfam.accounts import history, throttle, tokens
from xpassfam.accounts.actions import judging
from xpassfam.accounts.models import Account, ActivationCode, PendingSignUp, SignUpLink
from xpassfam.accounts.telling import mail, record
from xpassfam.organisation.models import current

MOST_CODE_TRIES = 5
Outcome = PendingSignUp.Outcome


class LinkGone(Exception):
    """The link can't open an account any more; `why` says it, `at` since when.

    Expired; used; replaced by a newer link; again: the person signed up again; taken: the address has an
    account by now; active: the person has one, at another address; lapsed: what proved the person no longer does.
    """

    def __init__(self, why: str, at: datetime) -> None:
        self.why, self.at = why, at
        super().__init__(why)


class WrongCode(Exception):
    """Not the code; `remaining` tries. None left, or the code's time is over: a new message is needed."""

    def __init__(self, remaining: int) -> None:
        self.remaining = remaining
        super().__init__()


class WrongPassword(Exception):
    """Not the password chosen at sign-up; `until` says when to try again, if one must wait."""

    def __init__(self, until: datetime | None = None) -> None:
        self.until = until
        super().__init__()


def find(token: str) -> SignUpLink | None:
    links = SignUpLink.objects.select_related("pending__person", "pending__activation_code")
    return links.filter(digest=tokens.digest(token)).first()


def refuse_dead_link(link: SignUpLink, *, at: datetime) -> None:
    """Raise LinkGone where the link opens nothing any more."""
    if link.pending.used_at:
        raise LinkGone("used", link.pending.used_at)
    if link.pending.superseded_at:
        raise LinkGone("again", link.pending.superseded_at)
    if link.superseded_at:
        raise LinkGone("replaced", link.superseded_at)
    if link.expires_at <= at:
        raise LinkGone("expired", link.expires_at)
    if judging.has_lapsed(link.pending, at=at):
        raise LinkGone("lapsed", at)


def asks_for_password(pending: PendingSignUp, *, browser: str) -> bool:
    """Whether the link must also be given the password chosen at sign-up.

    An ex-partner who knows the file can ask for an account at the address that the register holds. The
    mailbox's owner, who receives the link, must not open it under that other person's password.
    """
    return pending.activation_code_id is None and not is_where_it_was_asked(pending, browser=browser)


def is_where_it_was_asked(pending: PendingSignUp, *, browser: str) -> bool:
    """Whether this browser signed up. In any other the digits need the password, whatever the proof was worth: the
    page that takes them is open to who waits for them, and must not tell.
    """
    return bool(browser) and tokens.matches(pending.browser_digest, browser)


def open_by_link(link: SignUpLink, *, browser: str, password: str = "", device: str, at: datetime) -> Account:
    """Open the account of a link; raise LinkGone, or WrongPassword where one is asked for."""
    refuse_dead_link(link, at=at)
    if asks_for_password(link.pending, browser=browser):
        reserved = throttle.reserve(throttle.CHOSEN_PASSWORD, link.pending.public_id, at=at)
        if not reserved.allowed:
            raise WrongPassword(reserved.free_at)
        if not check_password(password, link.pending.password):
            raise WrongPassword
    return _open(link.pending, device=device, at=at)


def digits_until(pending: PendingSignUp) -> datetime:
    """Until when the page takes digits; whether any left by mail only the mailbox knows."""
    return pending.sent_at + timedelta(minutes=current().activation_code_minutes)


def link_until(pending: PendingSignUp) -> datetime:
    return pending.sent_at + timedelta(hours=current().activation_link_hours)


def open_by_code(
    pending: PendingSignUp, code: str, *, browser: str, password: str = "", device: str, at: datetime
) -> Account:
    """Open the account by the six digits; raise WrongCode, WrongPassword, or LinkGone where it is open already.

    A try is spent before it is compared, so that parallel guesses are no more than five. Two counters: the page's,
    which every resend empties, message or not, and that of the digits themselves, which no resend gives back. The
    password is looked at after right digits only.
    """
    if pending.used_at:
        raise LinkGone("used", pending.used_at)
    shown = PendingSignUp.objects.filter(pk=pending.pk, used_at=None, code_tries__lt=MOST_CODE_TRIES)
    spent = {"code_tries": F("code_tries") + 1, "digits_tries": F("digits_tries") + 1}
    if digits_until(pending) <= at or not shown.update(**spent):
        raise WrongCode(0)
    pending.refresh_from_db()
    is_right = tokens.is_keyed(pending.code_digest, "code", f"{pending.public_id}:{code}")
    if not is_right or pending.digits_tries > MOST_CODE_TRIES or pending.code_expires_at <= at:
        raise WrongCode(max(0, MOST_CODE_TRIES - pending.code_tries))
    if pending.superseded_at:
        raise LinkGone("again", pending.superseded_at)
    is_here = is_where_it_was_asked(pending, browser=browser)
    if not is_here and not check_password(password, pending.password):
        raise WrongPassword
    return _open(pending, device=device, at=at)


def _open(pending: PendingSignUp, *, device: str, at: datetime) -> Account:
    """Make the account, once: of parallel openings one succeeds, the others find it used."""
    try:
        with transaction.atomic():
            unused = PendingSignUp.objects.filter(
                pk=pending.pk, email=pending.email, used_at=None, superseded_at=None, outcome=Outcome.OPEN
            ).update(used_at=at, used_on=device)
            if not unused:
                raise LinkGone("used", at)
            # As the register and its letters are now, not as they were when the page was opened.
            pending = PendingSignUp.objects.select_related("person", "activation_code").get(pk=pending.pk)
            if judging.has_lapsed(pending, at=at):
                raise LinkGone("lapsed", at)
            if pending.activation_code_id:
                unspent = ActivationCode.objects.filter(pk=pending.activation_code_id, used_at=None)
                if not unspent.update(used_at=at):
                    raise LinkGone(_held_by(pending), at)
            # The register spells names as people write them; a form is typed in a hurry.
            named = pending.person or pending
            account = Account.objects.create(
                email=pending.email,
                last_name=named.last_name,
                first_name=named.first_name,
                phone=pending.phone,
                person=pending.person,
                password=pending.password,
                password_changed_at=at,
            )
            mail(account, "accounts/mail/welcome", at=at)
            record(account, history.ACCOUNT_OPENED, at=at, device=device, facts={"email": account.email})
    except IntegrityError as error:
        raise LinkGone(_held_by(pending), at) from error
    return account


def _held_by(pending: PendingSignUp) -> str:
    """What stands in the way: an account at this address, or the person's own at another."""
    return "taken" if Account.objects.filter(email=pending.email).exists() else "active"
