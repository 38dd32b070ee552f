"""The virus scanner: ClamAV's daemon, by its own protocol. Content goes to it as a stream, never as a path.

https://docs.clamav.net/manual/Usage/Scanning.html#clamd
"""

import socket
import struct
from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings

CONNECT_SECONDS: Final = 5
# Between two bytes, either way: the largest file takes some seconds on a slow machine.
ANSWER_SECONDS: Final = 60
LONGEST_ANSWER: Final = 4096
CLEAN = "stream: OK"
FOUND = " FOUND"


class NoVerdict(Exception):
    """The scanner answered, and not whether it found something; the message is its own."""


class Away(NoVerdict):
    """It could not be asked: absent, stopped half-way, or too slow."""


def is_wanted() -> bool:
    return bool(settings.SCANNER_URL)


def found_in(chunks: Iterable[bytes]) -> str:
    """The name of what it found, nothing where it found nothing. Raise NoVerdict, Away."""
    try:
        with _connected() as link:
            link.sendall(b"zINSTREAM\0")
            for chunk in chunks:
                link.sendall(struct.pack("!I", len(chunk)) + chunk)
            link.sendall(struct.pack("!I", 0))
            return _judged(_answer(link))
    except (BrokenPipeError, ConnectionResetError) as error:
        raise Away("it hung up: it was stopped, or its StreamMaxLength is below 10 MB") from error
    except OSError as error:
        raise Away(str(error) or type(error).__name__) from error


def _connected() -> socket.socket:
    if not is_wanted():
        raise Away("XPASSFAM_SCANNER_URL is not set")
    parts = urlsplit(settings.SCANNER_URL)
    if parts.scheme == "unix":
        link = socket.socket(socket.AF_UNIX)
        link.settimeout(CONNECT_SECONDS)
        try:
            link.connect(parts.path)
        except OSError:
            link.close()
            raise
    else:
        link = socket.create_connection((parts.hostname or "", parts.port or 0), timeout=CONNECT_SECONDS)
    link.settimeout(ANSWER_SECONDS)
    return link


def _answer(link: socket.socket) -> str:
    """Up to its end mark: half an answer is none."""
    heard = b""
    while not heard.endswith(b"\0"):
        more = link.recv(LONGEST_ANSWER)
        if not more or len(heard) > LONGEST_ANSWER:
            raise Away("it hung up without an answer")
        heard += more
    return heard[:-1].decode(errors="replace")


def _judged(answer: str) -> str:
    if answer == CLEAN:
        return ""
    if answer.startswith("stream: ") and answer.endswith(FOUND):
        return answer.removeprefix("stream: ").removesuffix(FOUND) or "?"
    raise NoVerdict(answer)
