"""From a message to a mail: rendered in the families' language, dressed as the organisation."""

import re
from dataclasses import dataclass
from email.utils import formataddr
from typing import Any, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context
from django.template.backends.django import Template
from django.template.loader import select_template
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from xpassfam.organisation.brand import OUR_ACCENTS, OUR_BRAND, accent, dark_tokens, light_tokens
from xpassfam.organisation.models import Organisation, current
from xpassfam.outbox.models import Message
from xpassfam.outbox.rendering import context_of

# Of `is_discreet`, which whoever writes puts into the context: read over a shoulder, it says nothing.
DISCREET_SUBJECT = _("Un message vous attend")


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
        context = {**context_of(message, organisation), **_colours(organisation)}
        subject, text = _subject_and_text(message.template, context)
        html = _template(message.template, ".html").render({**context, "subject": subject})
    return Mail(
        subject=subject,
        text=text,
        html=html,
        message_id=f"<{message.public_id}@{urlsplit(settings.BASE_URL).hostname}>",
        sender=_sender(organisation),
        to=message.to,
    )


def _template(name: str, ending: str) -> Any:
    """Its own; of a mail that is made of its context alone, that of its folder: `words`."""
    return select_template([f"{name}{ending}", f"{name.rpartition('/')[0]}/words{ending}"])


def _subject_and_text(template: str, context: dict[str, Any]) -> tuple[str, str]:
    """The text's first line is « Objet : … »."""
    source = cast(Template, _template(template, ".txt")).template
    text = source.render(Context(context, autoescape=False)).lstrip()
    head, _line, body = text.partition("\n")
    subject = DISCREET_SUBJECT if context.get("is_discreet") else head.partition(":")[2].strip()
    if not (subject := str(subject)):
        raise ValueError(f"{template}.txt does not begin with its subject")
    return subject, re.sub(r"\n{3,}", "\n\n", body.strip()) + "\n"


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
