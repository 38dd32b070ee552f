"""An access is offered, taken or left: nobody acts for a household without having said yes."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from xpassfam.journal.actions import Actor, write
from xpassfam.journal.kinds import Kind
from xpassfam.people import finding, history
from xpassfam.people.access import ActingAccess, for_account
from xpassfam.people.actions import granting
from xpassfam.people.actions.holding import hold, hold_for
from xpassfam.people.models import Access, Household, Invitation, Person, Residence
from xpassfam.rules import names
from xpassfam.rules.granting import may_be_invited
from xpassfam.rules.identifiers import normalise_member_number

GOOD_FOR = timedelta(days=30)
RESEND_AFTER = timedelta(days=1)


class AlreadyActs(Exception):
    """They can open the file already."""


class AlreadyInvited(Exception):
    """An invitation of the same person waits."""


class Gone(Exception):
    """The invitation can't be answered any more; `state` says why."""

    def __init__(self, state: Invitation.State) -> None:
        self.state = state
        super().__init__(state)


@dataclass(frozen=True)
class Guest:
    """Somebody who lives in the home; or what was typed of somebody from outside, and whom it names, if anybody.

    `typed_email` is where to invite somebody whom the organisation let in and can't write to.
    """

    person: Person | None
    typed_name: str = ""
    typed_number: str = ""
    typed_email: str = ""

    def __str__(self) -> str:
        return self.typed_name or str(self.person)


def named(number: str, last_name: str, *, on: date) -> Guest:
    """The adult of the register with this number and this last name; the same queries whoever it is."""
    person = finding.by_member_number(number, on=on)
    is_named = person is not None and names.are_same(
        last_name,
        person.first_names,
        known_last_name=person.last_name,
        known_first_names=person.first_names,
        known_birth_name=person.birth_name,
    )
    is_adult = person is not None and may_be_invited(born=person.birth_date, on=on)
    found = person if is_named and is_adult else None
    return Guest(found, typed_name=last_name, typed_number=normalise_member_number(number) or number[:20])


def invite(
    guest: Guest, *, viewer: ActingAccess, permission: str, until: date | None, by: Actor, at: datetime
) -> Invitation:
    """Offer an access to the household acted for; raise NotAllowed, AlreadyActs or AlreadyInvited."""
    with transaction.atomic():
        household, viewer = hold_for(viewer, "grant")
        _refuse_known(guest, household, at=at)
        invitation = Invitation.objects.create(
            household=household,
            invited_by_id=viewer.person_id,
            person=guest.person,
            typed_name=guest.typed_name,
            typed_number=guest.typed_number,
            typed_email=guest.typed_email or _typed_before(guest, household),
            permission=permission,
            until=until,
            created_at=at,
            sent_at=at,
            expires_at=at + GOOD_FOR,
        )
        _tell(history.INVITED, invitation, name=str(guest), by=by, at=at)
    return invitation


def _refuse_known(guest: Guest, household: Household, *, at: datetime) -> None:
    """Only what whoever invites can see anyway: the accesses of their own household, their own invitations."""
    acting = Access.objects.open_on(timezone.localdate(at)).filter(household=household)
    if acting.filter(person=guest.person or 0).exists():
        raise AlreadyActs
    told = Invitation.objects.told_waiting(at).filter(household=household)
    same = Q(person=guest.person or 0)
    if guest.typed_number:
        # Whom another number typed there names is not told; whom they chose in their own home they know.
        same = Q(typed_number=guest.typed_number) | (same & Q(typed_number=""))
    if told.filter(same).exists():
        raise AlreadyInvited


def _typed_before(guest: Guest, household: Household) -> str:
    """Invited again by the same home, they are written to at the same address."""
    if guest.typed_number:
        return ""
    earlier = Invitation.objects.filter(household=household, person=guest.person).exclude(typed_email="")
    return earlier.order_by("-created_at").values_list("typed_email", flat=True).first() or ""


def accept(invitation: Invitation, *, person: Person, by: Actor, at: datetime) -> Access:
    """Take the access that is offered; raise Gone."""
    with transaction.atomic():
        household = hold(invitation.household_id)
        invitation = _still_open(invitation, at=at)
        today = timezone.localdate(at)
        inviter = _inviter_now(invitation, on=today)
        if inviter is None or (invitation.until and invitation.until <= today):
            raise Gone(Invitation.State.WITHDRAWN)
        _answer(invitation, Invitation.Answer.ACCEPTED, at=at)
        held = Access.objects.open_on(today).filter(household=household, person=person).first()
        access = held or granting.give(
            person,
            household=household,
            permission=invitation.permission,
            until=min(filter(None, [invitation.until, inviter.until]), default=None),
            origin=Access.Origin.INVITATION,
            by=by,
            at=at,
        )
        _tell(history.INVITATION_ACCEPTED, invitation, name=str(person), by=by, at=at)
        offered = str(Access.Permission(invitation.permission).label)
        granting.tell_own(history.ACCESS_TAKEN, person, by=by, at=at, household=household.name, permission=offered)
    return access


def refuse(invitation: Invitation, *, person: Person, by: Actor, at: datetime) -> Invitation:
    """Leave it; raise Gone. The inviter of somebody from outside learns nothing of it."""
    with transaction.atomic():
        hold(invitation.household_id)
        invitation = _still_open(invitation, at=at)
        _answer(invitation, Invitation.Answer.REFUSED, at=at)
        if invitation.is_by_name:
            facts = {"inviter": str(invitation.invited_by)}
            kind = history.INVITATION_REFUSED_ALONE
            write(kind, by=by, at=at, account=by.public_id, person=person.public_id, facts=dict(facts))
        else:
            _tell(history.INVITATION_REFUSED, invitation, name=str(person), by=by, at=at)
    return invitation


def withdraw(invitation: Invitation, *, viewer: ActingAccess, by: Actor, at: datetime) -> Invitation:
    """Take back what was not answered; raise NotAllowed or Gone. Withdrawing a stranger's refusal looks the same."""
    with transaction.atomic():
        hold_for(viewer, "grant")
        invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
        state = invitation.state_told_at(at)
        if state is not Invitation.State.WAITING:
            raise Gone(state)
        invitation.withdrawn_at, invitation.answer, invitation.answered_at = at, "", None
        invitation.save(update_fields=["withdrawn_at", "answer", "answered_at"])
        name = invitation.typed_name or str(invitation.person)
        _tell(history.INVITATION_WITHDRAWN, invitation, name=name, by=by, at=at)
    return invitation


def send_again(invitation: Invitation, *, viewer: ActingAccess, at: datetime) -> bool:
    """Whether the message is due again: once a day at most. Raise NotAllowed or Gone."""
    with transaction.atomic():
        hold_for(viewer, "grant")
        invitation.refresh_from_db()
        state = invitation.state_told_at(at)
        if state is not Invitation.State.WAITING:
            raise Gone(state)
        due = Invitation.objects.filter(pk=invitation.pk, sent_at__lte=at - RESEND_AFTER)
        return bool(due.update(sent_at=at))


def withdraw_all(household: Household, *, at: datetime) -> None:
    """A household that is frozen offers nothing any more. For a caller who holds it and writes the line."""
    Invitation.objects.told_waiting(at).filter(household=household).withdraw(at)


def _still_open(invitation: Invitation, *, at: datetime) -> Invitation:
    invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    state = invitation.state_at(at)
    if state is not Invitation.State.WAITING:
        raise Gone(state)
    return invitation


def _answer(invitation: Invitation, answer: str, *, at: datetime) -> None:
    invitation.answer, invitation.answered_at = answer, at
    invitation.save(update_fields=["answer", "answered_at"])


def _inviter_now(invitation: Invitation, *, on: date) -> Access | None:
    """The inviter's own access, while it still lets them invite: nobody gives what lasts longer than theirs."""
    accesses = for_account(_Inviter(invitation.invited_by_id), on=on)
    if not any(one.household_id == invitation.household_id and one.may("grant") for one in accesses):
        return None
    own = Access.objects.open_on(on).filter(household=invitation.household_id, person=invitation.invited_by_id)
    return own.order_by("since", "pk").first()


@dataclass(frozen=True)
class _Inviter:
    person_id: int | None


def _tell(kind: Kind, invitation: Invitation, *, name: str, by: Actor, at: datetime) -> None:
    facts = {"name": name, "permission": str(Access.Permission(invitation.permission).label)}
    write(kind, by=by, at=at, household=invitation.household.public_id, facts=dict(facts))


def residents_without_access(access: ActingAccess) -> list[Person]:
    """The adults of the home who can't open its file. Two queries."""
    acting = Access.objects.open_on(access.on).filter(household=access.household_id).values("person")
    stays = Residence.objects.visible_to(access).exclude(person__in=acting).select_related("person")
    people = [stay.person for stay in stays.order_by("rank", "pk")]
    return [person for person in people if may_be_invited(born=person.birth_date, on=access.on)]
