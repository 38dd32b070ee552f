"""What agents find of help: the check of a browser, by its code."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from xpassfam.help.actions import PREFIX
from xpassfam.help.checks import judging, report
from xpassfam.help.checks.judging import Verdict
from xpassfam.help.models import BrowserCheck
from xpassfam.rules.references import normalise_reference
from xpassfam.ui.gathering import Duty


def duties() -> list[Duty]:
    """No query."""
    return [Duty(_("Lire la vérification d’un navigateur, par son code NAV"), reverse("desk:browser-check"))]


def code_of(typed: str) -> str | None:
    """The code that somebody dictated; None where none could be meant."""
    return normalise_reference(typed[:60], prefix=PREFIX)


def check(code: str, *, at: datetime) -> tuple[BrowserCheck, Verdict] | None:
    """A check that is still kept, and what it means. One query."""
    found = BrowserCheck.objects.readable(at=at).filter(code=code).first()
    return (found, judging.judge(report.of_dict(found.report))) if found else None


def in_words(found: BrowserCheck) -> str:
    """« Firefox 156, Windows »."""
    browser = report.of_dict(found.report).browser
    return ", ".join(filter(None, [f"{browser.name} {browser.version or ''}".strip(), browser.system]))
