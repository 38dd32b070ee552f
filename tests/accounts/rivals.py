"""Processes of one portal that knock at the same instant, as those of a production server can.

`Rivals` lives in the test; `serve` in each process: it reads a line of JSON, and answers with one.
"""

import json
import re
import subprocess
import sys
import threading
import time
from typing import Any

from tests.accounts.attackers import *  # noqa: F403 - what `call` may name
from tests.portal import ROOT, Portal

THREADS = 8


class Rivals:
    def __init__(self, portal: Portal, *, processes: int) -> None:
        self.portal = portal
        code = "from tests.accounts.rivals import serve; serve()"
        self.processes = [
            subprocess.Popen(
                [sys.executable, str(ROOT / "manage.py"), "shell", "-v0", "-c", code],
                cwd=ROOT,
                env=portal.env,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            for _ in range(processes)
        ]

    def stop(self) -> None:
        for process in self.processes:
            process.kill()
            process.communicate()

    def call(self, name: str, **arguments: Any) -> Any:
        """Have one process run a function of this file."""
        self._tell(self.processes[0], {"call": name, "arguments": arguments})
        return self._answer(self.processes[0])

    def each(self, name: str, **arguments: Any) -> list[Any]:
        """Have every process run it, one after the other."""
        for process in self.processes:
            self._tell(process, {"call": name, "arguments": arguments})
        return [self._answer(process) for process in self.processes]

    def post(self, requests: list[tuple[str, dict[str, str], *tuple[dict[str, str], ...]]]) -> tuple[list[int], dict]:
        """Have all of them post (address, fields) at once: the statuses, and how often Argon2 ran. A third part gives
        cookies, and under `address` where on the network it comes from."""
        at = _now() + 0.3
        for number, process in enumerate(self.processes):
            self._tell(process, {"post": requests[number :: len(self.processes)], "at": at})
        answers = [self._answer(process) for process in self.processes]
        work = {kind: sum(a["work"].get(kind, 0) for a in answers) for kind in ("encode", "verify")}
        return [status for answer in answers for status in answer["statuses"]], work

    def _tell(self, process: subprocess.Popen[str], order: dict[str, Any]) -> None:
        assert process.stdin
        process.stdin.write(json.dumps(order) + "\n")
        process.stdin.flush()

    def _answer(self, process: subprocess.Popen[str]) -> Any:
        assert process.stdout
        line = process.stdout.readline()
        assert line, "the process has ended"
        return json.loads(line)


def serve() -> None:
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["tests.accounts.counting_hasher.CountingHasher"]
    settings.ARGON2_COST = {"memory_cost": 1024, "time_cost": 1, "parallelism": 1}
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    from tests.accounts.counting_hasher import CountingHasher
    from xpassfam.accounts import dummies

    dummies.prepare()
    for line in sys.stdin:
        order = json.loads(line)
        if "call" in order:
            answer: Any = globals()[order["call"]](**order["arguments"])
        else:
            CountingHasher.work.clear()
            answer = {"statuses": knock(order["post"], at=order["at"]), "work": dict(CountingHasher.work)}
        print(json.dumps(answer), flush=True)


def _now() -> float:
    """One clock for all processes, which no test moves."""
    return time.clock_gettime(time.CLOCK_MONOTONIC)


def knock(requests: list[list[Any]], *, at: float) -> list[int]:
    statuses: list[int] = []

    def work(mine: list[list[Any]], number: int) -> None:
        from django.db import connection
        from django.test import Client

        connection.ensure_connection()
        time.sleep(max(0, at - _now()))
        for turn, (address, fields, *more) in enumerate(mine):
            brought = dict(more[0]) if more else {}
            client = Client(REMOTE_ADDR=brought.pop("address", f"10.{id(requests) % 250}.{number}.{turn}"))
            client.cookies.load(brought)
            statuses.append(client.post(address, fields).status_code)
        connection.close()

    threads = [threading.Thread(target=work, args=(requests[n::THREADS], n)) for n in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses


def open_account(email: str, member_number: str) -> str:
    from tests.accounts.factories import account, adult

    return account(adult(member_number=member_number), email=email).public_id


def take_failures(per_minute: int) -> None:
    """From now on the portal takes so many failures for ordinary; all know once the rows they keep are too old."""
    from xpassfam.accounts.models import Throttle
    from xpassfam.organisation.models import Organisation
    from xpassfam.organisation.models.organisation import KEPT_SECONDS

    Organisation.objects.update_or_create(defaults={"portal_failures_per_minute": per_minute})
    time.sleep(KEPT_SECONDS)
    Throttle.objects.all().delete()


def begin_sign_up(email: str, member_number: str, code: str = "") -> dict[str, str]:
    """A sign-up that waits: its page, its link and its six digits, and the code of the letter."""
    from django.test import Client

    from tests.accounts.factories import adult, code_for, sign_up
    from xpassfam.jobs.worker import drain
    from xpassfam.outbox.models import Message
    from xpassfam.people.models import Person

    someone = Person.objects.filter(member_number=member_number).first() or adult(member_number=member_number)
    code = code or code_for(someone)
    page = sign_up(Client(), email, member_number=member_number, activation_code=code).headers["Location"]
    drain()
    text = Message.objects.get(to=email).text
    link, digits = re.search(r"/activation/\S+/", text)[0], re.search(r"^\d{3}\s\d{3}$", text, re.MULTILINE)[0]
    digits = "".join(digits.split())
    return {"page": page, "link": link, "digits": digits, "code": code}


def work_off() -> None:
    """Do what waits for the worker."""
    from xpassfam.jobs.worker import drain

    drain()


def expect_somebody(member_number: str) -> str:
    """A person of the register, and the code of their letter."""
    from tests.accounts.factories import adult, code_for

    return code_for(adult(member_number=member_number))


def ask_for_link(email: str) -> str:
    """Of a new password, as its mail gives it."""
    from django.test import Client

    from xpassfam.jobs.worker import drain
    from xpassfam.outbox.models import Message

    Client().post("/mot-de-passe/oublie/", {"username": email})
    drain()
    text = Message.objects.filter(to=email, template="accounts/mail/reset").latest("pk").text
    return next(line.removeprefix("http://localhost:8000") for line in text.split() if "/nouveau/" in line)


def lose_everything(email: str, member_number: str) -> dict[str, str]:
    """Three days after an agent started it, another printed the letter: the link of the new mailbox, and the code."""

    from django.utils import timezone

    from tests.accounts.recoveries import agent, settled
    from xpassfam.accounts.actions import recovered, recovering, recovery_letters
    from xpassfam.outbox.models import Message

    now = timezone.now()
    someone = settled(email, known_since_days=40, member_number=member_number)
    started = recovering.start(someone, by=agent("nadia"), loses_mailbox=True, at=now - recovering.WAITS)
    codes: list[str] = []
    recovery_letters.print_letter(
        started.recovery, lambda letter: codes.append(letter.code) or b"", by=agent("olivier"), at=now
    )
    recovered.ask_link(email, codes[0], started.word, f"new.{email}", address="192.0.2.1", device="", at=now)
    link = Message.objects.get(to=f"new.{email}").context["path"]
    return {"link": link, "code": codes[0]}


def sign_in(email: str) -> str:
    """The cookie of a new session."""
    from django.test import Client

    from tests.accounts.factories import PASSWORD

    response = Client().post("/connexion/", {"username": email, "password": PASSWORD})
    return response.cookies["session"].value


def page_for(cookie: str) -> int:
    """What a page for members answers to this cookie."""
    from django.test import Client

    client = Client()
    client.cookies["session"] = cookie
    return client.get("/mon-compte/securite/mot-de-passe/").status_code


def end_others(cookie: str) -> int:
    """Sign every other device out, from the one of this cookie."""
    from django.test import Client

    client = Client()
    client.cookies["session"] = cookie
    return client.post("/mon-compte/securite/appareils/autres/").status_code
