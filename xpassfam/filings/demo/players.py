"""Who files and who decides in the demo, and what each does, in a few words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from xpassfam.accounts.models import Account
from xpassfam.documents.actions import giving, uploading
from xpassfam.documents.kinds import About, kind_of
from xpassfam.filings.actions import deciding, drafting, examining, sending
from xpassfam.filings.demo import specimens
from xpassfam.filings.models import Decision, Filing, Piece
from xpassfam.journal.actions import Actor
from xpassfam.people.access import ActingAccess, choose, for_account
from xpassfam.people.models import Household, Person
from xpassfam.procedures.models import Version
from xpassfam.vault.models import File

AGENTS = ("nadia.ferrand", "olivier.marchal", "claire.delaunay")
DOMAIN = "@solidarite-estuaire.example"
PROCEDURES = {"D01", "D02", "D05", "D06", "D07", "D08", "D09", "D10", "D11", "D12", "D14", "F04"}
Answers = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Family:
    """One adult of a home, and what they may do there today."""

    person: Person
    access: ActingAccess
    actor: Actor

    @property
    def home(self) -> Household:
        return Household.objects.get(pk=self.access.household_id)


@dataclass
class Cast:
    now: datetime
    versions: Mapping[str, Version]
    nadia: Account
    olivier: Account
    claire: Account
    specimen: File
    keys: Any = field(default_factory=lambda: count(1))

    @classmethod
    def meet(cls, *, at: datetime) -> "Cast | None":
        """None where somebody of the demo is not there: an organisation that has its own people and procedures."""
        versions = {one.procedure.code: one for one in Version.objects.select_related("procedure").order_by("number")}
        agents = {one.email: one for one in Account.objects.filter(email__endswith=DOMAIN)}
        emails = [f"{name}{DOMAIN}" for name in AGENTS]
        if not set(versions) >= PROCEDURES or not set(agents) >= set(emails):
            return None
        nadia, olivier, claire = (agents[email] for email in emails)
        return cls(at, versions, nadia, olivier, claire, specimens.receive(at=at))

    def ago(self, days: float) -> datetime:
        """In the morning of that day, or now where it is today."""
        if days < 1:
            return self.now - timedelta(days=days)
        return (timezone.localtime(self.now) - timedelta(days=days)).replace(hour=10, minute=int(days * 7) % 60)

    def key(self) -> str:
        return f"demo-{next(self.keys)}"

    def family(self, email: str, *, days: float = 0) -> Family | None:
        """As they are today, or were so many days ago."""
        account = Account.objects.select_related("person").filter(email=email).first()
        access = account and choose(for_account(account, on=timezone.localdate(self.ago(days))))
        if not account or not account.person or not access:
            return None
        return Family(account.person, access, account.actor)

    def draft(self, who: Family, code: str, answers: Answers, *, days: float, **more: Any) -> Filing:
        """`answers`: by section."""
        at = self.ago(days)
        draft = drafting.start(self.versions[code], access=who.access, start_key=self.key(), at=at, **more)
        for section, given in answers.items():
            drafting.save(draft, section=section, answers=given, seen=0, access=who.access, at=at)
        draft.refresh_from_db()
        return draft

    def file(
        self,
        who: Family,
        code: str,
        answers: Answers,
        *,
        days: float,
        pieces: Mapping[str, str] | None = None,
        about: Person | None = None,
        **more: Any,
    ) -> Filing:
        """`pieces`: kinds of documents, by the key of the piece asked; `about`: whose they are."""
        draft = self.draft(who, code, answers, days=days, **more)
        for key, kind in (pieces or {}).items():
            self.give(draft, who, key=key, kind=kind, about=about, days=days)
        return self.send(draft, who, days=days)

    def send(self, draft: Filing, who: Family, *, days: float) -> Filing:
        return sending.send(draft, access=who.access, by=who.actor, at=self.ago(days))

    def tell_missing(self, draft: Filing, who: Family, *, key: str, why: str, days: float) -> None:
        drafting.tell_missing(draft, key=key, why=why, access=who.access, at=self.ago(days))
        draft.refresh_from_db()

    def give(
        self, draft: Filing, who: Family, *, key: str, kind: str, days: float, about: Person | None = None
    ) -> None:
        at, described = self.ago(days), kind_of(kind)
        upload = uploading.keep_copy(self.specimen, access=who.access, at=at)
        document = giving.receive(
            who.home,
            kind=described,
            person=about or (who.person if described.about is About.PERSON else None),
            uploads=[upload],
            access=who.access,
            form_key=self.key(),
            issued_on=_day_said(draft, key) or timezone.localdate(at - timedelta(days=20)),
            by=who.actor,
            at=at,
        )
        drafting.add_piece(draft, key=key, document=document, access=who.access, at=at)

    def take(self, filed: Filing, by: Account, *, days: float) -> Filing:
        return examining.take(filed, by=by, at=self.ago(days))

    def judge(self, piece: Piece, verdict: str, by: Account, explanation: str = "", *, days: float) -> None:
        said = {"verdict": verdict, "explanation": explanation, "seen": piece.as_judged}
        examining.judge(piece, **said, by=by, at=self.ago(days))

    def decide(self, filed: Filing, verdict: Any, by: Account, *, days: float) -> Decision:
        filed.refresh_from_db()
        return deciding.decide(filed, verdict, seen=filed.version, by=by, at=self.ago(days))


def _day_said(draft: Filing, key: str) -> date | None:
    """The one that the answers say the document bears."""
    dated = next((piece.dated for piece in draft.definition.pieces if piece.key == key), "")
    return date.fromisoformat(draft.answers[dated]) if dated in draft.answers else None
