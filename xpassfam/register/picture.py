"""An import as its page shows it: in numbers and sentences."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xpassfam.register import waiting
from xpassfam.register.models import Import, LikelyDuplicate, Refusal
from xpassfam.register.report import KINDS, MOST_CLOSED

SHOWN = 50
State = Import.State


@dataclass(frozen=True)
class Line:
    """One kind of fact: how many are created, changed, closed, already right, and what part of the register."""

    label: str
    created: int
    changed: int
    closed: int
    same: int
    percent: str


class Picture:
    def __init__(self, record: Import) -> None:
        self.record = record

    @property
    def is_under_way(self) -> bool:
        return self.record.state in (State.TRYING, State.IMPORTING)

    @property
    def may_stop(self) -> bool:
        """Brought by the page, and nobody asked yet."""
        return self.is_under_way and bool(self.record.folder) and not self.is_stopping

    @property
    def is_stopping(self) -> bool:
        return waiting.is_to_stop(self.record.folder)

    @property
    def is_waiting(self) -> bool:
        """For an answer: its files are still there."""
        return self.record.state == State.TRIED and bool(self.record.folder)

    @property
    def holds_something(self) -> bool:
        """Of which the register can be made: else there is nothing to say yes to."""
        return bool(self.created or self.changed or self.closed or self.same or self.codes)

    @property
    def may_restart(self) -> bool:
        return self.record.state == State.STOPPED and bool(self.record.folder)

    @property
    def tag(self) -> tuple[str, str]:
        return {
            State.TRYING: ("wait", _("Lecture en cours")),
            State.TRIED: ("info", _("Essai à blanc")),
            State.IMPORTING: ("wait", _("Import en cours")),
            State.DONE: ("ok", _("Importé")),
            State.STOPPED: ("no", _("Arrêté, rien n’est écrit")),
            State.GIVEN_UP: ("soft", _("Abandonné")),
        }[State(self.record.state)]

    @property
    def title(self) -> str:
        return ", ".join(self.record.files) or _("Import")

    @cached_property
    def lines(self) -> list[Line]:
        counts = self.record.counts
        labels = dict(zip(KINDS, (_("Foyers"), _("Personnes"), _("Rattachements"), _("Accès")), strict=True))
        lines = []
        for kind, label in labels.items():
            created, changed, closed = (self._count(what, kind) for what in ("created", "changed", "closed"))
            touched, before = created + changed + closed, counts.get("before", {}).get(kind, 0)
            part = _("nouveau") if touched > before > 0 else _percent(touched, before)
            lines.append(Line(label, created, changed, closed, self._count("same", kind), part))
        return lines

    def _count(self, what: str, kind: str) -> int:
        return int(self.record.counts.get(what, {}).get(kind, 0))

    def _total(self, what: str) -> int:
        return sum(self._count(what, kind) for kind in KINDS)

    @property
    def created(self) -> int:
        return self._total("created")

    @property
    def changed(self) -> int:
        return self._total("changed")

    @property
    def closed(self) -> int:
        return self._total("closed")

    @property
    def same(self) -> int:
        return self._total("same")

    @property
    def codes(self) -> int:
        return int(self.record.counts.get("codes", 0))

    @property
    def refused(self) -> int:
        return int(self.record.counts.get("refused", 0))

    @cached_property
    def refusals(self) -> list[Refusal]:
        return list(self.record.refusals.all()[:SHOWN])

    @property
    def more_refusals(self) -> int:
        return self.refused - len(self.refusals)

    @cached_property
    def duplicates(self) -> list[tuple[LikelyDuplicate, str]]:
        words = {
            LikelyDuplicate.Reason.NAME: _("mêmes noms, même date de naissance"),
            LikelyDuplicate.Reason.EMAIL: _("même adresse e-mail, même date de naissance"),
            LikelyDuplicate.Reason.SLIP: _("noms à une lettre près, même date de naissance"),
        }
        return [(pair, words[LikelyDuplicate.Reason(pair.reason)]) for pair in self.record.duplicates.all()]

    @property
    def is_much(self) -> bool:
        return self.record.closed_percent > MOST_CLOSED

    @property
    def most_closed(self) -> int:
        return MOST_CLOSED

    @property
    def closed_part(self) -> str:
        return _percent(self.record.closed_percent, 100)

    @property
    def closed_sentence(self) -> str:
        """What a confirmation says yes to."""
        persons, homes = self._count("closed", "person"), self._count("closed", "household")
        closed = [
            ngettext("{n} personne", "{n} personnes", persons).format(n=persons) if persons else "",
            ngettext("{n} foyer", "{n} foyers", homes).format(n=homes) if homes else "",
        ]
        return _("Oui, fermer {closed}.").format(closed=_(" et ").join(filter(None, closed)) or _("ces accès"))

    @cached_property
    def compared(self) -> str:
        """By how much compared with the last import."""
        last: Any = self.record.before
        if last is None:
            return _("C’est le premier import : il n’y a rien à comparer.")
        before = Picture(last)
        sentence = _("La dernière fois : {created} créations, {changed} modifications, {closed} fermetures ({part}).")
        return sentence.format(
            created=before.created, changed=before.changed, closed=before.closed, part=before.closed_part
        )


def _percent(part: float, whole: float) -> str:
    """`0,07 %`; nothing where there was nothing."""
    if not whole:
        return "–"
    share = 100 * part / whole
    text = f"{share:.0f}" if share >= 10 else f"{share:.2f}".rstrip("0").rstrip(".")
    return f"{text.replace('.', ',')}\u00a0%"
