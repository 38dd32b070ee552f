"""A mail server, as little as tests need: it answers SMTP, keeps what it gets, and may hang or refuse."""

import socketserver
import threading
from email import message_from_bytes
from email.message import Message


class MailServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Conversation)
        self.received: list[Message] = []
        self.is_hanging = False
        self.refusal = b""
        self.let_go = threading.Event()
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def __exit__(self, *error: object) -> None:
        self.let_go.set()
        self.shutdown()
        self.server_close()


class Conversation(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self.say(b"220 ready")
        for line in self.rfile:
            verb = line[:4].upper()
            if verb == b"QUIT":
                self.say(b"221 bye")
                return
            if verb == b"DATA":
                self.take()
            elif verb == b"RCPT" and self.server.refusal:
                self.say(self.server.refusal)
            else:
                self.say(b"250 ok")

    def take(self) -> None:
        self.say(b"354 go on")
        lines: list[bytes] = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line)
        self.server.received.append(message_from_bytes(b"".join(lines)))
        if self.server.is_hanging:
            self.server.let_go.wait()
        self.say(b"250 taken")

    def say(self, reply: bytes) -> None:
        try:
            self.wfile.write(reply + b"\r\n")
        except OSError:
            return
