"""Passwords and codes that people write to us by mistake: found in their words, and hidden before anything is kept.

Nobody needs them to help. What is searched for: what stands after (or before) the word « mot de passe », what looks
like a password wherever it stands, codes received or kept, and the secret part of our own links. What families write
about all day is left alone: references, amounts, dates, telephone and account numbers, versions, names of files.

Source: CNIL, délibération 2022-100 (nobody else knows a password); RGPD, art. 5.1.c.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from xpassfam.rules.identifiers import ALPHABET, has_check_character
from xpassfam.rules.words_about_passwords import TALK, TALK_OF_IT, WELL_KNOWN

MASK = "••••••••"
FEWEST_DIGITS = 4
# How far one label is looked after, however long the line: whatever the text, it is read in time that grows as it does.
LONGEST_LOOK = 200


class Secret(StrEnum):
    PASSWORD = "password"  # noqa: S105
    CODE = "code"
    LINK = "link"


@dataclass(frozen=True, order=True)
class Found:
    """From `start` up to `end`."""

    start: int
    end: int
    secret: Secret


@dataclass(frozen=True)
class Masked:
    """The text as it may be kept, and which kinds of secrets it had."""

    text: str
    secrets: frozenset[Secret]


def masked(text: str, *, spared: Collection[str] = ()) -> Masked:
    """What was found is replaced by dots of one length: they tell nothing, not even how long it was.

    `spared`: what its writer says is no secret. The secret part of our own links always is.
    """
    found = [one for one in find(text) if one.secret == Secret.LINK or text[one.start : one.end] not in spared]
    pieces, end = [], 0
    for one in found:
        pieces += [text[end : one.start], MASK]
        end = one.end
    return Masked("".join([*pieces, text[end:]]), frozenset(one.secret for one in found))


def find(text: str) -> list[Found]:
    """In their order; what overlaps is one."""
    plain = _plain(text)
    spans = sorted(
        Found(start, end, secret)
        for secret, finder in FINDERS
        for start, end in finder(text, plain)
        if MASK not in text[start:end]
    )
    merged: list[Found] = []
    for span in spans:
        if merged and span.start < merged[-1].end:
            last = merged[-1]
            merged[-1] = Found(last.start, max(last.end, span.end), last.secret)
        else:
            merged.append(span)
    return merged


Span = tuple[int, int]

# --- Words ---------------------------------------------------------------------------------------------------------
_NAMED = (
    r"(?:\bmots?\s?de\s?pass(?:es?)?\b|\bmdps?\b|\bm\.d\.p\b\.?|\bpasswords?\b|\bpasswd\b|\bpwd\b|\bpass(?=\s?[:=]))"
)
# Codes that are nobody's secret.
_OTHER_CODES = re.compile(
    r"postal|banque|guichet|erreur|incident|insee|\bape\b|\bnaf\b|barres?\b|promo|\bqr\b|attestation|demande|referenc|"
    r"famille|allocataire|\bbic\b|iban|route|dossier|adherent|commune|error"
)
_UNITS = re.compile(r"\s*(?:€|%|euros?\b|centimes?\b|fois\b|minutes?\b|heures?\b|caracteres?\b|chiffres?\b|jours?\b)")
_DEVICES = re.compile(
    r"(?:windows|win|android|i?phone|ipad|ios|mac|chrome|firefox|safari|edge|opera|mozilla|gecko|applewebkit|khtml|"
    r"version|galaxy|pixel|redmi|samsung|huawei|xiaomi|covid|office|linux|x86)(?![a-z])",
    re.IGNORECASE,
)
_QUOTED = r"(?:«\s{0,9}([^«»\n]{3,60}?)\s{0,9}»|\"([^\"\n]{3,60})\"|“([^“”\n]{3,60})”|(?<!\w)'([^'\n]{3,60})'(?!\w))"
_QUOTE = re.compile(_QUOTED)
_WORD = re.compile(r"\S+")
_EDGES = "«»“”\"'()[]{},;<>"


def _plain(text: str) -> str:
    """As long as the text, without accents nor capitals; straight apostrophes, plain spaces."""
    return "".join(_plain_character(c) for c in text)


def _plain_character(character: str) -> str:
    if character in "’ʼ`":
        return "'"
    if character in "\u00a0\u202f\u2009":
        return " "
    base = unicodedata.normalize("NFD", character)[0].lower()
    return base if len(base) == 1 else character


def _trimmed(text: str, start: int, end: int) -> Span:
    """Without the quotes and stops around it; « ! » and « ? » belong to passwords as often as to sentences."""
    while start < end and text[start] in _EDGES + " ":
        start += 1
    while end > start and text[end - 1] in _EDGES + ".: ":
        end -= 1
    return start, end


def _word_at(text: str, start: int) -> Span:
    match = _WORD.search(text, start)
    return _trimmed(text, match.start(), match.end()) if match else (start, start)


def _looks_secret(word: str) -> bool:
    """A word that nobody writes as such: with a digit, a sign inside, a capital after a small letter."""
    if len(word) < FEWEST_DIGITS or _is_known(word):
        return False
    if word.isdigit():
        return True
    letters = any(c.isalpha() for c in word)
    has_sign = bool(re.search(r"\w[!#$%&*+=?@^~_]\w", word))
    return letters and (any(c.isdigit() for c in word) or has_sign or bool(re.search(r"[a-z][A-Z]", word)))


_KNOWN = re.compile(
    r"[^\s@]+@[^\s@]+\.[a-z]{2,}[.,;]?"  # an e-mail
    r"|https?://\S+|/\S+/"  # an address
    r"|[\w-]+\.(?:pdf|jpe?g|png|heic|docx?|xlsx?|odt|bmp|tiff?|zip)"  # a file
    r"|[A-Z]{1,3}-[A-Z0-9]{4}(?:-[A-Z0-9]{4})?"  # a reference
    r"|[A-Z]{3}-\d{4}-\d{1,6}-[A-Z]|[A-Z]{3}-\d{5}"  # a member's number, a file's
    r"|[A-Za-z]+/[\d.]+|v?\d+(?:\.\d+)+|rv:[\d.]+"  # a version
    r"|\d{1,2}/\d{1,2}/\d{2,4}|\d{4}-\d{2}-\d{2}|\d{1,2}h\d{0,2}",  # a day, an hour
    re.IGNORECASE,
)


def _is_known(word: str) -> bool:
    return _KNOWN.fullmatch(word) is not None or _DEVICES.match(word) is not None


# --- Passwords -----------------------------------------------------------------------------------------------------
# « Mot de passe provisoire : … », « "password": "…" », « mdp=… », « mot de passe -> … »
_LABELLED = re.compile(_NAMED + r"([^:=\n.!?]{0,60}?)[\"']?\s*(?::|=|->|→)[ \t\u00a0]*")
_ON_NEXT_LINE = re.compile(_NAMED + r"[^\n:.!?]{0,20}:?[ \t]*\n[ \t]*")
_SAID = re.compile(
    _NAMED + r"((?:\s+\w+){0,3}?)(?:\s*,)?\s*"
    r"(?:\b(?:(est|c'est|c|etait|c'etait|serait|sera|is|was)|sont|en|par|avec)\b\s+(?:le\s+)?)"
)
_BESIDE = re.compile(
    _NAMED + r"(?:\s+(?:actuel|provisoire|nouveau|ancien|habituel|perso|personnel|temporaire))?(?:\s*,)?\s+"
)
_QUOTED_AFTER = re.compile(_NAMED + r"[^\n.!?«\"“]{0,30}?" + _QUOTED)
_BEFORE = re.compile(
    r"(?:" + _QUOTED + r"|(\S{4,40}))(?:\s*,)?\s+"
    r"(?:(?:c'est|est|etait)\s+mon\s*|(?:comme|pour)\s+(?:(?:le|mon)\s+)?)(?:mots?\s?de\s?passe?|mdp|password)\b"
)
_ENDS_CLAUSE = re.compile(r"\s*(?:$|[\n,.;!?|)]|et\b|mais\b|depuis\b|pourtant\b|merci\b|avec\b)")
_MOST_WORDS = 6
_STOP = re.compile(r"[.,;!?|(\n]|\s\S+\s?:")
_REST_OF_WORD = re.compile(r"\S*")


def _passwords(text: str, plain: str) -> Iterator[Span]:
    beyond = 0
    for match in _LABELLED.finditer(plain):
        if match.end() < beyond or _is_talk(match[1]):
            continue
        for start, end in _value(text, plain, match.end()):
            beyond = end if end - start > LONGEST_LOOK else 0  # what it says of itself is hidden with it
            yield start, end
    for match in _ON_NEXT_LINE.finditer(plain):
        start, end = _word_at(text, match.end())
        if _looks_secret(text[start:end]):
            yield start, end
    for match in _SAID.finditer(plain):
        yield from _said(text, plain, match.end(), is_direct=bool(match[2]) and not match[1].strip())
    for match in _BESIDE.finditer(plain):
        start, end = _word_at(text, match.end())
        word = text[start:end]
        if (_looks_secret(word) and not _UNITS.match(plain, end)) or plain[start:end] in WELL_KNOWN:
            yield start, end
    for match in _QUOTED_AFTER.finditer(plain):
        if (quoted := _quoted(match)) and plain[quoted[0] : quoted[1]].split(" ")[0] not in TALK - {"a", "la", "le"}:
            yield quoted
    for match in _BEFORE.finditer(plain):
        yield from _before(text, match)


def _is_talk(words: str) -> bool:
    """« Mot de passe oublié : … » announces something else."""
    return any(word.strip("(),'") in TALK_OF_IT for word in words.split())


def _value(text: str, plain: str, start: int) -> Iterator[Span]:
    """After a label: what is quoted, one word that looks like it, or the few plain words up to the next stop.

    A word that goes on further than is looked is taken whole.
    """
    quoted = _QUOTE.match(plain, start)
    if quoted and (span := _quoted(quoted)):
        yield span
        return
    look_end = min(start + LONGEST_LOOK, len(plain))
    line_end = plain.find("\n", start, look_end)
    line_end = look_end if line_end < 0 else line_end
    match = _WORD.search(text, start, line_end)
    if match is None:
        return
    stop = re.search(r"[&\"|]" if text[start - 1] == "=" else r"[\"|]", match.group())
    first = _trimmed(text, match.start(), match.start() + stop.start() if stop and stop.start() else match.end())
    word = plain[first[0] : first[1]]
    if first[0] == first[1] or word in TALK or _is_known(text[first[0] : first[1]]):
        return
    if match.end() == look_end < len(text) and not stop:
        yield first[0], _rest_of_word(text, look_end)
        return
    if _looks_secret(text[first[0] : first[1]]):
        yield first
        return
    words = [*islice(_WORD.finditer(plain, first[0], line_end), _MOST_WORDS)]
    last = words[-1].end()
    if rest := _STOP.search(plain, first[1], min(last + 2, line_end)):
        last = min(last, first[0] + len(plain[first[0] : rest.start()].rstrip()))
    yield _trimmed(text, first[0], _rest_of_word(text, last) if last == look_end else last)


def _rest_of_word(text: str, start: int) -> int:
    rest = _REST_OF_WORD.match(text, start)
    return rest.end() if rest else start


def _said(text: str, plain: str, start: int, *, is_direct: bool) -> Iterator[Span]:
    quoted = _QUOTE.match(plain, start)
    if quoted and (span := _quoted(quoted)):
        yield span
        return
    first, end = _word_at(text, start)
    word = text[first:end]
    if first - start > 2 or _UNITS.match(plain, end):
        return
    is_plain_word = word.isalpha() and plain[first:end] not in TALK and not word.endswith(("é", "ée", "és", "ées"))
    if _looks_secret(word) or (
        is_direct and is_plain_word and len(word) > FEWEST_DIGITS and _ENDS_CLAUSE.match(plain, end)
    ):
        yield first, end


def _before(text: str, match: "re.Match[str]") -> Iterator[Span]:
    if quoted := _quoted(match):
        yield quoted
    elif match[5] and _looks_secret(text[slice(*_trimmed(text, *match.span(5)))]):
        yield _trimmed(text, *match.span(5))


def _quoted(match: "re.Match[str]") -> Span | None:
    """Which of the ways to quote was used."""
    return next((match.span(n) for n in range(1, 5) if match.groups()[n - 1] is not None and match[n].strip()), None)


def _anywhere(text: str, plain: str) -> Iterator[Span]:
    """« Nantes44! », « Vendee-Globe85 »: small letters, capitals and digits in one word that is nothing we know; beside
    talk of a password, small letters and digits.
    """
    for match in _WORD.finditer(text):
        start, end = _trimmed(text, *match.span())
        if ":" in text[start:end] and "@" in text[start : start + text[start:end].index(":")]:
            start += text[start:end].index(":") + 1  # « camille@example.org:… »
        start += max((text[start:end].rfind(sign) + 1 for sign in "=&>|"), default=0)  # « password=… », « mdp->… »
        word = text[start:end]
        is_mixed = all(any(test(c) for c in word) for test in (str.islower, str.isupper, str.isdigit))
        letters = sum(c.isalpha() for c in word)
        if not 6 <= len(word) <= 40 or letters < 4 or "/" in word or _is_known(word):
            continue
        if is_mixed or (any(map(str.isdigit, word)) and word.islower() and _near(_NAMED, plain, start, end)):
            yield start, end


def _near(pattern: str, plain: str, start: int, end: int) -> bool:
    return re.search(pattern, _sentence(plain, start, end)) is not None


_TYPED = re.compile(r"\b(?:tape|saisi|saisis|mis|mets|essaye avec|utilise|rentre)\s+(?:toujours\s+)?")


def _typed(text: str, plain: str) -> Iterator[Span]:
    """« J’ai tapé loulou44 »."""
    for match in _TYPED.finditer(plain):
        start, end = _word_at(text, match.end())
        word = text[start:end]
        if len(word) >= 6 and not word.isdigit() and any(c.isdigit() for c in word) and _looks_secret(word):
            yield start, end


# --- Codes and links -----------------------------------------------------------------------------------------------
_SIX = re.compile(r"(?<![\w,.+-])(?<!\d )(?:\d{3}[ -]?\d{3}|\d\d([ -])\d\d\1\d\d|\d(?:[ -]\d){5})(?![\w-]|[ .,]\d)")
_NEAR_A_CODE = re.compile(r"\b(?:codes?|otp|sms|texto|authenticator|application|verification)\b")
_SHORT = re.compile(
    r"\b(?:pin|otp|code\s+(?:secret|confidentiel|personnel))\b(?:\s+(?:du compte|est|c'est|le|de|mon|la|carte)){0,4}"
    r"(?:\s*:)?\s*(\d{4,8})\b"
)
_LETTER = re.compile(r"(?<![\w-])([2-9a-z]{4})([- ]?)([2-9a-z]{6})(?![\w-])")
_NEAR_A_LETTER = re.compile(r"\b(?:code|lettre|activation|courrier)\b")
_RECOVERY = re.compile(r"\bcodes?\s+(?:de\s+)?(?:secours|recuperation|recovery|backup)\b")
_IN_GROUPS = re.compile(r"(?<![\w-])[A-Za-z0-9]{3,6}(?:-[A-Za-z0-9]{3,6})+(?![\w-])")
_SEED = re.compile(r"(?<![\w])[A-Z2-7]{24,}(?![\w])")
_TOKEN = re.compile(r"(?<=/)[\w-]{32,}(?=[/\s.,]|$)", re.ASCII)
_AROUND = 45


def _codes(text: str, plain: str) -> Iterator[Span]:
    for match in _SIX.finditer(plain):
        sentence = _sentence(plain, *match.span())
        if _NEAR_A_CODE.search(sentence) and not _OTHER_CODES.search(sentence) and not _UNITS.match(plain, match.end()):
            yield match.span()
    yield from (match.span(1) for match in _SHORT.finditer(plain))
    for match in _LETTER.finditer(plain):
        if _is_letter_code(match, plain):
            yield match.span()
    if announced := _RECOVERY.search(plain):
        for match in _IN_GROUPS.finditer(text, announced.end()):
            if any(c.isdigit() for c in match.group()) and not _is_known(match.group()):
                yield match.span()
    yield from (match.span() for match in _SEED.finditer(text))


def _is_letter_code(match: "re.Match[str]", plain: str) -> bool:
    code = (match[1] + match[3]).upper()
    if not any(c.isdigit() for c in code) or not any(c.isalpha() for c in code) or set(code) - set(ALPHABET):
        return False
    is_near = bool(_NEAR_A_LETTER.search(_sentence(plain, *match.span())))
    if match[2] == " " and not (is_near and any(c.isdigit() for c in match[3])):
        return False
    return has_check_character(code) or (is_near and match[2] == "-")


def _sentence(plain: str, start: int, end: int) -> str:
    """What stands around, up to a stop."""
    before = re.split(r"[.!\n](?=\s|$)", plain[max(0, start - _AROUND) : start])[-1]
    return before + "#" + re.split(r"[.!\n](?=\s|$)", plain[end : end + _AROUND])[0]


def _links(text: str, plain: str) -> Iterable[Span]:
    return (match.span() for match in _TOKEN.finditer(text))


FINDERS = (
    (Secret.LINK, _links),
    (Secret.CODE, _codes),
    (Secret.PASSWORD, _passwords),
    (Secret.PASSWORD, _anywhere),
    (Secret.PASSWORD, _typed),
)
