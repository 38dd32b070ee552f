"""What is paid to the home, and on which account."""

from datetime import datetime

from django.utils.translation import gettext as _

from xpassfam.filings.effects import rights
from xpassfam.filings.effects.causes import CannotTakeEffect, Cause, refuse_while_parting
from xpassfam.filings.granting import Grant
from xpassfam.filings.models import Filing
from xpassfam.filings.months import LONGEST_LABEL, due_months, label_of
from xpassfam.journal.actions import Actor
from xpassfam.payments.actions import cancel, change_bank_details, order
from xpassfam.payments.actions.bank_details import BadAccount
from xpassfam.payments.models import PaymentOrder
from xpassfam.ui import words


def change_bank(cause: Cause) -> str:
    refuse_while_parting(cause)
    holder, iban = cause.answers["holder"], cause.answers["iban"]
    if not iban:
        text = _("Le numéro de compte n’est plus gardé en entier : demandez-le de nouveau à la famille.")
        raise CannotTakeEffect(text)
    try:
        change_bank_details(cause.home, holder=holder, iban=iban, by=cause.by, at=cause.at)
    except BadAccount:
        raise CannotTakeEffect(_("Cet IBAN ne désigne pas un compte sur lequel nous pouvons payer.")) from None
    return _("nouvelles coordonnées bancaires")


def pay(cause: Cause) -> str:
    """An order, once for a filing: of what the family asks, or one for each amount granted; where the right gives it
    each month, one for each month that has come.
    """
    aid = cause.filing.definition.aid
    if aid is None or cause.answers:
        return _order(cause, int(cause.answers.get("amount") or 0), cause.filing.title)
    ordered = [
        _order(cause, one["amount_cents"], label) for one in cause.grants for label in _labels(cause, aid.label, one)
    ]
    return " ; ".join(ordered)


def cancel_orders(filing: Filing, *, by: Actor, at: datetime) -> None:
    """What a decision ordered is not paid, where nothing left yet. Raise CannotTakeEffect."""
    orders = PaymentOrder.objects.filter(cause=filing.public_id).exclude(status=PaymentOrder.Status.CANCELLED)
    for ordered in list(orders):
        if ordered.batch_id or ordered.status != PaymentOrder.Status.ORDERED:
            raise CannotTakeEffect(
                _("Un versement de cette décision est déjà parti : une nouvelle demande est nécessaire.")
            )
        cancel(ordered, reason=_("La décision a été retirée après une contestation."), by=by, at=at)


def _labels(cause: Cause, label: str, grant: Grant) -> list[str]:
    if not grant.get("is_monthly"):
        return [", ".join(filter(None, [label, grant["name"]]))]
    since, until = rights.months_of(cause)
    return [label_of(label, grant["name"], month) for month in due_months(since, until, on=cause.today)]


def _order(cause: Cause, amount: int, label: str) -> str:
    if amount <= 0:
        raise CannotTakeEffect(_("Il n’y a aucun montant à verser."))
    order(
        cause.home,
        amount_cents=amount,
        label=label[:LONGEST_LABEL],
        cause=cause.filing.public_id,
        by=cause.by,
        at=cause.at,
    )
    return _("versement de {amount}").format(amount=words.euros(amount))
