"""An import under way that an administrator stops, and one whose files kill its worker."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from tests.accounts.factories import account
from tests.register.files import HOUSEHOLDS, PERSONS, STAYS
from xpassfam.jobs.worker import drain
from xpassfam.journal.models import Line
from xpassfam.people.models import Household
from xpassfam.register import waiting
from xpassfam.register.actions import carrying
from xpassfam.register.models import Import
from xpassfam.register.stopping import Stopped, stoppable

HOME = "/gestion/registre/"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.VAR = tmp_path


@pytest.fixture
def thierry(db, client):
    someone = account(role="administrator")
    client.force_login(someone)
    return someone


def brought(client):
    """The address of an import whose files wait to be read."""
    files = [SimpleUploadedFile(f"{n}.csv", text.encode()) for n, text in enumerate((HOUSEHOLDS, PERSONS, STAYS))]
    return client.post(HOME, {"brought": files}).headers["Location"]


def text(response):
    return response.content.decode()


def waiting_files(settings):
    return [path for path in (Path(settings.VAR) / "imports").rglob("*") if path.is_file()]


def asked_at(statement):
    """Ask to stop as soon as the import runs such a statement."""

    def look(execute, sql, *rest):
        if statement in sql and (folder := Import.objects.get().folder):
            waiting.ask_to_stop(folder)
        return execute(sql, *rest)

    return connection.execute_wrapper(look)


def test_an_import_that_waits_for_its_turn_is_stopped_before_it_reads(client, thierry, settings):
    address = brought(client)
    assert "Arrêter l’import" in text(client.get(address))

    page = text(client.post(f"{address}arreter/", follow=True))
    assert "L’arrêt est demandé" in page
    assert "Arrêter l’import" not in page
    drain()

    assert "Abandonné" in text(client.get(address))
    assert waiting_files(settings) == []


@pytest.mark.parametrize(
    "statement", ["UPDATE register_import", "INSERT INTO people_person", "INSERT INTO journal_head"]
)
def test_stopped_at_any_step_it_leaves_nothing_behind(client, thierry, settings, statement):
    address = brought(client)
    drain()
    client.post(f"{address}importer/")
    lines = Line.objects.count()

    with asked_at(statement.replace("UPDATE register_import", 'UPDATE "register_import"')):
        drain()

    assert Import.objects.get().state == "given_up"
    assert not Household.objects.exists()
    assert Line.objects.count() == lines
    assert waiting_files(settings) == []

    drain()
    next_one = brought(client)
    drain()
    client.post(f"{next_one}importer/")
    drain()
    assert Household.objects.count() == 2


def test_what_tidies_up_after_a_stop_is_not_stopped(client, thierry):
    folder = waiting.keep([SimpleUploadedFile("a.csv", b"x")])
    waiting.ask_to_stop(folder)

    with stoppable(folder):
        with pytest.raises(Stopped):
            Household.objects.count()
        assert Household.objects.count() == 0


def test_one_that_is_over_is_not_stopped_any_more(client, thierry):
    address = brought(client)
    drain()

    assert "n’attend plus de réponse" in text(client.post(f"{address}arreter/", follow=True))
    assert Import.objects.get().state == "tried"


@pytest.mark.parametrize("role", ["agent", "family"])
def test_nobody_but_administrators_stops_one(client, thierry, role):
    address = brought(client)
    client.force_login(account(role=role))

    assert client.post(f"{address}arreter/").status_code == 403
    drain()
    assert Import.objects.get().state == "tried"


def test_files_that_killed_their_worker_twice_are_not_read_a_third_time(client, thierry):
    address = brought(client)
    Import.objects.update(tries=2)  # begun, and never ended
    drain()

    page = text(client.get(address))
    assert "La lecture de ces fichiers s’est interrompue deux fois" in page
    assert Import.objects.get().state == "stopped"

    client.post(f"{address}recommencer/")
    drain()
    assert Import.objects.get().state == "tried"


def test_each_reading_is_counted_and_an_import_that_is_accepted_begins_anew(client, thierry):
    address = brought(client)
    drain()
    assert Import.objects.get().tries == 1

    client.post(f"{address}importer/")
    carrying.carry_on(Import.objects.get().public_id)
    assert Import.objects.get().tries == 1
