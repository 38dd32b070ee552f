"""What a family reads of our silence: what the law will make of it, then what it has made of it.

Source: CRPA, art. L231-1, L231-4; of administrations alone.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from xpassfam.filings.family.starting import contest_procedure
from xpassfam.filings.models import Filing
from xpassfam.filings.paper import facts
from xpassfam.organisation.models import current
from xpassfam.rules.mentions import Mention
from xpassfam.rules.silence import ADMINISTRATION, Effect
from xpassfam.ui import words


@dataclass(frozen=True)
class Silence:
    """`right`: to a proof of an acceptance, to the reasons of a refusal. `complaint`: the address of its form."""

    is_acceptance: bool
    since: str
    right: str
    remedies: str = ""
    complaint: str = ""


def to_come(filing: Filing, *, on: date) -> str:
    if not _counts(filing) or filing.is_past_silence(on=on):
        return ""
    if filing.silence_on is None:
        return _("La date à laquelle notre silence vaudrait décision sera connue quand nous aurons tout reçu.")
    outcome = _("acceptée") if filing.silence_effect == Effect.ACCEPTANCE else _("refusée")
    text = _("Sans réponse de notre part le {day}, votre demande sera considérée comme {outcome}.")
    return text.format(day=words.short_day(filing.silence_on), outcome=outcome)


def that_came(filing: Filing, *, on: date) -> Silence | None:
    """A dated fact, as the mail told it: no decision. One query, and none before."""
    if not _counts(filing) or not filing.is_past_silence(on=on):
        return None
    said = facts.silence(filing)
    since = said.get(Mention.SILENCE_ON, "")
    if filing.silence_effect == Effect.ACCEPTANCE:
        return Silence(True, since, said.get(Mention.RIGHT_TO_ATTESTATION, ""))
    remedies = " ".join(filter(None, [said.get(Mention.REMEDY_DELAYS), said.get(Mention.REMEDIES)]))
    complaint = contest_procedure()
    return Silence(
        False,
        since,
        said.get(Mention.RIGHT_TO_REASONS, ""),
        remedies,
        complaint.slug if complaint and complaint.is_open else "",
    )


def _counts(filing: Filing) -> bool:
    return bool(filing.silence_effect) and filing.is_pending and current().legal_profile == ADMINISTRATION
