"""What may become of a hostile file: see `hostile`."""

REFUSED, TAKEN, EITHER = "refused", "taken", "either"
WORD = b"zorglub"
# A name, a content, a fate.
Case = tuple[str, bytes, str]
