"""From a message to a mail: rendered in the families' language, dressed as the organisation."""

import re
from dataclasses import dataclass
from datetime import datetime
from email.utils import formataddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context
from django.template.loader import get_template
from django.utils import translation

from xpassfam.organisation.models import Organisation, current
from xpassfam.outbox.models import Message

LIGHT = {
    "brand": "#0f5c56",
    "on_brand": "#ffffff",
    "brand_soft": "#dcefe9",
    "ink": "#17211f",
    "ink_2": "#4a5855",
    "paper": "#f3f6f3",
    "surface": "#ffffff",
    "accent": "#f5bd4f",
    "accent_2": "#f08a6c",
}
DARK = {
    "brand": "#7fd0c2",
    "on_brand": "#101715",
    "brand_soft": "#173b37",
    "ink": "#eaf1ee",
    "ink_2": "#b3c2bd",
    "paper": "#101715",
    "surface": "#1a2321",
}
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
    source = get_template(f"{template}.txt").template
    text = source.render(Context(context, autoescape=False)).lstrip()
    head, _, body = text.partition("\n")
    subject = head.partition(":")[2].strip()
    if not subject:
        raise ValueError(f"{template}.txt does not begin with « Objet : … »")
    return subject, re.sub(r"\n{3,}", "\n\n", body.strip()) + "\n"


def _context(message: Message, organisation: Organisation) -> dict[str, Any]:
    return {
        **{name: _revived(value) for name, value in message.context.items()},
        "organisation": organisation,
        "base_url": settings.BASE_URL,
        "to": message.to,
        "light": LIGHT,
        "dark": DARK,
    }


def _revived(value: Any) -> Any:
    """JSON has no instants: give them back to the template's filters."""
    return datetime.fromisoformat(value) if isinstance(value, str) and INSTANT.fullmatch(value) else value


def _sender(organisation: Organisation) -> str:
    name = " ".join(organisation.name.split())
    return formataddr((name, organisation.support_email or settings.DEFAULT_FROM_EMAIL))
