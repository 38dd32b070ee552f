"""The pages of a draft, in order: its sections, its documents, the last look."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from xpassfam.filings.asking import GOOD_HERE, PIECES, told_label
from xpassfam.filings.claims import entitled
from xpassfam.filings.correcting import earlier, is_accepted
from xpassfam.filings.family.starting import forgiven
from xpassfam.filings.models import Filing, Piece
from xpassfam.filings.models.filing import DRAFT_DAYS
from xpassfam.payments.models import BankDetails
from xpassfam.people.access import ActingAccess
from xpassfam.procedures.answers import PieceAsked, asked_sections, pieces_asked
from xpassfam.procedures.facts import Facts, facts_of
from xpassfam.procedures.language import ABOUT_A_DECISION, CONTESTED_ABOUT, CONTESTED_REFERENCE

CHECK = "check"
ACCOUNT = "home.account"


@dataclass(frozen=True)
class Step:
    """`state` is that of a step of a path: « done », « now », « next »."""

    key: str
    title: str
    url: str
    state: str


@dataclass(frozen=True)
class Path:
    """Where somebody is in a draft. What is asked depends on what was answered, and so does the number of pages."""

    draft: Filing
    steps: tuple[Step, ...]
    place: int
    corrected: Filing | None = None
    to_correct: tuple[str, ...] = ()

    @property
    def number(self) -> int:
        return self.place + 1

    @property
    def current(self) -> Step:
        return self.steps[self.place]

    @property
    def previous(self) -> Step | None:
        return self.steps[self.place - 1] if self.place else None

    @property
    def is_last_section(self) -> bool:
        """Whether only documents and the last look come after it."""
        return all(step.key in (PIECES, CHECK) for step in self.steps[self.place + 1 :])

    @property
    def next_url(self) -> str:
        return self.steps[min(self.place + 1, len(self.steps) - 1)].url

    @property
    def forgiven(self) -> str:
        """What is promised to whoever corrects what was accepted; nothing where it was not."""
        return forgiven() if self.corrected and is_accepted(self.corrected) else ""

    @property
    def is_saved(self) -> bool:
        """« Enregistré à … » is only said of what was typed."""
        return bool(self.draft.revisions) or self.draft.saved_at > self.draft.started_at

    @property
    def kept_until(self) -> date:
        return timezone.localdate(self.draft.saved_at + timedelta(days=DRAFT_DAYS))


def facts_for(draft: Filing, access: ActingAccess) -> Facts:
    """What the family's file says, and what this filing is about. Four queries at most, and eight besides where a
    question tells of a right.
    """
    facts = facts_of(access, draft.definition)
    if draft.contests:
        about = {CONTESTED_REFERENCE: draft.contests.filing.reference, CONTESTED_ABOUT: ABOUT_A_DECISION}
        facts = facts.knowing(**about)
    if any(one.prefill == ACCOUNT for one in draft.definition.fields()):
        facts = facts.knowing(**{ACCOUNT: _account_in_words(access)})
    return facts.telling(entitled(draft.definition, access))


def _account_in_words(access: ActingAccess) -> str:
    """On which account the home is paid, as far as the viewer may know it."""
    paid = BankDetails.objects.visible_to(access).active(timezone.now()).first()
    if paid is None:
        return _("Aucun compte n’est enregistré dans votre dossier.")
    return _("Au nom de {holder}, le compte qui finit par {end}.").format(holder=paid.holder, end=paid.iban_end)


def pieces_of_draft(draft: Filing, facts: Facts) -> tuple[PieceAsked, ...]:
    return pieces_asked(draft.definition, draft.answers, facts)


def path_of(draft: Filing, facts: Facts, *, at: str) -> Path | None:
    """None where the page is not asked of this family."""
    rows = [
        (section.key, section.title, section_url(draft, section.key))
        for section in asked_sections(draft.definition, draft.answers, facts)
    ]
    if pieces_of_draft(draft, facts):
        rows.append((PIECES, _("Les documents"), reverse("filings:pieces", args=[draft.public_id])))
    rows.append((CHECK, _("Vérifier et envoyer"), reverse("filings:check", args=[draft.public_id])))
    place = next((number for number, (key, _title, _url) in enumerate(rows) if key == at), None)
    if place is None:
        return None
    steps = [Step(key, title, url, _state(draft, key, n - place)) for n, (key, title, url) in enumerate(rows)]
    corrected = next(earlier(draft), None)
    return Path(draft, tuple(steps), place, corrected, _to_correct(corrected) if corrected else ())


def _to_correct(corrected: Filing) -> tuple[str, ...]:
    """Why what a draft corrects came to nothing: the motives and the facts of the letter, then the pieces that did
    not do, named as whoever may write this one may read. Two queries.
    """
    decision = corrected.decisions.filter(superseded_at=None).first()
    known = {reason.code: reason.sentence for reason in corrected.definition.reasons}
    told = [*(known[code] for code in decision.reasons if code in known), decision.facts] if decision else []
    wrong = corrected.pieces.filter(replaced_at=None).exclude(verdict__in=GOOD_HERE)
    return (*filter(None, told), *(_what_was_wrong(piece, corrected) for piece in wrong))


def _what_was_wrong(piece: Piece, corrected: Filing) -> str:
    label, verdict = told_label(corrected, piece.key), piece.get_verdict_display()
    said = _("{piece} : {verdict}.").format(piece=label, verdict=verdict.lower())
    return f"{said} {piece.explanation}".strip()


def first_to_fill(draft: Filing, facts: Facts) -> str:
    """The page on which to go on: the first that was never saved; else the last look."""
    for section in asked_sections(draft.definition, draft.answers, facts):
        if not draft.revisions.get(section.key):
            return section_url(draft, section.key)
    asked = {one.key for one in pieces_of_draft(draft, facts)}
    given = {piece.key for piece in draft.pieces.all()} | set(draft.missing)
    return reverse("filings:pieces" if asked - given else "filings:check", args=[draft.public_id])


def section_url(draft: Filing, section: str) -> str:
    return reverse("filings:section", args=[draft.public_id, section])


def _state(draft: Filing, key: str, distance: int) -> str:
    if not distance:
        return "now"
    return "done" if distance < 0 or draft.revisions.get(key) else "next"
