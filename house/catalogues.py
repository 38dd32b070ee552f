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
COMPILED = CATALOGUE.with_suffix(".mo")
MAKE = [str(PYTHON), "manage.py", "makemessages", "--locale=en", "--no-obsolete", "--add-location=file"]
# Pages behind sign-in, mails and commands may be in French alone; what a visitor can meet is in English too.
BEHIND_SIGN_IN = re.compile(
    r"^xpassfam/(dashboard|household|journal|outbox|people|register)/"
    r"|/(admin|agents|family|living|mail|management|models)/"
    r"|/(admin|admin_site|agent_views|family_views|files|for_dashboard|history|living|models|site)\.(py|html)"
)


def main() -> None:
    if "--write" in sys.argv:
        subprocess.run([*MAKE], cwd=ROOT, check=True)
        compile_catalogue(ROOT / CATALOGUE, ROOT / COMPILED)
        return
    with tempfile.TemporaryDirectory(prefix="xpassfam-") as folder:
        faults = [*stale(Path(folder)), *untranslated(), *not_compiled(Path(folder))]
    if faults:
        sys.exit("\n".join(faults) + "\nBring it up to date: .venv/bin/python -m house.catalogues --write")


def stale(folder: Path) -> list[str]:
    copy = folder / "copy"
    shutil.copytree(ROOT / "xpassfam", copy / "xpassfam", ignore=shutil.ignore_patterns("static", "__pycache__"))
    shutil.copy(ROOT / "manage.py", copy)
    subprocess.run(MAKE, cwd=copy, check=True, capture_output=True, env=os.environ | {"PYTHONPATH": str(copy)})
    kept, fresh = (messages(place / CATALOGUE).keys() for place in (ROOT, copy))
    return [f"absent from the catalogue: {message}" for message in fresh - kept] + [
        f"no longer in the code: {message}" for message in kept - fresh
    ]


def untranslated() -> list[str]:
    incomplete = tool_output(["msgattrib", "--untranslated", "--no-obsolete", str(ROOT / CATALOGUE)])
    doubtful = tool_output(["msgattrib", "--only-fuzzy", "--no-obsolete", str(ROOT / CATALOGUE)])
    return [
        f"without English: {message}"
        for text in (incomplete, doubtful)
        for message, places in parse(text).items()
        if not all(BEHIND_SIGN_IN.search(place) for place in places)
    ]


def not_compiled(folder: Path) -> list[str]:
    compile_catalogue(ROOT / CATALOGUE, folder / "fresh.mo")
    with (ROOT / COMPILED).open("rb") as kept, (folder / "fresh.mo").open("rb") as fresh:
        same = vars(gettext.GNUTranslations(kept))["_catalog"] == vars(gettext.GNUTranslations(fresh))["_catalog"]
    return [] if same else [f"{COMPILED} is older than {CATALOGUE.name}"]


def compile_catalogue(source: Path, compiled: Path) -> None:
    subprocess.run(["msgfmt", "--check-format", "-o", str(compiled), str(source)], check=True)


def messages(catalogue: Path) -> dict[str, list[str]]:
    return parse(tool_output(["msgattrib", "--no-obsolete", str(catalogue)]))


def tool_output(command: list[str]) -> str:
    return subprocess.run([*command, "--no-wrap"], check=True, capture_output=True, text=True).stdout


def parse(catalogue: str) -> dict[str, list[str]]:
    """Each message (with its context, as the catalogue writes them) and the files it comes from."""
    found = {}
    for entry in catalogue.split("\n\n"):
        identity = re.search(r"^(?:msgctxt .*\n)?msgid (?:.|\n(?=[\"]))*", entry, re.MULTILINE)
        if identity and identity[0] != 'msgid ""' and "Content-Type:" not in entry:
            found[identity[0]] = " ".join(re.findall(r"^#: (.*)$", entry, re.MULTILINE)).split()
    return found


if __name__ == "__main__":
    main()
