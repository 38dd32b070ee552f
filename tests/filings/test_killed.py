"""Twenty families send five hundred requests with a document each, while everything is killed at random moments."""

import contextlib
import http.client
import http.cookiejar
import json
import os
import random
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

from tests.portal import ROOT, copy_of, eventually
from tests.portal import Portal as DatabasePortal
from tests.vault.samples import photo
from xpassfam.rules.identifiers import new_public_id

pytestmark = pytest.mark.heavy
FILINGS, CLIENTS = 500, 20
PATIENCE_SECONDS = 300
ANSWERS = {
    "source": "caf", "quotient": "984", "month_day": "2", "month_month": "11", "month_year": "2026", "changed": "no",
}  # fmt: skip
DAY = (("day", "2"), ("month", "11"), ("year", "2026"))
SHOWN = ["source", "quotient", "month", "beneficiary_number", "changed"]


# An account for the holder of each of twenty homes.
PASSWORD = "canot-brume-tuile-41"
ACCOUNTS = f"""
import json, sys
from django.contrib.auth.hashers import make_password
from xpassfam.accounts.models import Account
from xpassfam.people.models import Residence
found = []
for stay in Residence.objects.filter(role="holder", until=None, household__accesses__until=None).distinct():
    someone = stay.person
    if not stay.household.accesses.filter(person=someone, permission="all", until=None).exists():
        continue
    account, _ = Account.objects.get_or_create(
        person=someone, defaults=dict(email=f"h{{someone.pk}}@example.org", first_name="A", last_name="B")
    )
    account.password, account.blocked_at = make_password("{PASSWORD}"), None
    account.save()
    found.append(account.email)
json.dump(found[:{CLIENTS}], sys.stdout)
"""


class Portal:
    """The whole of `./run`, on PostgreSQL, killed with everything it started."""

    def __init__(self, var: Path, copy: DatabasePortal) -> None:
        self.port, self.sql = free_port(), copy.sql
        self.url = f"http://localhost:{self.port}"
        places = {"XPASSFAM_VAR": str(var), "DATABASE_URL": copy.database_url, "PORT": str(self.port)}
        self.env = os.environ | places | {"XPASSFAM_MODE": "demo"}
        self.log = var / "output"

    def start(self) -> None:
        with self.log.open("ab") as output:
            command = [sys.executable, "-m", "house.serve"]
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.env, stdout=output, stderr=output, start_new_session=True
            )
        end = time.monotonic() + PATIENCE_SECONDS
        while not self.answers():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < end, self.log.read_text()
            time.sleep(0.1)

    def answers(self) -> bool:
        try:
            return urllib.request.urlopen(f"{self.url}/sante/prete", timeout=5).status == 200
        except OSError:
            return False

    def shell(self, code: str) -> str:
        command = [sys.executable, str(ROOT / "manage.py"), "shell", "-v0", "-c", code]
        return subprocess.run(command, cwd=ROOT, env=self.env, capture_output=True, text=True, check=True).stdout

    def kill(self) -> None:
        """-9, all that it started at once: nobody is asked to end in order."""
        subprocess.run(["pkill", "-KILL", "--session", str(self.process.pid)], check=False)
        self.process.wait()


def free_port() -> int:
    """Below those that the system gives to callers: else a client that tries again while the portal is down may
    get its port, and talk to itself."""
    while True:
        port = random.randint(20_000, 30_000)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


class Visitor:
    """A browser as far as forms go; a request that gets no answer is made again."""

    def __init__(self, site: str, end: threading.Event) -> None:
        self.site, self.end, self.token = site, end, ""
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))

    def open(self, path: str, data: bytes | None = None, kind: str = "") -> tuple[str, str]:
        """The address that answered in the end, and its page."""
        while not self.end.is_set():
            headers = {"Content-Type": kind, "Origin": self.site} if data is not None else {}
            request = urllib.request.Request(self.site + path, data=data, headers=headers)
            try:
                with self.opener.open(request, timeout=60) as answer:
                    page = answer.read().decode()
                    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
                    self.token = token.group(1) if token else self.token
                    return answer.url.removeprefix(self.site), page
            except urllib.error.HTTPError as refusal:
                if refusal.code < 500:
                    raise AssertionError(f"{path}: {refusal.code}") from refusal
            except (OSError, http.client.HTTPException):
                pass
            time.sleep(0.5)
        raise TimeoutError(path)

    def post(self, path: str, fields: list[tuple[str, str]], files: dict[str, bytes] | None = None) -> tuple[str, str]:
        boundary = "between-two-parts"
        parts = [(f'name="{name}"', value.encode()) for name, value in [*fields, ("csrfmiddlewaretoken", self.token)]]
        parts += [(f'name="{name}"; filename="page.jpg"', content) for name, content in (files or {}).items()]
        body = b"".join(
            f"--{boundary}\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + value + b"\r\n"
            for head, value in parts
        )
        return self.open(path, body + f"--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}")

    def sign_in(self, email: str, password: str) -> None:
        self.open("/connexion/")
        address, page = self.post("/connexion/", [("username", email), ("password", password)])
        assert address.startswith("/mon-compte/"), page[:2000]


class Family(threading.Thread):
    """Sends its share, and remembers what it was told: the reference of each request that was acknowledged."""

    def __init__(self, site: str, email: str, share: int, end: threading.Event) -> None:
        super().__init__(daemon=True)
        self.visitor, self.email, self.share = Visitor(site, end), email, share
        self.acknowledged: list[str] = []
        self.fault: BaseException | None = None

    def run(self) -> None:
        try:
            self.visitor.sign_in(self.email, PASSWORD)
            for number in range(self.share):
                self.send_one(number)
        except BaseException as fault:
            self.fault = fault

    def send_one(self, number: int) -> None:
        visit = self.visitor
        visit.open("/mon-compte/demarches/quotient-familial/")
        start = [("procedure", "D05"), ("key", new_public_id())]
        address, page = visit.post("/mon-compte/demandes/nouvelle/", start)
        draft = re.match(r"/mon-compte/demandes/\w+/", address)
        assert draft, page[:3000]
        base = draft.group()
        seen = re.search(r'name="seen" value="(\d+)"', page)
        answers = [*ANSWERS.items(), *(("shown", name) for name in SHOWN), ("seen", seen.group(1) if seen else "0")]
        visit.post(f"{base}etape/quotient/", answers)
        _address, page = visit.open(f"{base}documents/")
        name = re.search(r'name="(p\d+-files)"', page).group(1)
        prefix = name.removesuffix("files")
        day = [
            (f"{prefix}issued_on_{part}", value) for part, value in (("day", "2"), ("month", "11"), ("year", "2026"))
        ]
        key = re.search(r'name="key" value="(\w+)"', page).group(1)
        visit.post(f"{base}documents/", [*day, ("key", key)], {name: photo(width=80 + number)})
        self.send(base)
        self.acknowledged.append(base.split("/")[3])

    def send(self, base: str) -> None:
        """Until the page of what was sent answers."""
        for _ in range(50):
            address, page = self.visitor.post(f"{base}envoi/", [("honour", "on")])
            if address.startswith(f"{base}envoyee/") or address == base:
                return
        raise AssertionError(page[:3000])


@pytest.fixture
def portal(portal_template, tmp_path):
    if not portal_template.database_url:
        pytest.skip("it is asked of PostgreSQL")
    with copy_of(portal_template, tmp_path, name="killed") as copy:
        portal = Portal(tmp_path, copy)
        yield portal
        portal.kill()


def test_every_acknowledged_request_is_there_once_and_whole(portal, tmp_path):
    seed = random.randrange(10**9)
    print(f"seed {seed}")
    random.seed(seed)
    portal.start()
    homes = json.loads(portal.shell(ACCOUNTS))
    assert len(homes) == CLIENTS
    end = threading.Event()
    clients = [Family(portal.url, email, FILINGS // CLIENTS, end) for email in homes]
    for client in clients:
        client.start()
    kills, deadline = 0, time.monotonic() + 2400
    while any(client.is_alive() for client in clients) and time.monotonic() < deadline:
        time.sleep(random.uniform(3, 15))
        portal.kill()
        kills += 1
        portal.start()
        time.sleep(random.uniform(5, 20))
    end.set()
    for client in clients:
        client.join(60)
    assert [client.fault for client in clients if client.fault] == []
    told = [one for client in clients for one in client.acknowledged]
    print(f"{len(told)} acknowledged, {kills} kills")
    assert len(told) == len(set(told)) == FILINGS
    assert kills > 2
    waiting = (
        "SELECT count(*) FROM outbox_message WHERE state = 'waiting' AND template = 'filings/mail/acknowledgement'"
    )
    eventually(lambda: portal.sql(waiting) == [(0,)])  # the worker has sent what it had to
    mails = check(portal)
    assert {one: mails.get(one) for one in told if mails.get(one) != 1} == {}


def check(portal: Portal) -> dict[str, int]:
    """How many mails tell of each filing, by its public id; each was sent once, with its line and its document.

    What the demo brings was told of long ago.
    """
    rows = portal.sql(
        "SELECT f.public_id, f.reference, count(DISTINCT l.id), count(DISTINCT p.id), count(DISTINCT a.file_id), "
        "count(DISTINCT m.id) "
        "FROM filings_filing f JOIN journal_line l ON l.kind = 'filings.filed' "
        "JOIN journal_payload w ON w.line_id = l.id AND w.words LIKE '%' || f.reference || '%' "
        "JOIN filings_piece p ON p.filing_id = f.id JOIN documents_attached a ON a.document_id = p.document_id "
        "LEFT JOIN outbox_message m ON m.template = 'filings/mail/acknowledgement' "
        "AND m.text LIKE '%' || f.reference || '%' "
        "WHERE f.status <> 'draft' GROUP BY f.public_id, f.reference"
    )
    files = portal.sql("SELECT public_id, digest FROM vault_file")
    assert {tuple(row[2:5]) for row in rows} == {(1, 1, 1)}
    assert len({row[1] for row in rows}) == len(rows)
    assert digests(portal) == dict(files)
    return {row[0]: row[5] for row in rows}


READ = """
import hashlib, json, sys
from xpassfam.vault.models import File
from xpassfam.vault.reading import chunks
json.dump({f.public_id: hashlib.sha256(b"".join(chunks(f))).hexdigest() for f in File.objects.all()}, sys.stdout)
"""


def digests(portal: Portal) -> dict[str, str]:
    """Of each file as it is read back, unlocked."""
    return json.loads(portal.shell(READ))
