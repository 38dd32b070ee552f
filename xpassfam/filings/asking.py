"""What a filing's definition asks of it, and what a yes to it would do.

As long as it is a draft, the family's facts of the day decide; when it is sent, what was asked is frozen with it
(`Filing.asked`, `Filing.summary`), so that an agent reads what the family read.
"""

import itertools
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from xpassfam.documents.kinds import kind_of, kinds
from xpassfam.documents.models import NO_GOOD, Document, PendingUpload, has_unread
from xpassfam.filings import account_numbers
from xpassfam.filings.models import Completion, Filing, Piece
from xpassfam.people.access import ActingAccess
from xpassfam.people.models import Person, Residence
from xpassfam.procedures import answers
from xpassfam.procedures.answers import PieceAsked
from xpassfam.procedures.eligibility import standing
from xpassfam.procedures.facts import Facts, facts_of
from xpassfam.procedures.language import Decision, Type
from xpassfam.rules.criteria import Situation, Someone, evaluate
from xpassfam.ui import words

# The page of documents, and the right to ask at all, among the sections that have problems.
PIECES, WHO = "documents", "who"
GOOD_HERE = (Piece.Verdict.PENDING, Piece.Verdict.ACCEPTED)
NOTHING: tuple[Any, ...] = (None, "", [], {})


def problems_of(
    filing: Filing, facts: Facts, access: ActingAccess, *, served: Collection[str] = ()
) -> dict[str, list[str]]:
    """What keeps a draft from being sent, by section, in words. One query.

    `served`: keys of pieces for which something given before will serve by itself. A document that was chosen, and
    is no longer theirs to read since, or was judged no good, serves no more.
    """
    definition = filing.definition
    stands = standing(definition, facts, is_open=filing.procedure_version.procedure.is_open)
    if not stands.may_file:
        return {WHO: [stands.why_not]}
    problems: dict[str, list[str]] = {}
    for problem in answers.check(definition, account_numbers.opened(filing), facts):
        problems.setdefault(problem.section, []).append(problem.text)
    may_serve = Document.objects.visible_to(access).exclude(verdict__in=NO_GOOD)
    serves = Exists(may_serve.filter(pk=OuterRef("document")))
    pieces = list(filing.pieces.values_list("key", "document__kind", serves, "document__issued_on"))
    given = {key for key, *_facts in pieces} | set(served)
    asked = answers.pieces_asked(definition, filing.answers, facts)
    for one in asked:
        if one.key not in given and one.key not in filing.missing and one.piece.indispensable:
            text = _("{label} : ajoutez ce document, ou dites pourquoi vous ne l’avez pas.")
            problems.setdefault(PIECES, []).append(text.format(label=one.label))
    if _waits(filing, [one.key for one in asked if one.key not in given], access):
        text = _("Vous avez préparé des fichiers, ou une explication, sans continuer : ce n’est pas encore joint.")
        problems.setdefault(PIECES, []).append(text)
    days = {one.key: one.issued_on for one in asked if one.issued_on}
    for key, kind, is_good, issued_on in pieces:
        if is_good and days.get(key, issued_on) != issued_on:
            text = _(
                "{kind} : ce document porte la date du {day}, et votre réponse dit {other}. Corrigez votre réponse, ou "
                "enlevez ce document et donnez le bon."
            )
            told = {"kind": kind_of(kind).label, "day": words.full_day(issued_on), "other": words.full_day(days[key])}
            problems.setdefault(PIECES, []).append(text.format(**told))
        if not is_good:
            text = _("{kind} : ce document ne peut plus servir ici. Enlevez-le, ou donnez-en un autre.")
            problems.setdefault(PIECES, []).append(text.format(kind=kind_of(kind).label))
    return problems


def _waits(filing: Filing, keys: Collection[str], access: ActingAccess) -> bool:
    """Whether files, or a reason, were prepared for pieces that nothing was given for. One query, where files were."""
    mine = filing.waiting_of(access.person)
    words = {key: typed.get("why", "") for key, typed in mine.get("typed", {}).items() if key in keys}
    if any(why and why != filing.missing.get(key) for key, why in words.items()):
        return True
    named = [one for key, ids in mine.get("files", {}).items() if key in keys for one in ids]
    return bool(named) and PendingUpload.objects.visible_to(access).filter(public_id__in=named).exists()


def freeze(filing: Filing, access: ActingAccess) -> list[str]:
    """Keep the answers that count, how they read, and the pieces that they ask for; return the fields set."""
    facts = facts_of(access, filing.definition)
    filing.answers = answers.kept(filing.definition, filing.answers, facts)
    both = [answers.pieces_asked(filing.definition, filing.answers, facts, later=later) for later in (False, True)]
    filing.asked = [_frozen(one) for one in itertools.chain(*both)]
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
    filing.waiting.pop(access.person, None)
    return ["answers", "asked", "summary", "about", "set_aside", "waiting"]


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


def later_missing(filing: Filing) -> list[str]:
    """Keys of what comes after a yes, and has not come yet, or did not do. One query where something does."""
    keys = [one["key"] for one in filing.asked if one.get("later")]
    if not keys:
        return []
    given = set(filing.pieces.filter(replaced_at=None, verdict__in=GOOD_HERE).values_list("key", flat=True))
    return [key for key in keys if key not in given]


def is_any_indispensable(filing: Filing, keys: Sequence[str]) -> bool:
    return any(one["indispensable"] for one in filing.asked if one["key"] in keys)


def still_missing(filing: Filing, completion: Completion) -> list[str]:
    """What was asked and has not come since, in words."""
    since = filing.pieces.filter(key__in=completion.pieces, replaced_at=None, added_at__gte=completion.asked_at)
    given = set(since.exclude(document__in=Document.objects.gone_unseen()).values_list("key", flat=True))
    pieces = [told_label(filing, key) for key in completion.pieces if key not in given]
    fields = [one.label for one in _fields(filing, completion) if filing.answers.get(one.key) in NOTHING]
    return [*pieces, *fields]


def reserve_missing(filing: Filing, reserve: Sequence[str]) -> list[str]:
    """Keys of what a yes under reserve awaits, and that has not come since, or did not do. One query."""
    since = filing.pieces.filter(key__in=reserve, replaced_at=None, added_at__gte=filing.ended_at)
    given = set(since.filter(verdict__in=GOOD_HERE).values_list("key", flat=True))
    return [key for key in reserve if key not in given]


def asked_in_words(filing: Filing, completion: Completion) -> str:
    """« Certificat de scolarité, Date d’arrivée »."""
    labels = [label_of_piece(filing, key) for key in completion.pieces]
    return ", ".join([*labels, *(one.label for one in _fields(filing, completion))])


def still_good(filing: Filing, keys: Sequence[str], *, on: date) -> list[Piece]:
    """Of pieces that an agent wants to ask for again, those that a document serves which was accepted and is valid.

    What was found not to be the one asked for here is not among them. One query.
    """
    rows = filing.pieces.filter(key__in=keys, replaced_at=None, verdict__in=GOOD_HERE)
    rows = rows.select_related("document__replaced_by", "document__person")
    return [piece for piece in rows if piece.document.is_accepted_on(on)]


def unread_pieces(filing: Filing) -> list[str]:
    """Labels of those that nobody may open yet: the virus scanner has not seen them. One query."""
    pending = filing.pieces.filter(replaced_at=None, verdict=Piece.Verdict.PENDING)
    keys = pending.filter(has_unread(OuterRef("document"))).values_list("key", flat=True)
    return [label_of_piece(filing, key) for key in dict.fromkeys(keys)]


def told_in_words(filing: Filing, completion: Completion) -> str:
    """The same where others than its readers may see it (a mail, a paper, the home's history): health is not named."""
    labels = [told_label(filing, key) for key in completion.pieces]
    return ", ".join([*labels, *(one.label for one in _fields(filing, completion))])


def told_label(filing: Filing, key: str) -> str:
    """Of a piece that is restricted, that it is one."""
    return _("un document à lecture restreinte") if is_restricted(filing, key) else label_of_piece(filing, key)


def is_restricted(filing: Filing, key: str) -> bool:
    """Whether a document on health is among those that would do."""
    asked = next((one["piece"] for one in filing.asked if one["key"] == key), None)
    codes = next((piece.kinds for piece in filing.definition.pieces if piece.key == asked), ())
    return any(code in kinds() and kinds()[code].is_restricted for code in codes)


def label_of_piece(filing: Filing, key: str) -> str:
    return next((str(one["label"]) for one in filing.asked if one["key"] == key), key)


def effects_of(filing: Filing) -> Iterator[tuple[str, dict[str, Any]]]:
    """The effects that these answers want, with the answers by each effect's own names."""
    day = timezone.localdate(filing.filed_at or filing.saved_at)
    given = account_numbers.opened(filing)
    situation = Situation(today=day, answers=filing.answers, persons=_residents_read(filing, on=day))
    for effect in filing.definition.effects:
        if evaluate(effect.condition, situation).holds:
            yield effect.name, {name: given.get(key) for name, key in effect.answers.items()}


def wants_no_effect(filing: Filing) -> bool:
    """Its definition has some, and these answers ask for none of them."""
    return bool(filing.definition.effects) and not any(effects_of(filing))


def is_declaration(filing: Filing) -> bool:
    """Whether it takes effect when it is sent: nobody's yes is awaited. What has none of its effects is an agent's."""
    return filing.definition.decision is Decision.AT_ONCE and not wants_no_effect(filing)


def _residents_read(filing: Filing, *, on: date) -> dict[str, Someone]:
    """Who lived there, for effects that hang on it. One query, and none for most."""
    if not filing.definition.effects_read_home:
        return {}
    stays = Residence.objects.open_on(on).filter(household=filing.household_id).select_related("person")
    return {stay.person.public_id: Someone(stay.role, stay.person.birth_date) for stay in stays}


def _frozen(one: PieceAsked) -> dict[str, Any]:
    return {
        "key": one.key,
        "piece": one.piece.key,
        "label": one.label,
        "person": one.person,
        "indispensable": one.piece.indispensable and not one.piece.later,
        "later": one.piece.later,
    }


def _fields(filing: Filing, completion: Completion) -> list[Any]:
    return [one for one in filing.definition.fields() if one.key in completion.fields]
