"""A virus scanner that speaks clamd's protocol, and fails in every way that the real one can."""

import socket
import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

# Harmless, and known to every scanner: https://www.eicar.org/download-anti-malware-testfile/. In two parts: a scanner
# of the machine must not destroy this file.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + rb"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Scanner(socketserver.ThreadingTCPServer):
    """`mood`: `well`, or how it fails: `hangs up` half-way, `halves` its answer, `errs`, is `silent`."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Link)
        self.mood = "well"
        self.heard: list[bytes] = []

    @property
    def url(self) -> str:
        return f"tcp://127.0.0.1:{self.server_address[1]}"


class Link(socketserver.BaseRequestHandler):
    request: socket.socket
    server: Scanner

    def handle(self) -> None:
        if self.server.mood == "hangs up":
            self.request.recv(100)
            return
        assert self._exactly(10) == b"zINSTREAM\0"
        content = b""
        while size := struct.unpack("!I", self._exactly(4))[0]:
            content += self._exactly(size)
        self.server.heard.append(content)
        if self.server.mood == "silent":
            threading.Event().wait(5)
        elif self.server.mood == "halves":
            self.request.sendall(b"stream: O")
        elif self.server.mood == "errs":
            self.request.sendall(b"INSTREAM size limit exceeded. ERROR\0")
        else:
            found = EICAR in content
            self.request.sendall(b"stream: Eicar-Test-Signature FOUND\0" if found else b"stream: OK\0")

    def _exactly(self, size: int) -> bytes:
        data = b""
        while len(data) < size:
            more = self.request.recv(size - len(data))
            assert more, "the portal hung up"
            data += more
        return data


@contextmanager
def running() -> Iterator[Scanner]:
    with Scanner() as scanner:
        thread = threading.Thread(target=scanner.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield scanner
        scanner.shutdown()
        thread.join()
