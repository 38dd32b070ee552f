"""What a filing's definition asks of it, and what a yes to it would do.

As long as it is a draft, the family's facts of the day decide; when it is sent, what was asked is frozen with it
(`Filing.asked`, `Filing.summary`), so that an agent reads what the family read.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from xpassfam.documents.kinds import kind_of
from xpassfam.documents.models import Document
from xpassfam.filings import account_numbers
from xpassfam.filings.models import Completion, Filing
from xpassfam.people.access import ActingAccess
from xpassfam.people.models import Person
from xpassfam.procedures import answers
from xpassfam.procedures.answers import PieceAsked
from xpassfam.procedures.eligibility import standing
from xpassfam.procedures.facts import Facts, facts_of
from xpassfam.procedures.language import Type
from xpassfam.rules.criteria import Situation, evaluate

# The page of documents, and the right to ask at all, among the sections that have problems.
PIECES, WHO = "documents", "who"
NOTHING: tuple[Any, ...] = (None, "", [], {})


def problems_of(filing: Filing, facts: Facts, access: ActingAccess) -> dict[str, list[str]]:
    """What keeps a draft from being sent, by section, in words. One query.

    A document that was chosen, and is no longer theirs to read since, serves no more.
    """
    definition = filing.definition
    stands = standing(definition, facts, is_open=filing.procedure_version.procedure.is_open)
    if not stands.may_file:
        return {WHO: [stands.why_not]}
    problems: dict[str, list[str]] = {}
    for problem in answers.check(definition, account_numbers.opened(filing), facts):
        problems.setdefault(problem.section, []).append(problem.text)
    readable = Exists(Document.objects.visible_to(access).filter(pk=OuterRef("document")))
    pieces = list(filing.pieces.values_list("key", "document__kind", readable))
    given = {key for key, _kind, _is_theirs in pieces}
    for one in answers.pieces_asked(definition, filing.answers, facts):
        if one.key not in given and one.key not in filing.missing and one.piece.indispensable:
            text = _("{label} : ajoutez ce document, ou dites pourquoi vous ne l’avez pas.")
            problems.setdefault(PIECES, []).append(text.format(label=one.label))
    for _key, kind, is_theirs in pieces:
        if not is_theirs:
            text = _("{kind} : ce document ne peut plus servir ici. Enlevez-le, ou donnez-en un autre.")
            problems.setdefault(PIECES, []).append(text.format(kind=kind_of(kind).label))
    return problems


def freeze(filing: Filing, access: ActingAccess) -> list[str]:
    """Keep the answers that count, how they read, and the pieces that they ask for; return the fields set."""
    facts = facts_of(access)
    filing.answers = answers.kept(filing.definition, filing.answers, facts)
    filing.asked = [_frozen(one) for one in answers.pieces_asked(filing.definition, filing.answers, facts)]
    filing.summary = [
        {
            "key": section.key,
            "title": section.title,
            "rows": [{"key": row.key, "label": row.label, "text": row.text} for row in section.rows],
        }
        for section in answers.summary(filing.definition, filing.answers, facts)
    ]
    filing.about = person_concerned(filing)
    filing.set_aside = {}
    return ["answers", "asked", "summary", "about", "set_aside"]


def person_concerned(filing: Filing) -> Person | None:
    """Whom the first question about one person names. At most one query."""
    for field in filing.definition.fields():
        if field.type is Type.PERSON and filing.answers.get(field.key):
            return Person.objects.filter(public_id=filing.answers[field.key]).first()
    return None


def promise_of(filing: Filing) -> Mapping[str, Any] | None:
    """Of today's procedure: what an administrator changed of its delay counts from then on."""
    delay = filing.procedure_version.procedure.definition.delay
    return {"count": delay.count, "unit": str(delay.unit)} if delay else None


def indispensable_missing(filing: Filing) -> list[str]:
    """Keys of what was asked, was not given, and without which a filing that was sent can't be examined."""
    given = set(filing.pieces.filter(replaced_at=None).values_list("key", flat=True))
    return [one["key"] for one in filing.asked if one["indispensable"] and one["key"] not in given]


def is_any_indispensable(filing: Filing, keys: Sequence[str]) -> bool:
    return any(one["indispensable"] for one in filing.asked if one["key"] in keys)


def still_missing(filing: Filing, completion: Completion) -> list[str]:
    """What was asked and has not come since, in words."""
    since = filing.pieces.filter(key__in=completion.pieces, replaced_at=None, added_at__gte=completion.asked_at)
    given = set(since.values_list("key", flat=True))
    pieces = [label_of_piece(filing, key) for key in completion.pieces if key not in given]
    fields = [one.label for one in _fields(filing, completion) if filing.answers.get(one.key) in NOTHING]
    return [*pieces, *fields]


def asked_in_words(filing: Filing, completion: Completion) -> str:
    """« Certificat de scolarité, Date d’arrivée »."""
    labels = [label_of_piece(filing, key) for key in completion.pieces]
    return ", ".join([*labels, *(one.label for one in _fields(filing, completion))])


def label_of_piece(filing: Filing, key: str) -> str:
    return next((str(one["label"]) for one in filing.asked if one["key"] == key), key)


def effects_of(filing: Filing) -> Iterator[tuple[str, dict[str, Any]]]:
    """The effects that these answers want, with the answers by each effect's own names."""
    day = timezone.localdate(filing.filed_at or filing.saved_at)
    given = account_numbers.opened(filing)
    situation = Situation(today=day, answers=filing.answers)
    for effect in filing.definition.effects:
        if evaluate(effect.condition, situation).holds:
            yield effect.name, {name: given.get(key) for name, key in effect.answers.items()}


def _frozen(one: PieceAsked) -> dict[str, Any]:
    return {
        "key": one.key,
        "piece": one.piece.key,
        "label": one.label,
        "person": one.person,
        "indispensable": one.piece.indispensable,
    }


def _fields(filing: Filing, completion: Completion) -> list[Any]:
    return [one for one in filing.definition.fields() if one.key in completion.fields]
