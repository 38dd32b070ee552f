"""`manage.py try_sms 0639980012`: one text to one's own telephone, at once, and what became of it."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from xpassfam.outbox import sms
from xpassfam.outbox.actions import send_sms
from xpassfam.outbox.delivery import deliver
from xpassfam.outbox.models import Message
from xpassfam.rules.phones import normalise_phone


class Command(BaseCommand):
    help = "Send one SMS by the gateway of SMS_URL, and say what became of it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number")

    def handle(self, *, number: str, **options: Any) -> None:
        to = normalise_phone(number)
        if not settings.SMS_URL or not sms.is_on():
            raise CommandError("SMS are off: SMS_URL is empty, or their number a day is 0 in /admin/.")
        if to is None or not sms.may_receive(to):
            raise CommandError("This is not a mobile of the countries chosen in /admin/.")
        if not send_sms("outbox/sms/trial", to=to, context={}, at=timezone.now()):
            raise CommandError("The SMS of the day are spent.")
        message = Message.objects.filter(to=to).latest("pk")
        deliver.call(message.pk)
        message.refresh_from_db()
        if message.state != Message.State.SENT:
            raise CommandError(f"Not sent ({message.failure}); the worker tries again. The log says more.")
        self.stdout.write("Taken by the gateway.")
