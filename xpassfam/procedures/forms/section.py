"""A page of a form: made of its section, filled in with what is known, cleaned to what is kept.

Which questions are asked is decided here, whatever the page showed. A question that only what was just typed makes
necessary is shown, not reproached: the page comes back with it (`news`).
"""

import json
from collections.abc import Mapping
from typing import Any

from django.forms.utils import ErrorDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from xpassfam.procedures.facts import Facts
from xpassfam.procedures.forms.kinds import KINDS, entitled
from xpassfam.procedures.forms.parts import Part, part_of
from xpassfam.procedures.language import Definition, Field, Section, Type
from xpassfam.rules.criteria import evaluate, read_fields, residual
from xpassfam.ui.forms import Form

# Buttons of the page that send it without being done with it.
HALF_WAY = ("add", "remove", "choose")
SHOWN = "shown"


class SectionForm(Form):
    """`answers_given` once it is valid, `good_answers` at any time: what may be kept of the section."""

    def __init__(
        self,
        section: Section,
        facts: Facts,
        answers: Mapping[str, Any],
        data: Mapping[str, Any] | None = None,
        *,
        is_half_way: bool = False,
    ) -> None:
        super().__init__(data)
        self.listed = _listed(data or {})
        own = {one.key for one in section.fields}
        self.section, self.facts = section, facts
        # Of the pages before: what is answered here is judged anew.
        self.answers = {key: value for key, value in answers.items() if key not in own}
        self.known = {one.key: self._known(one, answers) for one in section.fields}
        self.given: dict[str, Any] = {}
        self.news: list[Part] = []
        self.is_half_way = self.is_bound and (is_half_way or any(self.sent(name) for name in HALF_WAY))
        self.parts = [part_of(one, self, self.known[one.key]) for one in section.fields]
        self.live = {key for one in section.fields for key in read_fields(one.condition)} & own
        if self.is_half_way:
            # Nothing is refused yet, and what was typed is kept.
            self._errors = ErrorDict()
            self.cleaned_data = {}
            self._take_half_way()

    def sent(self, name: str) -> list[str]:
        """Every value of a name, as text."""
        return [str(value) for value in self.listed.getlist(name)]

    def is_valid(self) -> bool:
        return super().is_valid() and not self.news and not self.is_half_way

    def answers_given(self) -> dict[str, Any]:
        """The answers of this section alone: what it asks and is not here was not answered."""
        if not self.is_valid():
            raise ValueError("the form has errors")
        return self.given

    def good_answers(self) -> dict[str, Any]:
        """What of it can be kept already, though other answers are missing or wrong."""
        wrong = self.errors
        return {key: value for key, value in self.given.items() if key not in wrong}

    def hint_of(self, asked: Field) -> str:
        """Where an answer comes from is told, as long as it is what the file says."""
        usual = self._usual(asked)
        is_known = usual is not None and self.known.get(asked.key) in (usual, None)
        marks = [asked.hint, _("Selon votre dossier. Vous pouvez le changer.") if is_known else ""]
        return " ".join(filter(None, marks))

    def _known(self, asked: Field, answers: Mapping[str, Any]) -> Any:
        return answers.get(asked.key, self._usual(asked))

    def _usual(self, asked: Field) -> Any:
        """What the file says: of a person, or of whom the rules entitle."""
        return self.facts.known.get(asked.prefill) if asked.prefill else entitled(asked, self.facts)

    def _clean_fields(self) -> None:
        """In order: a question is asked by the answers before it."""
        shown = self.sent(SHOWN)
        for part in self.parts:
            if not self.asks(part):
                continue
            if self.is_conditional(part) and part.key not in shown:
                self.news.append(part)
                continue
            value = part.clean()
            if value is not None and not self._has_error(part):
                self.given[part.key] = value
        self.cleaned_data |= self.given

    def _take_half_way(self) -> None:
        """What can be read of what was typed, for the conditions of the page that comes back."""
        for part in self.parts:
            if type(part) is Part and self.asks(part):
                value = part.clean()
                if value is not None and not self._has_error(part):
                    self.given[part.key] = value
        self._errors = ErrorDict()

    def _has_error(self, part: Part) -> bool:
        return any(name == part.key or name.startswith(f"{part.key}-") for name in self._errors or ())

    def asks(self, part: Part) -> bool:
        return evaluate(part.asked.condition, self.facts.situation(self._so_far())).holds

    def is_conditional(self, part: Part) -> bool:
        """Whether it comes and goes while the page is filled in."""
        return bool(read_fields(part.asked.condition) & {one.key for one in self.section.fields})

    def _so_far(self) -> dict[str, Any]:
        """While the page is blank, what it is filled in with."""
        if self.is_bound:
            return {**self.answers, **self.given}
        so_far = dict(self.answers)
        for one in self.section.fields:
            value = self.known[one.key]
            if value is not None and evaluate(one.condition, self.facts.situation(so_far)).holds:
                so_far[one.key] = value
        return so_far

    # What the page needs to follow by itself (`questions.js`).

    def shown_parts(self) -> list[dict[str, Any]]:
        """Those that may be asked, each with its rule where it depends on the page."""
        # What is asked depends on what was typed: looking for errors reads it.
        bool(self.errors)
        situation = self.facts.situation(self._so_far())
        own = {one.key for one in self.section.fields}
        found: list[dict[str, Any]] = []
        for part in self.parts:
            is_asked = self.asks(part)
            if not self.is_conditional(part):
                found += [{"part": part, "rule": "", "is_asked": True}] if is_asked else []
                continue
            rule = residual(part.asked.condition, situation, live=own)
            found.append({"part": part, "rule": json.dumps(rule), "is_asked": is_asked})
        return found

    def types(self) -> str:
        """The type of each question that another one depends on."""
        return json.dumps({one.key: str(one.type) for one in self.section.fields if one.key in self.live})


def _listed(data: Mapping[str, Any]) -> "MultiValueDict[str, Any]":
    return data if isinstance(data, MultiValueDict) else MultiValueDict({name: [data[name]] for name in data})


def section_form(
    definition: Definition,
    section: Section | str,
    facts: Facts,
    answers: Mapping[str, Any],
    data: Mapping[str, Any] | None = None,
    *,
    is_half_way: bool = False,
) -> SectionForm:
    """The form of a section (or of its key). `answers`: all that is kept so far, other sections' included.

    `is_half_way`: show `data` again without judging it (a page that stayed open too long).
    """
    chosen = definition.section(section) if isinstance(section, str) else section
    return SectionForm(chosen, facts, answers, data, is_half_way=is_half_way)


def typed(section: Section, answers: Mapping[str, Any]) -> "MultiValueDict[str, str]":
    """What the page of a section sends when it holds these answers."""
    data: dict[str, list[str]] = {SHOWN: [one.key for one in section.fields]}
    for one in section.fields:
        kept = answers.get(one.key)
        if kept is not None:
            data |= _typed(one, kept)
    return MultiValueDict(data)


def _typed(asked: Field, kept: Any) -> dict[str, list[str]]:
    if asked.type is Type.ADDRESS:
        return {f"{asked.key}-{name}": [str(value)] for name, value in kept.items()}
    if asked.type is not Type.GROUP:
        return KINDS[asked.type].typed(kept, asked.key)
    data = {f"{asked.key}-row": [str(number) for number in range(len(kept))]}
    for number, row in enumerate(kept):
        for inner in asked.fields:
            if row.get(inner.key) is not None:
                data |= KINDS[inner.type].typed(row[inner.key], f"{asked.key}-{number}-{inner.key}")
    return data
