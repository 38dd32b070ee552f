"""The door of the outbox."""

from datetime import datetime
from typing import Any

from django.core.validators import validate_email
from django.db import transaction

from xpassfam.outbox.delivery import deliver
from xpassfam.outbox.models import Message


def send(template: str, *, to: str, context: dict[str, Any], at: datetime, account_id: str = "") -> Message:
    """Write a mail in the caller's transaction; the worker renders and sends it after the commit.

    `template` is « accounts/mail/activation »: `.txt`, whose first line is « Objet : … », and `.html`.
    They get the context (JSON, and aware instants), `organisation`, `base_url` and `to`.
    """
    validate_email(to)
    with transaction.atomic(savepoint=False):
        message = Message.objects.create(
            template=template, to=to, context=context, account=account_id, created_at=at, next_at=at
        )
        deliver.enqueue(message.pk)
    return message
