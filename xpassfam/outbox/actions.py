"""The door of the outbox."""

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.validators import validate_email
from django.db import transaction

from xpassfam.organisation.models import Organisation, current
from xpassfam.outbox import allowance, sms
from xpassfam.outbox.delivery import deliver
from xpassfam.outbox.models import Message

logger = logging.getLogger(__name__)


def send(template: str, *, to: str, context: dict[str, Any], at: datetime, account_id: str = "") -> Message:
    """Write a mail in the caller's transaction; the worker renders and sends it after the commit.

    `template` is « accounts/mail/activation »: `.txt`, whose first line is « Objet : … », and `.html`; where it has
    neither, those of its folder named `words`. They get the context (JSON, and aware instants), `organisation`,
    `base_url` and `to`.
    """
    validate_email(to)
    with transaction.atomic(savepoint=False):
        message = Message.objects.create(
            template=template, to=to, context=context, account=account_id, created_at=at, next_at=at
        )
        deliver.enqueue(message.pk)
    return message


def send_sms(
    template: str,
    *,
    to: str,
    context: Mapping[str, Any],
    at: datetime,
    account_id: str = "",
    until: datetime | None = None,
    apart: str = "",
) -> bool:
    """Write an SMS to an E.164 number in the caller's transaction; False where none may leave.

    `template` is « accounts/sms/code »: `.txt`, given what mails are given. Short, and without what a lock
    screen should not show. False: no gateway, a number that no SMS goes to, or the day's texts are spent (of the
    number, the account, the portal). What is not sent at `until` is of no use, and does not leave.
    `apart` names what has a day of its own of that number and account, which nobody else can spend.
    """
    if not sms.is_on() or not sms.may_receive(to):
        return False
    organisation = current()
    with transaction.atomic(savepoint=False):
        try:
            allowance.take(to, account_id, apart=apart, organisation=organisation, at=at)
        except allowance.Spent as spent:
            logger.warning("an SMS was not sent: the day's texts are spent (%s)", spent)
            if spent.args == (allowance.PORTAL,):
                _warn(organisation, at=at)
            return False
        message = Message.objects.create(
            channel=Message.Channel.SMS,
            template=template,
            to=to,
            context=dict(context),
            account=account_id,
            created_at=at,
            next_at=at,
            until=until,
        )
        deliver.enqueue(message.pk)
    return True


def _warn(organisation: Organisation, *, at: datetime) -> None:
    """One mail a day: no SMS leaves any more, and somebody may be having them sent for money."""
    address = organisation.security_email or organisation.support_email
    if address and allowance.is_free("warned", "", most=1, at=at):
        send("outbox/mail/sms_spent", to=address, context={"most": organisation.sms_per_day}, at=at)
