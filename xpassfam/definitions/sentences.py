"""What is wrong with a definition, in words that somebody who wrote it understands."""

from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xpassfam.definitions.yaml_text import Path
from xpassfam.rules import criteria

OF_TEXT: dict[str, str | Promise] = {
    "too_big": gettext_lazy("Le texte est trop long : 200 ko au plus."),
    "empty": gettext_lazy("Le texte est vide."),
    "two_documents": gettext_lazy("Une seule définition par fichier : un second document commence ici."),
    "not_yaml": gettext_lazy("Ce n’est pas du YAML : vérifiez les retraits, les deux-points et les guillemets."),
    "anchor": gettext_lazy("Les ancres et les renvois (& et *) ne sont pas acceptés : recopiez le texte."),
    "tag": gettext_lazy("Les étiquettes de type (!) ne sont pas acceptées."),
    "too_deep": gettext_lazy("Il y a trop de niveaux les uns dans les autres."),
    "key": gettext_lazy("Une clé est un mot, pas une liste."),
    "twice": gettext_lazy("« {given} » est écrit deux fois."),
    "number": gettext_lazy("Ce nombre est trop grand."),
}
OF_CONDITION: dict[str, str | Promise] = {
    "too_deep": gettext_lazy("Cette condition a trop de niveaux."),
    "too_many": gettext_lazy("Cette condition a trop de parties : 50 au plus."),
    "one_key": gettext_lazy("Une condition a une seule clé. Par exemple : « role: holder »."),
    "unknown_condition": gettext_lazy("La condition « {given} » n’existe pas."),
    "list": gettext_lazy("Il faut une liste de conditions."),
    "map": gettext_lazy("Il faut des clés et leurs valeurs."),
    "unknown_key": gettext_lazy("« {given} » n’est pas connu ici."),
    "unknown_value": gettext_lazy("« {given} » n’est pas une valeur possible ici."),
    "number": gettext_lazy("Il faut un nombre entier, pas « {given} »."),
    "bounds_crossed": gettext_lazy("Le minimum dépasse le maximum."),
    "no_bound": gettext_lazy("Il manque « at_least » ou « at_most »."),
    "day_of_year": gettext_lazy("Il faut un jour de l’année, mois puis jour. Par exemple : « 12-31 »."),
    "unknown_notion": gettext_lazy("La notion « {given} » n’existe pas."),
    "right": gettext_lazy("Il faut le code d’un droit. Par exemple : « R02 »."),
    "key": gettext_lazy("Il faut la clé d’une question : minuscules, chiffres et _."),
    "empty": gettext_lazy("Il manque une valeur."),
    "yes_no": gettext_lazy("Il faut true ou false."),
    "one_operator": gettext_lazy("Il faut une comparaison et une seule : is, one_of, filled, at_least…"),
    "list_of_texts": gettext_lazy("Il faut une liste de textes."),
    "scalar": gettext_lazy("Il faut un texte, un nombre, true ou false."),
    "date": gettext_lazy("Il faut une date. Par exemple : « 2026-12-31 », ou « today »."),
}
KINDS: dict[str, str | Promise] = {
    "object": gettext_lazy("des clés et leurs valeurs"),
    "array": gettext_lazy("une liste"),
    "string": gettext_lazy("un texte"),
    "integer": gettext_lazy("un nombre entier"),
    "boolean": gettext_lazy("true ou false"),
}
QUOTED = 60


def of_text(code: str, given: str) -> str:
    return str(OF_TEXT[code]).format(given=given)


def of_condition(problem: criteria.Problem) -> str:
    return str(OF_CONDITION[problem.code]).format(given=problem.given)


def place_of(error: Any) -> Path:
    """Of a key that is not known, the key itself."""
    path = tuple(error.absolute_path)
    unknown = _unknown(error)
    return (*path, unknown[0]) if unknown else path


def of_schema(error: Any) -> str:
    """jsonschema's own words are English, and quote all that they refuse."""
    say = OF_SCHEMA.get(error.validator)
    return say(error) if say else _("« {name} » n’est pas écrit comme il faut.").format(name=_name(error))


def _name(error: Any) -> str:
    path = [str(part) for part in error.absolute_path if not isinstance(part, int)]
    return path[-1] if path else _("la définition")


def _unknown(error: Any) -> list[str]:
    if error.validator == "additionalProperties":
        return sorted(set(error.instance) - set(error.schema.get("properties", {})))
    if error.validator == "enum" and "propertyNames" in error.absolute_schema_path:
        return [str(error.instance)]
    return []


def _required(error: Any) -> str:
    missing = [name for name in error.validator_value if name not in error.instance]
    return _("Il manque « {name} ».").format(name=", ".join(missing))


def _additional(error: Any) -> str:
    return _("« {name} » n’est pas connu ici.").format(name=", ".join(_unknown(error))[:QUOTED])


def _type(error: Any) -> str:
    wanted = error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
    kinds = _(" ou ").join(str(KINDS.get(kind, kind)) for kind in wanted)
    return _("« {name} » : il faut {kind}.").format(name=_name(error), kind=kinds)


def _one_of(error: Any) -> str:
    if _unknown(error):
        return _("« {name} » ne va pas avec ce type de champ.").format(name=str(error.instance)[:QUOTED])
    known = ", ".join(str(value) for value in error.validator_value)
    text = _("« {given} » n’est pas une valeur possible de « {name} » : {known}.")
    return text.format(given=str(error.instance)[:QUOTED], name=_name(error), known=known)


def _shape(error: Any) -> str:
    return _("« {name} » n’a pas la bonne forme : {given}").format(
        name=_name(error), given=str(error.instance)[:QUOTED]
    )


def _length(error: Any) -> str:
    return _("« {name} » est trop long : {most} caractères au plus.").format(
        name=_name(error), most=error.validator_value
    )


def _too_few(error: Any) -> str:
    return _("« {name} » est vide.").format(name=_name(error))


def _too_many(error: Any) -> str:
    return _("« {name} » en compte trop : {most} au plus.").format(name=_name(error), most=error.validator_value)


def _bound(error: Any) -> str:
    return _("« {name} » : {given} est hors des limites.").format(name=_name(error), given=str(error.instance)[:QUOTED])


OF_SCHEMA: dict[str, Callable[[Any], str]] = {
    "required": _required,
    "additionalProperties": _additional,
    "type": _type,
    "enum": _one_of,
    "pattern": _shape,
    "maxLength": _length,
    "minLength": _too_few,
    "minItems": _too_few,
    "minProperties": _too_few,
    "maxItems": _too_many,
    "maxProperties": _too_many,
    "minimum": _bound,
    "maximum": _bound,
}
