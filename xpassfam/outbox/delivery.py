"""How a message leaves: claimed, rendered, handed to the mail server or the gateway of SMS, then marked sent.

At least once: killed between the server's yes and our mark, the worker sends it again under the same
Message-ID. An SMS is tried less often, and not for long: each try may be paid for. The row is the truth, its job only
a wake-up.
"""

import logging
from datetime import timedelta
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPServerDisconnected

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from xpassfam.jobs import job
from xpassfam.jobs.actions import wait_before
from xpassfam.outbox import mail, sms
from xpassfam.outbox.mail import Mail
from xpassfam.outbox.models import Message
from xpassfam.outbox.sms import Sms

logger = logging.getLogger(__name__)

# Longer than a slow mail server makes us wait; after it, whoever held the message is taken for dead.
HOLD = timedelta(minutes=2)
PATIENCE = {Message.Channel.EMAIL: timedelta(days=3), Message.Channel.SMS: timedelta(hours=2)}
MOST_TRIES_OF_SMS = 8


@job(lease=HOLD)
def deliver(message_id: int) -> None:
    now = timezone.now()
    waiting = Message.objects.filter(pk=message_id, state=Message.State.WAITING, next_at__lte=now)
    if not waiting.update(next_at=now + HOLD, tries=F("tries") + 1):
        return
    message = Message.objects.get(pk=message_id)
    if message.until and now >= message.until:
        _give_up(message, Message.Failure.LATE)
        return
    try:
        made = sms.compose(message) if message.is_sms else mail.compose(message)
        made.send()
    except Exception as error:
        _try_later(message, error)
    else:
        _mark_sent(message, made)


def _mark_sent(message: Message, made: Mail | Sms) -> None:
    message.state = Message.State.SENT
    message.sent_at = timezone.now()
    message.context, message.failure = {}, ""
    if settings.IS_DEMO:
        message.text = made.text
        if isinstance(made, Mail):
            message.subject, message.html = made.subject, made.html
    message.save()


def _give_up(message: Message, failure: Message.Failure, error: Exception | None = None) -> None:
    message.state, message.context, message.failure = Message.State.FAILED, {}, failure
    message.save(update_fields=["state", "context", "failure"])
    logger.error("message %d given up after %d tries", message.pk, message.tries, exc_info=error)


def _try_later(message: Message, error: Exception) -> None:
    now = timezone.now()
    is_late = now >= message.created_at + PATIENCE[Message.Channel(message.channel)]
    is_dear = message.is_sms and message.tries >= MOST_TRIES_OF_SMS
    if _is_for_ever(error) or is_late or is_dear:
        _give_up(message, _why(error), error)
        return
    message.next_at, message.failure = now + wait_before(message.tries + 1), _why(error)
    with transaction.atomic():
        message.save(update_fields=["next_at", "failure"])
        deliver.using(run_after=message.next_at).enqueue(message.pk)
    logger.warning("message %d not sent (try %d): %s", message.pk, message.tries, type(error).__name__)


def _why(error: Exception) -> Message.Failure:
    if _is_for_ever(error):
        return Message.Failure.ADDRESS
    # What a server says of itself comes first: its errors are errors of the network too.
    if isinstance(error, SMTPServerDisconnected | sms.GatewayAway):
        return Message.Failure.SERVER
    if isinstance(error, SMTPException | sms.GatewayRefused):
        return Message.Failure.REFUSED
    return Message.Failure.SERVER if isinstance(error, OSError) else Message.Failure.MAKING


def _is_for_ever(error: Exception) -> bool:
    """The server says that this address takes no mail (RFC 3463, 5.1.x): asking again is rude."""
    return isinstance(error, SMTPRecipientsRefused) and all(
        code >= 500 and b"5.1." in reply for code, reply in error.recipients.values()
    )
