"""Lines as sentences."""

import json

from django.utils.translation import gettext as _

from xpassfam.journal.kinds import KINDS
from xpassfam.journal.models import Line


class _Words(dict[str, object]):
    def __missing__(self, name: str) -> str:
        return _("(effacé)")


def words_of(line: Line) -> dict[str, object]:
    """The line's facts, with its `device` and the `actor`'s name; empty once retention has passed."""
    payload = getattr(line, "payload", None)
    if payload is None:
        return {}
    words = json.loads(payload.words)
    return {"actor": words["actor"], "device": words["device"], **words["facts"]}


def on_behalf(who: str, line: Line) -> str:
    """« Vous, pour le compte de Famille Martin », where somebody acted for a home that they don't live in."""
    payload = getattr(line, "payload", None)
    behalf = json.loads(payload.words).get("behalf") if payload else None
    return _("%(who)s, pour le compte de %(behalf)s") % {"who": who, "behalf": behalf} if behalf else who


def sentence(line: Line) -> str:
    """What happened, in the reader's language. Not escaped: the template does it."""
    kind = KINDS.get(line.kind)
    if kind is None:
        # A line outlives the code that declared its kind.
        return line.kind
    return str(kind.sentence).format_map(_Words(words_of(line)))


def values_of(line: Line) -> tuple[str, str]:
    """Before and after, where the line's kind changes a value: what was only asked or refused changed nothing."""
    kind = KINDS.get(line.kind)
    if kind is None or not kind.is_changed:
        return "", ""
    known = words_of(line)
    return str(known.get("before", "")), str(known.get("after", ""))
