"""An agent looks for a family and reads its file: that family's history says who, once an hour."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from xpassfam.accounts.models import Account
from xpassfam.household import history
from xpassfam.journal.actions import Fact, write
from xpassfam.journal.models import Line
from xpassfam.journal.noting import note, was_noted
from xpassfam.organisation.models import current
from xpassfam.outbox.actions import send
from xpassfam.people.models import Household

MANY = 50
SHORT_WHILE = timedelta(minutes=10)


def consult(household: Household, *, with_contacts: bool = False, by: Account, at: datetime) -> None:
    """Note that the file was opened; `with_contacts`: and the persons' addresses and telephones shown."""
    for kind in (history.FILE_READ, *([history.CONTACTS_READ] if with_contacts else [])):
        # A page read again asks for no lock.
        if was_noted(kind, by=by.actor, at=at, household=household.public_id):
            continue
        with transaction.atomic():
            _warn_of_many(by=by, at=at)
            note(kind, by=by.actor, at=at, household=household.public_id, facts={"reader": _described(by)})


def note_search(text: str, *, shown: int, by: Account, at: datetime) -> None:
    """A search shows names and birth dates: what an agent looked for stays in the agent's own chain."""
    facts: dict[str, Fact] = {"text": text, "count": shown}
    write(history.SEARCHED, by=by.actor, at=at, account=by.public_id, facts=facts)


def _warn_of_many(*, by: Account, at: datetime) -> None:
    """Who opens fifty files in ten minutes helps no fifty families: the organisation is told, once."""
    read = Line.objects.filter(actor=by.public_id, at__gt=at - SHORT_WHILE, kind=history.FILE_READ.code).count()
    if read + 1 != MANY:
        return
    write(history.MANY_FILES_READ, by=by.actor, at=at, account=by.public_id, facts={"count": MANY})
    if support := current().support_email:
        context = {"name": str(by), "count": str(MANY), "at": at.isoformat()}
        send("household/mail/many_files_read", to=support, context=context, at=at)


def _described(account: Account) -> str:
    """« un agent, équipe Prestations familles »: what a family may know of a reader besides the name."""
    teams = ", ".join(account.teams.order_by("name").values_list("name", flat=True))
    return _("un agent, équipe {teams}").format(teams=teams) if teams else _("un agent")
