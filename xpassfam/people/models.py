"""Facts the organisation's register holds: who lives where, and who may act for whom."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Replace, Upper
from django.utils.translation import gettext_lazy as _

from xpassfam.rules.identifiers import new_public_id
from xpassfam.rules.visibility import Viewer

MARKS = 20  # four shapes × five colours before two persons look alike


def dated(on: date, prefix: str = "") -> Q:
    """Begun, and not ended, on that day: `rules.visibility.is_open` in SQL."""
    since, until = f"{prefix}since", f"{prefix}until"
    begun = Q(**{f"{since}__isnull": True}) | Q(**{f"{since}__lte": on})
    return begun & (Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gt": on}))


def not_closed(on: date, prefix: str = "") -> Q:
    return Q(**{f"{prefix}closed_on__isnull": True}) | Q(**{f"{prefix}closed_on__gt": on})


class HouseholdQuerySet(models.QuerySet["Household"]):
    def visible_to(self, access: Viewer) -> Self:
        """The one home acted for: see `rules.visibility.may_see_household`."""
        return self.filter(pk=access.household_id)


class Household(models.Model):
    """A family unit: the organisation's file, with its own address."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    file_number = models.CharField(max_length=20)
    file_key = models.GeneratedField(  # the number as it is compared: see `rules.identifiers.normalise_file_number`
        expression=Replace(Replace(Upper("file_number"), Value("-")), Value(" ")),
        output_field=models.CharField(max_length=20),
        db_persist=True,
        unique=True,
    )
    name = models.CharField(max_length=120)
    address = models.TextField(blank=True)
    postcode = models.CharField(max_length=12, blank=True)
    town = models.CharField(max_length=80, blank=True)
    country = models.CharField(max_length=2, default="FR")
    closed_on = models.DateField(null=True, blank=True)
    closed_reason = models.CharField(max_length=120, blank=True)
    facts_version = models.PositiveIntegerField(default=1)

    objects = HouseholdQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(file_number=""), name="household_has_file_number"),
            models.CheckConstraint(condition=~Q(name=""), name="household_has_name"),
        ]

    def __str__(self) -> str:
        return self.name


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, access: Viewer) -> Self:
        """Oneself, who lives in the home acted for and who may act for it: see `rules.visibility.may_see_person`."""
        at_home = Residence.objects.visible_to(access).filter(person=OuterRef("pk"))
        acting = Access.objects.visible_to(access).filter(person=OuterRef("pk"))
        return self.filter(Q(pk=access.person_id) | Q(Exists(at_home)) | Q(Exists(acting)))


class Person(models.Model):
    """Someone the register knows. Names are as the person writes them."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    register_key = models.CharField(max_length=40, unique=True, null=True)  # the organisation's own number
    last_name = models.CharField(max_length=120)
    birth_name = models.CharField(max_length=120, blank=True)
    first_names = models.CharField(max_length=120)
    search_name = models.CharField(max_length=400)
    birth_date = models.DateField(null=True)
    member_number = models.CharField(max_length=20, unique=True, null=True)
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    mark = models.PositiveSmallIntegerField(default=1)  # shape and colour, kept for life
    closed_on = models.DateField(null=True, blank=True)
    closed_reason = models.CharField(max_length=120, blank=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["search_name"], name="person_by_name"),
            models.Index(fields=["email"], name="person_by_email"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(last_name="") & ~Q(first_names=""), name="person_has_names"),
            models.CheckConstraint(condition=~Q(member_number=""), name="person_member_number_not_empty"),
            models.CheckConstraint(condition=~Q(register_key=""), name="person_register_key_not_empty"),
            models.CheckConstraint(condition=Q(mark__range=(1, MARKS)), name="person_mark_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def first_name(self) -> str:
        """The name one is called by: the first of several given names."""
        return self.first_names.replace(",", " ").split()[0]

    @property
    def initial(self) -> str:
        return self.first_name[0].upper()


class ResidenceQuerySet(models.QuerySet["Residence"]):
    def open_on(self, day: date) -> Self:
        return self.filter(dated(day))

    def visible_to(self, access: Viewer) -> Self:
        """Who lives today in the home acted for: see `rules.visibility.may_see_stay`."""
        return self.open_on(access.on).filter(household=access.household_id)


class Residence(models.Model):
    """A person in a household, at its place in the family's order; a child of separated parents has two."""

    class Role(models.TextChoices):
        HOLDER = "holder", _("Titulaire")
        PARTNER = "partner", _("Partenaire")
        DEPENDENT_CHILD = "dependent_child", _("Enfant")
        OTHER_ADULT = "other_adult", _("Autre adulte")

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="residences")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="residences")
    role = models.CharField(max_length=20, choices=Role)
    rank = models.PositiveSmallIntegerField(default=1)
    is_shared = models.BooleanField(default=False)
    since = models.DateField(null=True)
    until = models.DateField(null=True, blank=True)  # the first day no longer there

    objects = ResidenceQuerySet.as_manager()

    class Meta:
        ordering = ["rank", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["household", "person"], condition=Q(until=None), name="residence_once_per_home"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(since=None) | Q(until__gte=F("since")),
                name="residence_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(role__in=["holder", "partner", "dependent_child", "other_adult"]),
                name="residence_role_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household_id}: {self.person_id} ({self.role})"


class AccessQuerySet(models.QuerySet["Access"]):
    def open_on(self, day: date) -> Self:
        """Accesses that let someone in that day: neither ended, nor of a closed person or household."""
        return self.filter(dated(day), not_closed(day, "household__"), not_closed(day, "person__"))

    def visible_to(self, access: Viewer) -> Self:
        """Who may act for the home acted for: see `rules.visibility.may_see_grant`."""
        return self.filter(dated(access.on), household=access.household_id)


class Access(models.Model):
    """The right of a person to act for a household: granted, dated, revocable."""

    class Permission(models.TextChoices):
        ALL = "all", _("Tout voir et tout faire")
        VIEW = "view", _("Voir")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="accesses")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="accesses")
    permission = models.CharField(max_length=12, choices=Permission, default=Permission.ALL)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)  # the first day no longer granted

    objects = AccessQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "household"], condition=Q(until=None), name="access_open_once"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="access_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=Q(permission__in=["all", "view"]), name="access_permission_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} → {self.household_id} ({self.permission})"
