"""From a message to a mail: rendered in the families' language, dressed as the organisation."""

import re
from dataclasses import dataclass
from datetime import datetime
from email.utils import formataddr
from typing import Any, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context
from django.template.backends.django import Template
from django.template.loader import get_template
from django.utils import translation

from xpassfam.organisation.brand import OUR_ACCENTS, OUR_BRAND, accent, dark_tokens, light_tokens
from xpassfam.organisation.models import Organisation, current
from xpassfam.outbox.models import Message

INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


@dataclass(frozen=True)
class Mail:
    subject: str
    text: str
    html: str
    message_id: str
    sender: str
    to: str

    def send(self) -> None:
        headers = {
            "Message-ID": self.message_id,
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            "Content-Language": settings.LANGUAGE_CODE,
        }
        mail = EmailMultiAlternatives(self.subject, self.text, self.sender, [self.to], headers=headers)
        mail.attach_alternative(self.html, "text/html")
        mail.send()


def compose(message: Message) -> Mail:
    organisation = current()
    with translation.override(settings.LANGUAGE_CODE):
        context = _context(message, organisation)
        subject, text = _subject_and_text(message.template, context)
        html = get_template(f"{message.template}.html").render({**context, "subject": subject})
    return Mail(
        subject=subject,
        text=text,
        html=html,
        message_id=f"<{message.public_id}@{urlsplit(settings.BASE_URL).hostname}>",
        sender=_sender(organisation),
        to=message.to,
    )


def _subject_and_text(template: str, context: dict[str, Any]) -> tuple[str, str]:
    """The text's first line is « Objet : … »."""
    source = cast(Template, get_template(f"{template}.txt")).template
    text = source.render(Context(context, autoescape=False)).lstrip()
    head, _, body = text.partition("\n")
    subject = head.partition(":")[2].strip()
    if not subject:
        raise ValueError(f"{template}.txt does not begin with its subject")
    return subject, re.sub(r"\n{3,}", "\n\n", body.strip()) + "\n"


def _context(message: Message, organisation: Organisation) -> dict[str, Any]:
    return {
        **{name: _revived(value) for name, value in message.context.items()},
        "organisation": organisation,
        "base_url": settings.BASE_URL,
        "to": message.to,
        **_colours(organisation),
    }


def _revived(value: Any) -> Any:
    """JSON has no instants: give them back to the template's filters. What only looks like one stays text."""
    if not (isinstance(value, str) and INSTANT.fullmatch(value)):
        return value
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return value


def _colours(organisation: Organisation) -> dict[str, dict[str, str]]:
    brand = organisation.brand_colour or OUR_BRAND
    first = accent(organisation.accent_colour or OUR_ACCENTS[0])
    second = accent(organisation.second_accent_colour or OUR_ACCENTS[1])
    light = light_tokens(brand) | {"accent": first, "accent_2": second}
    return {"light": _named(light), "dark": _named(dark_tokens(brand))}


def _named(tokens: dict[str, str]) -> dict[str, str]:
    return {name.replace("-", "_"): colour for name, colour in tokens.items()}


def _sender(organisation: Organisation) -> str:
    name = " ".join(organisation.name.split())
    return formataddr((name, organisation.support_email or settings.DEFAULT_FROM_EMAIL))
