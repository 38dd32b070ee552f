"""Where somebody wants to be told what, and discreet mode."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from xpassfam.accounts import freezing, history, reaching
from xpassfam.accounts.models import Account, ContactChoices, Freeze
from xpassfam.accounts.models.channels import ALWAYS_BY_EMAIL, Subject
from xpassfam.accounts.telling import record


class StepOnSharedChannel(Exception):
    """Codes of the second step go there: whoever reads it would have them. The argument is the channel."""


def choices_of(account: Account) -> ContactChoices:
    """Saved or not yet."""
    return ContactChoices.objects.filter(account=account).first() or ContactChoices(account=account)


def choose(
    account: Account, *, without_email: Iterable[Subject], by_sms: Iterable[Subject], device: str, at: datetime
) -> None:
    """What the law wants told goes by e-mail whatever is asked."""
    off = sorted(subject.value for subject in without_email if subject not in ALWAYS_BY_EMAIL)
    with transaction.atomic():
        facts = {"without_email": off, "by_sms": sorted(subject.value for subject in by_sms)}
        ContactChoices.objects.update_or_create(account=account, defaults=facts)
        record(account, history.CHANNELS_CHOSEN, at=at, device=device)


def be_discreet(account: Account, *, email_is_shared: bool, phone_is_shared: bool, device: str, at: datetime) -> None:
    """Nothing to what another reads. Raise StepOnSharedChannel. No mail, no SMS: the history alone, theirs only.

    What fell silent has been so for three days before anything grave changes: an intruder who has the password must not
    silence the owner first, and take the account at once.
    """
    before = reaching.ways_of(account, at=at)
    found = reaching.found_shared(account, at=at)
    if account.second_step_email and (email_is_shared or found.email):
        raise StepOnSharedChannel("email")
    if account.second_step_sms and (phone_is_shared or found.phone):
        raise StepOnSharedChannel("sms")
    with transaction.atomic():
        _save(
            account,
            is_discreet=True,
            email_is_shared=email_is_shared,
            phone_is_shared=phone_is_shared,
            device=device,
            at=at,
        )
        after = reaching.ways_of(account, at=at)
        if (before.email, before.phone) != (after.email, after.phone):
            freezing.freeze(account, reason=Freeze.Reason.DISCREET, at=at)


def stop_being_discreet(account: Account, *, device: str, at: datetime) -> None:
    _save(account, is_discreet=False, email_is_shared=False, phone_is_shared=False, device=device, at=at)


def _save(account: Account, *, device: str, at: datetime, **facts: bool) -> None:
    with transaction.atomic():
        ContactChoices.objects.update_or_create(account=account, defaults=facts)
        kind = history.DISCREET_ON if facts["is_discreet"] else history.DISCREET_OFF
        record(account, kind, at=at, device=device)
