"""Whether whoever is signed in has proved it lately: a session left open, or stolen, does nothing grave alone.

Source: OWASP ASVS 5.0, 7.5.1, 7.5.3.
"""

from datetime import datetime, timedelta

from django.contrib.sessions.backends.base import SessionBase

from xpassfam.organisation.models import current

CONFIRMED_AT = "confirmed_at"
IS_WAIVED = "step_is_waived"  # a trusted device let its second step be: whoever has the password may sit there


def is_confirmed(session: SessionBase, *, at: datetime) -> bool:
    """Within the minutes that the organisation sets; a sign-in is one, where nothing of it was waived. No query."""
    said = session.get(CONFIRMED_AT)
    if not session.get(IS_WAIVED):
        said = said or session.get("signed_in_at")
    if not said:
        return False
    return at - datetime.fromisoformat(said) < timedelta(minutes=current().confirmation_minutes)


def tries_key(session: SessionBase, account_id: str) -> str:
    """By account and by the device that the session was opened on, whatever cookie comes with it: whoever guesses in
    one place does not keep the owner out in another."""
    return f"confirm|{account_id}|{session.get('device_id', '')}"
