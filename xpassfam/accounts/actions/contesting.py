"""« Ce n’est pas moi »: somebody doesn't recognise what the history says they did; an agent deals with it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from xpassfam.accounts import history
from xpassfam.accounts.actions.signing_out import sign_out_elsewhere
from xpassfam.accounts.models import Account, Contestation
from xpassfam.accounts.telling import mail, record
from xpassfam.journal.actions import Actor
from xpassfam.journal.models import Line
from xpassfam.journal.noting import note
from xpassfam.journal.reading import sentence, values_of, words_of
from xpassfam.organisation.models import current
from xpassfam.outbox.actions import send


class AlreadyClosed(Exception):
    """Another agent dealt with it first."""


def contest(
    account: Account, line: Line, *, keep: str | None, device: str, by: Actor | None = None, at: datetime
) -> Contestation:
    """Record it, end and forget every other device, tell the organisation. The same line twice is one contestation.

    `by` is somebody who did not sign in, where a link of a mail says it.
    """
    known = {**told_of(line), "opened_at": at, "opened_on": device}
    with transaction.atomic():
        sign_out_elsewhere(account, session_key=keep, at=at)
        contestation, is_new = Contestation.objects.get_or_create(account=account, line=line.hash, defaults=known)
        if is_new:
            tell_the_organisation(contestation, at=at)
            record(account, history.LINE_CONTESTED, by=by, at=at, device=device, facts=_facts(contestation))
    return contestation


def told_of(line: Line) -> dict[str, object]:
    """The act that is not recognised, by value: what, when, and on which device."""
    return {"line_at": line.at, "what": _what(line), "line_device": str(words_of(line).get("device", ""))}


def is_by_link(contestation: Contestation) -> bool:
    """Whether somebody said it without signing in, by the link of a message: whoever reads the messages can. One
    query."""
    said = (history.DISOWNED.code, history.LINE_CONTESTED.code)
    lines = Line.objects.filter(account=contestation.account.public_id, kind__in=said, actor_kind="visitor")
    return lines.filter(at=contestation.opened_at).exists()


def contested_by(account: Account, lines: Iterable[Line]) -> set[str]:
    """Which of these lines the account's owner has contested, by their hashes."""
    hashes = [line.hash for line in lines if line.actor == account.public_id]
    return set(Contestation.objects.filter(account=account, line__in=hashes).values_list("line", flat=True))


def open_file(contestation: Contestation, *, by: Account, at: datetime) -> None:
    """An agent reads it: that is in its owner's history, once an hour."""
    account = contestation.account
    note(
        history.CONTESTATION_READ,
        by=by.actor,
        at=at,
        account=account.public_id,
        person=account.person.public_id if account.person else "",
        facts={"contested": history.instant(contestation.line_at)},
    )


def close(contestation: Contestation, *, answer: str, by: Account, at: datetime) -> Contestation:
    """Deal with it, once; raise AlreadyClosed. Its owner reads the answer, in the history and by mail."""
    with transaction.atomic():
        closed = Contestation.objects.filter(pk=contestation.pk, closed_at=None)
        if not closed.update(closed_at=at, closed_by=by, answer=answer):
            raise AlreadyClosed
        contestation.refresh_from_db()
        account = contestation.account
        mail(
            account, "accounts/mail/contestation_closed", at=at, line_at=contestation.line_at.isoformat(), answer=answer
        )
        facts = {"contested": history.instant(contestation.line_at), "answer": answer}
        record(account, history.CONTESTATION_CLOSED, by=by.actor, at=at, facts=facts)
    return contestation


def _facts(contestation: Contestation) -> dict[str, str]:
    return {
        "contested": history.instant(contestation.line_at),
        "what": contestation.what.rstrip("."),
        "line": contestation.line,
    }


def tell_the_organisation(contestation: Contestation, *, at: datetime) -> None:
    """By mail to whoever reads the support's."""
    support, account = current().support_email, contestation.account
    if support:
        context = {
            "name": str(account),
            "member_number": (account.person.member_number or "") if account.person else "",
            "line_at": contestation.line_at.isoformat(),
            "at": at.isoformat(),
            "path": f"/gestion/securite/{contestation.public_id}/",
        }
        send("accounts/mail/contested", to=support, context=context, at=at)


def _what(line: Line) -> str:
    before, after = values_of(line)
    return f"{sentence(line)} ({before} → {after})" if before or after else sentence(line)
