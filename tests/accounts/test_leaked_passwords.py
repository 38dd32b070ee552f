"""A service that knows leaked passwords by ranges: right, slow, broken; and off, as it is by default."""

import hashlib
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from tests.accounts.factories import account, adult, sign_in
from xpassfam.accounts import leaked, password_policy
from xpassfam.config.services import leaked_passwords
from xpassfam.config.values import BadSetting

GOOD, LEAKED = "canot-brume-tuile-41", "girafe-nuage-violon-88"
SAYS = "a fui d’un autre site"


def digest(password):
    return hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper()


class Service(ThreadingHTTPServer):
    """`how` it answers; `asked`: the paths and the headers that came."""

    daemon_threads = True
    how = "right"

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answer)
        self.asked = []
        Thread(target=self.serve_forever, daemon=True).start()


class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append((self.path, dict(self.headers)))
        how = self.server.how
        if how == "silent":
            time.sleep(3)
        self.send_response({"broken": 500, "moved": 302}.get(how, 200))
        self.send_header("Location", "http://127.0.0.1:1/")
        self.end_headers()
        if how == "dribbling":
            for _ in range(30):
                time.sleep(0.2)
                self.wfile.write(b"A")
                self.wfile.flush()
            return
        lines = {"nonsense": b"\xff\xfe<html>", "endless": b"0" * 400_000, "odd": self.suffix() + b":many"}
        padding = digest(GOOD)[5:].encode() + b":0\r\n"
        self.wfile.write(lines.get(how, padding + self.suffix() + b":52372\r\n"))

    def suffix(self):
        return digest(LEAKED)[5:].encode()

    def log_message(self, *args):
        pass


@pytest.fixture
def service(settings):
    leaked.forget()
    service = Service()
    settings.LEAKED_PASSWORDS_URL = f"http://127.0.0.1:{service.server_port}/range"
    yield service
    service.shutdown()
    service.server_close()
    leaked.forget()


def test_it_is_off_by_default(settings):
    assert settings.LEAKED_PASSWORDS_URL == ""
    assert not leaked.is_leaked(LEAKED)


def test_what_leaked_is_known_and_padding_is_not_taken_for_it(service):
    assert leaked.is_leaked(LEAKED)
    assert not leaked.is_leaked(GOOD)


def test_the_service_learns_five_characters_and_pads_its_answer(service):
    leaked.is_leaked(LEAKED)
    [(path, headers)] = service.asked
    assert path == f"/range/{digest(LEAKED)[:5]}"
    assert headers["Add-Padding"] == "true"
    assert "Cookie" not in headers


@pytest.mark.parametrize("how", ["silent", "dribbling", "broken", "moved", "nonsense", "endless", "odd"])
def test_it_fails_open_within_the_second_and_rests_for_a_minute(service, how):
    service.how = how
    began = time.monotonic()
    assert not leaked.is_leaked(LEAKED)
    assert time.monotonic() - began < 2.5
    assert not leaked.is_leaked(LEAKED)
    assert len(service.asked) == 1


def test_one_that_is_not_there_refuses_nobody(settings):
    leaked.forget()
    settings.LEAKED_PASSWORDS_URL = "http://127.0.0.1:1/range"
    assert not leaked.is_leaked(LEAKED)
    leaked.forget()


@pytest.mark.django_db
def test_only_what_passes_every_other_rule_is_asked_for(service):
    assert password_policy.check("azerty") != []
    assert service.asked == []
    [told] = password_policy.check(LEAKED)
    assert SAYS in told


@pytest.mark.django_db
def test_a_new_password_that_leaked_is_refused_with_what_to_do(client, service):
    account(adult(), email="camille@example.org")
    sign_in(client, "camille@example.org")
    typed = {"current_password": "girafe-lavande-tambour-7", "new_password": LEAKED}
    assert SAYS in client.post("/mon-compte/securite/mot-de-passe/", typed).content.decode()


@pytest.mark.parametrize("url", ["http://mirror.example/range", "ftp://a/", "https://", "https://a:999999/", "range"])
def test_an_address_that_can_t_be_used_stops_the_start(url):
    with pytest.raises(BadSetting):
        leaked_passwords(url)


@pytest.mark.parametrize("url", ["", "https://api.pwnedpasswords.com/range", "http://localhost:8080/range"])
def test_a_good_one_is_taken(url):
    assert leaked_passwords(url) == url
