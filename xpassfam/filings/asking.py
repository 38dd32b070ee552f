"""What a filing's definition asks of it: which pieces, what is still missing, which effects a yes would have."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from xpassfam.filings.models import Completion, Filing, Piece
from xpassfam.people.access import ActingAccess
from xpassfam.people.models import Person
from xpassfam.procedures import answering
from xpassfam.procedures.facts import facts_for
from xpassfam.procedures.language import Type
from xpassfam.procedures.language import Piece as AskedPiece
from xpassfam.rules.criteria import Criterion, Situation, evaluate

ONE_PERSON = (Type.PERSON,)


def problems_of(filing: Filing, *, access: ActingAccess) -> dict[str, list[str]]:
    """What keeps a draft from being sent, by section, in words; `pieces` is the page of documents, `who` the right
    to ask for it at all. A few queries."""
    facts = facts_for(access)
    refusal = answering.why_not(filing.definition, facts)
    if refusal:
        return {"who": refusal}
    problems = {key: list(words) for key, words in answering.problems(filing.definition, filing.answers, facts).items()}
    given = {piece.key for piece in filing.pieces.all()}
    missing = [one for one in _asked(filing) if one.key not in given | set(filing.missing)]
    if missing:
        problems["pieces"] = [_("{label} : ajoutez ce document, ou dites pourquoi vous ne l’avez pas.").format(label=one.label) for one in missing]
    return problems


def answers_kept(filing: Filing, *, access: ActingAccess) -> dict[str, Any]:
    """Without those whose question does not concern the family in the end."""
    return answering.kept(filing.definition, filing.answers, facts_for(access))


def person_concerned(filing: Filing) -> Person | None:
    """Whom the first question about one person names."""
    for field in filing.definition.fields():
        if field.type in ONE_PERSON and filing.answers.get(field.key):
            return Person.objects.filter(public_id=filing.answers[field.key]).first()
    return None


def promise_of(filing: Filing) -> Mapping[str, Any] | None:
    """Of today's procedure: what an administrator changed of its delay counts from then on."""
    delay = filing.procedure_version.procedure.definition.delay
    return {"count": delay.count, "unit": str(delay.unit)} if delay else None


def pieces_asked(filing: Filing) -> list[AskedPiece]:
    """Those whose condition holds for these answers."""
    return list(_asked(filing))


def indispensable_missing(filing: Filing) -> list[str]:
    """Keys of pieces without which the filing can't be examined, and that were not given."""
    given = set(filing.pieces.filter(replaced_at=None).values_list("key", flat=True))
    return [one.key for one in _asked(filing) if one.indispensable and one.key not in given]


def is_any_indispensable(filing: Filing, keys: Sequence[str]) -> bool:
    return any(one.indispensable for one in filing.definition.pieces if one.key in keys)


def still_missing(filing: Filing, asked: Completion) -> list[str]:
    """What was asked and has not come since, in words."""
    since = filing.pieces.filter(key__in=asked.pieces, replaced_at=None, added_at__gte=asked.asked_at)
    given = set(since.values_list("key", flat=True))
    pieces = [one.label for one in filing.definition.pieces if one.key in asked.pieces and one.key not in given]
    fields = [one.label for one in filing.definition.fields() if one.key in asked.fields and not _is_answered(filing, one.key)]
    return [*pieces, *fields]


def asked_in_words(filing: Filing, asked: Completion) -> str:
    """« Certificat de scolarité, Date d’arrivée »."""
    pieces = [one.label for one in filing.definition.pieces if one.key in asked.pieces]
    fields = [one.label for one in filing.definition.fields() if one.key in asked.fields]
    return ", ".join([*pieces, *fields])


def effects_of(filing: Filing) -> Iterator[tuple[str, dict[str, Any]]]:
    """What a yes does: the name of each effect that these answers want, with the answers by the effect's own names."""
    for effect in filing.definition.effects:
        if _holds(effect.condition, filing):
            yield effect.name, {name: filing.answers.get(key) for name, key in effect.answers.items()}


def _asked(filing: Filing) -> Iterator[AskedPiece]:
    return (one for one in filing.definition.pieces if _holds(one.condition, filing))


def _holds(condition: Criterion, filing: Filing) -> bool:
    return evaluate(condition, Situation(today=_day_of(filing), answers=filing.answers)).holds


def _day_of(filing: Filing) -> date:
    """A filing is read as of the day it was sent."""
    return timezone.localdate(filing.filed_at or filing.saved_at)


def _is_answered(filing: Filing, field: str) -> bool:
    return filing.answers.get(field) not in (None, "", [], {})


def live_pieces(filing: Filing) -> list[Piece]:
    return list(filing.pieces.filter(replaced_at=None).select_related("document", "person"))
