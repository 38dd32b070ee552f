"""What looks like a password or a code is hidden in the form that comes back; its writer may say that it is none.

What was hidden goes with the page, locked for that form and that browser: nothing of it is kept before they have
chosen. They let through what they have read hidden: neither what is typed beside it afterwards, nor the secret part of
a link of ours.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, QueryDict
from django.middleware.csrf import get_token

from xpassfam.rules.secrets_in_text import MASK, Secret, find, masked
from xpassfam.support.form_keys import value_posted
from xpassfam.support.forms.calling import CallForm
from xpassfam.vault.locks import Lock, Unreadable

FIELDS = ("message", "device", "browser", "page", "phone", "incident")
# What is longer is not looked at: its form refuses it, and nothing of it is kept.
LONGEST: Mapping[str, int] = {name: CallForm.base_fields[name].max_length for name in FIELDS}  # type: ignore[attr-defined]
LOCK = Lock(b"xpassfam.support.hidden-words")

# By field, in their order, each in place of its dots; where nobody may let it through, the dots themselves.
Words = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Typed:
    """`written` is what is sent, for actions to hide what is not `spared`; `shown`, what the page that comes back has,
    and `words` what it hides, locked.
    """

    written: QueryDict
    shown: QueryDict
    spared: frozenset[str]
    words: str
    may_be_spared: bool
    is_hidden: bool
    is_read: bool

    @property
    def is_to_be_read(self) -> bool:
        """Something is hidden that the page has not shown hidden yet."""
        return self.is_hidden and not self.is_read


def read(request: HttpRequest, *, form_key: str) -> Typed:
    """`form_key`: of the form that comes back. It is another than the one that was sent where that was too old."""
    data, browser = request.POST, _browser(request)
    before = _unlocked(data.get("hidden_words", ""), f"{value_posted(request)} {browser}")
    spared = frozenset(word for words in before.values() for word in words) - {MASK} if "as_written" in data else ()
    written, shown = data.copy(), data.copy()
    hidden: dict[str, list[str]] = {}
    for name, longest in LONGEST.items():
        typed = str(data.get(name, ""))
        if len(typed.strip()) > longest:
            if name in before:
                hidden[name] = list(before[name])
            continue
        text = _given_back(typed, before.get(name, ()))
        if words := [MASK if one.secret == Secret.LINK else text[one.start : one.end] for one in find(text)]:
            hidden[name] = words
            shown[name] = masked(text).text
            written[name] = text if spared else typed
    return Typed(
        written=written,
        shown=shown,
        spared=frozenset(spared),
        words=_locked(hidden, f"{form_key} {browser}") if hidden else "",
        may_be_spared=any(word != MASK for words in hidden.values() for word in words),
        is_hidden=any(word not in spared for words in hidden.values() for word in words),
        is_read="reviewed" in data,
    )


def _browser(request: HttpRequest) -> str:
    """The secret of its cookie against forged forms: every browser that sends a form has one."""
    get_token(request)
    return str(request.META["CSRF_COOKIE"])


def _given_back(text: str, words: Sequence[str]) -> str:
    """Each in its place, where every place is still there: else nobody knows which is whose."""
    pieces = text.split(MASK)
    if len(pieces) != len(words) + 1:
        return text
    return pieces[0] + "".join(word + piece for word, piece in zip(words, pieces[1:], strict=True))


def _locked(words: Words, here: str) -> str:
    sealed, key_name = LOCK.seal(json.dumps(words), about=here)
    return f"{key_name}.{urlsafe_b64encode(sealed).decode()}"


def _unlocked(text: str, here: str) -> Words:
    """Nothing where it is not what we locked for this form, here."""
    key_name, _dot, sealed = text.partition(".")
    try:
        words: Words = json.loads(LOCK.unseal(urlsafe_b64decode(sealed), key_name, about=here))
    except (Unreadable, ValueError):
        return {}
    return words
