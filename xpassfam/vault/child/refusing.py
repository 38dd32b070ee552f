class Unfit(Exception):
    """A file that can't be taken; `code` says why, in a word that the portal knows."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
