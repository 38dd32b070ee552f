"""The rules that come with the portal: an organisation changes them, or writes its own."""

from pathlib import Path

DEFINITIONS = Path(__file__).parent / "definitions"
VOCABULARY = DEFINITIONS / "vocabulary.yaml"


def rights() -> list[Path]:
    return sorted(DEFINITIONS.glob("r*.yaml"))
