"""What the schema cannot see: names that answer each other, in the right order, and the types that fit."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from xpassfam.definitions.yaml_text import Path
from xpassfam.documents.kinds import kinds
from xpassfam.procedures.language import bounds
from xpassfam.procedures.language.known_effects import EFFECTS, NEVER_AT_ONCE, OF_AIDS, SHARING
from xpassfam.procedures.language.model import (
    ABOUT_A_DECISION,
    CONTESTED_ABOUT,
    IN_GROUPS,
    Decision,
    Definition,
    Field,
    Type,
)
from xpassfam.rules.criteria import ALWAYS, Age, Answer, Children, Criterion, Role, atoms_of, read_fields
from xpassfam.rules.criteria.atoms import EACH, ME, TODAY

# Words of conditions, and names that the pages of a form send besides.
RESERVED = frozenset({ME, EACH, TODAY, "shown", "add", "remove", "choose", "key", "version", "procedure"})
# Pages that every form has besides its own.
RESERVED_PAGES = frozenset({"who", "documents", "summary"})
PERSONS = frozenset({Type.PERSON, Type.PERSONS})
NUMBERS = frozenset({Type.NUMBER, Type.AMOUNT})
CHOSEN = frozenset({Type.CHOICE, Type.CHOICES})
# To compare bounds that hang on the same day.
ANY_DAY = date(2001, 1, 1)
# Which answers an operator can be asked of.
COMPARED = {
    "is": CHOSEN | {Type.YES_NO, Type.NUMBER},
    "one_of": CHOSEN,
    "at_least": NUMBERS,
    "at_most": NUMBERS,
    "before": frozenset({Type.DATE}),
    "after": frozenset({Type.DATE}),
}


@dataclass(frozen=True)
class Misfit:
    path: Path
    text: str


def problems(definition: Definition) -> Iterator[Misfit]:
    yield from _twice("sections", [one.key for one in definition.sections])
    yield from _twice("pieces", [one.key for one in definition.pieces])
    yield from _twice("reasons", [one.code for one in definition.reasons], name="code")
    seen: dict[str, Field] = {}
    yield from _reads(definition.who.criterion, ("who", "criterion"), {})
    for number, section in enumerate(definition.sections):
        path: Path = ("sections", number)
        if section.key in RESERVED_PAGES:
            yield Misfit((*path, "key"), _("La clé « {key} » est déjà prise.").format(key=section.key))
        yield from _reads(section.condition, (*path, "condition"), seen)
        on_page: set[str] = set()
        for position, one in enumerate(section.fields):
            place = (*path, "fields", position)
            if one.key in seen or one.key in RESERVED:
                yield Misfit((*place, "key"), _("La clé « {key} » est déjà prise.").format(key=one.key))
            yield from _field(one, place, seen, on_page)
            seen[one.key] = one
            on_page.add(one.key)
    yield from _pieces(definition, seen)
    yield from _agreement(definition, seen)
    yield from _aid(definition, seen)
    yield from _effects(definition, seen)


def _twice(where: str, keys: list[str], *, name: str = "key") -> Iterator[Misfit]:
    for number, key in enumerate(keys):
        if key in keys[:number]:
            yield Misfit((where, number, name), _("La clé « {key} » est déjà prise.").format(key=key))


def _field(one: Field, path: Path, seen: Mapping[str, Field], on_page: Collection[str]) -> Iterator[Misfit]:
    yield from _reads(one.condition, (*path, "condition"), seen, on_page=on_page)
    yield from _reads(one.persons, (*path, "persons"), seen, on_page=on_page, is_offering=True)
    yield from _bounds(one, path, seen, on_page)
    values = [choice.value for choice in one.choices]
    if len(values) != len(set(values)):
        yield Misfit((*path, "choices"), _("Deux choix ont la même valeur."))
    if one.prefill == CONTESTED_ABOUT and ABOUT_A_DECISION not in values:
        text = _("Ce préremplissage répond « {value} » : un choix doit avoir cette valeur.")
        yield Misfit((*path, "prefill"), text.format(value=ABOUT_A_DECISION))
    if one.type is not Type.GROUP:
        return
    yield from _twice_in(one, path)
    for number, inner in enumerate(one.fields):
        place = (*path, "fields", number)
        if inner.type not in IN_GROUPS:
            yield Misfit((*place, "type"), _("Un groupe répété ne peut pas contenir ce type de champ."))
        if read_fields(inner.condition) or inner.prefill:
            yield Misfit(place, _("Dans un groupe répété, un champ n’a ni condition ni préremplissage."))
        yield from _bounds(inner, place, seen, on_page)
    if one.least > one.most:
        yield Misfit((*path, "least"), _("Le minimum dépasse le maximum."))


def _twice_in(group: Field, path: Path) -> Iterator[Misfit]:
    keys = [one.key for one in group.fields]
    for number, key in enumerate(keys):
        if key in keys[:number]:
            yield Misfit((*path, "fields", number, "key"), _("La clé « {key} » est déjà prise.").format(key=key))


def _bounds(one: Field, path: Path, seen: Mapping[str, Field], on_page: Collection[str]) -> Iterator[Misfit]:
    for name in ("at_least", "at_most"):
        for bound in bounds.listed(getattr(one, name)):
            is_fit = isinstance(bound, int) if one.type in NUMBERS else bounds.read(bound) is not None
            if not is_fit:
                yield Misfit((*path, name), _("Cette limite ne va pas avec ce type de champ."))
            elif one.type is Type.DATE:
                yield from _bound_by(bounds.read(bound), (*path, name), seen, on_page)
        if getattr(one, f"why_{name}") and getattr(one, name) is None:
            yield Misfit((*path, f"why_{name}"), _("Il manque « {name} ».").format(name=name))
    if _are_crossed(one.at_least, one.at_most):
        yield Misfit((*path, "at_least"), _("Le minimum dépasse le maximum."))


def _bound_by(
    bound: bounds.Bound | None, path: Path, seen: Mapping[str, Field], on_page: Collection[str]
) -> Iterator[Misfit]:
    if bound is None or not (key := bound.question):
        return
    if key not in seen:
        yield Misfit(path, _("« {key} » n’est pas une question posée avant celle-ci.").format(key=key))
    elif seen[key].type is not Type.DATE:
        yield Misfit(path, _("« {key} » n’est pas une date.").format(key=key))
    elif key in on_page:
        yield Misfit(path, _("Une limite se lit dans une réponse à partir de la page suivante."))


def _are_crossed(low: Any, high: Any) -> bool:
    """As far as it can be known before anybody answers."""
    if isinstance(low, int) and isinstance(high, int):
        return low > high
    first, last = bounds.read(low), bounds.read(high)
    if first is None or last is None or first.of != last.of:
        return False
    known = {first.of: ANY_DAY.isoformat()}
    days = first.on(ANY_DAY, known), last.on(ANY_DAY, known)
    return days[0] is not None and days[1] is not None and days[0] > days[1]


def _reads(
    condition: Criterion,
    path: Path,
    seen: Mapping[str, Field],
    *,
    on_page: Collection[str] = (),
    is_offering: bool = False,
) -> Iterator[Misfit]:
    """A condition reads what was asked before it, of a type that can be read so."""
    for atom in atoms_of(condition):
        for key in sorted(read_fields(atom) - seen.keys()):
            yield Misfit(path, _("« {key} » n’est pas une question posée avant celle-ci.").format(key=key))
        if isinstance(atom, Answer) and (asked := seen.get(atom.field)):
            yield from _compares(atom, asked, path)
        if isinstance(atom, Age | Role) and atom.of in seen and seen[atom.of].type not in PERSONS:
            yield Misfit(path, _("« {key} » n’est pas une personne du foyer.").format(key=atom.of))
        if isinstance(atom, Age | Role) and atom.of == EACH and not is_offering:
            yield Misfit(path, _("Dites de qui : « of » est « me » ou la clé d’une question."))
        if isinstance(atom, Age | Children) and (asked := seen.get(atom.on.answer)):
            if asked.type is not Type.DATE:
                yield Misfit(path, _("« {key} » n’est pas une date.").format(key=atom.on.answer))
            elif atom.on.answer in on_page:
                yield Misfit(path, _("Un âge au jour d’une réponse se lit à partir de la page suivante."))
    if is_offering and (live := read_fields(condition) & set(on_page)):
        text = _("Les personnes proposées ne peuvent pas dépendre de la même page : « {key} ».")
        yield Misfit(path, text.format(key=min(live)))


def _compares(atom: Answer, asked: Field, path: Path) -> Iterator[Misfit]:
    if asked.type is Type.EXPLANATION or asked.type not in COMPARED.get(atom.operator, frozenset(Type)):
        text = _("« {operator} » ne va pas avec le type de « {key} ».")
        yield Misfit(path, text.format(operator=atom.operator, key=atom.field))
        return
    values = atom.value if isinstance(atom.value, tuple) else (atom.value,)
    known = {choice.value for choice in asked.choices}
    for value in values:
        if asked.type in CHOSEN and atom.operator != "filled" and value not in known:
            yield Misfit(path, _("« {value} » n’est pas un choix de « {key} ».").format(value=value, key=atom.field))
        if atom.operator == "is" and isinstance(value, bool) is not (asked.type is Type.YES_NO):
            yield Misfit(path, _("« {key} » se compare à un autre type de valeur.").format(key=atom.field))


def _pieces(definition: Definition, seen: Mapping[str, Field]) -> Iterator[Misfit]:
    for number, piece in enumerate(definition.pieces):
        path: Path = ("pieces", number)
        yield from _reads(piece.condition, (*path, "condition"), seen)
        yield from _reads(piece.persons, (*path, "persons"), seen, is_offering=True)
        for unknown in [kind for kind in piece.kinds if kind not in kinds()]:
            yield Misfit((*path, "kinds"), _("Le document « {kind} » n’existe pas.").format(kind=unknown))
        if piece.dated and (piece.dated not in seen or seen[piece.dated].type is not Type.DATE):
            text = _("« {key} » n’est pas une date.").format(key=piece.dated)
            yield Misfit((*path, "dated"), text)
        if piece.person:
            yield from _names_persons(piece.person, seen, (*path, "person"))
        elif piece.persons != ALWAYS:
            yield Misfit((*path, "persons"), _("Dites d’abord de qui est cette pièce, avec « person »."))


def _agreement(definition: Definition, seen: Mapping[str, Field]) -> Iterator[Misfit]:
    if definition.agreement is None:
        return
    yield from _reads(definition.agreement.condition, ("agreement", "condition"), seen)
    if all(effect.name != SHARING for effect in definition.effects):
        text = _("« agreement » demande l’accord de l’autre parent : écrivez l’effet « {name} ».")
        yield Misfit(("agreement",), text.format(name=SHARING))


def _aid(definition: Definition, seen: Mapping[str, Field]) -> Iterator[Misfit]:
    """An effect that does what is granted needs a definition that says what may be."""
    aid = definition.aid
    if aid and aid.persons:
        yield from _names_persons(aid.persons, seen, ("aid", "persons"))
    for number, effect in enumerate(definition.effects):
        if aid is None and effect.name in OF_AIDS and "amount" not in effect.answers:
            text = _("L’effet « {name} » a besoin de savoir ce qui est accordé : écrivez « aid ».")
            yield Misfit(("effects", number), text.format(name=effect.name))


def _names_persons(key: str, seen: Mapping[str, Field], path: Path) -> Iterator[Misfit]:
    if key not in seen or seen[key].type not in PERSONS:
        yield Misfit(path, _("« {key} » n’est pas une personne du foyer.").format(key=key))


def _effects(definition: Definition, seen: Mapping[str, Field]) -> Iterator[Misfit]:
    for number, effect in enumerate(definition.effects):
        path: Path = ("effects", number)
        yield from _reads(effect.condition, (*path, "condition"), seen)
        needs = EFFECTS.get(effect.name)
        if needs is None:
            yield Misfit((*path, "name"), _("L’effet « {name} » n’existe pas.").format(name=effect.name))
            continue
        if effect.name in NEVER_AT_ONCE and definition.decision is Decision.AT_ONCE:
            text = _("Un agent décide toujours de l’effet « {name} » : il ne va pas avec « decision: at_once ».")
            yield Misfit((*path, "name"), text.format(name=effect.name))
        by_name = {need.name: need for need in needs}
        for need in needs:
            if not need.is_optional and need.name not in effect.answers:
                text = _("L’effet « {name} » a besoin de « {need} ».")
                yield Misfit(path, text.format(name=effect.name, need=need.name))
        for name, key in effect.answers.items():
            place = (*path, "answers", name)
            if name not in by_name:
                text = _("L’effet « {name} » ne lit pas « {need} ».")
                yield Misfit(place, text.format(name=effect.name, need=name))
            elif key not in seen:
                yield Misfit(place, _("« {key} » n’est pas une question de cette démarche.").format(key=key))
            elif seen[key].type not in by_name[name].types:
                yield Misfit(place, _("L’effet attend une réponse d’un autre type que « {key} ».").format(key=key))
            elif by_name[name].values:
                for value in sorted({choice.value for choice in seen[key].choices} - by_name[name].values):
                    text = _("L’effet « {name} » ne connaît pas le choix « {value} ».")
                    yield Misfit(place, text.format(name=effect.name, value=value))
