"""Proofs that open an account: codes from the organisation, and sign-ups that wait for their e-mail."""

from django.db import models

from xpassfam.people.models import Person
from xpassfam.rules.identifiers import new_public_id


class ActivationCode(models.Model):
    """A secret the organisation sent to one adult: hashed, dated, usable once."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="activation_codes")
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(used_at=None, superseded_at=None),
                name="activation_code_one_live_per_person",
            ),
        ]


class PostedCode(models.Model):
    """A code to print and post: asked for where the register holds no e-mail that would prove the person."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="posted_codes")
    asked_at = models.DateTimeField()
    printed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(printed_at=None), name="posted_code_one_waiting_per_person"
            ),
        ]


class PendingSignUp(models.Model):
    """A sign-up that waits for its e-mail. Every outcome makes one: the page can't tell them apart."""

    class Outcome(models.TextChoices):
        OPEN = "open"  # the proof was right: link and code open the account
        TAKEN = "taken"  # the address already has an account
        MEMBER_ACTIVE = "member_active"  # this person already has an account, at another address
        WRONG_PROOF = "wrong_proof"
        POSTED = "posted"  # the register can't prove it by e-mail: a code is posted

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    email = models.CharField(max_length=254, db_index=True)
    last_name = models.CharField(max_length=120)
    first_name = models.CharField(max_length=120)
    phone = models.CharField(max_length=20, blank=True)
    password = models.CharField(max_length=128)
    # Eight bits of a keyed hash: sign-in picks by it the one hash to verify, this row's or the account's.
    password_tag = models.PositiveSmallIntegerField()
    member_number = models.CharField(max_length=20, blank=True, db_index=True)  # as claimed, right or wrong
    browser_digest = models.CharField(max_length=64, blank=True)  # of the device cookie, where it was asked
    outcome = models.CharField(max_length=20, choices=Outcome)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True)
    activation_code = models.ForeignKey(ActivationCode, on_delete=models.SET_NULL, null=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField()
    code_digest = models.CharField(max_length=64)
    code_expires_at = models.DateTimeField()
    code_tries = models.PositiveSmallIntegerField(default=0)  # what the page tells; each resend empties it
    digits_tries = models.PositiveIntegerField(default=0)  # of the digits that left last, resent or not
    used_at = models.DateTimeField(null=True)
    used_on = models.CharField(max_length=80, blank=True)  # the device, in words
    superseded_at = models.DateTimeField(null=True)


class SignUpLink(models.Model):
    """A link sent for a sign-up. Older ones are kept, to say that a newer one left."""

    pending = models.ForeignKey(PendingSignUp, on_delete=models.CASCADE, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)
