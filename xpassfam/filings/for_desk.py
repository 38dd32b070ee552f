"""What the desk's pages take of filings: rows without what only a filing's own page reads."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from xpassfam.accounts.models import Account
from xpassfam.documents.kinds import kinds
from xpassfam.documents.models import Document
from xpassfam.filings.asking import GOOD_HERE
from xpassfam.filings.models import Filing, Message, Piece, Proposal
from xpassfam.filings.states import CHECKING, Status
from xpassfam.rules.time_limits import Alert
from xpassfam.ui.gathering import Duty

MOST_COUNTED = 500
READ_ON_ITS_PAGE = (
    "answers",
    "revisions",
    "set_aside",
    "waiting",
    "missing",
    "summary",
    "asked",
    "acknowledgement",
)


def rows(*parts: "QuerySet[Filing]", most: int | None = None) -> list[Filing]:
    """Part after part, of each as many as there is room for: one query each, so that each is read along its index.

    With whom and what each is about, whether the family wrote something that nobody read, or a yes waits for another
    agent. The definitions come once each (two queries besides), however many filings there are of them.
    """
    proposed = Proposal.objects.filter(filing=OuterRef("pk"), ended_at=None, version=OuterRef("version"))
    unread = Message.objects.filter(filing=OuterRef("pk"), side=Message.Side.FAMILY, read_at=None)
    found: list[Filing] = []
    for part in parts:
        row = part.select_related("household", "filed_by", "about", "assigned_to").defer(*READ_ON_ITS_PAGE)
        told = row.annotate(is_unread=Exists(unread), is_proposed=Exists(proposed))
        found += told if most is None else told[: most - len(found)]
    prefetch_related_objects(found, "procedure_version__procedure")
    return found


def pending() -> "QuerySet[Filing]":
    """What is not answered, the first due first: its order is that of an index."""
    return Filing.objects.pending().order_by("due_on", "pk")


def to_decide() -> "QuerySet[Filing]":
    return Filing.objects.at_desk().order_by("due_on", "pk")


def hurried() -> "QuerySet[Filing]":
    """Of what is to decide, what families reminded us of."""
    return Filing.objects.hurried().order_by("due_on", "pk")


def in_turn() -> "QuerySet[Filing]":
    """What is to decide besides."""
    return Filing.objects.in_turn().order_by("due_on", "pk")


def to_complete() -> "QuerySet[Filing]":
    return pending().filter(status=Status.AWAITING_APPLICANT)


def to_lift() -> "QuerySet[Filing]":
    """Approved under reserve, and the family gave something since."""
    since = Piece.objects.filter(filing=OuterRef("pk"), replaced_at=None, added_at__gt=OuterRef("ended_at"))
    since = since.filter(verdict__in=GOOD_HERE)
    reserved = Filing.objects.filter(Exists(since), status=Status.APPROVED_UNDER_RESERVE)
    return reserved.order_by("due_on", "pk")


def to_confirm(agent: Account) -> "QuerySet[Filing]":
    """A colleague proposed a yes that takes two agents."""
    proposed = Proposal.objects.standing().exclude(proposed_by=agent)
    return pending().filter(pk__in=proposed.values("filing"))


def mine(agent: Account) -> "QuerySet[Filing]":
    return pending().filter(assigned_to=agent)


def unassigned() -> "QuerySet[Filing]":
    return pending().filter(assigned_to=None)


def complaints() -> "QuerySet[Filing]":
    """Of a decision, or of a service."""
    return pending().filter(is_complaint=True)


def written_about() -> "QuerySet[Filing]":
    """The family wrote, and nobody read it: of what was answered as well, where an error is told."""
    unread = Message.objects.filter(side=Message.Side.FAMILY, read_at=None)
    return Filing.objects.filter(pk__in=unread.values("filing")).order_by("due_on", "pk")


def due_by(day: date) -> Q:
    return Q(due_on__lte=day)


def alerted(alert: Alert, *, on: date) -> "QuerySet[Filing]":
    """What we must answer within so many days, by our promise or before our silence answers for us."""
    last = on + timedelta(days=alert)
    return to_decide().filter(due_by(last))


def silent_within(alert: Alert, *, on: date) -> "QuerySet[Filing]":
    """What our silence is about to decide, the first first; what waits for the family too, where its clock runs."""
    last = on + timedelta(days=alert)
    return Filing.objects.pending().filter(silence_on__lte=last, silence_told_at=None).order_by("silence_on", "pk")


def documents_to_check(*, on: date) -> "QuerySet[Document]":
    """Given in advance, or left unjudged by a filing that ended and of use to others: no filing says what they are
    worth. What was just put in a draft was not sent to us yet.
    """
    used = Piece.objects.filter(document=OuterRef("pk"), replaced_at=None)
    held = used.filter(Q(filing__status__in=CHECKING) | Q(filing__status=Status.DRAFT, is_reused=False))
    has_served = Piece.objects.filter(document=OuterRef("pk")).exclude(filing__status=Status.DRAFT)
    once = [code for code, kind in kinds().items() if not kind.is_reusable]
    return Document.objects.to_check(on).exclude(Exists(held)).exclude(Exists(has_served), kind__in=once)


def duties() -> list[Duty]:
    """Three queries, that stop counting at `MOST_COUNTED`."""
    today = timezone.localdate()
    urgent, free = alerted(Alert.TODAY, on=today), to_decide().filter(assigned_to=None)
    return [
        Duty(_("Décider les demandes en retard ou dues ce soir"), "/gestion/demandes/", urgent[:MOST_COUNTED].count()),
        Duty(
            _("Prendre les demandes que personne ne suit"),
            "/gestion/demandes/?vue=sans-personne",
            free[:MOST_COUNTED].count(),
        ),
        Duty(
            _("Vérifier les documents hors des demandes ouvertes"),
            "/gestion/documents/",
            documents_to_check(on=today)[:MOST_COUNTED].count(),
        ),
    ]
