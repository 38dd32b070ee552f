"""What can be asked for online, as anybody reads it: of no family, so without what only some may ask."""

from dataclasses import dataclass
from datetime import date

from xpassfam.procedures.catalogue import CATEGORIES
from xpassfam.procedures.eligibility import closed
from xpassfam.procedures.language import Category, Decision
from xpassfam.procedures.models import Procedure
from xpassfam.procedures.wording import delay_in_words, silence_in_words


@dataclass(frozen=True)
class Offered:
    """`delay` is empty where all answers come at once, `is_at_once` some; `closed`: why nobody may ask that day."""

    slug: str
    title: str
    delay: str
    is_at_once: bool
    silence: str
    closed: str


def offered(*, profile: str, today: date) -> list[tuple[str, list[Offered]]]:
    """By category, in the catalogue's order; categories that have nothing are left out. One query."""
    by_category: dict[Category, list[Offered]] = {category: [] for category in Category}
    for one in Procedure.objects.published():
        definition = one.definition
        delay = delay_in_words(definition.delay) if definition.delay else ""
        why_closed = closed(definition, today, is_open=one.is_open)
        silence = silence_in_words(definition, profile)
        is_at_once = definition.decision is Decision.AT_ONCE
        found = Offered(one.slug, definition.title, delay, is_at_once, silence, why_closed)
        by_category[definition.category].append(found)
    return [(str(CATEGORIES[category]), rows) for category, rows in by_category.items() if rows]
