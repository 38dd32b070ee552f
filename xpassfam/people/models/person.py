"""Someone the register knows."""

from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from xpassfam.people.models.access import Access
from xpassfam.people.models.residence import Residence
from xpassfam.rules.identifiers import new_public_id
from xpassfam.rules.names import called_by
from xpassfam.rules.visibility import Viewer

MARKS = 20  # four shapes × five colours before two persons look alike


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
    # The `search_name` under which they can be found by now: see `actions.naming`.
    named_as = models.CharField(max_length=400, default="", db_default="", editable=False)
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
            models.Index(fields=["phone"], name="person_by_phone"),
            models.Index(fields=["birth_date"], name="person_by_birth_date"),
            models.Index(fields=["id"], condition=~Q(search_name=F("named_as")), name="person_to_name"),
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
        """The name one is called by."""
        return called_by(self.first_names)

    @property
    def initial(self) -> str:
        return self.first_name[0].upper()
