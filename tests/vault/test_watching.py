"""The store or the scanner is away: nobody waits for it, everybody concerned reads it, and nothing is lost."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from obstore.store import S3Store

from tests.documents.giving import give, sent
from tests.household.families import Family, agent_client
from tests.vault import samples, scanner
from xpassfam.documents.models import PendingUpload
from xpassfam.vault import jobs, storage, watching
from xpassfam.vault.actions import Refused, discard, receive, sweep
from xpassfam.vault.models import File, Outage

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(settings, tmp_path):
    settings.VAR = tmp_path
    return Path(tmp_path, "files")


@pytest.fixture
def broken(files):
    """Something else stands where the folder of files was: reading and writing both fail, for root too."""

    def breaks() -> None:
        if files.exists():
            files.rename(files.with_name("kept"))
        files.write_text("no folder")

    return breaks


def mend(files: Path) -> None:
    files.unlink()
    files.with_name("kept").rename(files)


def state(client):
    return client.get("/etat/").content.decode().replace("\u00a0", " ")


def test_all_is_well_and_nothing_is_said(client, files):
    jobs.look_around.call()

    assert watching.outages() == {}
    assert "Ce qui attend" not in state(client)
    assert client.get("/sante/prete").content == b"ok\n"
    assert [path for path in files.rglob("*") if path.is_file()] == []


def test_a_scanner_that_is_away_is_told_until_it_is_back(client, files, settings):
    with scanner.running() as running:
        settings.SCANNER_URL = running.url
        running.mood = "hangs up"
        jobs.look_around.call()
        first = watching.outages()
        jobs.look_around.call()

        assert watching.outages() == first
        assert list(first) == [Outage.Part.SCANNER]
        assert "Les documents déposés sont vérifiés plus tard. Rien n’est perdu." in state(client)
        probe = client.get("/sante/prete")
        assert (probe.status_code, probe.content[:26]) == (200, b"ok\naway: scanner since 2026"[:26])

        running.mood = "well"
        jobs.look_around.call()
        assert watching.outages() == {}


def test_where_no_scanner_is_wanted_none_is_missed(files, settings):
    settings.SCANNER_URL = ""
    jobs.look_around.call()
    assert watching.outages() == {}


def test_a_store_that_is_away_is_told_to_everybody_and_to_agents_with_since_when(client, files, broken):
    broken()
    jobs.look_around.call()

    assert "Les documents ne s’ouvrent pas et ne se déposent pas pour l’instant. Rien n’est perdu." in state(client)
    assert "Leur stockage ne répond pas depuis" in agent_client().get("/gestion/").content.decode()


def test_the_page_of_state_asks_neither_and_costs_one_query_for_both(client, files, broken, settings):
    settings.SCANNER_URL = "tcp://127.0.0.1:9"
    broken()
    state(client)
    with CaptureQueriesContext(connection) as spent:
        text = state(client)

    assert "Ce qui attend" not in text  # nobody has looked yet, and the page did not
    assert len([one for one in spent if "outage" in one["sql"]]) == 1


def test_a_family_is_told_to_send_its_file_again_and_what_it_gave_before_is_there_again_afterwards(files, broken):
    family = Family()
    document = give(family, family.camille, files=[sent(family, family.camille)])
    client, page = family.client(family.camille), f"/mon-compte/documents/{document.public_id}/"
    broken()

    answer = client.post("/mon-compte/documents/envoi/", {"file": SimpleUploadedFile("facture.pdf", samples.pdf())})
    assert "Ceux que vous aviez donnés sont bien là." in answer.json()["problem"]
    assert not PendingUpload.objects.exists()
    assert client.get(page).status_code == 200
    client.raise_request_exception = False
    for end in ("fichier/1/", "pages/1/"):
        assert client.get(page + end).status_code == 503

    mend(files)
    for end in ("fichier/1/", "pages/1/"):
        assert client.get(page + end).status_code == 200


def test_what_is_discarded_meanwhile_is_gone_for_everybody_and_swept_afterwards(
    files, broken, django_capture_on_commit_callbacks
):
    file = receive([samples.pdf()], name="a", at=timezone.now())
    broken()
    with django_capture_on_commit_callbacks(execute=True):
        discard(file)
    assert not File.objects.exists()

    mend(files)
    assert sweep(before=timezone.now() + timedelta(minutes=1)) == 1


def test_a_disk_that_is_not_there_is_away_and_has_lost_nothing(files):
    file = receive([samples.pdf()], name="a", at=timezone.now())
    shutil.move(files, files.with_name("elsewhere"))

    with pytest.raises(storage.Away):
        storage.current().read(file.storage_name, 0, 10)


def test_a_bucket_that_does_not_answer_is_away():
    store = S3Store(
        "bucket",
        endpoint="http://127.0.0.1:9",
        region="x",
        access_key_id="x",
        secret_access_key="x",
        client_options={"allow_http": True},
        retry_config={"max_retries": 0},
    )
    place = storage.Bucket(store)
    for act in (
        lambda: place.put("aa", [b"x"]),
        lambda: place.read("aa", 0, 1),
        lambda: place.delete("aa"),
    ):
        with pytest.raises(storage.Away):
            act()


def test_a_file_that_cannot_be_kept_is_refused_as_such(files, broken):
    broken()
    with pytest.raises(Refused, match="away"):
        receive([samples.pdf()], name="a", at=timezone.now())
    assert not File.objects.exists()
