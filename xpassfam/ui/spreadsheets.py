"""Tables that are opened in a spreadsheet."""

BLANKS = " \u00a0\u202f\ufeff\n"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def inert(cell: str) -> str:
    """The same text, which a spreadsheet doesn't take for a formula: names and addresses come from outside.

    Full-width signs, and what follows a blank, are formulas to some.
    """
    return f"'{cell}" if cell.strip(BLANKS).startswith(FORMULA) else cell
