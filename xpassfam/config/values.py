"""One variable of the environment at a time: text, number, choice."""

from collections.abc import Mapping, Sequence
from pathlib import Path


class BadSetting(Exception):
    """A variable of the environment that can't be used; the message names it and shows a good value."""

    def __init__(self, name: str, problem: str, good: str) -> None:
        super().__init__(f"{name}: {problem}. Good value: {name}={good}")


def value(environ: Mapping[str, str], name: str, default: str = "") -> str:
    path = environ.get(f"{name}_FILE")
    if not path:
        return environ.get(name, "").strip() or default
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise BadSetting(f"{name}_FILE", f"can't be read ({error.strerror})", "/run/secrets/…") from error


def number(environ: Mapping[str, str], name: str, default: int, *, smallest: int, largest: int) -> int:
    text = value(environ, name, str(default))
    if not (text.isascii() and text.isdigit() and smallest <= int(text) <= largest):
        raise BadSetting(name, f"is not a number between {smallest} and {largest}", str(default))
    return int(text)


def choice(environ: Mapping[str, str], name: str, choices: Sequence[str]) -> str:
    """One of the choices, the first by default."""
    text = value(environ, name, choices[0])
    if text not in choices:
        raise BadSetting(name, f"« {text} » is none of {', '.join(choices)}", choices[-1])
    return text
