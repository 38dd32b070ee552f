"""What the other parent of a child says of a residence to share, asked online."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xpassfam.filings.models.filing import Filing
from xpassfam.filings.states import PENDING
from xpassfam.people.models import Household, Person
from xpassfam.rules.identifiers import new_public_id
from xpassfam.rules.visibility import COUPLE_ROLES, Viewer, may


def may_be_asked(viewer: Viewer) -> bool:
    """A child's parent is of the couple of the home acted for. Nobody agrees in their place."""
    return viewer.role in COUPLE_ROLES and may(viewer, "requests")


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def visible_to(self, access: Viewer) -> Self:
        """Asked of the home acted for: its couple's, and nobody else's; never that of whoever asks.

        Where a member number named one parent it is theirs alone. In a home that is parting nobody can tell which of
        the couple is the child's parent: it waits for the organisation. Source: code civil, art. 9, 372-2.
        """
        if not may_be_asked(access):
            return self.none()
        asked = Q(parent=access.person_id)
        if not access.is_frozen:
            asked |= Q(parent=None)
        return self.filter(asked, household=access.household_id).exclude(filing__filed_by=access.person_id)

    def open(self) -> Self:
        """Those that may still be answered: the organisation has not decided."""
        return self.filter(filing__status__in=PENDING)


class Agreement(models.Model):
    """`household` is the child's other home, `parent` whom a number named there, as an agent verified; None: either of
    its couple. `terms` are the answers that were shown, by the effect's own names; `version` counts how often they
    were asked. `sharing` is said from the other parent's side: their « me » is the filing's « other ».
    """

    class Answer(models.TextChoices):
        AGREED = "agreed", _("Je suis d’accord")
        PROPOSED = "proposed", _("Je propose un autre partage")
        REFUSED = "refused", _("Je ne suis pas d’accord")

    class Sharing(models.TextChoices):
        HALF = "half", _("Pour moitié à chaque parent")
        ME = "me", _("À moi")
        OTHER = "other", _("À l’autre parent")

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    filing = models.OneToOneField(Filing, on_delete=models.CASCADE, related_name="agreement")
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="+")
    parent = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="+")
    version = models.PositiveSmallIntegerField(default=1)
    terms = models.JSONField()
    asked_at = models.DateTimeField()
    until = models.DateField()
    reminded_on = models.DateField(null=True)
    answer = models.CharField(max_length=8, choices=Answer, blank=True)
    sharing = models.CharField(max_length=5, choices=Sharing, blank=True)
    words = models.TextField(max_length=1000, blank=True)  # for the organisation alone
    answered_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)  # that it came to nothing
    answered_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", sharing="", words="", answered_at=None)
                | Q(answer="refused", sharing="", answered_at__isnull=False)
                | Q(answer__in=["agreed", "proposed"], sharing__in=["half", "me", "other"], answered_at__isnull=False),
                name="agreement_answer_is_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["until"], condition=Q(answer="", reminded_on=None), name="agreement_to_remind"),
        ]
