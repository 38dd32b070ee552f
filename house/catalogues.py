"""Messages: the catalogue holds those of the code and no other, English speaks them, what is compiled is fresh.

`python -m house.catalogues --write` brings the catalogue up to date; English is then written by hand.
"""

import gettext
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from house.environment import PYTHON, ROOT

CATALOGUE = Path("xpassfam/locale/en/LC_MESSAGES/django.po")
OVER_DJANGO = Path("xpassfam/locale/fr/LC_MESSAGES/django.po")  # Django's words said in ours, written by hand
MAKE = [str(PYTHON), "manage.py", "makemessages", "--locale=en", "--no-obsolete", "--no-wrap", "--add-location=file"]


def main() -> None:
    if "--write" in sys.argv:
        subprocess.run([*MAKE], cwd=ROOT, check=True)
        for source in (CATALOGUE, OVER_DJANGO):
            compile_catalogue(ROOT / source, ROOT / source.with_suffix(".mo"))
        return
    with tempfile.TemporaryDirectory(prefix="xpassfam-") as folder:
        faults = [*stale(Path(folder)), *untranslated(), *not_compiled(Path(folder), CATALOGUE)]
        faults += not_compiled(Path(folder), OVER_DJANGO)
    if faults:
        sys.exit("\n".join(faults) + "\nBring it up to date: .venv/bin/python -m house.catalogues --write")


def stale(folder: Path) -> list[str]:
    copy = folder / "copy"
    shutil.copytree(ROOT / "xpassfam", copy / "xpassfam", ignore=shutil.ignore_patterns("static", "__pycache__"))
    shutil.copy(ROOT / "manage.py", copy)
    subprocess.run(MAKE, cwd=copy, check=True, capture_output=True, env=os.environ | {"PYTHONPATH": str(copy)})
    kept, fresh = (messages(place / CATALOGUE) for place in (ROOT, copy))
    return [f"absent from the catalogue: {message}" for message in fresh - kept] + [
        f"no longer in the code: {message}" for message in kept - fresh
    ]


def untranslated() -> list[str]:
    kinds = {"without English": "--untranslated", "English to read again": "--only-fuzzy"}
    return [f"{fault}: {message}" for fault, which in kinds.items() for message in messages(ROOT / CATALOGUE, which)]


def not_compiled(folder: Path, catalogue: Path) -> list[str]:
    compiled = catalogue.with_suffix(".mo")
    compile_catalogue(ROOT / catalogue, folder / "fresh.mo")
    with (ROOT / compiled).open("rb") as kept, (folder / "fresh.mo").open("rb") as fresh:
        same = vars(gettext.GNUTranslations(kept))["_catalog"] == vars(gettext.GNUTranslations(fresh))["_catalog"]
    return [] if same else [f"{compiled} is older than {catalogue.name}"]


def compile_catalogue(source: Path, compiled: Path) -> None:
    subprocess.run(["msgfmt", "--check-format", "-o", str(compiled), str(source)], check=True)


def messages(catalogue: Path, *which: str) -> set[str]:
    """The messages, with their context, as the catalogue writes them."""
    entries = tool_output(["msgattrib", *which, "--no-obsolete", str(catalogue)]).split("\n\n")
    found = (re.search(r"^(?:msgctxt .*\n)?msgid (?:.|\n(?=[\"]))*", entry, re.MULTILINE) for entry in entries)
    return {identity[0] for identity in found if identity and identity[0] != 'msgid ""'}


def tool_output(command: list[str]) -> str:
    return subprocess.run([*command, "--no-wrap"], check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    main()
