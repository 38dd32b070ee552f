"""Everything is lost: how the way back by letter begins, who can stop it, and what everybody is told.

Nobody takes an account over alone. The letter's code is half of it, and goes to the register's address; the other half
is the password, or the word told to who called. Whoever started it never prints the letter. Seventy-two hours pass,
told on every channel of before, each with a link that stops it.
Source: OWASP ASVS 5.0, 6.4.4, 6.4.6; NIST SP 800-63B-4, 4.2 (account recovery).
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from xpassfam.accounts import freezing, history, tokens
from xpassfam.accounts.actions.known_addresses import NoSafeAddress, safe_home
from xpassfam.accounts.everywhere import tell_everywhere
from xpassfam.accounts.models import Account, Freeze, PendingSignIn, Recovery
from xpassfam.accounts.telling import record
from xpassfam.journal.actions import Actor
from xpassfam.rules.identifiers import ALPHABET, check_character, normalise_code

WAITS = timedelta(hours=72)
GOOD_FOR = timedelta(days=30)
MOST_IN_30_DAYS = 3
WORD, CODE = "recovery_word", "recovery_code"
Outcome = Recovery.Outcome


class CannotStart(Exception):
    """`why`: staff (another administrator helps), closed, ongoing, often (too many lately; again at `until`)."""

    def __init__(self, why: str, until: datetime | None = None) -> None:
        self.why, self.until = why, until
        super().__init__(why)


class StillWaiting(Exception):
    """The letter is right; it opens nothing before `until`."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__(until)


@dataclass(frozen=True)
class Started:
    """`word` is told to who called, and kept nowhere: empty where the password is the other half."""

    recovery: Recovery
    word: str


def start(
    account: Account, *, by: Account | None = None, loses_mailbox: bool = False, device: str = "", at: datetime
) -> Started:
    """Begin: by the owner whose password was right, or by an agent (`by`) who was called.

    Raise CannotStart, or NoSafeAddress where no letter could be trusted to arrive.
    """
    if account.is_staff:
        raise CannotStart("staff")
    word = new_word() if loses_mailbox else ""
    stop = tokens.new_token()
    with transaction.atomic():
        account = Account.objects.select_for_update(of=("self",)).select_related("person").get(pk=account.pk)
        if not may_recover(account):
            raise CannotStart("closed")
        _refuse_another(account, at=at)
        safe_home(account, at=at)
        recovery = Recovery(
            account=account,
            loses_mailbox=loses_mailbox,
            started_at=at,
            started_by=by,
            opens_at=at + WAITS,
            expires_at=at + GOOD_FOR,
            stop_digest=tokens.digest(stop),
        )
        recovery.word_digest = keyed(WORD, recovery, word) if word else ""
        recovery.save()
        tell_everywhere(
            account,
            "accounts/mail/recovery_started",
            sms="accounts/sms/recovery_started",
            at=at,
            path=f"/connexion/secours/arret/{stop}/",
            started_at=at.isoformat(),
            opens_at=recovery.opens_at.isoformat(),
            loses_mailbox=loses_mailbox,
        )
        opens = {"opens": history.instant(recovery.opens_at)}
        record(account, history.RECOVERY_STARTED, by=by.actor if by else None, at=at, device=device, facts=opens)
    return Started(recovery, word)


def _refuse_another(account: Account, *, at: datetime) -> None:
    """Raise CannotStart: one at a time, and not again and again, each time with its mails and SMS."""
    of_account = Recovery.objects.filter(account=account)
    of_account.filter(ended_at=None, expires_at__lte=at).update(ended_at=at, outcome=Outcome.EXPIRED)
    if of_account.live(at).exists():
        raise CannotStart("ongoing")
    # Since the password that may be a stranger's: who chose a new one begins anew.
    since = max(at - GOOD_FOR, account.password_changed_at or account.created_at)
    stopped = of_account.filter(outcome=Outcome.STOPPED, ended_at__gt=at - WAITS).order_by("-ended_at").first()
    if stopped and stopped.ended_at:
        raise CannotStart("often", stopped.ended_at + WAITS)
    lately = list(of_account.filter(started_at__gte=since).order_by("-started_at"))
    if len(lately) >= MOST_IN_30_DAYS:
        raise CannotStart("often", lately[MOST_IN_30_DAYS - 1].started_at + GOOD_FOR)


def may_recover(account: Account) -> bool:
    """Whose second step a letter may replace: never that of staff, whom an administrator helps."""
    return account.is_active and not account.is_staff


def hindrance(account: Account, *, at: datetime) -> str:
    """Why none can begin now, in the words of CannotStart and NoSafeAddress; empty where one may be tried."""
    if account.is_staff:
        return "staff"
    if not may_recover(account):
        return "closed"
    if live(account, at=at):
        return "ongoing"
    try:
        safe_home(account, at=at)
    except NoSafeAddress as refusal:
        return refusal.why
    return ""


def live(account: Account, *, at: datetime) -> Recovery | None:
    """That of an account which may still open it. One query."""
    return Recovery.objects.live(at).filter(account=account).first()


def to_stop(token: str, *, at: datetime) -> Recovery | None:
    """The one that a link of a warning stops, while it can."""
    known = Recovery.objects.live(at).select_related("account__person")
    return known.filter(stop_digest=tokens.digest(token)).first()


def stop(recovery: Recovery, *, by: Actor | None = None, is_contested: bool, device: str = "", at: datetime) -> bool:
    """End it for good; False where it had ended. Contested (« Ce n’est pas moi »): nothing grave changes for three
    days either, as whoever asked for it knows the password, or more."""
    with transaction.atomic():
        waiting = Recovery.objects.live(at).filter(pk=recovery.pk)
        if not waiting.update(ended_at=at, outcome=Outcome.STOPPED):
            return False
        account = recovery.account
        PendingSignIn.objects.filter(account=account, used_at=None).delete()
        tell_everywhere(
            account,
            "accounts/mail/recovery_stopped",
            sms="accounts/sms/recovery_stopped",
            at=at,
            stopped_at=at.isoformat(),
            knows_password=is_contested and not recovery.loses_mailbox,
        )
        record(account, history.RECOVERY_STOPPED, by=by, at=at, device=device)
        if is_contested:
            freezing.freeze(account, reason=Freeze.Reason.NOT_ME, at=at, by=by)
    return True


def new_word() -> str:
    """Six characters that are not confused when told, the last one a check: `7K3-Q2M`."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(5))
    code = body + check_character(body)
    return f"{code[:3]}-{code[3:]}"


def keyed(scope: str, recovery: Recovery, typed: str) -> str:
    return tokens.keyed(scope, _of(recovery, typed))


def is_right(scope: str, recovery: Recovery | None, typed: str) -> bool:
    """The same work whether there is one or not."""
    stored = "" if recovery is None else recovery.word_digest if scope == WORD else recovery.code_digest
    return tokens.is_keyed(stored, scope, _of(recovery, typed))


def _of(recovery: Recovery | None, typed: str) -> str:
    """A code is worth nothing for another recovery."""
    return f"{recovery.public_id if recovery else '-' * 26}:{normalise_code(typed)}"
