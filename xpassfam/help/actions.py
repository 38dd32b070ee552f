"""The only writers of help: an organisation's articles, the checks of browsers, what is told of failures."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from xpassfam.help import history, shelf
from xpassfam.help.article import TAKEN, load
from xpassfam.help.models import ArticleVersion, BrowserCheck, Incident
from xpassfam.jobs.slices import delete_by_slices
from xpassfam.journal.actions import Actor, write
from xpassfam.rules.references import new_reference

PREFIX = "NAV"
# Anybody may have a browser checked: beyond, the result is shown and not kept.
MOST_AN_HOUR = 1_000
DRAWS = 3


class SlugTaken(ValueError):
    """The address is that of a page of its own."""


@transaction.atomic
def publish(source: str, *, slug: str, by: Actor, at: datetime) -> ArticleVersion:
    """Show this text from now on, in place of the shipped one or as a new article; raise Refused or SlugTaken."""
    if slug in TAKEN:
        raise SlugTaken(slug)
    article = load(source, slug=slug)
    last = ArticleVersion.objects.select_for_update().filter(slug=slug).order_by("-number").first()
    ArticleVersion.objects.filter(slug=slug, is_current=True).update(is_current=False)
    version = ArticleVersion.objects.create(
        slug=slug, number=last.number + 1 if last else 1, source=source, written_at=at, written_by=by.name
    )
    write(history.WRITTEN, by=by, at=at, facts={"title": article.title, "number": version.number})
    _read_again()
    return version


@transaction.atomic
def restore(slug: str, *, by: Actor, at: datetime) -> bool:
    """Show the shipped text again; where none was shipped, the article goes. Versions are kept."""
    shown = shelf.articles().get(slug)
    if not ArticleVersion.objects.filter(slug=slug, is_current=True).update(is_current=False):
        return False
    write(history.RESTORED, by=by, at=at, facts={"title": shown.title if shown else slug})
    _read_again()
    return True


def keep_check(report: dict[str, object], *, at: datetime) -> BrowserCheck | None:
    """Under a new code, for thirty days; None where too many were kept within the hour."""
    if BrowserCheck.objects.filter(made_at__gt=at - timedelta(hours=1))[:MOST_AN_HOUR].count() >= MOST_AN_HOUR:
        return None
    for _draw in range(DRAWS):
        try:
            with transaction.atomic():
                return BrowserCheck.objects.create(code=new_reference(PREFIX), made_at=at, report=report)
        except IntegrityError:  # a namesake: one in billions
            continue
    return None


def forget_checks(*, before: datetime) -> int:
    """Delete those made earlier; return how many."""
    return delete_by_slices(BrowserCheck.objects.filter(made_at__lt=before))


@transaction.atomic
def announce(incident: Incident, *, by: Actor, at: datetime) -> Incident:
    """New or changed; raise ValidationError."""
    incident.full_clean()
    incident.save()
    write(history.INCIDENT, by=by, at=at, facts={"title": incident.title})
    return incident


@transaction.atomic
def take_back(incident: Incident, *, by: Actor, at: datetime) -> None:
    write(history.INCIDENT_REMOVED, by=by, at=at, facts={"title": incident.title})
    incident.delete()


def _read_again() -> None:
    shelf.forget()
    # A neighbour thread may have read the versions as they were before the commit.
    transaction.on_commit(shelf.forget)
