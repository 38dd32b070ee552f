"""An invitation and its answers, told by mail to both."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from xpassfam.accounts import throttle
from xpassfam.accounts.actions import activation_codes
from xpassfam.accounts.contacts import mailbox_invited, tell, write_to
from xpassfam.accounts.models import Account
from xpassfam.accounts.models.channels import Subject
from xpassfam.jobs import job
from xpassfam.journal.actions import Actor
from xpassfam.organisation.models import current
from xpassfam.people.access import ActingAccess
from xpassfam.people.actions import inviting
from xpassfam.people.models import Access, Invitation, Person

# A day's invitations of one household: enough for a family, few for whoever looks for numbers.
INVITATIONS = throttle.Scope("invitation", free=10, forget=timedelta(days=1), per_window=True)


class TooMany(Exception):
    """`until` says when the household may invite again."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__()


def invite(
    guest: inviting.Guest, *, viewer: ActingAccess, permission: str, until: date | None, by: Actor, at: datetime
) -> Invitation:
    """Offer an access and let the message leave after the answer, which is the same for all.

    Raise TooMany, or what `people` refuses.
    """
    reserved = throttle.reserve(INVITATIONS, viewer.household, at=at)
    if not reserved.allowed:
        raise TooMany(reserved.free_at)
    with transaction.atomic():
        invitation = inviting.invite(guest, viewer=viewer, permission=permission, until=until, by=by, at=at)
        deliver.enqueue(invitation.pk)
    return invitation


def send_again(invitation: Invitation, *, viewer: ActingAccess, at: datetime) -> bool:
    """The same message once more; False where the last one is too recent."""
    with transaction.atomic():
        is_due = inviting.send_again(invitation, viewer=viewer, at=at)
        if is_due:
            deliver.enqueue(invitation.pk)
    return is_due


@job()
def deliver(invitation_id: int) -> None:
    """Write to the invited person, if what was typed names anybody; who can't open an account yet gets a letter."""
    now = timezone.now()
    waiting = Invitation.objects.waiting(now).select_related("person", "invited_by")
    invitation = waiting.filter(pk=invitation_id).first()
    if invitation is None or invitation.person is None:
        return
    with transaction.atomic():
        context = {
            "inviter": str(invitation.invited_by),
            "permission": str(Access.Permission(invitation.permission).label),
            "until": invitation.expires_at.isoformat(),
            "path": reverse("household:invitation", args=[invitation.public_id]),
        }
        write_to(mailbox_invited(invitation), "household/mail/invited", at=now, context=context, subject=Subject.HOME)
        post_code_if_needed(invitation.person, at=now)


def post_code_if_needed(person: Person, *, at: datetime) -> None:
    """A letter with a code for whoever has no account and nothing else to prove themselves with."""
    if Account.objects.filter(person=person).exists() or not person.member_number:
        return
    by_mail = person.email and current().sign_up_proof in ("file", "both")
    if not by_mail and not activation_codes.live(at).filter(person=person).exists():
        activation_codes.ask_by_post(person, by=Actor(kind="system"), at=at)


def accept(invitation: Invitation, *, person: Person, by: Actor, at: datetime) -> Access:
    """Take what is offered, and tell the inviter. Raise `inviting.Gone`."""
    with transaction.atomic():
        access = inviting.accept(invitation, person=person, by=by, at=at)
        _tell_inviter(invitation, person, "household/mail/invitation_accepted", at=at)
    return access


def refuse(invitation: Invitation, *, person: Person, by: Actor, at: datetime) -> None:
    """Leave it; the inviter is told only of somebody of their own home. Raise `inviting.Gone`."""
    with transaction.atomic():
        inviting.refuse(invitation, person=person, by=by, at=at)
        if not invitation.is_by_name:
            _tell_inviter(invitation, person, "household/mail/invitation_refused", at=at)


def _tell_inviter(invitation: Invitation, person: Person, template: str, *, at: datetime) -> None:
    tell(invitation.invited_by, template, at=at, context={"name": str(person)}, subject=Subject.HOME)


def is_reachable(invitation: Invitation) -> bool:
    """Whether a message can leave now; else the invitation waits until they open their account."""
    return mailbox_invited(invitation) is not None
