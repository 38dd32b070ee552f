"""From a message to an SMS: rendered, brought to the alphabet of telephones, handed to the gateway of `SMS_URL`.

Apprise speaks to the gateways; it is loaded by whoever sends, never by the web server.
"""

import logging
import re
from dataclasses import dataclass
from urllib.parse import quote

from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.utils import translation

from xpassfam.organisation.models import current
from xpassfam.outbox.models import Message
from xpassfam.outbox.rendering import context_of
from xpassfam.rules.gsm import as_sms
from xpassfam.rules.phones import is_mobile


class GatewayAway(Exception):
    """Nobody answered, or not in time."""


class GatewayRefused(Exception):
    """The gateway answered no."""


def is_on() -> bool:
    """Whether SMS can be sent: a gateway is named, or the demo keeps them for its page."""
    return bool((settings.SMS_URL or settings.IS_DEMO) and current().sms_per_day)


def may_receive(number: str) -> bool:
    """Whether SMS go to this E.164 number: a mobile, of a country that the organisation writes to."""
    return is_mobile(number, regions=current().sms_regions)


@dataclass(frozen=True)
class Sms:
    text: str
    to: str
    message_id: str

    def send(self) -> None:
        """Raise GatewayAway or GatewayRefused where it did not leave; where no gateway is named, keep still."""
        if settings.SMS_URL:
            _hand_over(gateway_url(self.to, self.message_id), self.text)


def compose(message: Message) -> Sms:
    with translation.override(settings.LANGUAGE_CODE):
        context = Context(context_of(message, current()), autoescape=False)
        text = get_template(f"{message.template}.txt").template.render(context)  # type: ignore[attr-defined]
    return Sms(text=as_sms(re.sub(r"\n{3,}", "\n\n", text.strip())), to=message.to, message_id=message.public_id)


def gateway_url(to: str, message_id: str) -> str:
    """`{id}`, where the gateway takes one, lets it drop what it was given twice."""
    url: str = settings.SMS_URL
    return url.replace("{to}", quote(to, safe="")).replace("{id}", message_id)


def _hand_over(url: str, text: str) -> None:
    import apprise

    with _Heard() as heard:
        gateway = apprise.Apprise.instantiate(url)
        if gateway is None:
            raise GatewayRefused("SMS_URL")
        if gateway.notify(body=text, body_format=apprise.NotifyFormat.TEXT):
            return
    if heard.nobody_answered:
        raise GatewayAway
    raise GatewayRefused


class _Heard(logging.Handler):
    """What Apprise says while it fails: it answers yes or no only. Its words may hold the number: they go nowhere."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.nobody_answered = False

    def __enter__(self) -> "_Heard":
        self._log = logging.getLogger("apprise")
        self._log.propagate = False
        self._log.setLevel(logging.WARNING)
        self._log.addHandler(self)
        return self

    def __exit__(self, *error: object) -> None:
        self._log.removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        # The words that its connectors have for an exception of the network.
        if "connection error" in record.getMessage().lower():
            self.nobody_answered = True
