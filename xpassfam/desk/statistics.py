"""The figures as a page shows them: the finding first, the plot, its table, the same as CSV."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xpassfam.desk import figures, plots
from xpassfam.desk.figures import Age, Pace, Refusals, Week
from xpassfam.filings import promise
from xpassfam.filings.models import AskedAgain
from xpassfam.organisation.calendar import is_working
from xpassfam.rules.time_limits import Delay, Unit
from xpassfam.ui import words


@dataclass(frozen=True)
class Figure:
    """`name` is that of its CSV; `headings` and `table` say all that the plot shows."""

    name: str
    title: str
    finding: str
    headings: Sequence[str]
    table: Sequence[Sequence[str | int]]
    slots: list[plots.Slot] = field(default_factory=list)
    bars: list[plots.Bar] = field(default_factory=list)
    keys: Sequence[str] = ()
    height: int = plots.HEIGHT


def every(*, on: date) -> list[Figure]:
    """Ten queries."""
    return [
        volumes(figures.weeks(on=on)),
        delays(figures.paces(on=on, is_working=is_working)),
        reasons(figures.refusals(on=on)),
        backlog(figures.ages(on=on)),
        asked_again(promise.by_month(on=on)),
    ]


def volumes(weeks: list[Week]) -> Figure:
    received, decided = sum(week.received for week in weeks), sum(week.decided for week in weeks)
    return Figure(
        "volumes",
        _("Reçues et décidées, par semaine"),
        _("En {n} semaines, reçues : {received}, décidées : {decided}.").format(
            received=received, decided=decided, n=len(weeks)
        ),
        [_("Semaine du"), _("Reçues"), _("Décidées")],
        [[words.full_day(week.monday), week.received, week.decided] for week in weeks],
        slots=plots.columns(
            [f"{week.monday:%d/%m}" for week in weeks],
            [week.received for week in weeks],
            [week.decided for week in weeks],
        ),
        keys=[_("reçues"), _("décidées")],
    )


def delays(paces: list[Pace]) -> Figure:
    late = [pace for pace in paces if _is_broken(pace)]
    count, judged = sum(pace.count for pace in paces), sum(pace.judged for pace in paces)
    finding = _("Toutes les démarches jugées tiennent leur promesse 9 fois sur 10.")
    if late:
        finding = ngettext(
            "{n} démarche ne tient pas sa promesse 9 fois sur 10 : {titles}.",
            "{n} démarches ne tiennent pas leur promesse 9 fois sur 10 : {titles}.",
            len(late),
        ).format(n=len(late), titles=", ".join(pace.title for pace in late))
    measured = _("Décisions jugées : {judged} sur {count}.").format(judged=judged, count=count)
    if not judged:
        finding, measured = _("Aucune de ces décisions n’avait de délai promis : aucune n’est jugée."), ""
    return Figure(
        "delais",
        _("Délais par démarche, en jours ouvrés, sans l’attente de la famille"),
        f"{finding} {measured}".strip() if paces else _("Aucune décision dans ces semaines."),
        [_("Démarche"), _("Décisions"), _("La moitié en"), _("9 sur 10 en"), _("Promis"), _("Dans le délai")],
        [[pace.title, pace.count, pace.median, pace.ninth, _promised(pace.promise), _kept(pace)] for pace in paces],
        bars=plots.bars([(pace.title, _pace_in_words(pace), pace.median, pace.ninth, _mark(pace)) for pace in paces]),
        keys=[_("la moitié"), _("9 sur 10"), _("le trait : le délai promis")],
        height=plots.LINE * max(len(paces), 1),
    )


def reasons(refused: list[Refusals]) -> Figure:
    first = refused[0] if refused else None
    return Figure(
        "refus",
        _("Refus par motif"),
        _("Premier motif : {sentence} ({n} fois).").format(sentence=first.sentence.rstrip("."), n=first.count)
        if first
        else _("Aucun refus dans ces semaines."),
        [_("Code"), _("Motif"), _("Refus")],
        [[one.code, one.sentence, one.count] for one in refused],
        bars=plots.bars([(f"{one.code} – {one.sentence}", str(one.count), one.count, None, None) for one in refused]),
        height=plots.LINE * max(len(refused), 1),
    )


def backlog(ages: list[Age]) -> Figure:
    waiting, old = sum(age.count for age in ages), sum(age.count for age in ages if age.since >= figures.AGES[2])
    return Figure(
        "attente",
        _("Ce qui attend, par ancienneté"),
        _("Nous attendent : {n}, dont depuis 30 jours ou plus : {old}.").format(n=waiting, old=old),
        [_("Envoyées depuis"), _("Demandes")],
        [[_age_in_words(age), age.count] for age in ages],
        slots=plots.columns([_age_in_words(age) for age in ages], [age.count for age in ages]),
    )


def asked_again(months: list[AskedAgain]) -> Figure:
    pieces, again = sum(one.pieces for one in months), sum(one.again for one in months)
    finding = _("Rien n’est encore mesuré : la mesure se fait chaque nuit.")
    if months:
        finding = _("En {n} mois, redemandées alors qu’elles étaient valables : {again} sur {pieces} données.").format(
            n=len(months), again=again, pieces=pieces
        )
    return Figure(
        "redemandees",
        _("Pièces redemandées, par mois"),
        finding,
        [_("Mois"), _("Pièces données"), _("Redemandées"), _("Pour cent pièces")],
        [[f"{one.month:%m/%Y}", one.pieces, one.again, _share(one)] for one in months],
        slots=plots.columns([f"{one.month:%m/%y}" for one in months], [one.again for one in months]) if months else [],
    )


def _share(month: AskedAgain) -> str:
    """« 1,4 »; nothing where nothing was given."""
    kept = promise.Kept(month.pieces, month.again)
    return number_format(kept.share, decimal_pos=1) if month.pieces else ""


def _is_broken(pace: Pace) -> bool:
    """Fewer than nine in ten of those that had a promise were answered in time."""
    return pace.kept * 10 < pace.judged * 9


def _mark(pace: Pace) -> int | None:
    """A promise in months or days is judged, but not drawn over working days."""
    promise = pace.promise
    return promise.count if promise and promise.unit is Unit.WORKING_DAYS else None


def _kept(pace: Pace) -> str:
    return _("{kept} sur {judged}").format(kept=pace.kept, judged=pace.judged) if pace.judged else ""


def _promised(promise: Delay | None) -> str:
    if promise is None:
        return ""
    if promise.unit is Unit.MONTHS:
        return ngettext("{n} mois", "{n} mois", promise.count).format(n=promise.count)
    if promise.unit is Unit.DAYS:
        return ngettext("{n} jour", "{n} jours", promise.count).format(n=promise.count)
    return ngettext("{n} jour ouvré", "{n} jours ouvrés", promise.count).format(n=promise.count)


def _pace_in_words(pace: Pace) -> str:
    return _("la moitié en {median}, 9 sur 10 en {ninth}").format(median=pace.median, ninth=pace.ninth)


def _age_in_words(age: Age) -> str:
    if age.below is None:
        return _("{n} jours et plus").format(n=age.since)
    return _("{since} à {until} jours").format(since=age.since, until=age.below - 1)
