"""Facts the organisation's register holds: who lives where, and who may act for whom."""

import secrets

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


def new_public_id() -> str:
    """128 random bits in base 32: stands in addresses, is not a right of access."""
    return secrets.token_hex(16)


class Household(models.Model):
    """A family unit: the organisation's file, with its own address."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    file_number = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=120)
    address = models.TextField(blank=True)
    postcode = models.CharField(max_length=12, blank=True)
    town = models.CharField(max_length=80, blank=True)
    country = models.CharField(max_length=2, default="FR")
    closed_on = models.DateField(null=True, blank=True)
    facts_version = models.PositiveIntegerField(default=1)


class Person(models.Model):
    """Someone the register knows. Names are as the person writes them."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    last_name = models.CharField(max_length=120)
    first_names = models.CharField(max_length=120)
    search_name = models.CharField(max_length=250, db_index=True)
    birth_date = models.DateField(null=True)
    member_number = models.CharField(max_length=20, unique=True, null=True)
    email = models.CharField(max_length=254, blank=True, db_index=True)
    phone = models.CharField(max_length=20, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.first_names} {self.last_name}"


class Residence(models.Model):
    """A person in a household; a child of separated parents has two."""

    class Role(models.TextChoices):
        HOLDER = "holder", _("Titulaire")
        PARTNER = "partner", _("Conjoint")
        DEPENDENT_CHILD = "dependent_child", _("Enfant")
        OTHER_ADULT = "other_adult", _("Autre adulte")

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="residences")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="residences")
    role = models.CharField(max_length=20, choices=Role)
    is_shared = models.BooleanField(default=False)
    since = models.DateField(null=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household", "person"], condition=Q(until=None), name="residence_once_per_home"
            ),
        ]


class Access(models.Model):
    """The right of a person to act for a household: granted, dated, revocable."""

    class Permission(models.TextChoices):
        ALL = "all", _("Tout voir et tout faire")
        VIEW = "view", _("Voir")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="accesses")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="accesses")
    permission = models.CharField(max_length=12, choices=Permission, default=Permission.ALL)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "household"], condition=Q(until=None), name="access_open_once"),
        ]
