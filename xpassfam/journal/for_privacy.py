"""The history of a person, who opened their file, and the words that time takes from it."""

from collections.abc import Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xpassfam.journal import forgetting, pages
from xpassfam.journal.actions import Actor
from xpassfam.journal.kinds import KINDS, kept_as
from xpassfam.journal.models import Line, Reader
from xpassfam.journal.reading import on_behalf, sentence, values_of, words_of
from xpassfam.organisation.models import current
from xpassfam.rules import retention
from xpassfam.rules.retention import Retention
from xpassfam.ui import words
from xpassfam.ui.own_data import Category, Held, Part, Rule

SYSTEM = Actor(kind="system")
STAFF = ("agent", "administrator")
MOST_LINES = 300  # on paper: the rest is in the data


def categories() -> list[Category]:
    organisation = current()
    return [
        Category(
            "history",
            title=_("Votre historique"),
            what=_("Ce qui est fait dans votre compte et votre dossier : par qui, quand, avant et après."),
            why=_("En garder la preuve, pour vous comme pour nous."),
            kept=_("Connexions : {log} mois. Reste du détail : {file} mois.").format(
                log=organisation.log_months, file=organisation.history_months
            ),
            seen_by=_("Vous, votre foyer pour ce qui est commun, et nos agents pour le dossier."),
            source=_("L’usage du portail."),
        ),
        Category(
            "consultations",
            title=_("Qui a ouvert votre dossier"),
            what=_("Chaque ouverture par un agent : date, agent, ce qui a été lu."),
            why=_("Que vous sachiez qui vous a lu."),
            kept=_("{months} mois.").format(months=organisation.consultation_months),
            seen_by=_("Vous et votre foyer."),
            source=_("L’usage du portail par nos équipes."),
            basis=_("Sécurité des données, une obligation légale (article 32 du RGPD)"),
        ),
    ]


def held(account: str, accesses: Sequence[Reader]) -> list[Held]:
    """Two queries a home."""
    lines, read = 0, 0
    for access in accesses[:1]:
        mine = Line.objects.visible_to(access)
        lines += mine.count()
        read += mine.filter(actor_kind__in=STAFF, kind__in=kept_as(retention.CONSULTATIONS)).count()
    history, consultations = categories()
    url = "/mon-compte/historique/"
    return [
        Held(history, lines, (), _("Lire mon historique"), url),
        Held(consultations, read, (), _("Voir qui a ouvert mon dossier"), f"{url}?qui=agents"),
    ]


def parts(account: str, accesses: Sequence[Reader]) -> list[Part]:
    rows, opened = [], []
    for line in _lines(accesses):
        kind = KINDS.get(line.kind)
        if kind and not kind.is_taken_away:
            continue
        row = _row(line, account)
        rows.append(row)
        if line.actor_kind in STAFF and kind and kind.kept == retention.CONSULTATIONS:
            opened.append({"at": row["at"], "by": row["by"], "what": row["what"]})
    return [Part("history", rows, _shown(rows)), Part("consultations", opened, _shown(opened))]


def _lines(accesses: Sequence[Reader]) -> list[Line]:
    found = {line.pk: line for access in accesses for line in pages.every(pages.readable(access), pages.Wanted())}
    return sorted(found.values(), key=lambda line: line.at, reverse=True)


def _row(line: Line, account: str) -> dict[str, Any]:
    """As the page of the history has it: who of the organisation is named where it names its agents; from which
    device the others of the home act is their own affair.
    """
    known, (before, after) = words_of(line), values_of(line)
    kind = KINDS.get(line.kind)
    is_mine = line.actor == account
    return {
        "at": words.iso(line.at),
        "by": on_behalf(_who(line, str(known.get("actor", "")), is_mine=is_mine), line),
        "kind": (kind.told_as if kind else "") or line.kind,
        "what": sentence(line),
        "before": before,
        "after": after,
        "device": str(known.get("device", "")) if is_mine else "",
    }


def _who(line: Line, name: str, *, is_mine: bool) -> str:
    if is_mine:
        return _("Vous")
    if line.actor_kind in STAFF:
        return (name if current().agents_are_named else "") or _("Un agent")
    if line.actor_kind == "family":
        return name or _("Une personne du foyer")
    return _("Quelqu’un, sans connexion") if line.actor_kind == "visitor" else _("Le portail")


def _shown(rows: Sequence[dict[str, Any]]) -> list[tuple[str, str]]:
    shown = [
        (words.full_day(datetime.fromisoformat(row["at"])), _("{who} : {what}").format(who=row["by"], what=row["what"]))
        for row in islice(rows, MOST_LINES)
    ]
    if len(rows) > MOST_LINES:
        left = len(rows) - MOST_LINES
        shown.append((_("Et avant"), _("{n} lignes de plus, dans donnees.json").format(n=left)))
    return shown


def erase(scopes: Sequence[str], *, at: datetime) -> int:
    """All the words of these chains, whatever their age: whom they speak of has left. The lines stay."""
    return sum(forgetting.forget(scope, family, before=at, by=SYSTEM, at=at) for scope in scopes for family in FAMILIES)


FAMILIES = retention.FAMILIES


def _rule(family: Retention, title: Any, basis: Any) -> Rule:
    """Its months are the organisation's own setting, and end with a month: see `rules.retention`."""

    def due(_before: datetime, now: datetime) -> int:
        limit = forgetting.limit_of(family, at=now)
        return Line.objects.filter(kind__in=kept_as(family), at__lt=limit, payload__isnull=False).count()

    def purge(_before: datetime, now: datetime) -> int:
        return forgetting.forget_past(family, by=SYSTEM, at=now)

    low, high = family.least, family.most
    return Rule(f"history_{family.code}", title, basis, due, purge, usual=family.usual, least=low, most=high)


RULES = (
    _rule(
        retention.SIGN_INS,
        gettext_lazy("Historique : connexions, mots de passe"),
        gettext_lazy("CNIL, délibération 2021-122"),
    ),
    _rule(
        retention.CONSULTATIONS,
        gettext_lazy("Historique : consultations par les agents"),
        gettext_lazy("CNIL, délibération 2021-122 ; RGPD, article 15"),
    ),
    _rule(
        retention.FILE,
        gettext_lazy("Historique : vie du dossier"),
        gettext_lazy("Prescription de cinq ans (code civil, article 2224)"),
    ),
)
