"""What a page held, or had kept waiting, and that came too late: as a message would say it, for its writer to judge."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from xpassfam.documents.models import PendingUpload
from xpassfam.filings import account_numbers, asking
from xpassfam.filings.actions.keeping import WHY, Unsent
from xpassfam.filings.family.waiting import in_words, uploads_named
from xpassfam.filings.forms.following import LONGEST_MESSAGE
from xpassfam.filings.models import Filing
from xpassfam.filings.states import TO_GIVE
from xpassfam.people.access import ActingAccess
from xpassfam.procedures.answers import text_of
from xpassfam.procedures.facts import facts_of
from xpassfam.procedures.forms import SectionForm
from xpassfam.procedures.language import Type


@dataclass(frozen=True)
class Left:
    """`apart`: names of files on health, which whoever reads messages may not read."""

    text: str
    files: Sequence[PendingUpload]
    apart: Sequence[str]


def left_waiting(filing: Filing, access: ActingAccess) -> Left | None:
    """What they had prepared for a page that is no more, where another sent it or time ended it."""
    mine = filing.waiting_of(access.person)
    if not mine or filing.is_draft or filing.status in TO_GIVE:
        return None
    unsent = Unsent(mine.get("files", {}), mine.get("typed", {}), mine.get("answers", {}))
    return left(filing, unsent, access)


def left(filing: Filing, unsent: Unsent, access: ActingAccess, *, unread: Sequence[str] = ()) -> Left | None:
    """What of it is not in the filing. `unread`: lines of what could not be taken as it was typed."""
    uploads = {one.public_id: one for one in uploads_named(unsent.files, access)} if any(unsent.files.values()) else {}
    files, apart, lines = [], [], []
    for key, ids in unsent.files.items():
        found = [uploads[one] for one in ids if one in uploads]
        if _is_apart(filing, key):
            apart += [one.file.name for one in found]
        elif found:
            files += found
            lines.append(_of_files(filing, key, found, unsent.typed.get(key, {})))
    reasons = {key: typed.get(WHY, "") for key, typed in unsent.typed.items()} | dict(unsent.reasons)
    lines += [
        _("{question} : {answer}").format(question=asking.told_label(filing, key), answer=why)
        for key, why in reasons.items()
        if why and why != filing.missing.get(key) and not _is_apart(filing, key)
    ]
    lines += [*_of_answers(filing, unsent.answers, access), *unread]
    if not (lines or apart):
        return None
    return Left("\n".join(lines)[:LONGEST_MESSAGE], files, apart)


def _is_apart(filing: Filing, key: str) -> bool:
    """On health; or of a piece that is not asked for any more, of which nobody knows."""
    return asking.is_restricted(filing, key) or key not in {one["key"] for one in filing.asked}


def unread(form: SectionForm, data: Mapping[str, Any]) -> list[str]:
    """What was typed and is no good answer, as it was typed. An account number is not for a message."""
    return [
        _("{question} : {answer}").format(question=part.asked.label, answer=raw)
        for part in form.parts
        if part.key in form.errors and part.asked.type is not Type.IBAN and (raw := str(data.get(part.key, "")).strip())
    ]


def _of_files(filing: Filing, key: str, found: Sequence[PendingUpload], typed: Mapping[str, str]) -> str:
    names = ", ".join(one.file.name for one in found)
    said = [in_words(name, word) for name, word in typed.items() if name != WHY]
    answer = f"{names} ({', '.join(said)})" if said else names
    return _("{question} : {answer}").format(question=asking.label_of_piece(filing, key), answer=answer)


def _of_answers(filing: Filing, said: Mapping[str, Any], access: ActingAccess) -> Iterator[str]:
    """Four queries, where there is any."""
    given = account_numbers.without(filing, said)
    news = {key: value for key, value in given.items() if value not in asking.NOTHING}
    news = {key: value for key, value in news.items() if value != filing.answers.get(key)}
    if not news:
        return
    facts = facts_of(access, filing.definition)
    for one in filing.definition.fields():
        if one.key in news and (text := text_of(one, news[one.key], facts)):
            yield _("{question} : {answer}").format(question=one.label, answer=text)
