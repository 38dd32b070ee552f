"""The portal under test: the server and the worker that `./run` starts, on a folder of its own."""

import csv
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pyotp

from house.environment import ROOT

DATABASE = "xpassfam.sqlite3"
JOBS = "django_tasks_database_dbtaskresult"
REGISTER = ROOT / "examples" / "register"
PATIENCE_SECONDS = 180
STARTED_PASSWORD = "cabane-orage-violon-36"
NEXT_PASSWORD = "pinceau-tulipe-cargo-52"
FAMILY_PASSWORD = "canot-brume-tuile-41"
STAFF_PASSWORD = "phare-galet-moulin-58"
SHOWN_LAST = ("SFE-95168", "SFE-47031")
AGENT = "nadia.ferrand@solidarite-estuaire.example"
ADMINISTRATOR = "thierry.roux@solidarite-estuaire.example"


@dataclass(frozen=True)
class Adult:
    last_name: str
    first_name: str
    member_number: str
    email: str
    code: str


class Site:
    def __init__(self, var: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://localhost:{self.port}"
        self.var, self.settled = var, var / "settled.sqlite3"
        self.couples = couples()
        self.alone: list[Adult] = []
        self.last_periods: dict[str, int] = {}

    def start(self) -> None:
        with (self.var / "output").open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "house.serve"],
                cwd=ROOT,
                env=surroundings(self.var) | {"PORT": str(self.port)},
                stdout=output,
                stderr=output,
            )
        self.wait_until(self.answers)
        self.wait_until(self.has_settled)
        _copy(self.var / DATABASE, self.settled)

    def wait_until(self, condition: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE_SECONDS
        while not condition():
            if self.process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"The portal did not start:\n{(self.var / 'output').read_text()}")
            time.sleep(0.05)

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/sante/prete", timeout=5) as answer:
                return answer.status == 200
        except OSError:
            return False

    def next_code(self, identifier: str) -> str:
        """Of somebody's application of codes. Each serves once, the neighbours of the present one too: a fourth sign-in
        within the half minute waits for its turn."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/demo/comptes.json", timeout=15) as answer:
            told = json.load(answer)["accounts"]
        secret = next(one["totp_secret"] for one in told if identifier in (one["email"], one["member_number"]))
        application = pyotp.TOTP(secret)
        now = int(time.time()) // application.interval
        period = max(self.last_periods.get(identifier, 0) + 1, now - 1)
        time.sleep(max(0, (period - 1) * application.interval - time.time() + 0.1))
        self.last_periods[identifier] = period
        return application.generate_otp(period)

    def has_settled(self) -> bool:
        """Whether the worker has done what it does first, such as the words by which households are found."""
        later = "run_after BETWEEN datetime('now') AND '9999'"
        waits = f"SELECT count(*) FROM {JOBS} WHERE status = 'RUNNING' OR (status = 'READY' AND NOT {later})"
        with closing(sqlite3.connect(self.var / DATABASE, timeout=20)) as database:
            is_asked = database.execute("SELECT min(next_at) > datetime('now') FROM jobs_schedule").fetchone()[0]
            return bool(is_asked) and not database.execute(waits).fetchone()[0]

    def begin_again(self) -> None:
        """With the rows of when it had settled, while it goes on; files that a journey had erased stay so."""
        _copy(self.settled, self.var / DATABASE)
        self.last_periods.clear()

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(PATIENCE_SECONDS)

    def let_two_days_pass(self) -> None:
        """For the links and codes sent until now; what people did keeps its time."""
        past = "datetime({0}, '-2 days')"
        columns = {
            "accounts_signuplink": ("expires_at",),
            "accounts_pendingsignup": ("sent_at", "code_expires_at"),
            "accounts_passwordreset": ("created_at", "expires_at"),
        }
        with sqlite3.connect(self.var / DATABASE, timeout=20) as database:
            for table, names in columns.items():
                changes = ", ".join(f"{name} = {past.format(name)}" for name in names)
                database.execute(f"UPDATE {table} SET {changes}")

    def newcomers(self) -> tuple[Adult, Adult]:
        """Two adults of one household, who have a code and no account; nobody gets them twice."""
        return next(self.couples)

    def newcomer(self) -> Adult:
        """One such adult, whoever else of the household has come already."""
        if not self.alone:
            self.alone = list(self.newcomers())
        return self.alone.pop(0)

    def forget_tries(self) -> None:
        """All visitors of the tests come from one address: what one journey tried is not held against the next."""
        with sqlite3.connect(self.var / DATABASE, timeout=20) as connection:
            connection.execute("DELETE FROM accounts_throttle")


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as whole, closing(sqlite3.connect(target, timeout=20)) as copy:
        whole.backup(copy)


def surroundings(var: Path) -> dict[str, str]:
    nothing_outside = {"DATABASE_URL": "", "SMTP_URL": "", "SMS_URL": ""}
    return os.environ | {"XPASSFAM_VAR": str(var), "XPASSFAM_MODE": "demo"} | nothing_outside


def prepare(var: Path) -> None:
    """What a first `./run` does before it serves."""
    command = [sys.executable, "-m", "house.prepare"]
    done = subprocess.run(command, cwd=ROOT, env=surroundings(var), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def couples() -> Iterator[tuple[Adult, Adult]]:
    codes = dict(rows("codes.csv", "Identifiant", "Code d’activation"))
    fields = ("Identifiant", "Nom", "Prénoms", "Numéro d’adhérent", "E-mail")
    adults = {
        key: Adult(last_name, first_names, number, email, codes[key])
        for key, last_name, first_names, number, email in rows("personnes.csv", *fields)
        if key in codes and email
    }
    homes: dict[str, list[Adult]] = {}
    for file_number, key, role in rows("rattachements.csv", "Numéro de dossier", "Identifiant", "Rôle"):
        if key in adults and re.match("titulaire|conjoint", role):
            homes.setdefault(file_number, []).append(adults[key])
    for file_number in SHOWN_LAST:
        homes.pop(file_number)
    shown_first = 8
    for home in list(homes.values())[shown_first:]:
        if len(home) == 2 and home[0].email != home[1].email:
            yield home[0], home[1]


def rows(name: str, *columns: str) -> Iterator[list[str]]:
    with (REGISTER / name).open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            yield [row[column] for column in columns]
