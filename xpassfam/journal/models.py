"""The history's tables. Triggers, made by the first migration, refuse what is not an addition."""

from typing import Protocol, Self

from django.db import models
from django.db.models import Q

from xpassfam.journal.kinds import Audience

NOBODY = "-"  # no public id: who has none reads nothing


class Reader(Protocol):
    """A person acting for a household, by public ids; `reads_household`: what the others did there, too."""

    @property
    def person(self) -> str: ...
    @property
    def household(self) -> str: ...
    @property
    def reads_household(self) -> bool: ...


class Head(models.Model):
    """The end of a chain: locked while a line is added, so that the chain can't fork."""

    scope = models.CharField(max_length=64, primary_key=True)
    seq = models.BigIntegerField()
    hash = models.CharField(max_length=64)


class LineQuerySet(models.QuerySet["Line"]):
    def visible_to(self, access: Reader) -> Self:
        """What a family reads: the person's own lines and, as far as they may, those of the household acted for."""
        own = Q(audience=Audience.SELF, person=access.person) & ~Q(person="")
        if not access.reads_household:
            return self.filter(own)
        shared = Q(audience=Audience.HOUSEHOLD, household=access.household) & ~Q(household="")
        return self.filter(shared | own)

    def by_index(self, access: Reader) -> tuple[Self, ...]:
        """The same lines in two parts, each read along its index."""
        household = access.household if access.reads_household else ""
        shared = self.filter(audience=Audience.HOUSEHOLD, household=household or NOBODY)
        own = self.filter(audience=Audience.SELF, person=access.person or NOBODY)
        return shared, own


class Line(models.Model):
    """Who did what, when, for whom. Public ids are values: the history outlives what it names."""

    scope = models.CharField(max_length=64)
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    kind = models.CharField(max_length=60)
    actor_kind = models.CharField(max_length=20)
    actor = models.CharField(max_length=32, blank=True)
    household = models.CharField(max_length=32, blank=True)
    account = models.CharField(max_length=32, blank=True)
    person = models.CharField(max_length=32, blank=True)
    audience = models.CharField(max_length=12, choices=Audience)
    digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    objects = LineQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "seq"], name="line_once_in_its_chain")]
        indexes = [
            # A page is read along one of these, in its order: nothing is sorted.
            models.Index(fields=["household", "audience", "-at", "-hash"], name="line_by_household"),
            models.Index(fields=["person", "audience", "-at", "-hash"], name="line_by_person"),
            models.Index(fields=["actor", "-at"], name="line_by_actor"),
        ]


class Payload(models.Model):
    """The words and values of a line. Only retention deletes it, with its salt: the digest that the
    line keeps then tells nothing to somebody who tries likely words.

    `words` is JSON, kept as the very text that was digested: a database may write a number its own way.
    """

    line = models.OneToOneField(Line, on_delete=models.PROTECT, primary_key=True)
    salt = models.CharField(max_length=32)
    words = models.TextField()


class Forgetting(models.Model):
    """Retention passed here: the words of this scope's lines up to `through`, older than `before` and of these
    kinds, may go. The triggers ask for it; the proof asks for the line that says so."""

    scope = models.CharField(max_length=64)
    through = models.BigIntegerField()
    before = models.DateTimeField()
    kinds = models.TextField()  # their codes, a space on each side of every one
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["scope", "through"], name="forgetting_by_scope")]
