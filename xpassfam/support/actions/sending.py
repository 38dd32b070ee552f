"""A call for help is sent: whoever sends it, it is kept, has its hour, and is acknowledged."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from xpassfam.accounts import telling as accounts
from xpassfam.accounts import throttle
from xpassfam.accounts.actions.passwords import is_address
from xpassfam.accounts.models import Account
from xpassfam.jobs import job
from xpassfam.journal.actions import Actor
from xpassfam.rules.identifiers import normalise_email
from xpassfam.rules.secrets_in_text import MASK, masked
from xpassfam.support import history, meant, telling
from xpassfam.support.actions import holding_files
from xpassfam.support.holding import promised
from xpassfam.support.models import Message, Ticket
from xpassfam.support.models.ticket import Channel, Proof, Topic

FROM_ADDRESS = throttle.Scope("support_from", free=10, forget=timedelta(hours=1), per_window=True)
FROM_ACCOUNT = throttle.Scope("support_account", free=20, forget=timedelta(days=1), per_window=True)
LONGEST_TITLE = 80


class TooMany(Exception):
    """`until` says when this network, or this account, may write again."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__()


class NotTheirs(Exception):
    """The key of the form made somebody else's ticket."""


@dataclass(frozen=True)
class Call:
    """What the form says. Texts are as typed: what is secret in them is hidden here, before anything is kept, but
    what its writer has read hidden and says is none (`spared`).
    """

    topic: str
    message: str
    identifier: str = ""
    email: str = ""
    channel: str = Channel.EMAIL
    phone: str = ""
    tried: Sequence[str] = ()
    device: str = ""
    browser: str = ""
    page: str = ""
    incident: str = ""
    uploads: Sequence[str] = field(default_factory=tuple)  # public identifiers of the files held for this form
    spared: frozenset[str] = frozenset()


def send(call: Call, *, form_key: str, account: Account | None, address: str, by: Actor, at: datetime) -> Ticket:
    """Keep it; the same form twice is one ticket. Raise TooMany, NotTheirs.

    Whether the identifier is one of ours changes nothing here: what is told of it goes to a mailbox, by a job.
    """
    if known := Ticket.objects.given_with(form_key):
        return _theirs(known, account)
    scope, value = (FROM_ACCOUNT, account.public_id) if account else (FROM_ADDRESS, address)
    reserved = throttle.reserve(scope, value, at=at)
    if not reserved.allowed:
        raise TooMany(reserved.free_at)
    try:
        with transaction.atomic():
            return _kept(call, form_key, account, address, by, at)
    except IntegrityError:
        if known := Ticket.objects.given_with(form_key):  # the same form, at the same instant
            return _theirs(known, account)
        raise


def _kept(call: Call, form_key: str, account: Account | None, address: str, by: Actor, at: datetime) -> Ticket:
    said = masked(call.message, spared=call.spared)
    reply_to = normalise_email(call.email) if call.email else ""
    if not reply_to and "@" in call.identifier and is_address(normalise_email(call.identifier)):
        reply_to = normalise_email(call.identifier)
    due = promised(at=at)
    ticket = Ticket.objects.create(
        form_key=form_key,
        account=account,
        person=account.person if account else None,
        proof=Proof.SIGNED_IN if account else Proof.NONE,
        identifier=account.email if account else masked(call.identifier).text[:254],
        reply_to="" if account else reply_to,
        channel=call.channel,
        phone=_hidden(call, call.phone)[:30],
        topic=call.topic,
        title=title_of(said.text, call.topic),
        tried=list(call.tried),
        device=_hidden(call, call.device)[:120],
        browser=_hidden(call, call.browser)[:120],
        page=_hidden(call, call.page)[:200],
        incident=_hidden(call, call.incident)[:12],
        received_at=at,
        turn_since=at,
        first_due_at=due["due_at"],
        **due,
    )
    message = ticket.messages.create(
        side=Message.Side.WRITER,
        author=str(account) if account else "",
        author_id=account.public_id if account else "",
        text=said.text,
        is_masked=MASK in said.text,
        sent_at=at,
        form_key=form_key,
    )
    message.files.set(holding_files.hand_over(form_key, call.uploads))
    if account:
        telling.mail(ticket, "support/mail/received", at=at, due=ticket.due_at.isoformat())
        telling.record(ticket, history.SENT, by=by, at=at)
    else:
        acknowledge.enqueue(ticket.pk, address)
    return ticket


def _hidden(call: Call, text: str) -> str:
    return masked(text, spared=call.spared).text


@job()
def acknowledge(ticket_id: int, address: str) -> None:
    """To the mailbox that its writer gave; where they name an account with another one, that one is told too."""
    ticket = Ticket.objects.select_related("account").filter(pk=ticket_id).first()
    if ticket is None or ticket.links.exists():
        return
    now, account = timezone.now(), meant.account_of(ticket)
    to = meant.ways_to(ticket, at=now).email
    with transaction.atomic():
        if to and _may_mail(to, address, now):
            telling.mail(ticket, "support/mail/received", at=now, due=ticket.due_at.isoformat())
        if account and account.email != to and _may_mail(account.email, address, now):
            accounts.mail(account, "support/mail/named", at=now, reference=ticket.reference, sent_at=now.isoformat())


def title_of(text: str, topic: str) -> str:
    """The first words of what was written; of a first line that says nothing, the topic."""
    line = next((line.strip() for line in text.splitlines() if len(line.strip()) > 12), "")
    if not line:
        return str(Topic(topic).label)
    if len(line) <= LONGEST_TITLE:
        return line
    return line[:LONGEST_TITLE].rpartition(" ")[0] + "…" if " " in line[:LONGEST_TITLE] else line[:LONGEST_TITLE] + "…"


def _may_mail(to: str, address: str, at: datetime) -> bool:
    """Anybody may type the mailbox of somebody else: it is not filled."""
    reserved = throttle.reserve(throttle.MAIL, f"support|{to}", at=at)
    return reserved.allowed and throttle.reserve(throttle.MAIL_FROM, address, at=at).allowed


def _theirs(ticket: Ticket, account: Account | None) -> Ticket:
    if ticket.account_id != (account.pk if account else None) and ticket.proof != Proof.MAILBOX:
        raise NotTheirs
    return ticket
