"""A family's requests: what was asked, said and decided, and what time deletes of it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xpassfam.documents.actions import erasing as documents_erasing
from xpassfam.documents.for_privacy import reader
from xpassfam.documents.models import NO_GOOD, Document
from xpassfam.filings.actions import clock, erasing, unchecked
from xpassfam.filings.models import Agreement, Filing, Piece
from xpassfam.filings.models.filing import DRAFT_DAYS
from xpassfam.filings.paper import printing
from xpassfam.filings.states import Status
from xpassfam.pdf.sealing import seal
from xpassfam.people.access import ActingAccess
from xpassfam.ui import words
from xpassfam.ui.own_data import Category, Held, Leaf, Part, Rule

GRANTED = (
    Status.RECORDED,
    Status.APPROVED,
    Status.APPROVED_IN_PART,
    Status.APPROVED_UNDER_RESERVE,
    Status.REPLACED,
)
FIVE_YEARS = gettext_lazy("Prescription de cinq ans (code civil, article 2224)")


def categories() -> list[Category]:
    return [
        Category(
            "filings",
            title=_("Vos demandes"),
            what=_("Réponses, pièces, messages, décisions et leurs raisons."),
            why=_("Vous répondre, et prouver ce qui a été demandé et décidé."),
            kept=_(
                "Brouillon : 30 jours. Acceptée : cinq ans. Refusée ou arrêtée : deux ans. "
                "Terminée depuis longtemps : archivée, et ouverte à un agent désigné, avec un motif que vous lisez."
            ),
            seen_by=_("Vous, ceux de votre foyer qui en ont le droit, les agents qui l’étudient."),
            source=_("Vous ; nos agents pour la décision."),
        ),
        Category(
            "agreements",
            title=_("Vos réponses à l’autre parent d’un enfant"),
            what=_("Ce qui vous est demandé d’une résidence alternée, votre choix, votre mot pour nous."),
            why=_("Savoir si les deux parents sont d’accord."),
            kept=_("Aussi longtemps que la demande de l’autre parent : deux ou cinq ans."),
            seen_by=_("Vous, l’autre adulte de votre couple si la question est posée au foyer, les agents."),
            source=_("L’autre parent pour la question ; vous pour la réponse."),
        ),
    ]


def _seen(accesses: Sequence[ActingAccess]) -> list[Filing]:
    found: dict[int, Filing] = {}
    for access in accesses:
        rows = Filing.objects.visible_to(access).select_related("procedure_version__procedure", "about", "filed_by")
        rows = rows.prefetch_related("messages__files", "decisions", "pieces__document")
        found |= {one.pk: one for one in rows.order_by("started_at")}
    return list(found.values())


def held(account: str, accesses: Sequence[ActingAccess]) -> list[Held]:
    """A query a home."""
    count = sum(Filing.objects.visible_to(access).count() for access in accesses)
    filed, agreed = categories()
    answers = sum(_agreements(access).count() for access in accesses)
    return [
        Held(filed, count, (), _("Voir mes demandes"), "/mon-compte/demandes/"),
        Held(agreed, answers),
    ]


def parts(account: str, accesses: Sequence[ActingAccess]) -> list[Part]:
    """Notes that agents wrote among themselves are given by the person who protects the data: they speak of others."""
    data, lines, files = [], [], []
    for filing in _seen(accesses):
        papers = _papers(filing)
        files += papers
        data.append(_one(filing, [leaf.path for leaf in papers]))
        day = words.full_day(filing.filed_at or filing.started_at)
        lines.append((f"{filing.title} {filing.reference or ''}".strip(), f"{day}, {filing.get_status_display()}"))
    return [Part("filings", data, lines, files), _answers_to_others(accesses)]


def _agreements(access: ActingAccess) -> "QuerySet[Agreement]":
    """Asked of them, and what they answered where they act no more."""
    asked = Agreement.objects.visible_to(access).values("pk")
    return Agreement.objects.filter(Q(pk__in=asked) | Q(answered_by=access.person_id))


def _answers_to_others(accesses: Sequence[ActingAccess]) -> Part:
    """As they were shown it: nothing more of who asked."""
    found = {one.pk: one for access in accesses for one in _agreements(access).select_related("filing__about")}
    data, lines = [], []
    for one in found.values():
        child = one.filing.about.first_name if one.filing.about else ""
        said = {
            "id": one.public_id,
            "child": child,
            "asked_at": words.iso(one.asked_at),
            "until": one.until.isoformat(),
            "answer": one.answer,
            "sharing": one.sharing,
            "words": one.words if one.answered_by_id == accesses[0].person_id else "",
            "answered_at": words.iso(one.answered_at) if one.answered_at else None,
        }
        data.append(said)
        lines.append((child, one.get_answer_display() or _("Sans réponse")))
    return Part("agreements", data, lines)


def _one(filing: Filing, papers: list[str]) -> dict[str, Any]:
    return {
        "id": filing.public_id,
        "reference": filing.reference,
        "title": filing.title,
        "status": filing.status,
        "filed_by": str(filing.filed_by),
        "about": str(filing.about) if filing.about else None,
        "started_at": words.iso(filing.started_at),
        "filed_at": words.iso(filing.filed_at) if filing.filed_at else None,
        "ended_at": words.iso(filing.ended_at) if filing.ended_at else None,
        "answers": filing.summary or filing.answers,
        "documents": [piece.document.public_id for piece in filing.pieces.all()],
        "messages": [
            {"at": words.iso(one.sent_at), "side": one.side, "text": one.text} for one in filing.messages.all()
        ],
        "decisions": [
            {
                "at": words.iso(one.decided_at),
                "outcome": one.outcome,
                "facts": one.facts,
                "limits": one.limits,
                "granted": one.letter.get("granted", []),
                "withheld": one.letter.get("withheld", []),
                "contest_until": one.contest_until.isoformat() if one.contest_until else None,
            }
            for one in filing.decisions.all()
        ],
        "files": papers,
    }


def _papers(filing: Filing) -> list[Leaf]:
    name = f"demandes/{filing.reference}"
    papers = []
    if filing.acknowledgement:
        papers.append(Leaf(f"{name} accuse-de-reception.pdf", _printer(printing.acknowledgement, filing)))
    for number, decision in enumerate(filing.decisions.all(), 1):
        papers.append(Leaf(f"{name} decision-{number}.pdf", _printer(printing.decision, decision)))
    sent = [file for message in filing.messages.all() for file in message.files.all()]
    return papers + [Leaf(f"{name} message-{n} {file.name}", reader(file)) for n, file in enumerate(sent, 1)]


def _printer(draw: Callable[[Any], bytes], of: Any) -> Callable[[], Iterable[bytes]]:
    return lambda: [seal(draw(of))]


def in_progress(accesses: Sequence[ActingAccess]) -> list[tuple[str, str]]:
    """Reference and title of what one asked oneself and that is not answered yet."""
    found = []
    for access in accesses:
        mine = Filing.objects.visible_to(access).filter(filed_by=access.person_id).pending()
        found += [(one.reference or "", one.title) for one in mine.select_related("procedure_version__procedure")]
    return found


def running(person_id: int, homes: Sequence[int]) -> bool:
    """Whether a request of theirs waits for an answer."""
    return Filing.objects.filter(filed_by=person_id).pending().exists()


def close(person_id: int) -> int:
    """Their account closes: what they never sent goes now."""
    return erasing.destroy(Filing.objects.drafts().filter(filed_by=person_id))


def erase(homes: Sequence[int]) -> int:
    return erasing.erase(homes)


def _drafts_due(before: datetime, now: datetime) -> int:
    return Filing.objects.drafts().filter(saved_at__lt=before).count()


def _purge_drafts(before: datetime, now: datetime) -> int:
    gone = 0
    while step := clock.drop_old_drafts(at=now):
        gone += step
    return gone


def _ended(before: datetime, *, is_granted: bool) -> "QuerySet[Filing]":
    ended = Filing.objects.filter(ended_at__lt=before)
    return ended.filter(status__in=GRANTED) if is_granted else ended.exclude(status__in=GRANTED)


def _rule_of(code: str, title: Any, basis: Any, *, is_granted: bool, usual: int, least: int, most: int) -> Rule:
    def due(before: datetime, now: datetime) -> int:
        return erasing.due(_ended(before, is_granted=is_granted))

    def purge(before: datetime, now: datetime) -> int:
        return erasing.destroy(_ended(before, is_granted=is_granted))

    return Rule(code, title, basis, due, purge, usual=usual, least=least, most=most)


def _past_documents(before: datetime) -> "QuerySet[Document]":
    """No good since then, and of no request that is still kept: a piece goes with its request, not before."""
    ended = Q(valid_until__lt=before.date()) | Q(verdict__in=NO_GOOD, verdict_at__lt=before)
    ended |= Q(replaced_by__given_at__lt=before)
    return Document.objects.filter(ended, ~Exists(Piece.objects.filter(document=OuterRef("pk"))))


def _documents_due(before: datetime, now: datetime) -> int:
    return _past_documents(before).count()


def _purge_documents(before: datetime, now: datetime) -> int:
    return documents_erasing.destroy(_past_documents(before).order_by("pk"))


def _identity_papers_due(before: datetime, now: datetime) -> int:
    return unchecked.given_before(before).count()


def _erase_identity_papers(before: datetime, now: datetime) -> int:
    return unchecked.erase_given_before(before, at=now)


RULES = (
    Rule(
        "drafts",
        gettext_lazy("Brouillons"),
        gettext_lazy("Proportionnalité ; promis à la famille, qui est prévenue deux jours avant"),
        _drafts_due,
        _purge_drafts,
        usual=DRAFT_DAYS, least=DRAFT_DAYS, most=DRAFT_DAYS, unit="days",
    ),
    _rule_of(
        "filings_granted", gettext_lazy("Demandes acceptées"), FIVE_YEARS,
        is_granted=True, usual=60, least=60, most=120,
    ),
    _rule_of(
        "filings_refused", gettext_lazy("Demandes refusées, annulées ou arrêtées"),
        gettext_lazy("Proportionnalité, une fois les recours passés"),
        is_granted=False, usual=24, least=12, most=60,
    ),
    Rule(
        "documents",
        gettext_lazy("Documents expirés, refusés ou remplacés, qui ne sont dans aucune demande gardée"),
        gettext_lazy("Minimisation (article 5.1.c du RGPD)"),
        _documents_due,
        _purge_documents,
        usual=12, least=1, most=60,
    ),
    Rule(
        "identity_papers",
        gettext_lazy("Pièces d’identité que personne n’a vérifiées, hors demandes en cours"),
        gettext_lazy("Minimisation (article 5.1.c du RGPD) ; celles d’une demande terminée s’effacent aussitôt"),
        _identity_papers_due,
        _erase_identity_papers,
        usual=3, least=1, most=12,
    ),
)  # fmt: skip
