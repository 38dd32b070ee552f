"""The other parent of a child is asked online, answers, changes their mind; the organisation decides."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from xpassfam.accounts.contacts import tell
from xpassfam.accounts.models import Account
from xpassfam.accounts.models.channels import Subject
from xpassfam.filings import agreements, effects, history, telling
from xpassfam.filings.agreements import Answer
from xpassfam.filings.correcting import CAME_TO_NOTHING
from xpassfam.filings.holding import (
    NotAllowed,
    Overtaken,
    hold,
    hold_home,
    hold_unchanged,
    refuse_same_hand,
    touch,
)
from xpassfam.filings.models import Agreement, Filing
from xpassfam.filings.other_home import OtherHome
from xpassfam.filings.states import Event, NotPossible
from xpassfam.journal.actions import Actor, write
from xpassfam.journal.kinds import Kind
from xpassfam.organisation.calendar import is_working
from xpassfam.outbox import allowance
from xpassfam.people.access import ActingAccess, for_account, renewed
from xpassfam.people.models import Access, Person
from xpassfam.rules.time_limits import due_on
from xpassfam.ui import words

BATCH = 500
REMIND_BEFORE = timedelta(days=2)
MAILS_A_DAY = 2
# Neither parent reads the other's name in their own history.
UNNAMED = Actor(kind="system")


class NobodyToAsk(Exception):
    """The child's other home is not known, or there are several; or nobody was to be asked."""


class Decided(Exception):
    """The organisation has answered the request: what the other parent says changes nothing any more."""


@dataclass(frozen=True)
class Said:
    """What the other parent answers to what they were shown: the `version` asked, and the sharing `proposed`, from
    their side.
    """

    answer: str
    version: int
    proposed: str
    sharing: str = ""
    words: str = ""

    @property
    def choice(self) -> str:
        return {Answer.AGREED: self.proposed, Answer.PROPOSED: self.sharing}.get(Answer(self.answer), "")


def ask_where_known(filing: Filing, *, at: datetime) -> None:
    """Of a child whose other home is known, that home is asked as soon as the request says so. Where a number alone was
    given, an agent first verifies whose it is: `ask`. What changed since it was asked is asked again. For a caller who
    holds the filing.
    """
    if filing.definition.agreement is None:
        return
    if not agreements.is_wanted(filing):
        Agreement.objects.filter(filing=filing).delete()
        return
    asked, terms = agreements.of(filing), agreements.terms_of(filing)
    if asked and asked.terms == terms:
        return
    other = agreements.whom(filing, on=timezone.localdate(at))
    if other and (other.is_known or (asked and _is_same_link(asked.terms, terms))):
        _ask(filing, other, by=UNNAMED, at=at)
    elif asked:
        asked.delete()


def ask(filing: Filing, *, verified: Collection[str], seen: int, by: Account, at: datetime) -> Agreement:
    """An agent has verified that the number is the other parent's, and in which home (`verified`).

    Raise Overtaken, NotPossible, holding.NeedsAnother or NobodyToAsk.
    """
    with transaction.atomic():
        filing = hold_unchanged(filing, seen=seen)
        refuse_same_hand(filing, by)
        effects.hold_homes(filing, at=at)
        if not filing.is_pending:
            raise NotPossible(filing.status, Event.ASK)
        other = agreements.whom(filing, on=timezone.localdate(at))
        if other is None or not agreements.is_wanted(filing) or agreements.of(filing):
            raise NobodyToAsk
        if other.is_new and other.homes[0].public_id not in verified:
            raise Overtaken
        agreement = _ask(filing, other, by=by.actor, at=at)
        touch(filing)
    return agreement


def answer(agreement: Agreement, said: Said, *, access: ActingAccess, by: Actor, at: datetime) -> Agreement:
    """Said until the organisation decides, as often as they change their mind; whoever filed is told once.

    Raise NotAllowed, Decided, or Overtaken where something else is asked by now.
    """
    with transaction.atomic():
        filing = hold(agreement.filing)
        now = renewed(access)
        held = now and Agreement.objects.visible_to(now).filter(pk=agreement.pk).first()
        if not held:
            raise NotAllowed
        if not filing.is_pending:
            raise Decided
        if held.version != said.version:
            raise Overtaken
        hold_home(filing, held.household_id)
        is_first = held.answered_at is None
        held.answer, held.sharing, held.words = said.answer, said.choice, said.words.strip()
        held.answered_at, held.answered_by_id = at, access.person_id
        held.save(update_fields=["answer", "sharing", "words", "answered_at", "answered_by"])
        touch(filing)
        with translation.override(settings.LANGUAGE_CODE):
            _record(filing, held, history.AGREEMENT_GIVEN, by=by, at=at, answer=held.get_answer_display().lower())
        if is_first:
            telling.record(filing, history.AGREEMENT_COME, by=UNNAMED, at=at)
            telling.to_family(filing, "filings/mail/other_parent", at=at)
    return held


def remind(*, at: datetime, most: int = BATCH) -> int:
    """Once, some days before the day that they were given."""
    today, count = timezone.localdate(at), 0
    due = Agreement.objects.open().filter(answer="", reminded_on=None, until__lte=today + REMIND_BEFORE)
    for row in list(due.filter(until__gte=today).select_related("filing").order_by("until", "pk")[:most]):
        with transaction.atomic():
            filing = hold(row.filing)
            open_still = Agreement.objects.open().filter(pk=row.pk, answer="", reminded_on=None)
            if open_still.update(reminded_on=today):
                _write_unless_too_often(filing, row, "filings/mail/agreement_reminder", Subject.REMINDERS, at=at)
                count += 1
    return count


def tell_of_ends(*, at: datetime, most: int = BATCH) -> int:
    """Withdrawn, refused, closed or expired: whoever was asked learns that nothing changes, and not which. Of a yes the
    effect tells them; what a correction replaced was granted.
    """
    count, ended = 0, Agreement.objects.filter(filing__status__in=CAME_TO_NOTHING, told_at=None)
    for row in list(ended.select_related("filing", "household", "parent").order_by("pk")[:most]):
        with transaction.atomic():
            filing = hold(row.filing)
            if ended.filter(pk=row.pk).update(told_at=at):
                _record(filing, row, history.AGREEMENT_ENDED, by=UNNAMED, at=at)
                _write_unless_too_often(filing, row, "filings/mail/agreement_ended", at=at)
                count += 1
    return count


def _ask(filing: Filing, other: OtherHome, *, by: Actor, at: datetime) -> Agreement:
    """Or ask again, of somebody who has not answered that."""
    hold_home(filing, other.homes[0].pk)
    before = Agreement.objects.filter(filing=filing).values_list("version", flat=True).first() or 0
    delay = filing.definition.agreement.delay  # type: ignore[union-attr]  # it is wanted
    given = {
        "household": other.homes[0],
        "parent": other.parent,
        "version": before + 1,
        "terms": agreements.terms_of(filing),
        "asked_at": at,
        "until": due_on(delay, start=timezone.localdate(at), is_working=is_working),
    }
    blank = {
        "reminded_on": None,
        "answer": "",
        "sharing": "",
        "words": "",
        "answered_at": None,
        "answered_by": None,
        "told_at": None,
    }
    agreement, _is_new = Agreement.objects.update_or_create(filing=filing, defaults=given | blank)
    _record(filing, agreement, history.AGREEMENT_ASKED, by=by, at=at)
    _write_unless_too_often(filing, agreement, "filings/mail/agreement_asked", at=at)
    return agreement


def _is_same_link(before: dict[str, str], now: dict[str, str]) -> bool:
    """The child and the number that an agent verified."""
    return all(before.get(name) == now[name] for name in ("child", "other_parent"))


def _record(filing: Filing, agreement: Agreement, kind: Kind, *, by: Actor, at: datetime, **facts: str) -> None:
    """For the home where the child lives too; else for the one parent: the others there don't know of the child."""
    reader = agreement.parent or filing.about
    write(
        history.own(kind) if agreement.parent else kind,
        by=by,
        at=at,
        household=agreement.household.public_id,
        person=reader.public_id if reader else "",
        facts={"name": _child(filing), **facts},
    )


def _write_unless_too_often(
    filing: Filing, agreement: Agreement, template: str, subject: Subject = Subject.REQUESTS, *, at: datetime
) -> None:
    """Filed and withdrawn all day long, it would be a way to pester: the page is there all the same."""
    of_child = f"{agreement.household_id}|{agreement.terms['child']}"
    if allowance.is_free("agreement", of_child, most=MAILS_A_DAY, at=at):
        _write_to(filing, agreement, template, subject=subject, at=at)


def _write_to(filing: Filing, agreement: Agreement, template: str, *, subject: Subject, at: datetime) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        until = words.full_day(agreement.until)
    page = reverse("filings:agreement", args=[agreement.public_id])
    context = {"child": _child(filing), "until": until, "page": page}
    for person in _asked(agreement, on=timezone.localdate(at)):
        tell(person, template, at=at, context=context, subject=subject)


def _asked(agreement: Agreement, *, on: date) -> Iterator[Person]:
    """Whoever may open its page today."""
    for row in Access.objects.open_on(on).filter(household=agreement.household).select_related("person").order_by("pk"):
        access = next(one for one in for_account(row, on=on) if one.household_id == agreement.household_id)
        if Agreement.objects.visible_to(access).filter(pk=agreement.pk).exists():
            yield row.person


def _child(filing: Filing) -> str:
    return filing.about.first_name if filing.about else ""
