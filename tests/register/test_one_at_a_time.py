"""Two imports at once, and one that is killed."""

import random
import signal
import time
from io import StringIO
from threading import Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.portal import eventually
from tests.register.files import HOUSEHOLDS, NOW, REGISTER
from xpassfam.people.models import Household
from xpassfam.register.actions.importing import import_files
from xpassfam.register.alone import alone

TABLES = ("people_household", "people_person", "people_residence", "people_access", "journal_line")


@pytest.mark.django_db(transaction=True)
def test_a_second_import_is_refused_and_the_next_is_taken(tmp_path):
    path = tmp_path / "foyers.csv"
    path.write_text(HOUSEHOLDS, encoding="utf-8")
    said = []

    def import_too():
        try:
            call_command("import_register", str(path), stdout=StringIO())
        except CommandError as refusal:
            said.append(str(refusal))
        finally:
            connection.close()

    with alone():
        rival = Thread(target=import_too)
        rival.start()
        rival.join(timeout=30)

    assert len(said) == 1
    assert "Un autre import est en cours" in said[0]
    assert not Household.objects.exists()
    assert import_files([path], by=REGISTER, at=NOW).applied.created["household"] == 2


def counts(portal):
    return [portal.sql(f"SELECT count(*) FROM {table}")[0][0] for table in TABLES]


def register(tmp_path, number):
    file = tmp_path / "registre.csv"
    head = "Dossier;Nom du foyer;Identifiant;Nom;Prénom;Naissance;Rôle\n"
    rows = (f"N-{n};Foyer {n};P{n};Roche;Zoé;14/02/1990;titulaire\n" for n in range(number))
    file.write_text(head + "".join(rows), encoding="utf-8")
    return str(file)


def killed(portal, file, *, after=0.0, when=lambda: True):
    process = portal.start("import_register", file)
    eventually(when)
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.wait()


def states(portal):
    return [state for (state,) in portal.sql("SELECT state FROM register_import ORDER BY id")]


def test_an_import_killed_while_it_reads_leaves_nothing_and_the_next_is_whole(portal, tmp_path):
    file, nothing = register(tmp_path, 400), counts(portal)

    killed(portal, file, when=lambda: states(portal))

    assert counts(portal) in (nothing, whole := [400, 400, 400, 400, nothing[-1] + 401])
    for _try in range(2):
        assert portal.start("import_register", file).wait() == 0
        assert counts(portal) == whole
    assert states(portal)[-2:] == ["done", "done"]
    assert "importing" not in states(portal)
    assert portal.start("verify_history").wait() == 0


@pytest.mark.heavy
def test_an_import_killed_at_any_moment_leaves_all_or_nothing_and_the_next_is_whole(portal, tmp_path):
    file, nothing = register(tmp_path, 8000), counts(portal)
    whole = [8000, 8000, 8000, 8000, nothing[-1] + 8001]

    for number in range(12):
        killed(portal, file, when=lambda seen=number: len(states(portal)) > seen, after=random.uniform(0, 4))
        assert counts(portal) in (nothing, whole)

    assert portal.start("import_register", file).wait() == 0
    assert counts(portal) == whole
    assert portal.start("verify_history").wait() == 0
