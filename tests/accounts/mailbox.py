"""What the worker posts, read as a person reads it."""

import re

from django.core import mail

from xpassfam.jobs.worker import drain


def received() -> list[mail.EmailMultiAlternatives]:
    """The mails that left since the last look."""
    drain()
    letters, mail.outbox = list(mail.outbox), []
    return letters


def the_mail() -> mail.EmailMultiAlternatives:
    [letter] = received()
    return letter


def html(letter: mail.EmailMultiAlternatives) -> str:
    [alternative] = letter.alternatives
    return alternative.content


def path(letter: mail.EmailMultiAlternatives, start: str) -> str:
    """The link of a mail, from its text: `/activation/…/`."""
    return re.search(rf"{start}[\w-]{{20,}}/", letter.body)[0]


def code(letter: mail.EmailMultiAlternatives) -> str:
    return "".join(re.search(r"^(\d{3})\u00a0(\d{3})$", letter.body, re.MULTILINE).groups())
