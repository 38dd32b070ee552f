"""Texts, amounts and limits of a rule, changed without code: the same tree, with other words and numbers."""

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from xpassfam.definitions.trees import Tree
from xpassfam.definitions.yaml_text import Path
from xpassfam.entitlements.wording.codes import in_words


@dataclass(frozen=True)
class Place:
    """Something that may be changed. `most`: how long a text may be; 0 for a number."""

    path: Path
    label: str
    most: int = 0

    @property
    def name(self) -> str:
        """As a field of a form."""
        return "-".join(map(str, self.path))


def places_of(tree: Tree) -> list[Place]:
    """Of a right, or of what rules share."""
    return list(_of_vocabulary(tree) if "brackets" in tree else _of_right(tree))


def value_at(tree: Tree, path: Path) -> Any:
    for part in path:
        tree = tree[part]
    return tree


def changed(tree: Tree, values: Mapping[Path, Any]) -> Tree:
    """Another tree, with these values at these places."""
    new = copy.deepcopy(tree)
    for path, value in values.items():
        value_at(new, path[:-1])[path[-1]] = value
    return new


def _of_right(tree: Tree) -> Iterator[Place]:
    yield Place(("title",), _("Titre"), 80)
    yield Place(("summary",), _("En bref"), 300)
    yield Place(("law",), _("Texte de référence"), 200)
    amount = tree.get("amount", {})
    if "value" in amount:
        yield Place(("amount", "value"), _("Montant"))
    for name in amount.get("by_bracket", {}):
        yield Place(("amount", "by_bracket", name), _("Montant, tranche {name}").format(name=name))
    for number, step in enumerate(amount.get("steps", ())):
        yield Place(("amount", "steps", number, "value"), _("Montant à partir de {n}").format(n=step["count"]))
    if "ceiling" in amount:
        yield Place(("amount", "ceiling"), _("Plafond par an"))
    texts = tree["texts"]
    yield Place(("texts", "yes"), _("Quand c’est oui"), 400)
    for code in texts.get("no", {}):
        yield Place(("texts", "no", code), _("Quand c’est non : {code}").format(code=in_words(code)), 400)
    for code in texts.get("unknown", {}):
        yield Place(("texts", "unknown", code), _("Quand il manque {code}").format(code=in_words(code)), 400)
    if "how" in texts:
        yield Place(("texts", "how"), _("Comment faire"), 400)
    if "renewal" in tree:
        yield Place(("renewal",), _("Renouvellement"), 300)


def _of_vocabulary(tree: Tree) -> Iterator[Place]:
    yield Place(("law",), _("Texte de référence"), 200)
    if "income_months" in tree:
        yield Place(("income_months",), _("Mois pendant lesquels un quotient familial est récent"))
    for number, bracket in enumerate(tree["brackets"]):
        if "until" in bracket:
            yield Place(
                ("brackets", number, "until"), _("Limite de la tranche {name}, en euros").format(name=bracket["name"])
            )
    labels = {"label": (_("titre"), 80), "why": (_("pourquoi"), 300), "yes": (_("oui"), 200), "no": (_("non"), 200)}
    for number, notion in enumerate(tree.get("notions", ())):
        for key, (label, most) in labels.items():
            text = _("Notion {name} : {label}").format(name=notion["name"], label=label)
            yield Place(("notions", number, key), text, most)


def in_step(tree: Tree) -> Tree:
    """Each bracket begins where the one before ends."""
    new = copy.deepcopy(tree)
    for before, after in zip(new.get("brackets", ()), new.get("brackets", ())[1:], strict=False):
        after["above"] = before["until"]
    return new
