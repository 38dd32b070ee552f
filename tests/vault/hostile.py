"""Files made to harm or to break whoever opens them, and files that are merely broken: about two hundred and fifty.

Each has a name, a content and what may become of it: `refused` (with any of our reasons), or `taken`, once harmless. Where
either is right, `either`: then what is kept is judged. The word « zorglub » marks what must never come through.
"""

# ruff: noqa: E501 - a table: one file a line
import random
from collections.abc import Iterator
from dataclasses import dataclass

from tests.vault import hostile_images, hostile_pdf, samples
from tests.vault.fates import EITHER, REFUSED, TAKEN, WORD, Case
from tests.vault.hostile_images import jpeg_with, png_with


@dataclass(frozen=True)
class Hostile:
    name: str
    content: bytes
    fate: str


def corpus() -> Iterator[Hostile]:
    families = (of_no_type, polyglots, truncated, flipped, named, *hostile_images.FAMILIES, *hostile_pdf.FAMILIES)
    for family in families:
        for name, content, fate in family():
            yield Hostile(f"{family.__name__}: {name}", content, fate)


def of_no_type() -> Iterator[Case]:
    heads = {
        "nothing": b"", "zeros": b"\0" * 5000, "spaces": b" " * 5000, "one byte": b"%", "program": b"MZ\x90\0" + WORD,
        "elf": b"\x7fELF\x02\x01\x01" + WORD, "script": b"#!/bin/sh\necho zorglub", "html": b"<html><script>zorglub",
        "svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='zorglub'/>", "xml entities": _laughs(),
        "zip": b"PK\x03\x04" + b"\0" * 500, "rar": b"Rar!\x1a\x07\0", "7z": b"7z\xbc\xaf\x27\x1c", "gzip": b"\x1f\x8b\x08",
        "old office": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "rtf": b"{\\rtf1 zorglub}", "gif": b"GIF89a" + b"\0" * 99,
        "bmp": b"BM" + b"\0" * 99, "tiff": b"II*\0" + b"\0" * 99, "webp": b"RIFF\0\0\0\0WEBPVP8 ", "psd": b"8BPS\0\1" + b"\0" * 99,
        "avif": b"\0\0\0\x1cftypavif" + b"\0" * 99, "mp4": b"\0\0\0\x18ftypisom" + b"\0" * 99, "ico": b"\0\0\1\0\1\0" + b"\0" * 99,
        "postscript": b"%!PS-Adobe-3.0\n(zorglub) run", "encapsulated": b"\xc5\xd0\xd3\xc6" + b"\0" * 99, "jar": b"\xca\xfe\xba\xbe",
        "desktop link": b"[Desktop Entry]\nExec=zorglub", "eml": b"From: zorglub\n\n%PDF", "noise": random.Random(3).randbytes(4000),
        "utf-16 text": "zorglub".encode("utf-16"), "dicom": b"\0" * 128 + b"DICM",
    }  # fmt: skip
    yield from ((name, content, REFUSED) for name, content in heads.items())


def polyglots() -> Iterator[Case]:
    """Two formats in one: whatever else it is goes."""
    for kind, good in (
        ("jpeg", samples.photo()),
        ("png", samples.photo("PNG")),
        ("pdf", samples.pdf()),
        ("heic", samples.heic()),
    ):
        for name, tail in (
            ("script", b"<script>zorglub</script>"),
            ("php", b"<?php zorglub ?>"),
            ("zip", b"PK\x03\x04zorglub"),
        ):
            yield f"{kind} then {name}", good + tail, TAKEN
    yield "script then pdf", b"<script>zorglub</script>" + samples.pdf(), TAKEN
    yield "program then pdf", b"MZzorglub" + b"\0" * 300 + samples.pdf(), TAKEN
    yield "pdf far inside", b"zorglub" * 200 + samples.pdf(), REFUSED
    yield "jpeg whose comment is a script", jpeg_with(b"\xff\xfe", b"*/zorglub()/*"), TAKEN
    yield "jpeg whose comment is a pdf", jpeg_with(b"\xff\xfe", samples.armed()[:60_000]), TAKEN
    yield "png whose text is a script", png_with(b"tEXt", b"Comment\0<script>zorglub</script>"), TAKEN
    yield "gif head on a jpeg", b"GIF89a" + samples.photo(), REFUSED


def truncated() -> Iterator[Case]:
    large = {
        "jpeg": samples.photo(width=600, height=400), "png": samples.photo("PNG", width=600, height=400),
        "pdf": samples.armed(), "heic": samples.heic(width=640, height=480),
    }  # fmt: skip
    for kind, content in large.items():
        for share in (0.02, 0.1, 0.3, 0.5, 0.7, 0.9):
            yield f"{kind} at {share:.0%}", content[: int(len(content) * share)], EITHER


def flipped() -> Iterator[Case]:
    """Broken at random, as a bad line or a fuzzer does."""
    large = {
        "jpeg": samples.photo(width=600, height=400), "png": samples.photo("PNG", width=600, height=400),
        "pdf": samples.armed(), "heic": samples.heic(width=640, height=480),
    }  # fmt: skip
    for kind, content in large.items():
        for seed in range(10):
            dice, broken = random.Random(seed), bytearray(content)
            for _time in range(1 + seed * 5):
                broken[dice.randrange(12, len(broken))] = dice.randrange(256)
            yield f"{kind} number {seed}", bytes(broken), EITHER


def named() -> Iterator[Case]:
    """Under the ending of another, see `test_hostile.NAMES` for names themselves."""
    yield "pdf called jpg", samples.pdf(), TAKEN
    yield "jpeg called pdf", samples.photo(), TAKEN


def _laughs() -> bytes:
    rows = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    return f'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY l0 "ha">{rows}]><l>&l9;</l>'.encode()
