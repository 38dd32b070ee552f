"""What a family was asked to complete: by an agent, or by a decision under reserve."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from xpassfam.filings import account_numbers
from xpassfam.filings.models import Completion, Filing
from xpassfam.filings.states import Status
from xpassfam.filings.supporting import Entry, asked_again, entries, pieces_of
from xpassfam.people.access import ActingAccess
from xpassfam.procedures.facts import Facts
from xpassfam.procedures.forms import SectionForm, section_form
from xpassfam.procedures.language import Field, Section
from xpassfam.rules.criteria import ALWAYS


@dataclass(frozen=True)
class Wanted:
    """`keys` of pieces and `fields` of the definition. Without a completion, it is what an approval is reserved to."""

    filing: Filing
    completion: Completion | None
    keys: Sequence[str]
    fields: tuple[Field, ...] = ()

    def entries(self, access: ActingAccess) -> list[Entry]:
        """What was given before it was asked for again does not count as given."""
        given = pieces_of(self.filing)
        if self.completion:
            given = [piece for piece in given if piece.added_at >= self.completion.asked_at]
        found = entries(self.filing, asked_again(self.filing, self.keys), access, given=given)
        return [self._without_refused(entry) for entry in found]

    def _without_refused(self, entry: Entry) -> Entry:
        """What was given here already and did not do is not offered again."""
        if entry.offer and self.filing.pieces.filter(document=entry.offer).exists():
            return replace(entry, offer=None)
        return entry

    def form(self, facts: Facts, data: Mapping[str, Any] | None, *, is_half_way: bool) -> SectionForm:
        """Asked by an agent, whatever the conditions of the definition said."""
        section = Section("completion", _("Vos réponses"), self.fields)
        answers = account_numbers.without(self.filing)
        return section_form(self.filing.definition, section, facts, answers, data, is_half_way=is_half_way)


def wanted_of(filing: Filing) -> Wanted | None:
    """None where nothing is asked. One query."""
    if filing.status == Status.AWAITING_APPLICANT:
        asked = filing.completions.filter(answered_at=None, closed_at=None).first()
        return Wanted(filing, asked, asked.pieces, _fields(filing, asked)) if asked else None
    if filing.status == Status.APPROVED_UNDER_RESERVE:
        decision = filing.decisions.filter(superseded_at=None).first()
        return Wanted(filing, None, decision.reserve) if decision and decision.reserve else None
    return None


def _fields(filing: Filing, asked: Completion) -> tuple[Field, ...]:
    return tuple(replace(one, condition=ALWAYS) for one in filing.definition.fields() if one.key in asked.fields)
