"""A procedure as one family files it."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xpassfam.accounts.models import Account, Team
from xpassfam.filings.states import CHECKING, ENDED, PENDING, Status
from xpassfam.people.models import Access, Household, Person, Residence
from xpassfam.procedures.language import Definition
from xpassfam.procedures.models import Version
from xpassfam.rules.ages import last_birth_of_adults
from xpassfam.rules.identifiers import new_public_id
from xpassfam.rules.time_limits import Delay
from xpassfam.rules.visibility import ACTS_BY_PERMISSION, CHILD, COUPLE_ROLES, ITEMS_BY_PERMISSION, Item, Viewer

DRAFT_DAYS = 30
# `status__in=PENDING`, as constraints have it, in words that an index of SQLite is found by.
WAITING = Q(ended_at=None, due_on__isnull=False)
WAITING_FOR_US = WAITING & ~Q(status=Status.AWAITING_APPLICANT)
# Those that families reminded us of, and the others: each part has its index, so that neither is read past.
HURRIED = WAITING_FOR_US & Q(hurried_at__isnull=False)
IN_TURN = WAITING_FOR_US & Q(hurried_at=None)


class FilingQuerySet(models.QuerySet["Filing"]):
    def drafts(self) -> Self:
        return self.filter(status=Status.DRAFT)

    def pending(self) -> Self:
        """By what says so in both databases' indexes: sent, and not ended."""
        return self.filter(WAITING)

    def at_desk(self) -> Self:
        """What is ours to answer, in words that find their index."""
        return self.filter(WAITING_FOR_US)

    def hurried(self) -> Self:
        """Of what is ours to answer, what we promised to take first: see `actions.following.hurry`."""
        return self.filter(HURRIED)

    def in_turn(self) -> Self:
        """What is ours to answer besides."""
        return self.filter(IN_TURN)

    def visible_to(self, access: Viewer) -> Self:
        """One's own; and what the home acted for has sent about whom the viewer may read requests of.

        See `rules.visibility.may_see_filed`. A draft is its writer's alone: nothing was said yet.
        What is private stays so.
        """
        return self.filter(
            Q(filed_by=access.person_id) | (~Q(status=Status.DRAFT) & Q(is_private=False) & _shared_with(access)),
            household=access.household_id,
        )


def filer_acts(on: date) -> Exists:
    """Of filings: whether who filed it still handles requests for its home, and can open it."""
    able = [name for name, acts in ACTS_BY_PERMISSION.items() if "requests" in acts]
    acting = Access.objects.open_on(on).filter(
        person=OuterRef("filed_by"),
        household=OuterRef("household"),
        permission__in=able,
        person__account__isnull=False,
        person__account__closed_at=None,
    )
    return Exists(acting)


def read_by(access: Viewer) -> Q:
    """Of filings, those that are read once this viewer reads them: one's own, and what nobody else is there to read."""
    return Q(filed_by=access.person_id) | ~Q(filer_acts(access.on))


def _shared_with(access: Viewer) -> Q:
    """Of filings of the home acted for: those about somebody whose requests the viewer reads there."""
    if access.is_frozen:
        return Q(pk__in=[])
    readable = Q(pk=access.person_id)
    if Item.REQUESTS in ITEMS_BY_PERMISSION.get(access.permission, frozenset()):
        stays = Residence.objects.visible_to(access).filter(person=OuterRef("pk"))
        is_minor = Q(birth_date=None) | Q(birth_date__gt=last_birth_of_adults(access.on))
        readable |= Q(Exists(stays.filter(role=CHILD))) & is_minor
        adults = stays.exclude(role=CHILD) if access.represents else stays.filter(role__in=COUPLE_ROLES)
        readable |= Q(Exists(adults))
    people = Person.objects.filter(readable)
    shared = Q(about__in=people) | Q(about=None, filed_by__in=people)
    return shared | _sent_for(access)


def _sent_for(access: Viewer) -> Q:
    """What somebody from outside filed about nobody, in the name of those who answer for the home: see
    `rules.visibility`."""
    reads = Item.REQUESTS in ITEMS_BY_PERMISSION.get(access.permission, frozenset())
    if not reads or not (access.role in COUPLE_ROLES or access.represents):
        return Q(pk__in=[])
    has_lived = Residence.objects.filter(person=OuterRef("filed_by"), household=access.household_id)
    return Q(~Exists(has_lived), about=None)


class Filing(models.Model):
    """`answers` are `{field: value}`, as the definition names its fields. `revisions` (`{section: n}`) counts the
    saves of each section: what comes from a page opened before another's save is kept in `set_aside`
    (`{section: {"at": …, "answers": …}}`) and shown; it never wins by itself.

    `version` counts what happened since it was filed: two agents cannot answer the same page.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    reference = models.CharField(max_length=12, unique=True, null=True)
    procedure_version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="filings")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="filings")
    filed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="filings")
    # Whom it is about, where the answers name one person; the queue shows it.
    about = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="filings_about")
    # Its filer's alone, as the definition said when it began.
    is_private = models.BooleanField(default=False, db_default=False)
    # As its definition said: one that names no decision of ours is answered as a complaint all the same.
    is_complaint = models.BooleanField(default=False, db_default=False)
    status = models.CharField(max_length=24, choices=Status, default=Status.DRAFT)
    version = models.PositiveIntegerField(default=0)

    start_key = models.CharField(max_length=32)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    warned_at = models.DateTimeField(null=True)  # the family was told that the draft ends, as it was then
    answers = models.JSONField(default=dict)
    revisions = models.JSONField(default=dict)
    set_aside = models.JSONField(default=dict)
    # {person: what their page holds and was not sent on}: see `actions.keeping`
    # {"revision": n, "files": {piece: …}, "typed": {piece: what stands beside its files}, "answers": …, "aside": …}
    waiting = models.JSONField(default=dict)
    missing = models.JSONField(default=dict)  # {piece: why the family can't give it now}

    filed_at = models.DateTimeField(null=True)
    summary = models.JSONField(default=list)  # the answers as they read when it was sent
    asked = models.JSONField(default=list)  # the pieces that they asked for
    delay = models.JSONField(null=True)  # promised that day: {"count": 5, "unit": "working_days"}
    due_on = models.DateField(null=True)  # the answer promised; while the family has to complete, the last day to
    silence_effect = models.CharField(max_length=12, blank=True)  # what the law makes of our silence
    silence_on = models.DateField(null=True)  # and when; None while an acceptance waits for pieces
    silence_told_at = models.DateTimeField(null=True)
    acknowledgement = models.JSONField(null=True)  # frozen facts of the paper
    ended_at = models.DateTimeField(null=True)
    end_reason = models.TextField(max_length=1000, blank=True)
    read_at = models.DateTimeField(null=True)  # whoever it is for read the result: see `read_by`
    hurried_at = models.DateTimeField(null=True)  # the promise was broken, and the family said so

    assigned_to = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+")
    committee_on = models.DateField(null=True)

    contests = models.ForeignKey("filings.Decision", on_delete=models.PROTECT, null=True, related_name="contests")
    # The agent who said which decision a complaint is about; None where the family did.
    linked_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="corrections")

    objects = FilingQuerySet.as_manager()

    class Meta:
        indexes = [
            # With the status, which filters ask for; and SQLite, without statistics, takes a narrower one first.
            models.Index(fields=["due_on", "id", "status"], condition=WAITING, name="filing_queue"),
            models.Index(fields=["due_on", "id"], condition=WAITING_FOR_US, name="filing_queue_at_desk"),
            models.Index(fields=["due_on", "id"], condition=HURRIED, name="filing_queue_hurried"),
            models.Index(fields=["due_on", "id"], condition=IN_TURN, name="filing_queue_in_turn"),
            models.Index(fields=["assigned_to", "due_on", "id"], condition=WAITING, name="filing_queue_of_agent"),
            models.Index(fields=["status", "due_on", "id"], condition=WAITING, name="filing_queue_by_status"),
            models.Index(
                fields=["due_on", "id"],
                condition=WAITING & Q(is_complaint=True),
                name="filing_queue_of_complaints",
            ),
            models.Index(
                fields=["silence_on", "id"],
                condition=WAITING & Q(silence_on__isnull=False, silence_told_at=None),
                name="filing_silent",
            ),
            models.Index(
                fields=["due_on", "id"], condition=Q(status="approved_under_reserve"), name="filing_under_reserve"
            ),
            # Most are about nobody in particular: by the whole column, SQLite would rather read the table.
            models.Index(fields=["about"], condition=Q(about__isnull=False), name="filing_about_somebody"),
            models.Index(fields=["household", "status"], name="filing_of_household"),
            models.Index(fields=["saved_at"], condition=Q(status="draft"), name="filing_draft_by_age"),
            models.Index(fields=["filed_at"], condition=Q(filed_at__isnull=False), name="filing_sent"),
            models.Index(fields=["ended_at"], condition=Q(ended_at__isnull=False), name="filing_ended"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["filed_by", "start_key"], name="filing_once_by_form"),
            models.UniqueConstraint(
                fields=["contests"],
                condition=Q(contests__isnull=False, status__in=PENDING),
                name="filing_contests_once_at_a_time",
            ),
            models.CheckConstraint(condition=~Q(start_key=""), name="filing_has_start_key"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="filing_status_is_known"),
            models.CheckConstraint(
                condition=Q(status="draft", reference=None, filed_at=None, due_on=None)
                | (~Q(status="draft") & Q(reference__isnull=False, filed_at__isnull=False, due_on__isnull=False)),
                name="filing_filed_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(status__in=ENDED, ended_at__isnull=False) | (~Q(status__in=ENDED) & Q(ended_at=None)),
                name="filing_ended_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(silence_effect="", silence_on=None, silence_told_at=None)
                | Q(silence_effect__in=["acceptance", "rejection"]),
                name="filing_silence_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.reference or self.public_id

    @property
    def definition(self) -> Definition:
        return self.procedure_version.definition

    @property
    def title(self) -> str:
        return self.procedure_version.procedure.title or self.definition.title

    @property
    def promise(self) -> Delay | None:
        """As it was when the filing was sent; None for a declaration."""
        return Delay(self.delay["count"], self.delay["unit"]) if self.delay else None

    def waiting_of(self, person: str) -> dict[str, Any]:
        """What a page of theirs holds, by their public identifier."""
        return dict(self.waiting.get(person, {}))

    @property
    def is_draft(self) -> bool:
        return self.status == Status.DRAFT

    @property
    def is_pending(self) -> bool:
        return self.status in PENDING

    @property
    def is_by_an_outsider(self) -> bool:
        """Filed by somebody who never lived in the home. One query."""
        return not Residence.objects.filter(household=self.household_id, person=self.filed_by_id).exists()

    @property
    def is_for_home(self) -> bool:
        """Filed about nobody, in the name of those who answer for the home: see `rules.visibility.may_see_filed`."""
        return not self.is_private and self.about_id is None and self.is_by_an_outsider

    def is_contest_of(self, agent: Account) -> bool:
        """Whether it contests what this agent decided, alone or with another."""
        return self.contests is not None and self.contests.is_of(agent)

    @property
    def reads_pieces(self) -> bool:
        return self.status in CHECKING

    @property
    def is_ended(self) -> bool:
        return self.status in ENDED

    def is_late(self, *, on: date) -> bool:
        return self.is_pending and self.due_on is not None and self.due_on < on

    def is_past_silence(self, *, on: date) -> bool:
        """Whether the time of the law ran out before that day: on its last day an agent may still answer."""
        return self.silence_on is not None and self.silence_on < on

    @property
    def was_accepted_by_silence(self) -> bool:
        """The family was told so, and no agent has written it down yet. Source: CRPA, art. L231-1."""
        return self.is_pending and self.silence_effect == "acceptance" and self.silence_told_at is not None

    @property
    def silence_in_words(self) -> str:
        """What the law made of it, once its time has passed. Source: CRPA, art. L231-1, L231-4."""
        if self.silence_effect == "acceptance":
            return gettext("La demande est considérée comme acceptée.")
        return gettext("La demande est considérée comme refusée.")

    class Turn(models.TextChoices):
        FAMILY = "family", _("C’est à vous")
        DESK = "desk", _("C’est à nous")
        NOBODY = "nobody", _("Terminé")

    @property
    def turn(self) -> "Filing.Turn":
        if self.status in (Status.DRAFT, Status.AWAITING_APPLICANT):
            return Filing.Turn.FAMILY
        return Filing.Turn.DESK if self.is_pending else Filing.Turn.NOBODY
