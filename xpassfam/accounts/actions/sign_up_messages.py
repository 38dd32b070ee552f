"""The message of a sign-up: judged, counted and written after the answer, which is the same for all.

What the waiting page shows (tries, times) is written with the answer; whether a mail leaves, and which, only here. So
nothing that is absorbed here shows there.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from xpassfam.accounts import throttle, tokens
from xpassfam.accounts.actions import activation_codes, judging
from xpassfam.accounts.models import PendingSignUp
from xpassfam.jobs import job
from xpassfam.organisation.models import current
from xpassfam.outbox.actions import send

Outcome = PendingSignUp.Outcome
MAILS = {
    Outcome.OPEN: "accounts/mail/sign_up_open",
    Outcome.TAKEN: "accounts/mail/sign_up_taken",
    Outcome.MEMBER_ACTIVE: "accounts/mail/sign_up_member_active",
    Outcome.WRONG_PROOF: "accounts/mail/sign_up_wrong_proof",
    Outcome.POSTED: "accounts/mail/sign_up_posted",
}


@job()
def deliver(pending_id: int) -> None:
    """Send a new link and new digits, or what stands in the way. Where it is absorbed, what left before stays good."""
    now = timezone.now()
    with transaction.atomic():
        waiting = PendingSignUp.objects.select_related("person", "activation_code").select_for_update(of=("self",))
        pending = waiting.filter(pk=pending_id, used_at=None, superseded_at=None).first()
        if pending is None:
            return
        pending.outcome = judging.outcome(pending, at=now)
        pending.save(update_fields=["outcome"])
        if pending.person and pending.outcome == Outcome.POSTED:
            activation_codes.ask_by_post_from_outside(pending.person, at=now)
        if _may_leave(pending, at=now):
            _send(pending, at=now)
            if pending.outcome == Outcome.OPEN:
                _supersede_older(pending, at=now)


def _may_leave(pending: PendingSignUp, *, at: datetime) -> bool:
    """Past some an hour, messages are absorbed; nobody uses up those of somebody with a better proof.

    A letter's code has its own. By file, each browser has its own and all browsers together some more: who only knows
    the file can't silence its owner with one browser, nor fill the mailbox with many. All else shares.
    """
    if pending.outcome != Outcome.OPEN:
        counted = [(throttle.MAIL, f"sign_up|{pending.outcome}|{pending.email}")]
    elif pending.activation_code_id:
        counted = [(throttle.MAIL, f"sign_up|letter|{pending.activation_code_id}|{pending.email}")]
    else:
        here = f"sign_up|file|{pending.email}|{pending.browser_digest}"
        counted = [(throttle.MAIL, here), (throttle.MAIL_BY_FILE, pending.email)]
    return all(throttle.reserve(scope, value, at=at).allowed for scope, value in counted)


def _send(pending: PendingSignUp, *, at: datetime) -> None:
    organisation = current()
    token, code = tokens.new_token(), tokens.new_code()
    link_until = at + timedelta(hours=organisation.activation_link_hours)
    pending.code_digest = tokens.keyed("code", f"{pending.public_id}:{code}")
    pending.code_expires_at = at + timedelta(minutes=organisation.activation_code_minutes)
    pending.digits_tries = 0
    pending.save(update_fields=["code_digest", "code_expires_at", "digits_tries"])
    pending.links.filter(superseded_at=None).update(superseded_at=at)
    pending.links.create(digest=tokens.digest(token), created_at=at, expires_at=link_until)
    send(
        MAILS[Outcome(pending.outcome)],
        to=pending.email,
        context={
            # By the register's name: what is typed in a form is not said in our name.
            "first_name": pending.person.first_name if pending.person else "",
            "asked_at": pending.sent_at.isoformat(),
            "path": f"/activation/{token}/",
            "code": code,
            "by_file": not pending.member_number,
            "code_until": pending.code_expires_at.isoformat(),
            "link_until": link_until.isoformat(),
        },
        at=at,
    )


def _supersede_older(pending: PendingSignUp, *, at: datetime) -> None:
    """The latest sign-up counts; by file, only among those of its browser: a stranger's must not end the owner's."""
    older = PendingSignUp.objects.filter(
        email=pending.email, person=pending.person, used_at=None, superseded_at=None, pk__lt=pending.pk
    )
    if not pending.activation_code_id:
        older = older.filter(activation_code=None, browser_digest=pending.browser_digest)
    older.update(superseded_at=at)
