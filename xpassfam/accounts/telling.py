"""What happens to an account is told twice: to the history, and to its owner."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from xpassfam.accounts import tokens
from xpassfam.accounts.contacts import Mailbox, post
from xpassfam.accounts.models import Account, Alert
from xpassfam.accounts.models.channels import Subject
from xpassfam.accounts.reaching import Ways, ways_of
from xpassfam.journal.actions import Actor, Fact, write
from xpassfam.journal.kinds import Kind
from xpassfam.journal.models import Line
from xpassfam.outbox.actions import send, send_sms

DISOWNED_WITHIN = timedelta(days=14)


def record(
    account: Account,
    kind: Kind,
    *,
    by: Actor | None = None,
    at: datetime,
    device: str = "",
    facts: Mapping[str, Fact] | None = None,
) -> Line:
    """One line of the history, in the caller's transaction; by the owner where `by` names nobody else."""
    return write(
        kind,
        by=by or account.actor,
        at=at,
        account=account.public_id,
        person=account.person.public_id if account.person else "",
        device=device,
        facts=dict(facts or {}),
    )


def mail(account: Account, template: str, *, at: datetime, subject: Subject | None = None, **context: object) -> None:
    """A mail to the owner, called by their first name; where they chose so, an SMS that says where to look."""
    whole = {"first_name": account.first_name, **context}
    post(Mailbox(account.email, account.first_name, account), template, at=at, context=whole, subject=subject)


def answer(account: Account, template: str, *, at: datetime, **context: object) -> None:
    """A mail that the owner waits for, on the page that they have open: by e-mail, whatever they chose."""
    whole = {"first_name": account.first_name, **context}
    send(template, to=account.email, context=whole, at=at, account_id=account.public_id)


def alert(
    account: Account,
    stem: str,
    *,
    about: Kind,
    at: datetime,
    former_phone: str = "",
    **context: object,
) -> None:
    """Tell the owner what touches the safety of their account, by every channel known of them, whatever they chose.

    `stem` names a mail and an SMS (`accounts/mail/<stem>`, `accounts/sms/<stem>`), given `path`: the page where
    « Ce n’était pas moi » acts without signing in. `about` is the kind of the line of history written at the same
    instant. A number that was changed (`former_phone`) is told too. Discreet mode holds: nothing to a channel that
    another reads.
    """
    token, ways = tokens.new_token(), ways_of(account, at=at)
    Alert.objects.create(
        account=account,
        digest=tokens.digest(token),
        kind=about.code,
        created_at=at,
        expires_at=at + DISOWNED_WITHIN,
    )
    whole = {"first_name": account.first_name, "path": f"/ce-n-etait-pas-moi/{token}/", **context}
    if ways.is_discreet:
        # Of a channel just left, nobody knows any more whether another read it.
        whole, former_phone = whole | {"is_discreet": True}, ""
    _spread(account, stem, (ways.email,), (ways.phone, former_phone), whole, at=at)


def alert_before(account: Account, stem: str, ways: Ways, *, at: datetime, **context: object) -> None:
    """The same by the ways of before a change, for what has a link of its own: the address just left may stop it, and
    gets no new password (a mailbox that was lost, or an ex-partner's, would be a way in).
    """
    whole = {"first_name": account.first_name, **context} | ({"is_discreet": True} if ways.is_discreet else {})
    _spread(account, stem, (ways.email,), (ways.phone,), whole, at=at)


def _spread(
    account: Account,
    stem: str,
    emails: Iterable[str],
    phones: Iterable[str],
    context: dict[str, object],
    *,
    at: datetime,
) -> None:
    for email in filter(None, dict.fromkeys(emails)):
        send(f"accounts/mail/{stem}", to=email, context=context, at=at, account_id=account.public_id)
    for phone in filter(None, dict.fromkeys(phones)):
        send_sms(f"accounts/sms/{stem}", to=phone, context=context, at=at, account_id=account.public_id)
