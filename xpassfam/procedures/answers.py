"""What a family answered, as a whole: what counts of it, how it is read again, what is missing, what goes with it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from xpassfam.people.countries import country_name
from xpassfam.procedures.facts import Facts
from xpassfam.procedures.forms import section_form, typed
from xpassfam.procedures.forms.kinds import KINDS
from xpassfam.procedures.language import Definition, Field, Piece, Section, Type
from xpassfam.rules.criteria import Truth, evaluate

Answers = Mapping[str, Any]
FRANCE = "FR"


@dataclass(frozen=True)
class Row:
    """An answer as it is read again; `text` may have several lines, and is empty where nothing was answered."""

    key: str
    label: str
    text: str
    is_known: bool = False  # what the file says, unchanged


@dataclass(frozen=True)
class Summary:
    """A section that is asked, with its answers."""

    key: str
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Problem:
    """What stands in the way of sending."""

    section: str
    field: str
    text: str


@dataclass(frozen=True)
class PieceAsked:
    """A document to give: `key` is its own in the filing, `person` whose it is (a public identifier, or nobody's),
    `issued_on` the day that an answer says it bears.
    """

    key: str
    piece: Piece
    label: str
    person: str = ""
    issued_on: date | None = None


def kept(definition: Definition, answers: Answers, facts: Facts) -> dict[str, Any]:
    """The answers that count: to questions that are asked, as the answers before them say."""
    found: dict[str, Any] = {}
    for section in definition.sections:
        if not evaluate(section.condition, facts.situation(found)).holds:
            continue
        for one in section.fields:
            value = answers.get(one.key)
            if value not in (None, "", [], {}) and evaluate(one.condition, facts.situation(found)).holds:
                found[one.key] = value
    return found


def asked_sections(definition: Definition, answers: Answers, facts: Facts) -> tuple[Section, ...]:
    """The pages that this family goes through."""
    situation = facts.situation(kept(definition, answers, facts))
    return tuple(one for one in definition.sections if evaluate(one.condition, situation).holds)


def summary(definition: Definition, answers: Answers, facts: Facts) -> tuple[Summary, ...]:
    """Every question that is asked, answered or not."""
    counted = kept(definition, answers, facts)
    situation = facts.situation(counted)
    return tuple(
        Summary(
            section.key,
            section.title,
            tuple(
                Row(one.key, one.label, text_of(one, counted.get(one.key), facts), _is_known(one, counted, facts))
                for one in section.fields
                if one.type is not Type.EXPLANATION and evaluate(one.condition, situation).holds
            ),
        )
        for section in asked_sections(definition, answers, facts)
    )


def check(definition: Definition, answers: Answers, facts: Facts) -> tuple[Problem, ...]:
    """All that is missing or no longer right, page by page; nothing: it may be sent."""
    counted = kept(definition, answers, facts)
    problems: list[Problem] = []
    for section in asked_sections(definition, answers, facts):
        form = section_form(definition, section, facts, counted, typed(section, counted))
        labels = {one.key: one.label for one in section.fields}
        for name, errors in form.errors.items():
            field = name.partition("-")[0]
            problems += [Problem(section.key, field, _of_question(str(text), labels.get(field, ""))) for text in errors]
    return tuple(problems)


def _of_question(text: str, label: str) -> str:
    """An error as it is read far from its question."""
    return text if label in text else _("{label} : {value}").format(label=label, value=text)


def pieces_asked(
    definition: Definition, answers: Answers, facts: Facts, *, later: bool = False
) -> tuple[PieceAsked, ...]:
    """The documents that these answers make necessary, one for each person whom a piece is about.

    `later`: those that come after a yes, and no others.
    """
    counted = kept(definition, answers, facts)
    situation = facts.situation(counted)
    return tuple(
        asked
        for piece in definition.pieces
        if piece.later is later and evaluate(piece.condition, situation).holds
        for asked in _of_each(piece, counted, facts)
    )


def text_of(asked: Field, value: Any, facts: Facts) -> str:
    """An answer in words; nothing for none."""
    if value in (None, "", [], {}):
        return ""
    if asked.type is Type.ADDRESS:
        return _address(value)
    if asked.type is not Type.GROUP:
        return KINDS[asked.type].text(value, asked, facts)
    return "\n".join(
        ", ".join(
            _("{label} : {value}").format(label=inner.label, value=text_of(inner, row[inner.key], facts))
            for inner in asked.fields
            if row.get(inner.key) not in (None, "", [], {})
        )
        for row in value
    )


def _of_each(piece: Piece, answers: Answers, facts: Facts) -> Iterator[PieceAsked]:
    day = answers.get(piece.dated) if piece.dated else None
    issued_on = date.fromisoformat(day) if day else None
    if not piece.person:
        yield PieceAsked(piece.key, piece, piece.label, issued_on=issued_on)
        return
    named = answers.get(piece.person) or []
    for person in named if isinstance(named, list) else [named]:
        one = facts.resident(person)
        if evaluate(piece.persons, facts.situation(answers, each=one)).truth is Truth.NO:
            continue
        label = _("{piece} ({person})").format(piece=piece.label, person=one.name) if one else piece.label
        yield PieceAsked(f"{piece.key}-{person}", piece, label, person, issued_on)


def _address(value: Mapping[str, str]) -> str:
    country = value.get("country", FRANCE)
    last = [] if country == FRANCE else [country_name(country)]
    town = f"{value.get('postcode', '')} {value.get('town', '')}".strip()
    return "\n".join([*filter(None, [value.get("address", ""), town]), *last])


def _is_known(asked: Field, answers: Answers, facts: Facts) -> bool:
    return bool(asked.prefill) and answers.get(asked.key) == facts.known.get(asked.prefill, object())
