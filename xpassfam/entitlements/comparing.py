"""What a rule says, line by line, and what is said otherwise than before."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.translation import gettext as _

from xpassfam.documents.kinds import kind_of
from xpassfam.entitlements.judging import Given, vocabulary_limit
from xpassfam.entitlements.language import Amount, Right, Unit, Vocabulary
from xpassfam.entitlements.wording.answers import given_in_words
from xpassfam.entitlements.wording.codes import in_words
from xpassfam.entitlements.wording.rules import rule_in_words
from xpassfam.rules.criteria import All, Criterion
from xpassfam.ui import words

SAME, GONE, NEW = "same", "gone", "new"


@dataclass(frozen=True)
class Piece:
    kind: str
    text: str


Line = tuple[Piece, ...]


@dataclass(frozen=True)
class Row:
    """`label` is empty where the line says it itself."""

    label: str
    line: Line


@dataclass(frozen=True)
class Reading:
    conditions: tuple[Line, ...]
    amounts: tuple[Row, ...]
    texts: tuple[Row, ...]
    facts: tuple[Row, ...]


@dataclass(frozen=True)
class Said:
    """A rule in words: its conditions in order, and the rest by label."""

    conditions: list[str]
    amounts: dict[str, str]
    texts: dict[str, str]
    facts: dict[str, str]


def right_in_words(right: Right, vocabulary: Vocabulary) -> Said:
    return Said(
        conditions_of(right.criterion, vocabulary),
        amounts_of(right.amount, vocabulary),
        texts_of(right),
        facts_of(right),
    )


def vocabulary_in_words(vocabulary: Vocabulary) -> Said:
    """A line for each notion; brackets where a right has its amounts."""
    limits = {one.name: _bracket(one.name, vocabulary) for one in vocabulary.brackets}
    texts: dict[str, str] = {}
    for one in vocabulary.notions:
        texts |= {f"{one.label}, {_('pourquoi')}": one.why, f"{one.label}, {_('oui')}": one.yes}
        texts |= {f"{one.label}, {_('non')}": one.no}
    return Said(
        [
            _("{notion} : {rule}.").format(notion=one.label, rule=rule_in_words(one.criterion, vocabulary))
            for one in vocabulary.notions
        ],
        limits,
        texts,
        {
            _("Un quotient familial est récent"): _("pendant {n} mois").format(n=vocabulary.income_months),
            _("Texte de référence"): vocabulary.law,
        },
    )


def reading_of(said: Said, former: Said | None) -> Reading:
    """With what changed since the former version, where there is one."""
    was = said if former is None else former
    return Reading(
        conditions=compared(said.conditions, was.conditions),
        amounts=tuple(_rows(said.amounts, was.amounts)),
        texts=tuple(_rows(said.texts, was.texts)),
        facts=tuple(_rows(said.facts, was.facts)),
    )


def conditions_of(criterion: Criterion, vocabulary: Vocabulary) -> list[str]:
    parts = criterion.parts if isinstance(criterion, All) else (criterion,)
    return [f"{rule_in_words(part, vocabulary)}." for part in parts]


def amounts_of(amount: Amount | None, vocabulary: Vocabulary) -> dict[str, str]:
    if amount is None:
        return {}
    told = {_("Pour tous"): _amount(amount, amount.value)} if amount.value is not None else {}
    told |= {_bracket(name, vocabulary): _amount(amount, value) for name, value in amount.by_bracket.items()}
    told |= {_("À partir de {n}").format(n=step.count): _amount(amount, step.value) for step in amount.steps}
    if amount.ceiling is not None:
        told[_("Plafond par an")] = words.euros(amount.ceiling * 100)
    return told


def texts_of(right: Right) -> dict[str, str]:
    texts = right.texts
    told = {_("Titre"): right.title, _("En bref"): right.summary, _("Oui"): texts.yes}
    told |= {_("Non : {code}").format(code=in_words(code)): text for code, text in texts.no.items()}
    told |= {_("Il manque : {code}").format(code=in_words(code)): text for code, text in texts.unknown.items()}
    told |= {_("Comment faire"): texts.how, _("Renouvellement"): right.renewal}
    return {label: text for label, text in told.items() if text}


def facts_of(right: Right) -> dict[str, str]:
    told = {
        _("Pour qui"): AUDIENCES[right.audience](),
        _("Ouverture"): OPENINGS[right.opening](),
        _("Compte pour"): PERIODS[right.period](),
        _("Démarche"): right.procedure,
        _("Pièces"): ", ".join(kind_of(kind).label for kind in right.proofs),
        _("Résidence alternée"): _("partagé entre les deux foyers") if right.shared else "",
        _("Texte de référence"): right.law,
    }
    return {label: text for label, text in told.items() if text}


AUDIENCES = {"child": lambda: _("chaque enfant"), "household": lambda: _("le foyer")}
OPENINGS = {
    "automatic": lambda: _("sans demande"),
    "on_request": lambda: _("sur demande"),
    "reviewed": lambda: _("après examen de chaque demande"),
}
PERIODS = {
    "always": lambda: "",
    "calendar_year": lambda: _("une année civile"),
    "school_year": lambda: _("une année scolaire"),
    "twelve_months": lambda: _("douze mois"),
}


def compared(lines: Sequence[str], former: Sequence[str]) -> tuple[Line, ...]:
    """Lines in order; one that became another is compared word by word."""
    return tuple(_compared(lines, former))


def _compared(lines: Sequence[str], former: Sequence[str]) -> Iterator[Line]:
    for kind, low, high, first, last in SequenceMatcher(a=former, b=lines, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from ((Piece(SAME, line),) for line in lines[first:last])
            continue
        was, becomes = former[low:high], lines[first:last]
        pairs = min(len(was), len(becomes))
        yield from (by_word(new, old) for old, new in zip(was, becomes, strict=False))
        yield from ((Piece(GONE, line),) for line in was[pairs:])
        yield from ((Piece(NEW, line),) for line in becomes[pairs:])


def by_word(line: str, former: str) -> Line:
    old, new = former.split(" "), line.split(" ")
    pieces: list[Piece] = []
    for kind, low, high, first, last in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece(SAME, " ".join(new[first:last])))
            continue
        pieces += [Piece(GONE, " ".join(old[low:high]))] if low < high else []
        pieces += [Piece(NEW, " ".join(new[first:last]))] if first < last else []
    return tuple(pieces)


def _rows(read: dict[str, str], was: dict[str, str]) -> Iterator[Row]:
    for label in dict.fromkeys((*read, *was)):
        new, old = read.get(label, ""), was.get(label, "")
        yield Row(label, by_word(new, old) if new and old else (Piece(NEW if new else GONE, new or old),))


def _bracket(name: str, vocabulary: Vocabulary) -> str:
    limit = vocabulary_limit((name,), vocabulary)
    if limit is None:
        return _("{name}, au-delà").format(name=name)
    return _("{name}, jusqu’à {limit}").format(name=name, limit=words.euros(limit * 100))


def _amount(amount: Amount, value: int) -> str:
    if amount.unit is Unit.PERCENT:
        return given_in_words(Given(percent=value, is_most=amount.is_most))
    return given_in_words(
        Given(cents=value * 100, is_monthly=amount.unit is Unit.EUROS_A_MONTH, is_most=amount.is_most)
    )
