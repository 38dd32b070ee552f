"""What happens to a filing, told to those who may know: to the history, and by mail."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone, translation

from xpassfam.accounts.contacts import mailbox_of, post
from xpassfam.accounts.models.channels import Subject
from xpassfam.filings import history
from xpassfam.filings.holding import may_act
from xpassfam.filings.mails import composing
from xpassfam.filings.models import Filing
from xpassfam.journal.actions import Actor, write
from xpassfam.journal.kinds import Kind
from xpassfam.people.access import for_account
from xpassfam.people.models import Access, Person, Residence
from xpassfam.rules.ages import is_adult_on
from xpassfam.rules.visibility import CHILD, COUPLE_ROLES
from xpassfam.ui import words

# Of a draft, or of a time limit that the request to complete named already.
COMFORT = frozenset({"filings/mail/draft_ends", "filings/mail/reminder", "filings/mail/reminder_optional"})


def record(filing: Filing, kind: Kind, *, by: Actor, at: datetime, **facts: str | date) -> None:
    """In the history, in the caller's transaction: for the home, or for whom it is their own. See `_is_of_home`.

    Of a shared child, the other home has no line; of what is private, nobody but its filer. Who filed it in the name
    of the home, from outside, has a line of their own besides. Days are written out: the line says them as they were
    said.
    """
    with translation.override(settings.LANGUAGE_CODE):
        said = {name: words.full_day(fact) if isinstance(fact, date) else fact for name, fact in facts.items()}
    today = timezone.localdate(at)
    if filing.is_for_home:
        told = [(kind, ""), *_own_lines(filing, kind, on=today)]
    elif not filing.is_private and _is_of_home(filing, on=today):
        told = [(kind, filing.filed_by.public_id)]
    else:
        readers = {filing.filed_by} | ({filing.about} if filing.about and not filing.is_private else set())
        told = [(history.own(kind), one.public_id) for one in sorted(readers, key=lambda person: person.pk)]
    for line, person in told:
        write(
            line,
            by=by,
            at=at,
            household=filing.household.public_id,
            person=person,
            facts={"reference": filing.reference or "", "title": filing.title, **said},
        )


def _is_of_home(filing: Filing, *, on: date) -> bool:
    """About a child of the home or one of its couple: those whose requests the couple reads (`Filing.visible_to`)."""
    concerned = filing.about or filing.filed_by
    roles = Residence.objects.open_on(on).filter(household=filing.household_id, person=concerned).values_list("role")
    return any(
        role in COUPLE_ROLES or (role == CHILD and not is_adult_on(on, born=concerned.birth_date)) for (role,) in roles
    )


def _own_lines(filing: Filing, kind: Kind, *, on: date) -> list[tuple[Kind, str]]:
    """Of who filed in a home's name, as long as they act for it, where they don't read what is told to the home."""
    row = Access.objects.open_on(on).filter(household=filing.household_id, person=filing.filed_by_id).first()
    mine = [one for one in for_account(row, on=on) if one.household_id == filing.household_id] if row else []
    return [(history.own(kind), one.person) for one in mine if not one.reads_household]


def to_family(filing: Filing, template: str, *, at: datetime, but: Person | None = None, **facts: Any) -> None:
    """By mail to whoever handles it, `but` who knows: what happened and what to do; the answers themselves stay on the
    page.
    """
    for person in _handlers(filing, on=timezone.localdate(at)):
        mailbox = None if person == but else mailbox_of(person)
        if mailbox:
            context = composing.finish(composing.context_of(filing, template, facts), first_name=mailbox.first_name)
            subject = Subject.REMINDERS if template in COMFORT else Subject.REQUESTS
            post(mailbox, template, context=context, at=at, subject=subject)


def _handlers(filing: Filing, *, on: date) -> Iterator[Person]:
    """Its filer; once they act for the home no more, those who still do and may handle it.

    What is private goes to its filer whatever happened since: it is theirs, and nobody else is told.
    """
    acting = Access.objects.open_on(on).filter(household=filing.household_id)
    if filing.is_private or acting.filter(person=filing.filed_by_id).exists():
        yield filing.filed_by
        return
    for row in acting.select_related("person").order_by("pk"):
        access = next(one for one in for_account(row, on=on) if one.household_id == filing.household_id)
        if may_act(filing, access) and Filing.objects.visible_to(access).filter(pk=filing.pk).exists():
            yield row.person
