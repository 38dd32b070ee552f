"""The history as people read it: days, who, what, from where."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from xpassfam.accounts.history import CONTESTATION_CLOSED, CONTESTATION_READ, LINE_CONTESTED, SIGNED_IN, SIGNED_IN_ANEW
from xpassfam.dashboard.circle import Circle
from xpassfam.entitlements.history import CHANGED as RIGHTS_CHANGED
from xpassfam.journal.kinds import Audience
from xpassfam.journal.models import Line
from xpassfam.journal.pages import Key
from xpassfam.journal.reading import on_behalf, sentence, values_of, words_of
from xpassfam.organisation.models import current
from xpassfam.ui import words

ICONS = {"family": "user-round", "agent": "landmark", "administrator": "landmark"}
AGENTS = ("agent", "administrator")
# One does not contest what one said oneself of a contested line.
UNCONTESTABLE = {LINE_CONTESTED.code, CONTESTATION_READ.code, CONTESTATION_CLOSED.code}
SIGN_INS = {SIGNED_IN.code, SIGNED_IN_ANEW.code}
STANDS_OUT = timedelta(days=7)


@dataclass(frozen=True)
class Row:
    """A line, in words. `key` names it in an address; `may_contest` where « Ce n’est pas moi » makes sense."""

    at: datetime
    who: str
    what: str
    for_whom: str
    concerns: str
    before: str
    after: str
    device: str
    icon: str
    key: str
    may_contest: bool
    is_contested: bool
    stands_out: bool
    file_url: str = ""  # what the line keeps besides its words


@dataclass(frozen=True)
class Reading:
    """Who reads: the account, the persons whose names they may know, when."""

    me: str
    circle: Circle
    at: datetime
    contested: Container[str] = ()
    began_at: datetime | None = None  # when the session of this very page was opened

    def row(self, line: Line) -> Row:
        known, (before, after) = words_of(line), values_of(line)
        is_mine = bool(line.actor) and line.actor == self.me
        is_contested = line.hash in self.contested
        text, device = sentence(line), str(known.get("device", ""))
        # From which device the others of the household act is their own affair.
        is_of_another = line.actor_kind == "family" and not is_mine
        shows_device = (is_mine or line.audience == Audience.SELF) and not is_of_another and device not in text
        # The sign-in that opened this very session: there is nothing to report.
        is_here = is_mine and line.kind in SIGN_INS and line.at == self.began_at
        is_new = line.kind == SIGNED_IN_ANEW.code and not is_here and self.at - line.at < STANDS_OUT
        return Row(
            at=line.at,
            who=_("En votre nom")
            if is_new and is_mine
            else on_behalf(self._who(line, str(known.get("actor", "")), is_mine), line),
            what=text,
            for_whom=self._for_whom(line),
            concerns=self._concerns(line),
            before=before,
            after=after,
            device=_("Cet appareil, en ce moment") if is_here else device if shows_device else "",
            icon="circle-alert" if is_new else ICONS.get(line.actor_kind, "refresh-cw"),
            key=str(Key.of(line)),
            may_contest=is_mine and not is_here and not is_contested and line.kind not in UNCONTESTABLE,
            is_contested=is_contested,
            stands_out=is_new and is_mine and not is_contested,
            file_url=_file_url(line) if "trace" in known else "",
        )

    def _who(self, line: Line, name: str, is_mine: bool) -> str:
        if is_mine:
            return _("Vous")
        if line.actor_kind in AGENTS:
            known = name if current().agents_are_named else ""
            return _("%(name)s, pour l’organisation") % {"name": known or _("Un agent")}
        if line.actor_kind == "family":
            return name or _("Une personne du foyer")
        return _("Quelqu’un, sans connexion") if line.actor_kind == "visitor" else _("Le portail")

    def _for_whom(self, line: Line) -> str:
        """The first name of whom it concerns, where that is not oneself."""
        concerned = self.circle.concerned(line.person)
        return concerned.first_name if concerned and not concerned.is_self else ""

    def _concerns(self, line: Line) -> str:
        """Whom, in a table, where nothing goes without saying; empty for the whole home, or somebody out of sight."""
        concerned = self.circle.concerned(line.person)
        is_self = concerned.is_self if concerned else not line.person and line.account == self.me
        return _("Vous") if is_self else concerned.name if concerned else ""


def _file_url(line: Line) -> str:
    return reverse("entitlements:change", args=[str(Key.of(line))]) if line.kind == RIGHTS_CHANGED.code else ""


def by_day(shown: Iterable[Row], *, today: date) -> list[tuple[str, list[Row]]]:
    """« Aujourd’hui, lundi 23 novembre » and its rows, day by day."""
    days = groupby(shown, key=lambda row: timezone.localdate(row.at))
    return [(_named(day, today), list(group)) for day, group in days]


def _named(day: date, today: date) -> str:
    if day == today:
        return _("Aujourd’hui, %(day)s") % {"day": words.day(day)}
    if day == today - timedelta(days=1):
        return _("Hier, %(day)s") % {"day": words.day(day)}
    return capfirst(words.day(day))
