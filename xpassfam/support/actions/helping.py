"""Safe actions: what an agent may start for somebody, and none of which gives the agent anything.

Each sends something to a channel that the organisation has on file, and never shows it. Each is in the owner's
history, and told them. Of a ticket that proved nothing, nothing is told on its page: a stranger who names an account
must not learn that there is one.

Everything lost is no gesture of a ticket: it begins on a page of its own (`accounts:start-recovery`), whoever asks is
called back, and a word is told. The ticket leads there where it can begin.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from xpassfam.accounts import telling as accounts
from xpassfam.accounts import throttle
from xpassfam.accounts.actions import activation_codes, recovering, signing_up, unlocking
from xpassfam.accounts.models import Account, PendingSignUp
from xpassfam.journal.actions import Fact, write
from xpassfam.journal.kinds import Kind
from xpassfam.people import finding
from xpassfam.people.models import Person
from xpassfam.rules.identifiers import identify
from xpassfam.support import history, meant
from xpassfam.support.holding import hold
from xpassfam.support.models import Message, Ticket

HELPING = throttle.Scope("support_help", free=3, forget=timedelta(hours=1), per_window=True)


class Help(models.TextChoices):
    UNLOCK = "unlock", _("Envoyer un lien de déblocage")
    ACTIVATION = "activation", _("Renvoyer de quoi ouvrir le compte")


class CannotHelp(Exception):
    """Nothing to do it to, or too often."""


@dataclass(frozen=True)
class Known:
    """Whom a ticket is about, as we know them: an account, a sign-up that waits, or somebody of the register."""

    account: Account | None
    pending: PendingSignUp | None
    person: Person | None


def known_of(ticket: Ticket) -> Known:
    """At most three queries."""
    account = meant.account_of(ticket)
    if account:
        return Known(account, None, account.person)
    identifier = identify(ticket.identifier)
    waiting = PendingSignUp.objects.filter(used_at=None, superseded_at=None).order_by("-created_at")
    if identifier.kind == "email":
        return Known(None, waiting.filter(email=identifier.value).first(), None)
    if identifier.kind == "member_number":
        pending = waiting.filter(member_number=identifier.value).first()
        today = timezone.localdate()
        return Known(None, pending, finding.by_member_number(identifier.value, on=today))
    return Known(None, None, None)


def why_not(kind: Help, known: Known, ticket: Ticket) -> str | Promise:
    """In words for the agent; empty where it may be done."""
    if ticket.merged_into_id:
        return _("Cette demande d’aide a été fusionnée.")
    if kind is Help.ACTIVATION:
        if known.account:
            return _("Sans objet : ce compte est ouvert.")
        return "" if known.pending or known.person else _("Personne de connu sous cet identifiant.")
    if known.account is None:
        return _("Pas de compte sous cet identifiant.")
    if known.account.blocked_at:
        return _("Ce compte est bloqué par un administrateur : lui seul peut le rouvrir.")
    return ""


NO_RECOVERY: Mapping[str, str | Promise] = {
    "staff": _("Un administrateur aide l’équipe, dans les réglages."),
    "closed": _("Ce compte est bloqué ou fermé."),
    "ongoing": _("Un secours est déjà en cours."),
    "new": _("L’adresse du dossier est connue depuis moins de 30 jours."),
    "held": _("Une séparation est déclarée dans son foyer : aucun courrier n’y est sûr."),
    "none": _("Le dossier n’a pas d’adresse complète."),
}


def why_no_recovery(known: Known, *, at: datetime) -> str | Promise:
    """In words for the agent; empty where a letter can be started for this account."""
    if known.account is None:
        return _("Pas de compte sous cet identifiant.")
    found = recovering.hindrance(known.account, at=at)
    return NO_RECOVERY[found] if found else ""


def help_with(ticket: Ticket, kind: Help, *, by: Account, at: datetime) -> Ticket:
    """Do it, three times an hour at most for one ticket. Raise CannotHelp."""
    reserved = throttle.reserve(HELPING, f"{kind}|{ticket.public_id}", at=at)
    with transaction.atomic():
        ticket = hold(ticket)
        known = known_of(ticket)
        if why_not(kind, known, ticket) or not reserved.allowed:
            raise CannotHelp
        DONE_BY[kind](known, by, at)
        _tell(ticket, kind, known, by=by, at=at)
    return ticket


def _unlock(known: Known, by: Account, at: datetime) -> None:
    """The pass goes to the account's own mailbox, and opens nothing without the password."""
    unlocking.send_pass.enqueue(known.account.pk if known.account else 0)


def _activate(known: Known, by: Account, at: datetime) -> None:
    """A sign-up that waits gets its message again, at its own address; else a letter goes to the address on file."""
    if known.pending and signing_up.resend(known.pending, at=at):
        return
    if known.person:
        activation_codes.ask_by_post(known.person, by=by.actor, at=at)
    elif not known.pending:
        raise CannotHelp


DONE_BY: Mapping[Help, Callable[[Known, Account, datetime], None]] = {
    Help.UNLOCK: _unlock,
    Help.ACTIVATION: _activate,
}
KINDS: Mapping[Help, Kind] = {
    Help.UNLOCK: history.UNLOCK_SENT,
    Help.ACTIVATION: history.ACTIVATION_SENT,
}


def said_on_page(kind: Help) -> str:
    match kind:
        case Help.UNLOCK:
            return gettext(
                "Nous avons fait partir un lien de déblocage, à l’adresse e-mail de votre compte. "
                "Votre mot de passe reste le même."
            )
        case Help.ACTIVATION:
            return gettext(
                "Nous avons fait repartir de quoi ouvrir votre compte : par e-mail si votre inscription attend, "
                "par courrier sinon."
            )


def _tell(ticket: Ticket, kind: Help, known: Known, *, by: Account, at: datetime) -> None:
    if ticket.is_proved:
        with override("fr"):
            text = said_on_page(kind)
        ticket.messages.create(
            side=Message.Side.SYSTEM,
            author=str(by),
            author_id=by.public_id,
            text=text,
            sent_at=at,
            form_key=f"{kind}{at}",
        )
    facts: dict[str, Fact] = {"reference": ticket.reference}
    if known.account:
        accounts.record(known.account, KINDS[kind], by=by.actor, at=at, facts=facts)
    elif known.person:
        write(KINDS[kind], by=by.actor, at=at, person=known.person.public_id, facts=facts)
