"""A gateway of SMS, as little as tests need: it takes JSON over HTTP, keeps it, and may refuse, delay, hang up."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class SmsGateway(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Conversation)
        self.received: list[dict[str, str]] = []
        self.answer = 200
        self.is_hanging_up = False
        self.is_late = False
        self.let_go = threading.Event()
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def url(self) -> str:
        """Asked to wait for an answer one second at most (`rto`), that tests be short."""
        return f"json://127.0.0.1:{self.server_address[1]}/send?:to={{to}}&:id={{id}}&rto=1"

    def __exit__(self, *error: object) -> None:
        self.let_go.set()
        self.shutdown()
        self.server_close()


class Conversation(BaseHTTPRequestHandler):
    server: SmsGateway

    def do_POST(self) -> None:
        self.server.received.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        if self.server.is_hanging_up:
            return
        if self.server.is_late:
            self.server.let_go.wait()
        self.send_response(self.server.answer)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *arguments: object) -> None:
        """Tests are quiet."""
