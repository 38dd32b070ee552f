"""A supporting document: one or several files that show one thing."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from typing import Self

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xpassfam.documents.kinds import Kind, kind_of, kinds
from xpassfam.people.models import Access, Household, Person, Residence
from xpassfam.rules.ages import last_birth_of_adults
from xpassfam.rules.documents import REMINDERS, Lasting, may_see_document
from xpassfam.rules.identifiers import new_public_id
from xpassfam.rules.visibility import Subject, Viewer
from xpassfam.vault.models import File

SOMEBODY_ELSE = 0  # no row has this key
GIVEN_AGAIN_WITHIN = timedelta(days=60)
BY_SYSTEM = "system"  # as `verdict_by` has it: agents have a name


class Verdict(models.TextChoices):
    PENDING = "pending", _("En cours de vérification")
    ACCEPTED = "accepted", _("Accepté")
    REFUSED = "refused", _("Refusé")
    WITHDRAWN = "withdrawn", _("À redonner")


NO_GOOD = (Verdict.REFUSED, Verdict.WITHDRAWN)


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, access: Viewer) -> Self:
        """Of the home acted for: one's own, and those that `rules.documents.may_see_document` lets one read."""
        shown = Q(given_by=access.person_id)
        for is_restricted in (False, True):
            about = _about_whom(access, is_restricted=is_restricted)
            shown |= Q(about, is_restricted=is_restricted, is_private=False)
        return self.filter(shown, household=access.household_id)

    def given_with(self, form_key: str, *, by: Viewer) -> "Document | None":
        """What this form of theirs made, if it was sent before."""
        return self.filter(given_by=by.person_id, form_key=form_key).first()

    def given_with_any(self, form_keys: Sequence[str], *, by: Viewer) -> bool:
        """Whether one of these forms of theirs made something."""
        return self.filter(given_by=by.person_id, form_key__in=form_keys).exists()

    def as_shown(self) -> Self:
        """With what pages say of each: whose, by whom, replaced by what."""
        return self.select_related("person", "given_by", "replaced_by")

    def older_than(self, at: datetime, public_id: str) -> Self:
        """What a page by key goes on with, the newest first."""
        return self.filter(Q(given_at__lt=at) | Q(given_at=at, public_id__lt=public_id))

    def in_force(self) -> Self:
        """Not replaced: what replaced it and was not accepted in the end leaves it as it was."""
        return self.filter(Q(replaced_by=None) | Q(replaced_by__verdict__in=NO_GOOD))

    def good_on(self, day: date) -> Self:
        """Not refused, not withdrawn, not replaced, not past their last day."""
        still = Q(valid_until=None) | Q(valid_until__gte=day)
        return self.in_force().filter(still, verdict__in=[Verdict.PENDING, Verdict.ACCEPTED])

    def waiting_first(self, on: date) -> Self:
        """What is to give again; what a reminder told of and is still good, the first to end before; then the newest
        given.
        """
        told = Q(warned_days__isnull=False, replaced_by=None, valid_until__gte=on) & ~_has_longer()
        soon = Case(When(told & Q(verdict__in=[Verdict.PENDING, Verdict.ACCEPTED]), then="valid_until"), default=None)
        again = Case(When(_is_to_give_again(on), then=Value(True)), default=Value(False))
        rows = self.annotate(is_to_give_again=again)
        return rows.order_by("-is_to_give_again", soon.asc(nulls_last=True), "-given_at", "-pk")

    def to_remind_of(self, on: date) -> Self:
        """Good, of somebody who is still there, and one of `REMINDERS` has come that was not told."""
        due = Q(pk__in=[])
        for days in REMINDERS:
            told = Q(warned_days=None) | Q(warned_days__gt=days)
            due |= told & Q(valid_until__lte=on + timedelta(days=days))
        here = {"person": OuterRef("person"), "household": OuterRef("household")}
        lives, acts = Residence.objects.open_on(on).filter(**here), Access.objects.open_on(on).filter(**here)
        is_here = Q(person=None) | Q(Exists(lives)) | Q(Exists(acts))
        return self.good_on(on).filter(due, is_here, ~_has_longer())

    def to_check(self, on: date) -> Self:
        """What an agent can open and nobody judged, of what may still serve: the oldest first."""
        unscanned = Attached.objects.filter(document=OuterRef("pk"), file__state=File.State.QUARANTINED)
        return self.good_on(on).filter(~Exists(unscanned), verdict=Verdict.PENDING).order_by("given_at", "pk")

    def to_erase_once_checked(self) -> Self:
        """Of a kind that is checked, then erased; nobody judged them yet."""
        codes = [kind.code for kind in kinds().values() if kind.is_erased]
        return self.filter(kind__in=codes, verdict=Verdict.PENDING)

    def destroyed(self) -> Self:
        """Refused because the virus scanner found something: nobody has opened them, nothing is left of it."""
        return self.filter(verdict=Verdict.REFUSED, verdict_by=BY_SYSTEM)

    def gone_unseen(self) -> Self:
        """Destroyed, or erased unchecked: nobody has looked at them, nothing is left of it."""
        return self.filter(verdict__in=NO_GOOD, verdict_by=BY_SYSTEM)

    def reusable(self, access: Viewer, *, kind: Kind, person: Person | None, on: date) -> Self:
        """What the family gave already and need not give again, newest first.

        Of what is good until another is given, the last alone.
        """
        if not kind.is_reusable:
            return self.none()
        found = self.visible_to(access).filter(kind=kind.code, person=person).good_on(on).order_by("-given_at", "-pk")
        return found[:1] if kind.validity.lasting is Lasting.UNTIL_CHANGE else found


def asked_again_since(on: date) -> datetime:
    """What an agent refused before is no news any more."""
    return datetime.combine(on - GIVEN_AGAIN_WITHIN, time.min, UTC)


def _is_to_give_again(on: date) -> Q:
    """An agent refused it, or asks for it again, and the family gave no other of the same since. What serves once is
    given in the request that waits for it, which says so itself.
    """
    again = [kind.code for kind in kinds().values() if kind.is_reusable]
    refused = Q(kind__in=again, verdict__in=NO_GOOD, verdict_at__gte=asked_again_since(on), replaced_by=None)
    erased_unchecked = Q(verdict=Verdict.WITHDRAWN, verdict_by=BY_SYSTEM)
    return refused & ~erased_unchecked & ~_has_other(Q(given_at__gt=OuterRef("given_at")))


def _has_longer() -> Q:
    """The family gave another of the same since, that lasts longer: nobody waits for this one to be renewed."""
    lasts = Q(valid_until=None) | Q(valid_until__gt=OuterRef("valid_until"))
    return _has_other(lasts & Q(replaced_by=None) & ~Q(verdict__in=NO_GOOD))


def _has_other(other: Q) -> Q:
    """Of the same kind, for the same home or person."""
    same = Document.objects.filter(other, household=OuterRef("household"), kind=OuterRef("kind"))
    same = same.filter(is_private=OuterRef("is_private"))
    of_home = Q(person=None) & Q(Exists(same.filter(person=None)))
    return of_home | Q(Exists(same.filter(person=OuterRef("person"))))


def _about_whom(access: Viewer, *, is_restricted: bool) -> Q:
    """The rule, asked for everybody that a home can hold: nobody, oneself, and each role, of age or not."""

    def may_see(about: Subject | None) -> bool:
        return may_see_document(
            access,
            about=about,
            household_id=access.household_id,
            given_by=SOMEBODY_ELSE,
            is_restricted=is_restricted,
        )

    shown = Q(pk__in=[])
    if may_see(None):
        shown |= Q(person=None)
    # Where oneself lives, and in what role, changes nothing of one's own.
    if may_see(Subject(access.person_id)):
        shown |= Q(person=access.person_id)
    last_birth, seen = last_birth_of_adults(access.on), Q(pk__in=[])
    ages = (
        (last_birth, Q(person__birth_date__lte=last_birth)),
        (None, Q(person__birth_date=None) | Q(person__birth_date__gt=last_birth)),
    )
    for role, is_shared, (born, are_born) in product(Residence.Role.values, (False, True), ages):
        if may_see(Subject(SOMEBODY_ELSE, role=role, born=born, is_shared=is_shared)):
            seen |= Q(are_born, role=role, is_shared=is_shared)
    stays = Residence.objects.visible_to(access).filter(person=OuterRef("person"))
    return shown | Q(Exists(stays.filter(seen)))


class Document(models.Model):
    """`person` is whom it is about; None: the whole home. `kind` is a code of `kinds.yaml`; `is_restricted` is that
    of the kind when it was given; what `is_private` was given for a private request, and is its giver's alone.
    `issued_on` is the day that it bears, `valid_until` the last on which it is good.

    `form_key` is the form's: sent twice, it makes one document. `pdf` holds its photos as one PDF, once somebody asked
    for it. Once `erased_at`, no file is left, and the verdict stays. `warned_days`: the last of
    `rules.documents.REMINDERS` that was told.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="documents")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="documents")
    kind = models.CharField(max_length=40)
    is_restricted = models.BooleanField(default=False)
    is_private = models.BooleanField(default=False, db_default=False)
    issued_on = models.DateField()
    valid_until = models.DateField(null=True)
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="given_documents")
    given_at = models.DateTimeField()
    form_key = models.CharField(max_length=64)
    verdict = models.CharField(max_length=12, choices=Verdict, default=Verdict.PENDING)
    reason = models.CharField(max_length=500, blank=True)
    verdict_by = models.CharField(max_length=250, blank=True)
    verdict_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)
    replaced_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="replaces")
    warned_days = models.PositiveSmallIntegerField(null=True)
    files = models.ManyToManyField(File, through="Attached", related_name="documents")
    pdf = models.OneToOneField(File, on_delete=models.PROTECT, null=True, related_name="+")

    objects = DocumentQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["household", "kind", "-given_at"], name="document_of_household"),
            models.Index(fields=["household", "-given_at"], name="document_newest_of_household"),
            models.Index(fields=["given_at", "id"], condition=Q(verdict="pending"), name="document_to_check"),
            models.Index(fields=["valid_until"], condition=Q(valid_until__isnull=False), name="document_ends"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["given_by", "form_key"], name="document_once_by_form"),
            models.CheckConstraint(condition=~Q(form_key=""), name="document_has_form_key"),
            models.CheckConstraint(
                condition=Q(verdict__in=["pending", "accepted", "refused", "withdrawn"]),
                name="document_verdict_is_known",
            ),
            models.CheckConstraint(
                condition=Q(verdict="pending", verdict_at=None)
                | (~Q(verdict="pending") & Q(verdict_at__isnull=False) & ~Q(verdict_by="")),
                name="document_verdict_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(verdict__in=["refused", "withdrawn"]) | ~Q(reason=""),
                name="document_refused_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.household_id})"

    @property
    def described(self) -> Kind:
        return kind_of(self.kind)

    @property
    def told_label(self) -> str:
        """What it is, to whoever may not read it: a mail, the home's history, a paper that others read."""
        is_hidden = self.is_restricted or self.is_private
        return gettext("document à lecture restreinte") if is_hidden else self.described.label

    @property
    def is_replaced(self) -> bool:
        return self.replaced_by is not None and self.replaced_by.verdict not in NO_GOOD

    @property
    def is_destroyed(self) -> bool:
        """As `DocumentQuerySet.destroyed`."""
        return self.verdict == Verdict.REFUSED and self.verdict_by == BY_SYSTEM

    @property
    def is_erased_unchecked(self) -> bool:
        """Nobody was to check it any more: see `judging.erase_unchecked`."""
        return self.verdict == Verdict.WITHDRAWN and self.verdict_by == BY_SYSTEM

    @property
    def is_gone_unseen(self) -> bool:
        """As `DocumentQuerySet.gone_unseen`."""
        return self.is_destroyed or self.is_erased_unchecked

    @property
    def may_be_renewed(self) -> bool:
        """What serves more than once, as long as nothing took its place."""
        return self.described.is_reusable and not self.is_replaced

    def is_past(self, on: date) -> bool:
        return self.valid_until is not None and self.valid_until < on

    def is_good_on(self, day: date) -> bool:
        """As `DocumentQuerySet.good_on`."""
        return self.verdict not in NO_GOOD and not self.is_past(day) and not self.is_replaced

    def is_accepted_on(self, day: date) -> bool:
        """Good, and an agent said so: nobody has to give it again."""
        return self.verdict == Verdict.ACCEPTED and self.is_good_on(day)


class Attached(models.Model):
    """A file of a document, at its place; a file belongs to one document."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="attached")
    file = models.OneToOneField(File, on_delete=models.PROTECT)
    rank = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["rank"]
        constraints = [models.UniqueConstraint(fields=["document", "rank"], name="attached_at_its_place")]


def has_unread(document: OuterRef) -> Exists:
    """Of a document named in an outer query: a file that waits for the virus scanner, or that it destroyed."""
    return Exists(Attached.objects.filter(document=document).exclude(file__state=File.State.READY))
