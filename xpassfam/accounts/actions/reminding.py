"""« Quelle adresse ? »: who no longer knows which address their account has is reminded of it, where we know them.

The page says the same to everybody. The hint goes to known channels only: the account's own mailbox, the one that the
register holds for the same person, and the telephone that they proved to hold, once a day. See
docs/decisions/0078-which-address.md.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from xpassfam.accounts import history, throttle, tokens
from xpassfam.accounts.actions.passwords import is_address
from xpassfam.accounts.models import Account
from xpassfam.accounts.reaching import ways_of
from xpassfam.accounts.telling import mail, record
from xpassfam.jobs import job
from xpassfam.journal.actions import Actor
from xpassfam.outbox import allowance
from xpassfam.outbox.actions import send, send_sms
from xpassfam.people.models import Person
from xpassfam.rules import masking
from xpassfam.rules.identifiers import Identifier, identify

TEMPLATE = "accounts/mail/which_address"


def ask(identifier: str, *, address: str, at: datetime) -> None:
    """Ask for the hint. The same rows for known and unknown; repeats, and many from one address, are absorbed."""
    meant = identify(identifier)
    key = tokens.keyed("which_address", f"{meant.kind}:{meant.value}")
    with transaction.atomic():
        reserved = throttle.reserve(throttle.MAIL, f"which|{key}", at=at)
        asked_here = throttle.reserve(throttle.MAIL_FROM, address or key, at=at)
        if reserved.allowed and asked_here.allowed:
            remind.enqueue(meant.kind, meant.value)


@job()
def remind(kind: str, value: str) -> None:
    """Write to every known mailbox of the person; to an address that is nobody's, say so."""
    now = timezone.now()
    account = Account.objects.meant_by(Identifier(kind, value)).first()  # type: ignore[arg-type]
    if account is None and kind == "email":
        account = _account_behind(value)
        if account is None:
            if is_address(value):
                send("accounts/mail/no_account_here", to=value, context={"asked_at": now.isoformat()}, at=now)
            return
    if account is None:
        return
    with transaction.atomic():
        mail(account, TEMPLATE, at=now, is_here=True, hint="", asked_at=now.isoformat())
        ways, hint = ways_of(account, at=now), masking.email(account.email)
        # In discreet mode, a new address is often what whoever reads the old one must not learn.
        if not ways.is_discreet and (other := _other_mailbox(account)):
            context = {"first_name": account.first_name, "is_here": False, "hint": hint}
            send(TEMPLATE, to=other, context={**context, "asked_at": now.isoformat()}, at=now)
        if ways.phone and allowance.is_free("which_address", account.public_id, most=1, at=now):
            # An SMS has no « • »: gateways make a question mark of it.
            said = {"hint": hint.replace("•", "*"), "is_discreet": ways.is_discreet}
            send_sms("accounts/sms/which_address", to=ways.phone, context=said, at=now, account_id=account.public_id)
        # Anybody can ask, with the number of somebody else.
        record(account, history.ADDRESS_REMINDED, by=Actor(kind="visitor"), at=now)


def _account_behind(email: str) -> Account | None:
    """Of the one person whose address this is in the register. Where two share it, one would learn of the other."""
    persons = Person.objects.filter(email=email, closed_on=None)[:2]
    if len(persons) != 1:
        return None
    return Account.objects.select_related("person").filter(person=persons[0], closed_at=None).first()


def _other_mailbox(account: Account) -> str:
    """The register's address of the same person, if it is theirs alone and no account's."""
    if account.person is None:
        return ""
    other = account.person.email
    if not other or other == account.email or Account.objects.filter(email=other).exists():
        return ""
    return "" if Person.objects.filter(email=other).exclude(pk=account.person.pk).exists() else other
