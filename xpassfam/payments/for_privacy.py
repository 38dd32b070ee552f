"""What a home was paid, to which account, and what accounting lets go."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xpassfam.jobs.slices import delete_by_slices
from xpassfam.payments.models import BankDetails, PaymentOrder
from xpassfam.people.access import ActingAccess
from xpassfam.ui import words
from xpassfam.ui.own_data import Category, Held, Part, Rule

ACCOUNTING = gettext_lazy("Pièces comptables : dix ans (code de commerce, article L123-22)")


def categories() -> list[Category]:
    return [
        Category(
            "payments",
            title=_("Vos versements et votre compte bancaire"),
            what=_("Montant, motif, date ; titulaire et numéro du compte, sous clé."),
            why=_("Vous verser ce qui vous est accordé, et tenir les comptes."),
            kept=_("Dix ans pour les versements. Le compte : tant qu’il sert, puis avec eux."),
            seen_by=_("Le couple du foyer, les agents qui paient."),
            source=_("Vous pour le compte, nos décisions pour les montants."),
            basis=_("Obligation comptable (article 6.1.c du RGPD)"),
        )
    ]


def held(account: str, accesses: Sequence[ActingAccess]) -> list[Held]:
    """A query a home."""
    count = sum(PaymentOrder.objects.visible_to(access).count() for access in accesses)
    return [Held(categories()[0], count, (), _("Voir mes versements"), reverse("payments:bank-details"))]


def parts(account: str, accesses: Sequence[ActingAccess]) -> list[Part]:
    """Of an account number, its last characters: whoever finds the archive must not be able to use it."""
    orders = [one for access in accesses for one in PaymentOrder.objects.visible_to(access).order_by("ordered_at")]
    accounts = [one for access in accesses for one in BankDetails.objects.visible_to(access).order_by("changed_at")]
    data = {
        "orders": [
            {
                "id": one.public_id,
                "label": one.label,
                "beneficiary": one.beneficiary,
                "amount_cents": one.amount_cents,
                "status": one.status,
                "ordered_at": words.iso(one.ordered_at),
                "paid_on": one.paid_on.isoformat() if one.paid_on else None,
            }
            for one in orders
        ],
        "accounts": [
            {
                "holder": one.holder,
                "iban_end": one.iban_end,
                "active_from": words.iso(one.active_from),
                "ended_at": words.iso(one.ended_at) if one.ended_at else None,
            }
            for one in accounts
        ],
    }
    lines = [
        (one.label, f"{words.euros(one.amount_cents)}, {str(one.get_status_display()).lower()}") for one in orders
    ] + [(_("Compte"), _("{holder}, finit par {end}").format(holder=one.holder, end=one.iban_end)) for one in accounts]
    return [Part("payments", data, lines)]


def running(person_id: int, homes: Sequence[int]) -> bool:
    """Whether something is still to be paid to them."""
    return PaymentOrder.objects.filter(household__in=homes, status=PaymentOrder.Status.ORDERED).exists()


def erase(homes: Sequence[int]) -> int:
    """The accounts that no order was paid to: orders stay as long as accounting asks."""
    return delete_by_slices(_unpaid(BankDetails.objects.filter(household__in=homes)))


def _unpaid(accounts: "QuerySet[BankDetails]") -> "QuerySet[BankDetails]":
    """Neither paid to, nor replaced by one that stays: the chain is taken from its end."""
    paid = PaymentOrder.objects.filter(account=OuterRef("pk"))
    after = BankDetails.objects.filter(replaces=OuterRef("pk"))
    return accounts.filter(~Exists(paid), ~Exists(after))


def _old(before: datetime) -> "QuerySet[PaymentOrder]":
    paid = Q(status=PaymentOrder.Status.PAID, paid_on__lt=before)
    return PaymentOrder.objects.filter(paid | Q(status=PaymentOrder.Status.CANCELLED, cancelled_at__lt=before))


def _old_accounts(before: datetime) -> "QuerySet[BankDetails]":
    """That ended as long ago, or whose home did; nothing refers to them any more."""
    return _unpaid(BankDetails.objects.filter(Q(ended_at__lt=before) | Q(household__closed_on__lt=before.date())))


def _due(before: datetime, now: datetime) -> int:
    return _old(before).count() + _old_accounts(before).count()


def _purge(before: datetime, now: datetime) -> int:
    return delete_by_slices(_old(before)) + delete_by_slices(_old_accounts(before))


RULES = (Rule("payments", gettext_lazy("Versements"), ACCOUNTING, _due, _purge, usual=120, least=120, most=120),)
