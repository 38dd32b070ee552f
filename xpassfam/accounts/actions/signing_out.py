"""Leaving: the session of this device ends."""

from datetime import datetime

from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest

from xpassfam.accounts import history
from xpassfam.accounts.models import Account
from xpassfam.accounts.telling import record


def sign_out(request: HttpRequest, *, device: str, at: datetime) -> None:
    """End the request's session; whoever had none leaves no line."""
    with transaction.atomic():
        if isinstance(request.user, Account):
            record(request.user, history.SIGNED_OUT, at=at, device=device)
        logout(request)
