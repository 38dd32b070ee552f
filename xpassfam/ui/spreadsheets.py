"""Tables that are opened in a spreadsheet."""

_READ_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def inert(cell: str) -> str:
    """The same text, which a spreadsheet doesn't take for a formula: names and addresses come from outside."""
    return f"'{cell}" if cell.startswith(_READ_AS_FORMULA) else cell
