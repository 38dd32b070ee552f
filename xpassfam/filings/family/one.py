"""The page of a filing: whose turn it is, what was decided and why, what was said, what was sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from xpassfam.documents.models import Document, Verdict
from xpassfam.filings import account_wanted, agreements, asking, granting, holding
from xpassfam.filings.agreements import Standing as Agreed
from xpassfam.filings.delays import usual_delay
from xpassfam.filings.family import silence
from xpassfam.filings.family.situation import situation
from xpassfam.filings.family.starting import NOT_AT_ALL, forgiven, may_contest, way_to_correct
from xpassfam.filings.family.story import story_of, usual_in_words
from xpassfam.filings.models import Completion, Decision, Filing, Message, Piece
from xpassfam.filings.states import DECIDED, Event, Status, may_happen
from xpassfam.payments import received
from xpassfam.payments.models import BankDetails
from xpassfam.people.access import ActingAccess
from xpassfam.rules.mentions import Mention
from xpassfam.vault.models import File
from xpassfam.vault.words import sort

VERDICTS = {
    Piece.Verdict.PENDING: ("info", "hourglass"),
    Piece.Verdict.ACCEPTED: ("ok", "circle-check"),
    Piece.Verdict.UNREADABLE: ("no", "circle-alert"),
    Piece.Verdict.TOO_OLD: ("no", "circle-alert"),
    Piece.Verdict.WRONG: ("no", "circle-alert"),
    Piece.Verdict.TO_REPLACE: ("no", "circle-alert"),
}


@dataclass(frozen=True)
class SaidFile:
    number: int
    name: str
    sort: str
    file: File


@dataclass(frozen=True)
class Said:
    """A message; `is_mine` is the family's side."""

    message: Message
    who: str
    is_mine: bool
    files: Sequence[SaidFile]


@dataclass(frozen=True)
class GivenPiece:
    piece: Piece
    label: str
    kind: str
    icon: str
    word: str


@dataclass(frozen=True)
class Standing:
    """The decision that stands. `reasons`: of law, each with its rule; `remedies`: as the letter says them."""

    decision: Decision
    is_refusal: bool
    reasons: Sequence[tuple[str, str]]
    granted: Sequence[str]
    withheld: Sequence[str]
    awaited: str
    received: str
    remedies: str
    may_contest: bool
    is_contested: bool


def page_of(filing: Filing, access: ActingAccess) -> dict[str, Any]:
    """Eleven queries, whatever it holds; one more where our silence has spoken, and of a yes under reserve."""
    completions, decisions = list(filing.completions.all()), list(filing.decisions.select_related("decided_by"))
    standing = next((one for one in decisions if one.superseded_at is None), None)
    contest = _contest_of(standing, access)
    usual, asked = usual_delay(filing), next((one for one in completions if one.is_open), None)
    may_act = holding.may_act(filing, access)
    is_answered = filing.is_ended or filing.was_accepted_by_silence
    way = way_to_correct(filing, access) if is_answered else NOT_AT_ALL
    corrected, correction = _linked(filing, access, is_corrected=is_answered and not way)
    return {
        "filing": filing,
        "situation": situation(filing, on=access.on, is_contested=contest is not None),
        "story": story_of(filing, on=access.on, usual=usual, completions=completions, decisions=decisions),
        "asked": asked,
        "asked_what": _asked_what(filing, asked, access) if asked else "",
        "asked_count": len(asked.pieces) + len(asked.fields) if asked else 0,
        "usual": usual_in_words(usual),
        "other_parent": _other_parent(filing, access),
        "account": _account(filing, standing, access),
        "verdict": _verdict(filing, standing, contest, access),
        "payments": received.of_cause(access, filing.public_id) if filing.status in DECIDED else [],
        "contest": contest,
        "said": [_said(one) for one in filing.messages.prefetch_related("files")],
        "pieces": [_given(one, filing) for one in _pieces(filing, access)],
        "is_late": filing.is_late(on=access.on) and filing.turn is Filing.Turn.DESK,
        "law_of_silence": silence.to_come(filing, on=access.on),
        "silence": silence.that_came(filing, on=access.on),
        "may_act": may_act,
        "may_withdraw": may_act and may_happen(filing.status, Event.WITHDRAW),
        "way": way if may_act else NOT_AT_ALL,
        "forgiven": forgiven(),
        "corrected": corrected,
        "correction": correction,
        "correction_word": situation(correction, on=access.on).word if correction else "",
        "has_former": bool(decisions),
        "does": {effect.name for effect in filing.definition.effects},
        "may_write": may_act,
    }


def has_news(page: dict[str, Any], access: ActingAccess) -> bool:
    """Whether something of the page is read here for the first time, by whom it is for: see `models.filing.read_by`."""
    filing: Filing = page["filing"]
    if filing.filed_by_id != access.person_id and filing.filer_acts:  # type: ignore[attr-defined]
        return False
    is_answer = filing.ended_at is not None and filing.read_at is None
    return is_answer or any(not said.is_mine and said.message.read_at is None for said in page["said"])


def files_of(message: Message) -> list[SaidFile]:
    held = sorted(message.files.all(), key=lambda file: file.pk)
    return [SaidFile(number, file.name, sort(file), file) for number, file in enumerate(held, 1)]


def _linked(filing: Filing, access: ActingAccess, *, is_corrected: bool) -> tuple[Filing | None, Filing | None]:
    """What it corrects and what corrects it, as far as the viewer reads them. One query, and none for most."""
    if not is_corrected and filing.corrects_id is None:
        return None, None
    chain = Filing.objects.visible_to(access).filter(Q(pk=filing.corrects_id) | Q(corrects=filing))
    found = list(chain.exclude(status=Status.DRAFT).order_by("pk"))
    before = next((one for one in found if one.pk == filing.corrects_id), None)
    return before, next((one for one in reversed(found) if one.corrects_id == filing.pk), None)


def _account(filing: Filing, standing: Decision | None, access: ActingAccess) -> str:
    if standing is None or standing.outcome == Decision.Outcome.REFUSED:
        return ""
    return account_wanted.after_a_yes(filing, BankDetails.objects.visible_to(access), at=timezone.now())


def _contest_of(standing: Decision | None, access: ActingAccess) -> Filing | None:
    if standing is None:
        return None
    return Filing.objects.visible_to(access).pending().filter(contests=standing).first()


def _verdict(
    filing: Filing, decision: Decision | None, contest: Filing | None, access: ActingAccess
) -> Standing | None:
    if decision is None:
        return None
    is_reserved = filing.status == Status.APPROVED_UNDER_RESERVE and decision.reserve
    missing = asking.reserve_missing(filing, decision.reserve) if is_reserved else decision.reserve
    known = {reason.code: reason for reason in filing.definition.reasons}
    reasons = [(known[code].sentence, known[code].law) for code in decision.reasons if code in known]
    said = decision.letter.get("mentions", {})
    remedies = " ".join(filter(None, [said.get(Mention.REMEDY_DELAYS, ""), said.get(Mention.REMEDIES, "")]))
    return Standing(
        decision,
        is_refusal=decision.outcome == Decision.Outcome.REFUSED,
        reasons=reasons,
        granted=granting.in_words(decision.grants),
        withheld=decision.letter.get("withheld", []),
        awaited=", ".join(asking.told_label(filing, key) for key in missing),
        received=", ".join(asking.told_label(filing, key) for key in decision.reserve if key not in missing),
        remedies=remedies,
        may_contest=may_contest(decision, on=access.on),
        is_contested=contest is not None,
    )


def _said(message: Message) -> Said:
    is_mine = message.side == Message.Side.FAMILY
    who = message.author or str(Message.Side(message.side).label)
    return Said(message, who, is_mine, files_of(message))


def _asked_what(filing: Filing, asked: Completion, access: ActingAccess) -> str:
    """Who filed it gave what is restricted, or has to: the others of the home read that something is asked."""
    is_own = filing.filed_by_id == access.person_id
    return asking.asked_in_words(filing, asked) if is_own else asking.told_in_words(filing, asked)


def _pieces(filing: Filing, access: ActingAccess) -> Sequence[Piece]:
    """Those whose document the viewer may open: who reads a request does not read all that was given for it."""
    readable = Document.objects.visible_to(access)
    return list(filing.pieces.filter(document__in=readable).select_related("document__person"))


def _given(piece: Piece, filing: Filing) -> GivenPiece:
    if piece.replaced_at:
        return GivenPiece(piece, asking.label_of_piece(filing, piece.key), "soft", "refresh-cw", _("Remplacée"))
    if piece.document.is_erased_unchecked:
        word = _("Effacée, jamais vérifiée")
        return GivenPiece(piece, asking.label_of_piece(filing, piece.key), "soft", "file-text", word)
    if piece.document.verdict == Verdict.WITHDRAWN:
        word = str(Verdict.WITHDRAWN.label)
        return GivenPiece(piece, asking.label_of_piece(filing, piece.key), "wait", "refresh-cw", word)
    if piece.verdict == Piece.Verdict.PENDING and not filing.reads_pieces:
        return GivenPiece(piece, asking.label_of_piece(filing, piece.key), "soft", "file-text", _("Reçue"))
    kind, icon = VERDICTS[Piece.Verdict(piece.verdict)]
    return GivenPiece(piece, asking.label_of_piece(filing, piece.key), kind, icon, str(piece.get_verdict_display()))


def _other_parent(filing: Filing, access: ActingAccess) -> str:
    """That they are asked, that they have answered, whether it is the same: nothing else of it is whoever filed's. Of a
    number that leads nowhere, the same is said as of somebody who does not answer.
    """
    if not filing.is_pending or not agreements.is_wanted(filing):
        return ""
    agreed = agreements.standing(filing, agreements.of(filing), on=access.on)
    if agreed is Agreed.SAME:
        return _("L’autre parent a répondu : vous avez fait le même choix de partage.")
    if agreed in (Agreed.DIFFERENT, Agreed.REFUSED):
        return _("L’autre parent a répondu : vos deux choix ne sont pas les mêmes. Un agent les lit, puis vous répond.")
    return _(
        "Réponse attendue de l’autre parent. Sans elle, nous pourrons vous demander un jugement, ou votre accord écrit."
    )
