"""A home is told of what opens or closes, in time to do something: one mail to each reader, for all of the home."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from xpassfam.accounts.models import Account
from xpassfam.accounts.models.channels import Subject
from xpassfam.accounts.telling import mail
from xpassfam.entitlements.actions.evaluating import BLOCK, next_tell, told_of
from xpassfam.entitlements.coming import Event, seen_by
from xpassfam.entitlements.kept import load_events
from xpassfam.entitlements.models import Evaluation, Notice
from xpassfam.entitlements.published import book, digest_of
from xpassfam.entitlements.reminded import told_by_reminder
from xpassfam.entitlements.wording.coming import advice_of, discreet, lines_of, title_of, wait_of
from xpassfam.people.access import ActingAccess, for_account
from xpassfam.people.models import Access
from xpassfam.rules.rights import NOTICES, notice_due
from xpassfam.ui import words


def announce_due(*, at: datetime, most: int = BLOCK) -> int:
    """Of as many homes; return how many. What is told is a row: whatever runs twice tells it once.

    Only what is counted of today's facts and rules: the rest waits for `evaluate_due`.
    """
    today = timezone.localdate(at)
    with transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
        due = Evaluation.objects.to_tell(rules=digest_of(book()), on=today).order_by("pk")
        rows = list(due.select_for_update(skip_locked=True, of=("self",))[:most])
        told = told_of(rows)
        for row in rows:
            _announce(row, told.get(row.pk, set()), at=at)
        Evaluation.objects.bulk_update(rows, ["tell_on"], batch_size=BLOCK)
    return len(rows)


def _announce(row: Evaluation, told: set[tuple[date, str, int]], *, at: datetime) -> None:
    today, events = timezone.localdate(at), load_events(row.coming)
    due = [one for one in events if one.is_worth_a_notice and next_tell([one], told, today=today) == today]
    reminded = told_by_reminder(row.household_id, due, at=at)
    for account, access in _readers(row.household_id, on=today):
        unsaid = [one for one in due if (account.pk, one.key) not in reminded]
        if seen := seen_by(unsaid, access, person=access.person):
            told_events = [_said(event, today) for event in seen]
            coming = {"events": told_events, "page": "/mon-compte/droits/"}
            mail(account, "entitlements/mail/coming", at=at, subject=Subject.RIGHTS, **coming)
    for event in due:
        days = notice_due(event.on, on=today) or min(NOTICES)
        told.add((event.on, event.key, days))
        Notice.objects.create(household_id=row.household_id, on=event.on, event=event.key, days=days, told_at=at)
    row.tell_on = next_tell(events, told, today=today)


def _said(event: Event, today: date) -> dict[str, Any]:
    told = discreet(event)
    when = f"{words.day(event.on)}, {wait_of(event, today)}"
    return {"title": title_of(told), "when": when, "lines": lines_of(told), "advice": advice_of(told)}


def _readers(household: int, *, on: date) -> Iterator[tuple[Account, ActingAccess]]:
    """Whoever acts for the home and may read of its rights, or of their own. Two queries, and one for each."""
    acting = Access.objects.open_on(on).filter(household=household)
    for account in Account.objects.filter(person__in=acting.values("person"), closed_at=None).order_by("pk"):
        for access in for_account(account, on=on):
            if access.household_id == household:
                yield account, access
