"""Amounts beyond which an aid is no longer free of contributions or taxes."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xpassfam.entitlements.language import Amount, Right, Unit
from xpassfam.entitlements.linting.finding import Finding
from xpassfam.entitlements.linting.wordings import texts_of
from xpassfam.rules.identifiers import fold
from xpassfam.ui.words import euros

VOUCHERS = 200  # 5 % of the monthly ceiling of social security, 2026, by event and year
CARE = 2591  # by year and beneficiary, 2026
OF_VOUCHERS = gettext_lazy("URSSAF, bons d’achat et cadeaux : 5 % du plafond mensuel de la sécurité sociale (2026)")
OF_CARE = gettext_lazy("Code du travail, art. L7233-4 et D7233-8 (2026)")
VOUCHER_WORDS = ("bon d achat", "bons d achat", "bon de", "bons cadeaux", "bon cadeau", "cheque cadeau", "carte cadeau")
CARE_WORDS = ("cesu", "garde")
MONTHS = 12


def of_right(right: Right) -> Iterator[Finding]:
    amount = right.amount
    if amount is None or amount.unit is Unit.PERCENT:
        return
    said = f" {' '.join(fold(text) for _path, text in texts_of(right))} "
    most = most_of(amount)
    if any(f" {word} " in said for word in VOUCHER_WORDS) and most > VOUCHERS:
        text = _("Ce bon d’achat dépasse {limit} : au-delà, des cotisations peuvent être dues.")
        yield Finding(("amount",), text.format(limit=euros(VOUCHERS * 100)), source=str(OF_VOUCHERS))
    if any(f" {word} " in said for word in CARE_WORDS):
        if amount.ceiling is None:
            text = _("Cette aide à la garde n’a pas de plafond par an : écrivez « ceiling: {limit} » au plus.")
            yield Finding(("amount",), text.format(limit=CARE), source=str(OF_CARE))
        elif amount.ceiling > CARE:
            text = _("Le plafond d’une aide à la garde est de {limit} par an et par bénéficiaire.")
            yield Finding(("amount", "ceiling"), text.format(limit=euros(CARE * 100)), source=str(OF_CARE))


def most_of(amount: Amount) -> int:
    """The highest that one beneficiary may get in a year, in whole euros."""
    values = [amount.value or 0, *amount.by_bracket.values(), *(step.value for step in amount.steps)]
    return max(values) * (MONTHS if amount.unit is Unit.EUROS_A_MONTH else 1)
