"""Text as every telephone takes it: the GSM 7-bit alphabet.

A single character outside of it more than halves what a segment holds, and segments are what is paid for.
Source: 3GPP TS 23.038, 6.2.1 (default alphabet) and 6.2.1.1 (extension table, two places each).
"""

import re
import unicodedata

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("^{}\\[~]|€")
_SAID_OTHERWISE = {
    "’": "'",
    "‘": "'",
    "“": '"',
    "”": '"',
    "–": "-",
    "—": "-",
    "‑": "-",
    "…": "...",
    "œ": "oe",
    "Œ": "OE",
    "·": "-",
}
# Spaces inside of quotes are French ones, whatever their width.
_QUOTES = re.compile(r"«\s?|\s?»")
_ALONE, _EACH = 160, 153


def as_sms(text: str) -> str:
    """The same words in the alphabet: « forêt » gives "foret", « été » stays; what has no likeness becomes `?`."""
    text = _QUOTES.sub('"', text)
    text = "".join(" " if unicodedata.category(sign) == "Zs" else sign for sign in unicodedata.normalize("NFC", text))
    for sign, other in _SAID_OTHERWISE.items():
        text = text.replace(sign, other)
    return "".join(_near(sign) for sign in text)


def segments(text: str) -> int:
    """How many are paid for, of a text in the alphabet."""
    places = sum(2 if sign in _EXTENDED else 1 for sign in text)
    return 1 if places <= _ALONE else -(-places // _EACH)


def _near(sign: str) -> str:
    if sign in _BASIC or sign in _EXTENDED:
        return sign
    base = unicodedata.normalize("NFKD", sign)[0]
    return base if base in _BASIC else "?"
