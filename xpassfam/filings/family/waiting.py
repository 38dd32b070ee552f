"""What a page that was not sent on holds: a session ends, a phone goes to sleep, another page is open."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from xpassfam.documents.actions.giving import MOST_FILES
from xpassfam.documents.kinds import kind_of
from xpassfam.documents.models import PendingUpload
from xpassfam.documents.uploads import Uploads
from xpassfam.filings.actions.keeping import WHY, Kept, Unsent
from xpassfam.filings.asking import NOTHING
from xpassfam.filings.family.giving import UploadsByEntry, pieces_form
from xpassfam.filings.family.saving import Difference
from xpassfam.filings.family.supporting import Entry
from xpassfam.filings.forms.pieces import PiecesForm, TypedByPiece
from xpassfam.filings.models import Filing
from xpassfam.people.access import ActingAccess, FamilyRequest
from xpassfam.procedures.answers import text_of
from xpassfam.procedures.facts import facts_of
from xpassfam.rules.identifiers import is_public_id
from xpassfam.ui import words

DAYS = ("issued_on", "ends_on")
WORDS = ("kind", WHY, *DAYS)
FIRST = 0
# Of two pages that were open at once, the button that says which words stay.
CHOICE = "keep"


def held_by_page(request: FamilyRequest, entries: Sequence[Entry], answers: Mapping[str, Any] | None = None) -> Unsent:
    """As the page saves itself: nothing is refused, and of the files the page gives the names."""
    form = pieces_form(request, entries, {entry.prefix: Uploads(f"{entry.prefix}-files") for entry in entries})
    form.full_clean()
    files = {entry.key: _named(request.POST.getlist(f"{entry.prefix}-files")) for entry in entries}
    return Unsent(files, {entry.key: _typed(form, entry) for entry in entries}, answers or {})


def held_by(form: PiecesForm, uploads: UploadsByEntry, answers: Mapping[str, Any] | None = None) -> Unsent:
    """The same of a page that was sent, with the files that came with it."""
    form.full_clean()
    files = {entry.key: [one.public_id for one in uploads[entry.prefix].kept] for entry in form.entries}
    return Unsent(files, {entry.key: _typed(form, entry) for entry in form.entries}, answers or {})


def not_given(form: PiecesForm, uploads: UploadsByEntry, answers: Mapping[str, Any] | None = None) -> Unsent:
    """Of a page that was sent, what is to be mended; and what it says of what can't be given now."""
    files = {entry.key: [one.public_id for one in uploads[entry.prefix].kept] for entry in form.entries}
    wrong = [one for one in form.entries if files[one.key] or uploads[one.prefix].problems or not form.is_good(one)]
    reasons = {one.key: form.value(one, WHY) or "" for one in form.entries if one not in wrong and form.asks(one, WHY)}
    return Unsent(files, {entry.key: _typed(form, entry) for entry in wrong}, answers or {}, reasons)


def bring_back(filing: Filing, entries: Sequence[Entry], uploads: UploadsByEntry, access: ActingAccess) -> None:
    """Show the files as the page had them. One query, where there are any."""
    files: Mapping[str, Sequence[str]] = filing.waiting_of(access.person).get("files", {})
    known = {upload.public_id: upload for upload in uploads_named(files, access)}
    for entry in entries:
        uploads[entry.prefix].kept = [known[one] for one in files.get(entry.key, []) if one in known][:MOST_FILES]


def uploads_named(files: Mapping[str, Sequence[str]], access: ActingAccess) -> list[PendingUpload]:
    """One query, where there are any."""
    named = [one for ids in files.values() for one in ids]
    found = PendingUpload.objects.visible_to(access).filter(public_id__in=named)
    return list(found.select_related("file"))


def typed(filing: Filing, access: ActingAccess) -> TypedByPiece:
    """What stood beside the files of each piece: its writer's alone."""
    kept: Mapping[str, Mapping[str, str]] = filing.waiting_of(access.person).get("typed", {})
    return {
        key: {name: date.fromisoformat(word) if name in DAYS else word for name, word in words.items()}
        for key, words in kept.items()
    }


def answers(filing: Filing, access: ActingAccess) -> Mapping[str, Any]:
    """What was answered on the same page: its writer's alone."""
    kept: Mapping[str, Any] = filing.waiting_of(access.person).get("answers", {})
    return kept


def seen_by(request: FamilyRequest, filing: Filing) -> int:
    """The revision that the page showed. What is no number was shown by no page of ours."""
    data = request.POST if request.method == "POST" else getattr(request, "stale_post", None)
    if data is None:
        return int(filing.waiting_of(request.access.person).get("revision", FIRST))
    seen = data.get("seen", str(FIRST))
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else -1


def chosen(request: FamilyRequest) -> bool | None:
    """Whether what was kept aside is taken; None where nobody chose."""
    return request.POST[CHOICE] == "aside" if CHOICE in request.POST else None


def is_unsettled(kept: Kept, form: PiecesForm, said: Unsent, access: ActingAccess) -> bool:
    """Whether another page keeps something that this one, sent on, did not say."""
    mine, keys = kept.filing.waiting_of(access.person), {entry.key for entry in form.entries}
    waits = any(ids or typed for part in ("files", "typed") for key, ids in mine.get(part, {}).items() if key in keys)
    unsaid = [why for key, why in said.reasons.items() if kept.filing.missing.get(key, "") != why]
    others = [
        value
        for name, value in mine.get("answers", {}).items()
        if value not in NOTHING and value != said.answers.get(name)
    ]
    return bool(waits or unsaid or others or differences(kept.filing, form, access))


def set_aside_at(filing: Filing, access: ActingAccess) -> datetime | None:
    aside = filing.waiting_of(access.person).get("aside")
    return datetime.fromisoformat(aside["at"]) if aside else None


def differences(filing: Filing, form: PiecesForm, access: ActingAccess) -> list[Difference]:
    """What was kept aside against what is there: what reads the same is not shown."""
    mine = filing.waiting_of(access.person)
    if "aside" not in mine:
        return []
    rows = [*_of_pieces(filing, form, mine), *_of_answers(filing, mine, access)]
    return [row for row in rows if row.today != row.aside]


def _of_pieces(filing: Filing, form: PiecesForm, mine: Mapping[str, Any]) -> Iterator[Difference]:
    for entry in form.entries:
        typed = mine.get("typed", {}).get(entry.key, {})
        for name, word in mine["aside"]["typed"].get(entry.key, {}).items():
            if form.asks(entry, name):
                today = typed.get(name) or (filing.missing.get(entry.key, "") if name == WHY else "")
                label = _("{piece} : {question}").format(piece=entry.asked.label, question=_QUESTIONS[name]())
                yield Difference(label, in_words(name, today), in_words(name, word))


def _of_answers(filing: Filing, mine: Mapping[str, Any], access: ActingAccess) -> Iterator[Difference]:
    """Four queries, where there are any."""
    aside = mine["aside"]["answers"]
    if not aside:
        return
    facts, today = facts_of(access, filing.definition), {**filing.answers, **mine.get("answers", {})}
    for one in filing.definition.fields():
        if one.key in aside:
            yield Difference(one.label, text_of(one, today.get(one.key), facts), text_of(one, aside[one.key], facts))


def in_words(name: str, word: str) -> str:
    """What was typed beside the files of a piece."""
    if word and name in DAYS:
        return words.full_day(date.fromisoformat(word))
    return kind_of(word).label if word and name == "kind" else word


_QUESTIONS = {
    "kind": lambda: _("quel document"),
    WHY: lambda: _("pourquoi vous ne l’avez pas"),
    "issued_on": lambda: _("date du document"),
    "ends_on": lambda: _("dernier jour de validité"),
}


def _typed(form: PiecesForm, entry: Entry) -> dict[str, str]:
    """A reason that is given already is not typed anew."""
    found = {name: str(value) for name in WORDS if (value := form.value(entry, name))}
    return {name: word for name, word in found.items() if (name, word) != (WHY, entry.missing)}


def _named(typed: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(one for one in typed if is_public_id(one)))[:MOST_FILES]
