"""« Ce n’est pas moi »: somebody doesn't recognise what the history says they did."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from xpassfam.accounts import history, tokens
from xpassfam.accounts.models import Account, Session
from xpassfam.accounts.telling import record
from xpassfam.journal.models import Line
from xpassfam.organisation.models import current
from xpassfam.outbox.actions import send
from xpassfam.ui import words


def contest(account: Account, line: Line, *, keep: str | None, at: datetime) -> None:
    """Record it, end every other session, and tell the organisation, which finds the rest in the history."""
    support = current().support_email
    with transaction.atomic():
        Session.objects.filter(account=account).exclude(session_key=tokens.digest(keep or "")).delete()
        if support:
            send(
                "accounts/mail/contested",
                to=support,
                context={
                    "name": str(account),
                    "member_number": (account.person.member_number or "") if account.person else "",
                    "line_at": line.at.isoformat(),
                    "at": at.isoformat(),
                },
                at=at,
            )
        facts = {"line": line.hash, "line_at": _in_words(line.at)}
        record(account, history.SIGN_IN_CONTESTED, at=at, facts=facts)


def _in_words(at: datetime) -> str:
    """« 24 novembre 2026 à 21 h 54 »: the history keeps words, whatever the language of who presses the button."""
    with translation.override(settings.LANGUAGE_CODE):
        return _("{day} à {time}").format(day=words.full_day(at), time=words.clock(at))
