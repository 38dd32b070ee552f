"""What a proposed rule would change for the homes of the register."""

from django.db import models
from django.db.models import F, Q

from xpassfam.entitlements.models.proposal import Proposal
from xpassfam.rules.identifiers import new_public_id


class Simulation(models.Model):
    """`digest` is that of the text it was counted with; `day`, the one on which rights are compared. It goes on from
    `last_household`, wherever it was stopped. Cents are those of a year."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="simulations")
    digest = models.CharField(max_length=64)
    day = models.DateField()
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    last_household = models.BigIntegerField(default=0)
    gaining = models.PositiveIntegerField(default=0)
    losing = models.PositiveIntegerField(default=0)
    cents_before = models.BigIntegerField(default=0)
    cents_after = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("asked_at")),
                name="right_simulation_ends_after_asked",
            ),
        ]

    @property
    def percent(self) -> int:
        return min(100, 100 * self.done // max(1, self.total))

    @property
    def unchanged(self) -> int:
        return self.done - self.gaining - self.losing


class SimulatedHome(models.Model):
    """A home for which something changes: its file number, and what it would get in a year."""

    simulation = models.ForeignKey(Simulation, on_delete=models.CASCADE, related_name="homes")
    file_number = models.CharField(max_length=40)
    town = models.CharField(max_length=100, blank=True)
    is_gaining = models.BooleanField()
    cents_before = models.BigIntegerField()
    cents_after = models.BigIntegerField()

    class Meta:
        ordering = ["pk"]
