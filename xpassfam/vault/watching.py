"""What the vault depends on, looked at by the worker once a minute: pages read what it found, and wait for nothing."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime

from xpassfam.rules.identifiers import new_public_id
from xpassfam.vault import clamd, storage
from xpassfam.vault.models import Outage

logger = logging.getLogger(__name__)
Part = Outage.Part


def look_around(*, at: datetime) -> None:
    for part, ask in _ASKED.items():
        try:
            ask()
        except (storage.Away, clamd.NoVerdict) as away:
            _outage, is_new = Outage.objects.get_or_create(part=part, defaults={"since": at})
            if is_new:
                logger.error("the %s does not answer: %s", part, away)
        else:
            Outage.objects.filter(part=part).delete()


def outages() -> Mapping[str, datetime]:
    """Since when, by part. One query."""
    return dict(Outage.objects.order_by("part").values_list("part", "since"))


def _ask_store() -> None:
    """Whether it takes something: a full disk reads, and keeps nothing."""
    name = new_public_id()
    storage.current().put(name, [b"?"])
    storage.current().delete(name)


def _ask_scanner() -> None:
    if clamd.is_wanted():
        clamd.found_in([b"?"])


_ASKED: Mapping[Outage.Part, Callable[[], None]] = {Part.STORE: _ask_store, Part.SCANNER: _ask_scanner}
