"""Criteria that the law forbids, or that courts have refused.

The language has no word for seniority, a contract, nationality or a union. Some of its words, a document asked for or
a text can still stand for them: each way is one line of a table, with its source. A works council is refused; others
are warned, for what is forbidden to a works council is a risk for them.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xpassfam.definitions.yaml_text import Path
from xpassfam.entitlements.linting.finding import Finding, nodes_of
from xpassfam.rules.criteria import Activity, Criterion, Paper, Role
from xpassfam.rules.identifiers import fold
from xpassfam.rules.visibility import COUPLE_ROLES

WORKS_COUNCIL = "cse"
AT_WORK = frozenset({"employed", "training", "job_seeking", "at_home", "retired"})

SENIORITY = gettext_lazy("Cass. soc., 3 avril 2024, n° 22-16.812 ; 12 mars 2025, n° 23-21.223")
EQUALITY = gettext_lazy("Code du travail, art. L1132-1 ; code pénal, art. 225-1")
WORK = gettext_lazy("Code du travail, art. L2312-78 et L3123-5")


@dataclass(frozen=True)
class Ban:
    why: str | Promise
    source: str | Promise


OF_WORK = Ban(gettext_lazy("l’emploi, le contrat ou le temps de travail"), WORK)
OF_STATUS = Ban(gettext_lazy("la situation de couple en elle-même"), EQUALITY)
OF_NATIONALITY = Ban(gettext_lazy("la nationalité"), EQUALITY)
OF_SENIORITY = Ban(gettext_lazy("l’ancienneté"), SENIORITY)
OF_UNION = Ban(gettext_lazy("l’appartenance à un syndicat"), EQUALITY)

PAPERS = {"identity": OF_NATIONALITY, "proof_of_life_together": OF_STATUS}
OF_ATOMS: tuple[tuple[Callable[[Criterion], bool], Ban], ...] = (
    (lambda one: isinstance(one, Role) and len(COUPLE_ROLES.intersection(one.one_of)) == 1, OF_STATUS),
    (lambda one: isinstance(one, Activity) and bool(AT_WORK.intersection(one.one_of)), OF_WORK),
)
# As folded text has them.
WORDS: tuple[tuple[str, Ban], ...] = (
    ("anciennete", OF_SENIORITY),
    ("nationalite", OF_NATIONALITY),
    ("de nationalite", OF_NATIONALITY),
    ("cdi", OF_WORK),
    ("cdd", OF_WORK),
    ("temps partiel", OF_WORK),
    ("temps plein", OF_WORK),
    ("syndique", OF_UNION),
    ("syndiques", OF_UNION),
    ("syndicat", OF_UNION),
    ("maries", OF_STATUS),
    ("celibataire", OF_STATUS),
    ("celibataires", OF_STATUS),
)


def of_criterion(criterion: Criterion, path: Path, *, profile: str) -> Iterator[Finding]:
    for place, node in nodes_of(criterion, path):
        bans = [ban for is_such, ban in OF_ATOMS if is_such(node)]
        if isinstance(node, Paper) and node.kind in PAPERS:
            bans.append(PAPERS[node.kind])
        yield from (_finding(place, ban, profile=profile) for ban in bans)


def of_texts(texts: Iterable[tuple[Path, str]], *, profile: str) -> Iterator[Finding]:
    """What a rule does not look at, and its texts announce."""
    for path, text in texts:
        folded = f" {fold(text)} "
        bans = dict.fromkeys(ban for word, ban in WORDS if f" {word} " in folded)
        yield from (_finding(path, ban, profile=profile, is_text=True) for ban in bans)


def _finding(path: Path, ban: Ban, *, profile: str, is_text: bool = False) -> Finding:
    is_refused = profile == WORKS_COUNCIL
    if is_text:
        said = _("Ce texte parle d’un critère interdit : {why}.")
    elif is_refused:
        said = _("Un CSE ne peut pas faire dépendre un droit de ce critère : {why}.")
    else:
        said = _("Ce critère est risqué : {why}. Un CSE n’y a pas droit ; demandez l’avis d’un juriste.")
    return Finding(path, said.format(why=ban.why), source=str(ban.source), is_refused=is_refused)
