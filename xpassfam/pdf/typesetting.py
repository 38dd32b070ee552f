"""Models are files of a room, `<room>/paper/*.typ`; what they say is data, never source."""

import json
import re
import threading
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import typst

ROOMS = Path(__file__).resolve().parents[1]
FONTS = ROOMS / "pdf" / "fonts"
# Read by screen readers (PDF/UA), readable in thirty years (PDF/A); the compiler refuses a document that is neither.
STANDARDS: "list[typst.PDFStandard]" = ["ua-1", "a-2a"]
# What our fonts draw: Latin (Vietnamese too), Greek, Cyrillic, Arabic letters, punctuation. The standards refuse a
# character without a drawing, and one name would stop a whole batch: the rest becomes an empty square.
UNDRAWN = re.compile(
    "[^ -~\xa0-\u0377\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u0484\u048a-\u04ff"
    "\u0621-\u063a\u0640-\u0655\u1e00-\u1eff\u2000-\u2040\u20ac\u2116\u2122]"
)
SQUARE = "□"

_threads = threading.local()


def typeset(model: str, data: Mapping[str, Any]) -> bytes:
    """`accounts/paper/activation.typ` and its data, as PDF. Names are no markup: a `#` in one is printed."""
    return cast(bytes, _compiler().compile(ROOMS / model, sys_inputs=_inputs(data), pdf_standards=STANDARDS))


def draw(model: str, data: Mapping[str, Any], *, ppi: int = 96) -> list[bytes]:
    """The same pages as PNG, to look at."""
    made = _compiler().compile(ROOMS / model, format="png", ppi=ppi, sys_inputs=_inputs(data))
    return made if isinstance(made, list) else [cast(bytes, made)]


def _inputs(data: Mapping[str, Any]) -> dict[str, str]:
    text = unicodedata.normalize("NFC", json.dumps(data, ensure_ascii=False))
    return {"data": UNDRAWN.sub(SQUARE, text)}


def _compiler() -> typst.Compiler:
    """One a thread: it keeps the fonts, and is not shared."""
    if not hasattr(_threads, "compiler"):
        _threads.compiler = typst.Compiler(root=ROOMS, font_paths=[FONTS], ignore_system_fonts=True)
    return cast(typst.Compiler, _threads.compiler)
