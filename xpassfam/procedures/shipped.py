"""The definitions that come with the portal: an organisation changes them, or writes its own."""

from pathlib import Path

DEFINITIONS = Path(__file__).parent / "definitions"


def files() -> list[Path]:
    return sorted(DEFINITIONS.glob("*.yaml"))
