"""The least a browser does: one connection kept open, cookies, forms."""

import http.client
from urllib.parse import urlencode

CSRF = "benchmarksbenchmarksbenchmarks00"  # any 32 characters: cookie and form must agree
DELETED = '""'


class Browser:
    """`address`: where the visitor comes from, as a proxy would tell it."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.address = "198.51.100.1"
        self.forget()

    def forget(self) -> None:
        self.cookies = {"csrf": CSRF}

    def get(self, path: str) -> tuple[int, bytes]:
        return self._ask("GET", path, None, {})

    def post(self, path: str, fields: dict[str, str]) -> tuple[int, bytes]:
        body = urlencode(fields | {"csrfmiddlewaretoken": self.cookies["csrf"]})
        return self._ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> tuple[int, bytes]:
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers["X-Forwarded-For"] = self.address
        headers["User-Agent"] = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        for cookie in answer.msg.get_all("Set-Cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            if value in ("", DELETED):
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = value
        return answer.status, answer.read()


def address_of(number: int) -> str:
    """An address of its own for each visitor."""
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
