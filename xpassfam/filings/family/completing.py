"""What a family was asked to complete: by an agent, or by a decision under reserve."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from xpassfam.filings import account_numbers, asking
from xpassfam.filings.family.supporting import Entry, asked_again, entries, pieces_of
from xpassfam.filings.models import Completion, Decision, Filing
from xpassfam.filings.states import Status
from xpassfam.people.access import ActingAccess
from xpassfam.procedures.facts import Facts
from xpassfam.procedures.forms import SectionForm, section_form
from xpassfam.procedures.language import Field, Section
from xpassfam.rules.criteria import ALWAYS


@dataclass(frozen=True)
class Wanted:
    """`keys` of pieces and `fields` of the definition. Without a completion, it is what an approval is reserved to, and
    `limits` are its words."""

    filing: Filing
    completion: Completion | None
    keys: Sequence[str]
    fields: tuple[Field, ...] = ()
    limits: str = ""

    def entries(self, access: ActingAccess) -> list[Entry]:
        """What was given before it was asked for does not count as given; of a reserve, nor what was refused.

        What is restricted is for who filed it to give: the others of the home do not read its name here either.
        """
        is_own = self.filing.filed_by_id == access.person_id
        keys = [key for key in self.keys if is_own or not asking.is_restricted(self.filing, key)]
        given = pieces_of(self.filing)
        if self.completion:
            given = [piece for piece in given if piece.added_at >= self.completion.asked_at]
        else:
            since = self.filing.ended_at
            given = [one for one in given if one.verdict in asking.GOOD_HERE and since and one.added_at >= since]
        return entries(self.filing, asked_again(self.filing, keys), access, given=given)

    def form(
        self, facts: Facts, data: Mapping[str, Any] | None, *, kept: Mapping[str, Any], is_half_way: bool
    ) -> SectionForm:
        """Asked by an agent, whatever the conditions of the definition said. `kept`: answered, and not sent yet."""
        section = Section("completion", _("Vos réponses"), self.fields)
        answers = account_numbers.without(self.filing) | dict(kept)
        return section_form(self.filing.definition, section, facts, answers, data, is_half_way=is_half_way)


def wanted_of(filing: Filing) -> Wanted | None:
    """None where nothing is asked. One query."""
    if filing.status == Status.AWAITING_APPLICANT:
        asked = filing.completions.filter(answered_at=None, closed_at=None).first()
        return Wanted(filing, asked, asked.pieces, _fields(filing, asked)) if asked else None
    if filing.status == Status.APPROVED_UNDER_RESERVE:
        decision = filing.decisions.filter(superseded_at=None).first()
        return _reserved(filing, decision) if decision and decision.reserve else None
    return None


def last_wanted_of(filing: Filing) -> Wanted | None:
    """What was asked last, where nothing is any more. Two queries at most."""
    asked = filing.completions.last()
    decision = filing.decisions.exclude(reserve=[]).last()
    if decision and (asked is None or asked.asked_at < decision.decided_at):
        return _reserved(filing, decision)
    return Wanted(filing, asked, asked.pieces, _fields(filing, asked)) if asked else None


def _reserved(filing: Filing, decision: Decision) -> Wanted:
    return Wanted(filing, None, decision.reserve, limits=decision.limits)


def _fields(filing: Filing, asked: Completion) -> tuple[Field, ...]:
    return tuple(replace(one, condition=ALWAYS) for one in filing.definition.fields() if one.key in asked.fields)
