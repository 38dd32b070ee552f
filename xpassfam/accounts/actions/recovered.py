"""How a recovery ends well: the letter at the second step, or the letter and the word from a new mailbox."""

from datetime import datetime, timedelta

import structlog
from django.db import IntegrityError, transaction
from django.db.models import F

from xpassfam.accounts import freezing, history, throttle, tokens
from xpassfam.accounts.actions import passwords
from xpassfam.accounts.actions.recovering import CODE, WORD, Outcome, StillWaiting, is_right, may_recover
from xpassfam.accounts.actions.second_step import turning
from xpassfam.accounts.actions.signing_out import sign_out_elsewhere
from xpassfam.accounts.everywhere import tell_everywhere
from xpassfam.accounts.models import Account, EmailChange, Freeze, PhoneChange, Recovery
from xpassfam.accounts.telling import record
from xpassfam.journal.actions import Actor
from xpassfam.journal.kinds import Kind
from xpassfam.outbox.actions import send
from xpassfam.rules.identifiers import identify

log = structlog.get_logger(__name__)
LINK_GOOD_FOR = timedelta(hours=24)
MOST_TRIES = 10


class WrongLetter(Exception):
    """Identifier, code and word do not go together, or lead nowhere; `until`: none is looked at before."""

    def __init__(self, until: datetime | None = None) -> None:
        self.until = until
        super().__init__()


class LinkGone(Exception):
    """The link of the new mailbox opens nothing any more."""


def accept_letter(account: Account, typed: str, *, device: str, at: datetime) -> bool:
    """The password was right, and this is the letter's code: the second step goes, once. Raise StillWaiting."""
    recovery = Recovery.objects.live(at).filter(account=account, loses_mailbox=False).first()
    if not is_right(CODE, recovery, typed) or recovery is None or not may_recover(account):
        return False
    if at < recovery.opens_at:
        raise StillWaiting(recovery.opens_at)
    with transaction.atomic():
        if not _end(recovery, at=at):
            return False
        _start_clean(account, at=at)
        _tell(account, history.RECOVERED, {}, device=device, at=at)
    return True


def ask_link(identifier: str, code: str, word: str, new_email: str, *, address: str, device: str, at: datetime) -> None:
    """Both halves, and a mailbox: a link leaves for it. Raise WrongLetter or StillWaiting.

    Known or unknown, the same tries are counted, the same rows looked up, the same digests made. What is counted stands
    outside any transaction: several processes count.
    """
    meant = identify(identifier)
    key = f"{meant.kind}:{meant.value}"
    for scope, value in ((throttle.RECOVERY_HERE, f"{address}|{key}"), (throttle.RECOVERY, key)):
        reserved = throttle.reserve(scope, value, at=at)
        if not reserved.allowed:
            log.warning("recovery.paused", address=address, scope=scope.name)
            raise WrongLetter(reserved.free_at)
    account = Account.objects.meant_by(meant).first()
    found = Recovery.objects.live(at).select_related("account__person")
    recovery = found.filter(account_id=account.pk if account else 0, loses_mailbox=True).first()
    has_letter, has_word = is_right(CODE, recovery, code), is_right(WORD, recovery, word)
    if recovery is None or not has_letter or not may_recover(recovery.account):
        raise WrongLetter
    # Whoever holds the letter has few tries of the word: spent first, so that parallel ones are no more.
    waiting = Recovery.objects.live(at).filter(pk=recovery.pk)
    if not waiting.filter(tries__lt=MOST_TRIES).update(tries=F("tries") + 1):
        raise WrongLetter
    if not has_word:
        _end_if_spent(recovery, device=device, at=at)
        raise WrongLetter
    waiting.update(tries=F("tries") - 1)
    if at < recovery.opens_at:
        raise StillWaiting(recovery.opens_at)
    _send_link(recovery, new_email, at=at)


def _end_if_spent(recovery: Recovery, *, device: str, at: datetime) -> None:
    """Somebody reads another's letter, or printed it."""
    spent = Recovery.objects.live(at).filter(pk=recovery.pk, tries__gte=MOST_TRIES)
    with transaction.atomic():
        if spent.update(ended_at=at, outcome=Outcome.SPENT):
            tell_everywhere(
                recovery.account,
                "accounts/mail/recovery_stopped",
                sms="accounts/sms/recovery_stopped",
                at=at,
                stopped_at=at.isoformat(),
                is_spent=True,
            )
            record(recovery.account, history.RECOVERY_SPENT, by=Actor(kind="visitor"), at=at, device=device)


def _send_link(recovery: Recovery, new_email: str, *, at: datetime) -> None:
    """To an address that has an account already, say so: whoever typed it sees the same page."""
    with transaction.atomic():
        if not throttle.reserve(throttle.MAIL, f"recovery|{recovery.public_id}", at=at).allowed:
            return
        if Account.objects.filter(email=new_email).exclude(pk=recovery.account_id).exists():
            send("accounts/mail/recovery_taken", to=new_email, context={}, at=at)
            return
        token, until = tokens.new_token(), at + LINK_GOOD_FOR
        waiting = Recovery.objects.live(at).filter(pk=recovery.pk)
        waiting.update(new_email=new_email, link_digest=tokens.digest(token), link_until=until)
        context = {
            "first_name": recovery.account.first_name,
            "path": f"/connexion/secours/{token}/",
            "until": until.isoformat(),
        }
        send("accounts/mail/recovery_link", to=new_email, context=context, at=at)


def by_link(token: str, *, at: datetime) -> Recovery:
    """The recovery whose new mailbox this is. Raise LinkGone."""
    known = Recovery.objects.live(at).select_related("account__person").filter(link_until__gt=at, opens_at__lte=at)
    found = known.filter(link_digest=tokens.digest(token)).first()
    if found is None or not may_recover(found.account):
        raise LinkGone
    return found


def reopen(recovery: Recovery, code: str, password: str, *, device: str, at: datetime) -> Account:
    """From the new mailbox, with the letter once more: address, password and a clean second step, once.

    Raise WrongLetter, passwords.SamePassword, or LinkGone where it has served, or another account took the address
    meanwhile.
    """
    reserved = throttle.reserve(throttle.RECOVERY, f"link|{recovery.public_id}", at=at)
    if not reserved.allowed:
        raise WrongLetter(reserved.free_at)
    if not is_right(CODE, recovery, code):
        raise WrongLetter
    encoded = passwords.another(recovery.account, password)
    try:
        with transaction.atomic():
            if not _end(recovery, at=at):
                raise LinkGone
            locked = Account.objects.select_for_update(of=("self",)).select_related("person")
            account = locked.get(pk=recovery.account_id)
            former, account.email = account.email, recovery.new_email
            account.save(update_fields=["email"])
            _start_clean(account, at=at)
            passwords.replace(account, encoded, device=device, at=at)
            facts = {"email": account.email}
            _tell(account, history.RECOVERED_ELSEWHERE, facts, device=device, also=former, at=at)
    except IntegrityError as error:
        raise LinkGone from error
    return account


def _start_clean(account: Account, *, at: datetime) -> None:
    """What was lost may be in a stranger's hands, signed in: nothing of it stays open, nor half-way."""
    turning.remove_all(account)
    sign_out_elsewhere(account, at=at)
    EmailChange.objects.waiting(at).filter(account=account).update(superseded_at=at)
    PhoneChange.objects.filter(account=account, used_at=None, superseded_at=None).update(superseded_at=at)


def _end(recovery: Recovery, *, at: datetime) -> bool:
    """Once, and as it was looked at: a newer letter or another mailbox meanwhile begins again."""
    known = Recovery.objects.live(at).filter(pk=recovery.pk, opens_at__lte=at)
    same = known.filter(code_digest=recovery.code_digest, link_digest=recovery.link_digest)
    return bool(same.update(ended_at=at, outcome=Outcome.DONE))


def _tell(account: Account, kind: Kind, facts: dict[str, str], *, device: str, also: str = "", at: datetime) -> None:
    """From a new mailbox, no link disowns it: a way back would go to the one that was lost, whoever reads it now."""
    tell_everywhere(
        account,
        "accounts/mail/recovered",
        sms="accounts/sms/recovered",
        at=at,
        also=also,
        about=None if also else kind,
        recovered_at=at.isoformat(),
        device=device,
    )
    record(account, kind, at=at, device=device, facts=facts)
    freezing.freeze(account, reason=Freeze.Reason.RECOVERY, at=at, by=Actor(kind="system"))
