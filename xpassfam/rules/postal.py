"""How an address is written so that letters arrive.

Source: La Poste and AFNOR XP Z10-011 (six lines of 38 characters at most, name and town included).
"""

LINE_LENGTH = 38
# The name stands above, the postcode and town below.
MOST_LINES = 4


def tidy_lines(text: str) -> list[str]:
    """The lines of an address without what typing leaves: blank lines, doubled spaces."""
    return [line for line in (" ".join(line.split()) for line in text.splitlines()) if line]


def long_lines(text: str) -> list[str]:
    """The lines that an envelope's label may cut: worth a warning, never a refusal."""
    return [line for line in tidy_lines(text) if len(line) > LINE_LENGTH]
