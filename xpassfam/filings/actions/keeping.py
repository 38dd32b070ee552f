"""What a page holds and was not sent on: kept for whoever typed it, wherever they open the page again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from xpassfam.filings import account_numbers
from xpassfam.filings.models import Filing
from xpassfam.people.access import ActingAccess


@dataclass(frozen=True)
class Unsent:
    """`files` received for each piece, by their public identifiers; what was `typed` beside them; the `answers` of the
    same page that are good already.
    """

    files: Mapping[str, Sequence[str]]
    typed: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    answers: Mapping[str, Any] = field(default_factory=dict)


def put(filing: Filing, unsent: Unsent, *, access: ActingAccess) -> list[str]:
    """On a held filing, in place of what was kept; return the fields set. Account numbers are typed again."""
    filing.waiting_files = {key: list(ids) for key, ids in unsent.files.items() if ids}
    filing.waiting_words = {
        "by": access.person,
        "typed": {key: dict(words) for key, words in unsent.typed.items() if words},
        "answers": account_numbers.without(filing, unsent.answers),
    }
    return ["waiting_files", "waiting_words"]
