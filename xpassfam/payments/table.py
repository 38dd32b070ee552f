"""A batch as a table for the organisation's own tool: the one place where account numbers are in clear."""

import csv
import io
from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from xpassfam.payments.models import PaymentOrder
from xpassfam.ui.spreadsheets import inert


def as_csv(orders: Iterable[PaymentOrder]) -> str:
    """Whole, so that a number that can't be read any more stops it before anything leaves. Raise Unreadable."""
    written = io.StringIO()
    table = csv.writer(written, delimiter=";")
    heads = (
        _("Référence"),
        _("Numéro de dossier"),
        _("Foyer"),
        _("Titulaire"),
        _("IBAN"),
        _("Montant"),
        _("Monnaie"),
        _("Objet"),
        _("Décidé le"),
    )
    table.writerow(heads)
    for one in orders:
        texts = (
            one.public_id,
            one.household.file_number,
            one.household.name,
            one.beneficiary,
            one.account.iban if one.account else "",
            f"{one.amount_cents // 100},{one.amount_cents % 100:02}",
            "EUR",
            one.label,
            f"{timezone.localtime(one.ordered_at):%d/%m/%Y}",
        )
        table.writerow(map(inert, texts))
    return "\ufeff" + written.getvalue()
