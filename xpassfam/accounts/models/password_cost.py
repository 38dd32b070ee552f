"""How dear accounts' hashes are, counted now and then."""

from django.db import models


class PasswordCost(models.Model):
    """How many accounts have a hash of this cost (« m=19456,t=2,p=1 »): unknown identifiers are given their share."""

    parameters = models.CharField(max_length=40, primary_key=True)
    accounts = models.PositiveIntegerField()
