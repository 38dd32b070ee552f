"""What the other parent of a child is shown: the child, the day, the rhythm, the sharing as it is seen from their side.

Nothing that was typed freely: what one parent writes is no way to reach the other. Source: code civil, art. 9, 373-2.
"""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from xpassfam.filings import agreements
from xpassfam.filings.agreements import Sharing
from xpassfam.filings.models import Agreement, Filing
from xpassfam.filings.other_home import EFFECT
from xpassfam.filings.states import GRANTED, Status
from xpassfam.people.access import ActingAccess
from xpassfam.ui import words


def page_of(asked: Agreement, *, access: ActingAccess) -> dict[str, Any]:
    """No query."""
    filing = asked.filing
    since = asked.terms.get("since", "")
    return {
        "asked": asked,
        "child": filing.about.first_name if filing.about else "",
        "who": filing.filed_by.first_name,
        "since": words.full_day(date.fromisoformat(since)) if since else "",
        "rhythm": _rhythm(filing, asked.terms.get("rhythm", "")),
        "sharing": Sharing(agreements.mirrored(agreements.sharing_of(filing))).label,
        "is_open": filing.is_pending,
        "is_granted": filing.status in (*GRANTED, Status.REPLACED),
        "is_mine": asked.answered_by_id == access.person_id,
        "answered": _answered(asked),
    }


def _rhythm(filing: Filing, value: str) -> str:
    """Its words are the definition's."""
    keys = [effect.answers["rhythm"] for effect in filing.definition.effects if _has_rhythm(effect)]
    labels = {choice.value: choice.label for key in keys for choice in filing.definition.field(key).choices}
    return labels.get(value, "")


def _has_rhythm(effect: Any) -> bool:
    return effect.name == EFFECT and "rhythm" in effect.answers


def _answered(asked: Agreement) -> str:
    if not asked.answer:
        return ""
    answer = str(asked.get_answer_display())
    if asked.answer != Agreement.Answer.PROPOSED:
        return answer
    return _("{answer} : {sharing}").format(answer=answer, sharing=asked.get_sharing_display().lower())
