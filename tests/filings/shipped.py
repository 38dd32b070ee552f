"""The definitions that ship, filed and approved in a word each."""

from django.utils import timezone

from tests.filings.factories import procedure
from xpassfam.filings import asking
from xpassfam.filings.actions import deciding, drafting, sending
from xpassfam.filings.verdicts import Verdict
from xpassfam.procedures import shipped
from xpassfam.procedures.facts import facts_of
from xpassfam.procedures.language import load

DEFINITIONS = {load(text).code: text for text in (path.read_text(encoding="utf-8") for path in shipped.files())}


def send(room, code, answers, **more):
    """Every piece that is asked is given."""
    version = procedure(DEFINITIONS[code])
    draft = room.draft(answers, version=version, with_proof=False, **more)
    for asked in asking.answers.pieces_asked(version.definition, draft.answers, facts_of(room.access)):
        if asked.issued_on:
            draft.pieces.filter(key=asked.key).exclude(document__issued_on=asked.issued_on).delete()
        given = room.document(kind=asked.piece.kinds[0], issued_on=asked.issued_on or timezone.localdate())
        drafting.add_piece(draft, key=asked.key, document=given, access=room.access, at=timezone.now())
    return sending.send(draft, access=room.access, by=room.camille, at=timezone.now())


def approve(room, sent, by=None, **amounts):
    verdict = Verdict("approved", amounts=amounts)
    return deciding.decide(sent, verdict, seen=sent.version, by=by or room.nadia, at=timezone.now())
