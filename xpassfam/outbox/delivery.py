"""How a message leaves: claimed, rendered, handed to the mail server, then marked sent.

At least once: killed between the server's yes and our mark, the worker sends it again under the same
Message-ID. The row is the truth, its job only a wake-up.
"""

import logging
from datetime import timedelta
from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from xpassfam.jobs import job
from xpassfam.jobs.actions import wait_before
from xpassfam.outbox.mail import Mail, compose
from xpassfam.outbox.models import Message

logger = logging.getLogger(__name__)

# Longer than a slow mail server makes us wait; after it, whoever held the message is taken for dead.
HOLD = timedelta(minutes=2)
PATIENCE = timedelta(days=3)


@job(lease=HOLD)
def deliver(message_id: int) -> None:
    now = timezone.now()
    waiting = Message.objects.filter(pk=message_id, state=Message.State.WAITING, next_at__lte=now)
    if not waiting.update(next_at=now + HOLD, tries=F("tries") + 1):
        return
    message = Message.objects.get(pk=message_id)
    try:
        mail = compose(message)
        mail.send()
    except Exception as error:
        _try_later(message, error)
    else:
        _mark_sent(message, mail)


def _mark_sent(message: Message, mail: Mail) -> None:
    message.state = Message.State.SENT
    message.sent_at = timezone.now()
    message.context = {}
    if settings.IS_DEMO:
        message.subject, message.text, message.html = mail.subject, mail.text, mail.html
    message.save()


def _try_later(message: Message, error: Exception) -> None:
    now = timezone.now()
    if _is_for_ever(error) or now >= message.created_at + PATIENCE:
        message.state, message.context = Message.State.FAILED, {}
        message.save(update_fields=["state", "context"])
        logger.error("message %d given up after %d tries", message.pk, message.tries, exc_info=error)
        return
    message.next_at = now + wait_before(message.tries + 1)
    with transaction.atomic():
        message.save(update_fields=["next_at"])
        deliver.using(run_after=message.next_at).enqueue(message.pk)
    logger.warning("message %d not sent (try %d): %s", message.pk, message.tries, type(error).__name__)


def _is_for_ever(error: Exception) -> bool:
    """The server says that this address takes no mail (RFC 3463, 5.1.x): asking again is rude."""
    return isinstance(error, SMTPRecipientsRefused) and all(
        code >= 500 and b"5.1." in reply for code, reply in error.recipients.values()
    )
