"""What a correction says otherwise than the filing that it corrects, answer by answer, as both were read when sent."""

from dataclasses import dataclass

from xpassfam.filings.models import Filing


@dataclass(frozen=True)
class Change:
    label: str
    before: str
    after: str


def changes(filing: Filing) -> list[Change] | None:
    """None for what corrects nothing. No query, with `corrects` at hand."""
    if filing.corrects is None:
        return None
    before, after = _rows(filing.corrects), _rows(filing)
    found = [
        Change(label, before.get(key, ("", ""))[1], text)
        for key, (label, text) in after.items()
        if before.get(key, ("", ""))[1] != text
    ]
    return found + [Change(label, text, "") for key, (label, text) in before.items() if text and key not in after]


def _rows(filing: Filing) -> dict[str, tuple[str, str]]:
    """The label and the words of each answer, by its question."""
    return {row["key"]: (row["label"], row["text"]) for section in filing.summary for row in section["rows"]}
