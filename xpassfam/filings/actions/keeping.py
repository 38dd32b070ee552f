"""What a page holds and was not sent on: kept for whoever typed it, wherever they open the page again.

Two pages that one person has open don't destroy each other. Files of both wait: one that is taken back goes by itself.
Words are those of pages that knew the last save; what an older page says otherwise is kept aside and shown, and never
wins by itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from xpassfam.documents.models import PendingUpload
from xpassfam.filings import account_numbers
from xpassfam.filings.asking import NOTHING
from xpassfam.filings.models import Filing
from xpassfam.people.access import ActingAccess

FIELDS = ("waiting", "missing")
WHY = "why"
Words = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Unsent:
    """`files` received for each piece, by their public identifiers; what was `typed` beside them; the `answers` of the
    same page that are good already. `reasons`: of a page that is sent on, why each piece can't be given now; empty, it
    is not said any more.
    """

    files: Mapping[str, Sequence[str]]
    typed: Words = field(default_factory=dict)
    answers: Mapping[str, Any] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Kept:
    """`revision` is what the page shows from now on; `is_aside`: something of it is kept aside."""

    filing: Filing
    revision: int
    is_aside: bool = False


def put(
    filing: Filing,
    unsent: Unsent,
    *,
    seen: int,
    is_taken: bool | None = None,
    access: ActingAccess,
    at: datetime,
) -> Kept:
    """On a held filing, for its caller to save (`FIELDS`). Account numbers are typed again.

    `seen` is the revision that the page showed. `is_taken`: of what was kept aside, whether it takes the place of what
    is there; None where nobody chose.
    """
    before = filing.waiting_of(access.person)
    revision, missing = before.get("revision", 0), dict(filing.missing)
    files = _pending(before.get("files", {}), unsent.files, access)
    if seen != revision:
        aside = _otherwise(filing, unsent, before)
        more = {"aside": {"at": at.isoformat(), **aside}} if aside else {}
        filing.waiting[access.person] = {**before, "files": files, **more}
        return Kept(filing, seen, is_aside=bool(aside))
    after = {
        **before,
        "files": files,
        "typed": {key: dict(words) for key, words in unsent.typed.items() if words},
        "answers": account_numbers.without(filing, unsent.answers),
    }
    if is_taken is not None:
        _settle(after, is_taken=is_taken)
    for key, why in unsent.reasons.items():
        filing.missing[key] = why
    filing.missing = {key: why for key, why in filing.missing.items() if why}
    is_new = filing.missing != missing or any(
        (after.get(part) or {}) != (before.get(part) or {}) for part in ("typed", "answers", "aside")
    )
    filing.waiting[access.person] = {**after, "revision": revision + is_new}
    return Kept(filing, revision + is_new)


def _pending(before: Mapping[str, Sequence[str]], held: Mapping[str, Sequence[str]], access: ActingAccess) -> Any:
    """Those that waited, then the page's, less what was given or taken back since. One query, where there are any."""
    named = {key: list(dict.fromkeys([*before.get(key, ()), *held.get(key, ())])) for key in {**before, **held}}
    ids = [one for listed in named.values() for one in listed]
    rows = PendingUpload.objects.visible_to(access).filter(public_id__in=ids)
    there = set(rows.values_list("public_id", flat=True)) if ids else set()
    left = {key: [one for one in listed if one in there] for key, listed in named.items()}
    return {key: listed for key, listed in left.items() if listed}


def _otherwise(filing: Filing, unsent: Unsent, before: Mapping[str, Any]) -> dict[str, Any]:
    """What a page says otherwise than what is kept. What it says nothing of may have been typed after it was opened."""
    said = {key: dict(words) for key, words in unsent.typed.items()}
    for key, why in unsent.reasons.items():
        said.setdefault(key, {})[WHY] = why
    typed = {
        key: {name: word for name, word in words.items() if word and word != _known(filing, before, key, name)}
        for key, words in said.items()
    }
    kept = {**filing.answers, **before.get("answers", {})}
    answers = {
        name: value
        for name, value in account_numbers.without(filing, unsent.answers).items()
        if value not in NOTHING and value not in (kept.get(name), filing.answers.get(name))
    }
    typed = {key: words for key, words in typed.items() if words}
    return {"typed": typed, "answers": answers} if typed or answers else {}


def _known(filing: Filing, before: Mapping[str, Any], key: str, name: str) -> str:
    typed: Words = before.get("typed", {})
    return typed.get(key, {}).get(name) or (filing.missing.get(key, "") if name == WHY else "")


def _settle(mine: dict[str, Any], *, is_taken: bool) -> None:
    aside = mine.pop("aside", None)
    if aside and is_taken:
        typed = mine["typed"]
        mine["typed"] = typed | {key: {**typed.get(key, {}), **words} for key, words in aside["typed"].items()}
        mine["answers"] = mine["answers"] | aside["answers"]
