"""What of a page of answers is kept, and what two pages that were open at once disagree about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from xpassfam.filings.models import Filing
from xpassfam.procedures.answers import text_of
from xpassfam.procedures.facts import Facts
from xpassfam.procedures.forms import SectionForm
from xpassfam.procedures.language import Section, Type


@dataclass(frozen=True)
class Difference:
    label: str
    today: str
    aside: str


def to_keep(form: SectionForm) -> dict[str, Any]:
    """What is good of it, though the rest be wrong; what was emptied on purpose, as None."""
    good = form.good_answers()
    wrong = {name.partition("-")[0] for name in form.errors}
    emptied = {
        part.key: None
        for part in form.parts
        if part.asked.type is not Type.EXPLANATION
        and part not in form.news
        and part.key not in good
        and part.key not in wrong
        and form.asks(part)
    }
    return {key: value for key, value in good.items() if key not in wrong} | emptied


def set_aside_at(draft: Filing, section: Section) -> datetime | None:
    aside = draft.set_aside.get(section.key)
    return datetime.fromisoformat(aside["at"]) if aside else None


def differences(draft: Filing, section: Section, facts: Facts) -> list[Difference]:
    """What was set aside of this section, against what is kept: what reads the same is not shown."""
    aside: Mapping[str, Any] = draft.set_aside.get(section.key, {}).get("answers", {})
    rows = [
        Difference(one.label, text_of(one, draft.answers.get(one.key), facts), text_of(one, aside[one.key], facts))
        for one in section.fields
        if one.key in aside
    ]
    return [row for row in rows if row.today != row.aside]
