"""What a schema can't see: a rule that says something else than it means, or leaves a family without an amount."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from string import Formatter

from django.utils.translation import gettext as _

from xpassfam.definitions.yaml_text import Path
from xpassfam.documents.kinds import kinds
from xpassfam.entitlements.language.model import Opening, Right, Vocabulary
from xpassfam.rules.criteria import Age, All, Any, Bracket, Children, Criterion, Named, Not, Paper, atoms_of

PLACEHOLDERS = frozenset(
    ("prénom", "âge", "date", "min", "max", "qf", "limite", "tranche", "source", "mois", "montant", "taux", "n")
)
OF_NOTIONS = frozenset(("prénom",))
# Days of living people and of their rights: what is beyond was mistyped, and can't be counted from.
FIRST_YEAR, LAST_YEAR = 1900, 2199


@dataclass(frozen=True)
class Misfit:
    """What is wrong, at which place of the tree."""

    path: Path
    text: str


def of_vocabulary(vocabulary: Vocabulary) -> Iterator[Misfit]:
    yield from _day(vocabulary.since, ("since",))
    expected = 0
    for number, one in enumerate(vocabulary.brackets):
        path: Path = ("brackets", number)
        is_last = number == len(vocabulary.brackets) - 1
        if one.name != f"T{number + 1}":
            yield Misfit((*path, "name"), _("Les tranches se suivent : il faut ici « T{n} ».").format(n=number + 1))
        if one.above != expected:
            text = _("Cette tranche commence après {n} €. Sinon un quotient est dans deux tranches, ou dans aucune.")
            yield Misfit((*path, "above"), text.format(n=expected))
        if (one.until is None) is not is_last:
            text = _("Seule la dernière tranche n’a pas de fin.")
            yield Misfit(path, text)
        if one.until is not None and one.until <= one.above:
            yield Misfit((*path, "until"), _("Cette tranche finit avant de commencer."))
        expected = one.until or 0
    for number, notion in enumerate(vocabulary.notions):
        if any(notion.name == other.name for other in vocabulary.notions[:number]):
            text = _("« {given} » est écrit deux fois.").format(given=notion.name)
            yield Misfit(("notions", number, "name"), text)
        yield from _papers(notion.criterion, ("notions", number, "criterion"))
        for key, text in (("yes", notion.yes), ("no", notion.no)):
            yield from _words(text, ("notions", number, key), OF_NOTIONS)


def of_right(right: Right, vocabulary: Vocabulary) -> Iterator[Misfit]:
    yield from _day(right.since, ("since",))
    yield from _papers(right.criterion, ("criterion",))
    for number, kind in enumerate(right.proofs):
        if kind not in kinds():
            yield Misfit(("proofs", number), _("Le document « {kind} » n’existe pas.").format(kind=kind))
    yield from _amount(right, vocabulary)
    yield from _texts(right)
    for number, case in enumerate(right.cases):
        yield from _day(case.on, ("cases", number, "on"))
        if case.used_on:
            yield from _day(case.used_on, ("cases", number, "used_on"))
        for place, child in enumerate(case.children):
            yield from _day(child.born, ("cases", number, "children", place, "born"))
    if right.opening is Opening.ON_REQUEST and not right.procedure:
        yield Misfit(("opening",), _("Ce droit se demande : il manque la démarche qui l’ouvre (« procedure »)."))


def brackets_of(criterion: Criterion, known: frozenset[str]) -> frozenset[str]:
    """With which brackets the condition may hold, as far as it looks at them."""
    if isinstance(criterion, Bracket):
        return frozenset(criterion.one_of)
    if isinstance(criterion, All):
        for part in criterion.parts:
            known &= brackets_of(part, known)
        return known
    if isinstance(criterion, Any):
        return frozenset().union(*(brackets_of(part, known) for part in criterion.parts)) if criterion.parts else known
    if isinstance(criterion, Not):
        part = criterion.part
        return known - frozenset(part.one_of) if isinstance(part, Bracket) else known
    return brackets_of(criterion.part, known) if isinstance(criterion, Named) else known


def _amount(right: Right, vocabulary: Vocabulary) -> Iterator[Misfit]:
    amount = right.amount
    if amount is None:
        return
    ways = (amount.value is not None, bool(amount.by_bracket), bool(amount.steps))
    if sum(ways) != 1:
        yield Misfit(("amount",), _("Il faut une façon de compter et une seule : value, by_bracket ou steps."))
    known = frozenset(one.name for one in vocabulary.brackets)
    if amount.by_bracket:
        yield from _by_bracket(frozenset(amount.by_bracket), brackets_of(right.criterion, known), known)
    counts = [step.count for step in amount.steps]
    if counts != sorted(set(counts)):
        yield Misfit(("amount", "steps"), _("Les paliers vont du plus petit nombre au plus grand, chacun une fois."))


def _by_bracket(given: frozenset[str], wanted: frozenset[str], known: frozenset[str]) -> Iterator[Misfit]:
    path = ("amount", "by_bracket")
    for name in sorted(given - known):
        yield Misfit((*path, name), _("La tranche « {name} » n’existe pas.").format(name=name))
    for name in sorted(wanted - given):
        yield Misfit(path, _("Il manque le montant de la tranche « {name} », que la règle accepte.").format(name=name))
    for name in sorted((given & known) - wanted):
        yield Misfit((*path, name), _("La règle n’accepte pas la tranche « {name} ».").format(name=name))


def _texts(right: Right) -> Iterator[Misfit]:
    texts = right.texts
    places: list[tuple[Path, str]] = [(("texts", "yes"), texts.yes), (("texts", "how"), texts.how)]
    places += [(("texts", "no", code), text) for code, text in texts.no.items()]
    places += [(("texts", "unknown", code), text) for code, text in texts.unknown.items()]
    for path, text in places:
        yield from _words(text, path, PLACEHOLDERS)


def _words(text: str, path: Path, known: frozenset[str]) -> Iterator[Misfit]:
    """Words to replace are known, and bare: a format of theirs could fail, or fill the memory, in a family's page."""
    try:
        parts = [(name, spec, how) for _text, name, spec, how in Formatter().parse(text) if name is not None]
    except ValueError:
        yield Misfit(path, _("Une accolade n’est pas fermée."))
        return
    for name in sorted({name for name, _spec, _how in parts} - known):
        yield Misfit(path, _("« {name} » n’est pas un mot que nous savons remplacer.").format(name=f"{{{name}}}"))
    for name in sorted({name for name, spec, how in parts if spec or how} & known):
        yield Misfit(
            path, _("Écrivez seulement « {name} », sans rien d’autre entre les accolades.").format(name=f"{{{name}}}")
        )


def _papers(criterion: Criterion, path: Path) -> Iterator[Misfit]:
    for atom in atoms_of(criterion):
        if isinstance(atom, Paper) and atom.kind not in kinds():
            yield Misfit(path, _("Le document « {kind} » n’existe pas.").format(kind=atom.kind))
        if isinstance(atom, Age | Children) and atom.on.answer:
            yield Misfit(path, _("Un droit ne lit pas les réponses d’une démarche."))


def _day(text: str, path: Path) -> Iterator[Misfit]:
    try:
        is_near = FIRST_YEAR <= date.fromisoformat(text).year <= LAST_YEAR
    except ValueError:
        is_near = False
    if not is_near:
        yield Misfit(path, _("Il faut une date. Par exemple : « 2026-12-31 »."))
