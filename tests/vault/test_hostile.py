"""Two hundred hostile and broken files: each is refused in words or made harmless, and only the child may die of it."""

import io
import json
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from tests.portal import Portal
from tests.vault.fates import REFUSED, TAKEN, WORD
from tests.vault.hostile import Hostile, corpus
from xpassfam.vault import limits
from xpassfam.vault.words import REASONS

pytestmark = pytest.mark.django_db
MEGABYTE = 1024 * 1024
MOST_MEMORY = 300 * MEGABYTE
# Every seventh, and those that are made to fill a memory.
SAMPLE_STEP = 7
ALWAYS = ("unfold", "400 million", "59 million pixels in colour", "everything at once", "many scans")
ACTING = {"/JS", "/JavaScript", "/Launch", "/AA", "/OpenAction", "/EmbeddedFiles", "/XFA", "/EF", "/RichMediaContent"}
ACTIONS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition", "/Movie", "/Sound"}

# A portal's process that receives each file, then draws its first page: what becomes of it, and what it costs.
RECEIVE = """
import json, resource, time
from pathlib import Path
from django.utils import timezone
from xpassfam.vault.actions import Refused, receive
from xpassfam.vault.drawing import CannotDraw, draw
from xpassfam.vault.reading import chunks

folder, told = Path({folder!r}), []
for path in sorted(folder.glob("*.in")):
    began = time.monotonic()
    with path.open("rb") as given:
        try:
            file = receive(iter(lambda: given.read(65536), b""), name=path.name, at=timezone.now())
        except Refused as refused:
            told.append({{"code": refused.code, "seconds": time.monotonic() - began}})
            continue
    path.with_suffix(".out").write_bytes(b"".join(chunks(file)))
    try:
        drawn = bool(draw(file, number=1, width=400))
    except CannotDraw:
        drawn = False
    told.append({{"media_type": file.media_type, "drawn": drawn, "seconds": time.monotonic() - began}})
# A process is born with the peak of who started it in `ru_maxrss`: its own is elsewhere.
status = Path("/proc/self/status").read_text()
most = {{
    "parent": 1024 * int(status.partition("VmHWM:")[2].split()[0]),
    "child": 1024 * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss,
}}
(folder / "told.json").write_text(json.dumps({{"files": told, "most": most}}))
"""


@dataclass
class Fate:
    """What became of a file; `kept` is what the portal has of it."""

    hostile: Hostile
    code: str = ""
    media_type: str = ""
    drawn: bool = False
    seconds: float = 0
    kept: bytes = b""


def received(portal: Portal, folder: Path, files: list[Hostile]) -> tuple[list[Fate], dict[str, int]]:
    for number, hostile in enumerate(files):
        (folder / f"{number:03}.in").write_bytes(hostile.content)
    assert portal.start("shell", "-v0", "-c", RECEIVE.format(folder=str(folder))).wait(900) == 0
    told = json.loads((folder / "told.json").read_text())
    outs = [folder / f"{number:03}.out" for number in range(len(files))]
    fates = [
        Fate(hostile, **facts, kept=out.read_bytes() if out.exists() else b"")
        for hostile, facts, out in zip(files, told["files"], outs, strict=True)
    ]
    return fates, told["most"]


def problems(fate: Fate) -> list[str]:
    """What is not as it should be."""
    hostile = fate.hostile
    if fate.seconds > 2 * limits.SECONDS + 5:
        return [f"{hostile.name}: {fate.seconds:.0f} s"]
    if fate.code:
        unknown = [] if fate.code in REASONS else [f"{hostile.name}: no words for {fate.code}"]
        return unknown + ([f"{hostile.name}: refused ({fate.code})"] if hostile.fate == TAKEN else [])
    if hostile.fate == REFUSED:
        return [f"{hostile.name}: taken"]
    judge = of_pdf if fate.media_type == "application/pdf" else of_picture
    found = [f"{hostile.name}: {one}" for one in judge(fate.kept)]
    if hostile.fate == TAKEN:
        found += [] if fate.drawn else [f"{hostile.name}: not drawn"]
    return found


def of_picture(kept: bytes) -> list[str]:
    image = Image.open(io.BytesIO(kept), formats=["JPEG", "PNG"])
    image.load()
    return [*(["its word"] if WORD in kept else []), *(["its camera"] if dict(image.getexif()) else [])]


def of_pdf(kept: bytes) -> list[str]:
    found = []
    with pikepdf.open(io.BytesIO(kept), suppress_warnings=True) as document:
        for one in document.objects:
            waiting = [one]
            while waiting:
                part = waiting.pop()
                if isinstance(part, pikepdf.Array):
                    waiting += [each for each in part if isinstance(each, pikepdf.Object) and not each.is_indirect]
                elif isinstance(part, pikepdf.Dictionary | pikepdf.Stream):
                    found += sorted(set(part.keys()) & ACTING)
                    found += [kind for kind in [str(part.get("/S", ""))] if kind in ACTIONS]
                    waiting += [
                        each for _key, each in part.items() if isinstance(each, pikepdf.Object) and not each.is_indirect
                    ]
        found += ["a file inside"] if document.attachments else []
    return found


def judged(portal: Portal, folder: Path, files: list[Hostile]) -> None:
    fates, most = received(portal, folder, files)

    assert [one for fate in fates for one in problems(fate)] == []
    words = [fate.hostile.name for fate in fates if fate.hostile.fate == TAKEN and WORD in unfolded(fate)]
    assert words == []
    assert most["parent"] < MOST_MEMORY
    assert most["child"] < limits.MEMORY


def unfolded(fate: Fate) -> bytes:
    if fate.media_type != "application/pdf":
        return fate.kept
    with pikepdf.open(io.BytesIO(fate.kept)) as document:
        told = b"".join(one.unparse(resolved=True) for one in document.objects)
        return told + b"".join(one.read_bytes() for one in document.objects if isinstance(one, pikepdf.Stream))


@pytest.fixture(scope="module")
def everything() -> list[Hostile]:
    return list(corpus())


def test_there_are_two_hundred_of_them_each_with_its_name(everything):
    assert len({hostile.name for hostile in everything}) == len(everything) >= 200


def test_some_of_each_sort_are_refused_or_made_harmless(portal, tmp_path, everything):
    chosen = [
        hostile
        for number, hostile in enumerate(everything)
        if number % SAMPLE_STEP == 0 or any(words in hostile.name for words in ALWAYS)
    ]
    assert len(chosen) >= 40
    judged(portal, tmp_path, chosen)


@pytest.mark.heavy
def test_all_are_refused_or_made_harmless(portal, tmp_path, everything):
    judged(portal, tmp_path, everything)
