"""A certificate: what was said that day, to whom, and how it looked."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from xpassfam.certificates.kinds import Kind, issued, kind_of
from xpassfam.certificates.models.paper import Paper, State
from xpassfam.people.models import Household, Person
from xpassfam.rules.certificates import may_see_certificate
from xpassfam.rules.identifiers import new_public_id
from xpassfam.rules.visibility import Viewer

SOMEBODY_ELSE = 0  # no row has this key


class Face(models.Model):
    """How papers of a time look: kept as long as one of them, so that it prints the same when the brand has changed.

    `name` is the digest of the rest.
    """

    name = models.CharField(max_length=64, primary_key=True)
    colours = models.JSONField()
    logo = models.BinaryField(null=True)
    logo_width = models.FloatField(default=0)  # millimetres
    signature = models.BinaryField(null=True)
    signature_width = models.FloatField(default=0)


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def visible_to(self, access: Viewer) -> Self:
        """Of the home acted for: see `rules.certificates.may_see_certificate`."""
        shown = Q(given_to=access.person_id)
        home = access.household_id
        seen = [
            kind.code
            for kind in issued()
            if may_see_certificate(access, kind.tells, household_id=home, given_to=SOMEBODY_ELSE, is_own=False)
        ]
        return self.filter(shown | Q(is_own=False, kind__in=seen), household=home)

    def given_with(self, form_key: str, *, to: int) -> "Certificate | None":
        """What this form of theirs made, if it was sent before."""
        return self.filter(given_to=to, form_key=form_key).first()

    def current(self) -> Self:
        """Neither replaced nor withdrawn: one of a kind and variant to one person, at most."""
        return self.filter(is_current=True)


class Certificate(models.Model):
    """`said` are the facts, as values; `sheet` all that is printed, in words; both as they were that day. `says` is the
    digest of the facts: another today means that the certificate no longer says the truth.

    `given_to` is who asked, or for whom an agent did; `is_own`: about them alone. `variant` tells two of a kind apart
    that are true together: with or without an amount, a year. `form_key` is the form's: sent twice, it makes one.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    number = models.CharField(max_length=20, unique=True)
    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="certificate")
    kind = models.CharField(max_length=40)
    variant = models.CharField(max_length=20, blank=True)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="certificates")
    given_to = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="certificates")
    is_own = models.BooleanField(default=False)
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=250)
    said = models.JSONField()
    says = models.CharField(max_length=64)
    sheet = models.JSONField()
    face = models.ForeignKey(Face, on_delete=models.PROTECT, related_name="certificates")
    is_current = models.BooleanField(default=True)
    reason = models.CharField(max_length=500, blank=True)  # why it was withdrawn, as the family reads it
    revoked_by = models.CharField(max_length=250, blank=True)
    form_key = models.CharField(max_length=64)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["household", "-issued_at"], name="certificate_of_household")]
        constraints = [
            models.UniqueConstraint(
                fields=["household", "kind", "variant", "given_to", "is_own"],
                condition=Q(is_current=True),
                name="certificate_current_once",
            ),
            models.UniqueConstraint(fields=["given_to", "form_key"], name="certificate_once_by_form"),
            models.CheckConstraint(condition=~Q(form_key=""), name="certificate_has_form_key"),
            models.CheckConstraint(
                condition=Q(revoked_by="", reason="") | (~Q(revoked_by="") & ~Q(reason="") & Q(is_current=False)),
                name="certificate_revoked_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def described(self) -> Kind:
        return kind_of(self.kind)

    def state(self, on: date) -> State:
        return self.paper.state(on)


class Taking(models.Model):
    """When somebody last took the PDF: the history tells it once an hour, not at each press."""

    certificate = models.ForeignKey(Certificate, on_delete=models.CASCADE, related_name="takings")
    reader = models.CharField(max_length=32)  # the public id of an account
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["certificate", "reader"], name="taking_once_by_reader")]
