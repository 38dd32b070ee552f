"""The accounts to which a household is paid, one after the other."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xpassfam.payments import sealing
from xpassfam.people.models import Household
from xpassfam.rules.iban import last_characters, normalise_iban
from xpassfam.rules.identifiers import new_public_id
from xpassfam.rules.visibility import Viewer, may_see_payments


class BankDetailsQuerySet(models.QuerySet["BankDetails"]):
    def visible_to(self, access: Viewer) -> Self:
        """Of the home acted for: see `rules.visibility.may_see_payments`."""
        if not may_see_payments(access, access.household_id):
            return self.none()
        return self.filter(household=access.household_id)

    def active(self, at: datetime) -> Self:
        """Those that are paid at that moment: one a household at most."""
        return self.filter(Q(ended_at=None) | Q(ended_at__gt=at), active_from__lte=at)

    def coming(self, at: datetime) -> Self:
        """Those that will be, unless they are stopped: one a household at most."""
        return self.filter(active_from__gt=at, ended_at=None)

    def elsewhere(self, iban: str, *, than: Household) -> Self:
        """The same account given by other homes, ever: one that was stopped as a fraud among them."""
        return self.filter(~Q(iban_mark=""), iban_mark__in=sealing.marks(normalise_iban(iban))).exclude(household=than)


class BankDetails(models.Model):
    """An account, paid from `active_from` until `ended_at`. Stopped before it began, it ends then, and what it was to
    replace goes on."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="bank_details")
    holder = models.CharField(_("titulaire du compte"), max_length=70)
    sealed_iban = models.BinaryField()
    key_name = models.CharField(max_length=8)
    iban_end = models.CharField(max_length=4)
    # Its keyed digest, to find the same account; none where its key was lost.
    iban_mark = models.CharField(max_length=64, blank=True, default="", db_default="")
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=250)
    active_from = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")

    objects = BankDetailsQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["key_name"], name="bank_details_by_key"),
            models.Index(fields=["iban_mark"], condition=~Q(iban_mark=""), name="bank_details_by_account"),
        ]
        constraints = [
            # The last of a household: the coming ones where there are any, else the active ones.
            models.UniqueConstraint(fields=["household"], condition=Q(ended_at=None), name="bank_details_open_once"),
            models.CheckConstraint(condition=~Q(holder=""), name="bank_details_have_a_holder"),
            models.CheckConstraint(
                condition=Q(active_from__gte=F("changed_at")), name="bank_details_begin_after_they_are_given"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("changed_at")),
                name="bank_details_end_after_they_are_given",
            ),
        ]

    @property
    def iban(self) -> str:
        """In clear, to pay and to compare; never on a page. Raise `sealing.Unreadable`."""
        return sealing.unseal(bytes(self.sealed_iban), self.key_name, about=self.public_id)

    def is_account(self, *, holder: str, iban: str) -> bool:
        """Whether it is this very one; no, where it can't be read any more."""
        try:
            return (self.holder, self.iban) == (holder, iban)
        except sealing.Unreadable:
            return False

    def lock(self, iban: str) -> None:
        """Keep a number under the present key."""
        self.sealed_iban, self.key_name = sealing.seal(iban, about=self.public_id)
        self.iban_end, self.iban_mark = last_characters(iban), sealing.marks(iban)[0]
