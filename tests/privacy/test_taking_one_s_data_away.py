"""« Télécharger mes données »: all that is one's own, nothing of anybody else, for a week."""

import hashlib
import io
import json
import zipfile
from datetime import timedelta

import jsonschema
import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from tests.accounts.factories import account
from tests.household.homes import entered, read
from tests.people.factories import Role, household, living, person
from tests.privacy.lives import IBAN, a_life, keep_safe
from xpassfam.accounts import freezing
from xpassfam.accounts.actions import choosing_channels
from xpassfam.accounts.models import ContactChoices
from xpassfam.jobs.worker import drain
from xpassfam.journal.models import Line
from xpassfam.people.models import Access
from xpassfam.privacy.actions import exporting
from xpassfam.privacy.models import Export
from xpassfam.vault.models import File

pytestmark = pytest.mark.django_db
PAGE = "/mon-compte/mes-donnees/telecharger/"


def archive_of(someone, *, by: Client | None = None) -> zipfile.ZipFile:
    exporting.ask(someone, at=timezone.now())
    drain()
    client = by or entered(someone)
    export = Export.objects.get(account=someone, state="ready")
    response = client.get(f"/mon-compte/mes-donnees/archives/{export.public_id}.zip")
    assert response.status_code == 200, response.headers
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def kept_safe():
    life = a_life()
    client = entered(life.camille)
    keep_safe(life)
    return life, archive_of(life.camille, by=client)


def data_of(archive) -> dict:
    return json.loads(archive.read("donnees.json"))


def test_the_archive_holds_the_paper_the_data_and_the_files():
    life = a_life()
    archive = archive_of(life.camille)
    names = archive.namelist()

    assert archive.testzip() is None
    assert {"releve.pdf", "donnees.json", "LISEZMOI.txt", "empreintes.txt"} <= set(names)
    assert any(name.startswith("documents/") for name in names)
    assert any(name.startswith("attestations/") for name in names)
    reference = data_of(archive)["data"]["filings"][0]["reference"]
    assert f"demandes/{reference} accuse-de-reception.pdf" in names
    assert f"demandes/{reference} decision-1.pdf" in names
    assert f"demandes/{reference} message-1 photo Camille.pdf" in names
    help_asked = data_of(archive)["data"]["tickets"][0]["reference"]
    assert [name for name in names if name.startswith(f"assistance/{help_asked} message-1 ")]


def test_the_data_are_as_the_published_schema_says():
    _life, archive = kept_safe()
    schema = Client().get("/donnees-personnelles/schema-1.json").json()
    document = data_of(archive)

    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    assert [error.message for error in validator.iter_errors(document)] == []
    assert document["schema"].endswith("/donnees-personnelles/schema-1.json")
    assert set(document["data"]) == {one["code"] for one in document["categories"]}


def test_each_file_of_the_archive_has_its_digest():
    archive = archive_of(a_life().camille)
    told = dict(reversed(line.split("  ", 1)) for line in archive.read("empreintes.txt").decode().splitlines())

    assert set(told) == set(archive.namelist()) - {"empreintes.txt"}
    assert all(hashlib.sha256(archive.read(name)).hexdigest() == digest for name, digest in told.items())


def test_the_paper_says_why_and_how_long_and_can_be_read():
    pdf = PdfReader(io.BytesIO(archive_of(a_life().camille).read("releve.pdf")))
    text = " ".join("".join(page.extract_text() for page in pdf.pages).split())

    assert "Relevé de mes données" in text
    assert "Pourquoi" in text
    assert "camille@example.org" in text
    assert "dpo@solidarite-estuaire.example" in text


def test_it_lists_who_of_the_organisation_opened_the_file():
    [opened] = [
        one for one in data_of(archive_of(a_life().camille))["data"]["consultations"] if "dossier" in one["what"]
    ]
    assert opened["by"] == "Nadia Ferrand"


def test_an_account_number_is_never_whole_in_it():
    archive = archive_of(a_life().camille)
    everything = b"".join(archive.read(name) for name in archive.namelist())

    assert IBAN.replace(" ", "").encode() not in everything
    assert data_of(archive)["data"]["payments"]["accounts"][0]["iban_end"] == "0189"


def test_of_a_child_in_two_homes_nothing_of_the_other_home_is_in_it():
    life = a_life()
    other_home = household("Foyer Caché", address="8 rue Cachée", town="Cachéville")
    ex = person("Sophie Cachée", email="sophie@cachee.example")
    living(ex, other_home)
    living(life.desk.home.child, other_home, Role.DEPENDENT_CHILD, is_shared=True)
    archive = archive_of(life.camille)
    everything = b"".join(
        archive.read(name) for name in archive.namelist() if not name.endswith((".pdf", ".png"))
    ).decode()

    assert "Inès" in everything
    assert "Cach" not in everything
    assert "sophie" not in everything


def test_what_keeps_the_account_safe_is_told_without_its_secrets():
    life, archive = kept_safe()
    told = data_of(archive)["data"]["security"]

    assert told["second_step"]["application_since"]
    assert [one["name"] for one in told["second_step"]["passkeys"]] == ["Téléphone de Camille"]
    assert told["second_step"]["recovery_codes_left"] == 10
    assert [one["old_email"] for one in told["email_changes"]] == ["camille.avant@example.org"]
    assert [len(told[one]) for one in ("recoveries", "alerts", "phone_changes")] == [1, 2, 1]
    assert data_of(archive)["data"]["devices"]["missed"][0]["cause"] == "wrong"
    kept = archive.read("donnees.json").decode()
    assert not [row.hash for row in life.camille.recovery_codes.all() if row.hash in kept]
    assert "sealed" not in kept
    assert "digest" not in kept


def test_an_archive_left_on_a_shared_computer_does_not_tell_of_discreet_mode():
    life, archive = kept_safe()
    assert ContactChoices.objects.get(account=life.camille).is_discreet
    paper = PdfReader(io.BytesIO(archive.read("releve.pdf")))
    everything = archive.read("donnees.json").decode() + "".join(page.extract_text() for page in paper.pages)
    assert "discre" not in everything.lower()
    assert "shared" not in json.dumps(data_of(archive)["data"]["security"])
    assert "Du mode discret, activé ou non, rien n’est écrit ici" in archive.read("LISEZMOI.txt").decode()


def test_what_discreet_mode_alone_freezes_is_not_in_it():
    life = a_life()
    client, now = entered(life.camille), timezone.now()
    freezing.freeze(life.camille, reason="email_change", at=now - freezing.USUAL)
    choosing_channels.be_discreet(life.camille, email_is_shared=True, phone_is_shared=False, device="", at=now)
    assert life.camille.freezes.filter(reason="discreet").exists()
    assert "nouveaux choix pour les messages" in read(client, "/mon-compte/historique/")

    freezing.lift(life.camille, by=life.camille.actor, at=now)
    data = data_of(archive_of(life.camille, by=client))["data"]
    assert [one["reason"] for one in data["security"]["freezes"]] == ["email_change"]
    kinds = [one["kind"] for one in data["history"]]
    assert [one for one in kinds if "frozen" in one] == ["accounts.unfrozen", "accounts.frozen"]
    assert "accounts.channels_chosen" in kinds
    assert not [one for one in data["history"] if "nouveaux choix pour les messages" in one["what"]]


def test_a_stranger_s_call_that_names_somebody_is_not_theirs():
    life = a_life()
    assert data_of(archive_of(life.karim))["data"]["tickets"] == []


def test_a_partner_s_private_request_is_not_in_it():
    life = a_life()
    filing = life.desk.draft({"quotient": 11111, "month": "2026-10-01", "source": "caf"})
    type(filing).objects.filter(pk=filing.pk).update(filed_by=life.karim.person, is_private=True)
    ids = [one["id"] for one in data_of(archive_of(life.camille))["data"]["filings"]]

    assert filing.public_id not in ids


def test_who_acts_for_no_home_takes_what_is_their_own():
    someone = account(person("Nora Sans-Foyer", email="nora@example.org"), email="nora@example.org")
    data = data_of(archive_of(someone))["data"]

    assert data["identity"]["last_name"] == "Sans-Foyer"
    assert data["filings"] == []


def test_a_file_that_can_not_be_read_is_named_and_stops_nothing():
    life = a_life()
    File.objects.filter(name="photo Camille.pdf").update(state="quarantined")
    archive = archive_of(life.camille)

    assert [name for name in data_of(archive)["missing_files"] if "photo Camille" in name]
    assert not [name for name in archive.namelist() if "photo Camille" in name]
    assert Export.objects.get().missing


def test_a_mail_tells_it_is_ready_and_its_link_gives_nothing_without_signing_in():
    life = a_life()
    mail.outbox.clear()
    exporting.ask(life.camille, at=timezone.now())
    drain()
    letter = mail.outbox[-1]
    export = Export.objects.get()

    assert letter.to == ["camille@example.org"]
    assert "Votre archive est prête" in letter.subject
    assert PAGE in letter.body
    assert export.public_id not in letter.body
    for address in (PAGE, f"/mon-compte/mes-donnees/archives/{export.public_id}.zip"):
        assert Client().get(address).headers["Location"].startswith("/connexion/")


def test_another_s_archive_is_not_found():
    life = a_life()
    exporting.ask(life.camille, at=timezone.now())
    drain()
    address = f"/mon-compte/mes-donnees/archives/{Export.objects.get().public_id}.zip"

    assert entered(life.karim).get(address).status_code == 404


def test_the_history_tells_each_step():
    life = a_life()
    archive_of(life.camille)
    kinds = Line.objects.filter(account=life.camille.public_id, kind__startswith="privacy.").values_list(
        "kind", flat=True
    )

    assert list(kinds.order_by("seq")) == ["privacy.export_asked", "privacy.export_ready", "privacy.export_taken"]


def test_after_a_week_it_is_gone_from_the_vault_too():
    life = a_life()
    exporting.ask(life.camille, at=timezone.now())
    drain()
    export = Export.objects.get()
    client = entered(life.camille)
    export.expires_at = timezone.now() - timedelta(seconds=1)
    export.save()
    address = f"/mon-compte/mes-donnees/archives/{export.public_id}.zip"
    assert client.get(address).status_code == 404  # before the night comes

    assert exporting.discard(export, at=timezone.now())
    export.refresh_from_db()
    assert (export.state, export.file) == ("gone", None)
    assert not File.objects.filter(media_type="application/zip").exists()


def test_asked_twice_it_is_made_once():
    life = a_life()
    first = exporting.ask(life.camille, at=timezone.now())
    assert exporting.ask(life.camille, at=timezone.now()) == first
    drain()
    exporting.prepare.call(first.pk)  # a worker that died after it

    assert Export.objects.count() == 1
    assert File.objects.filter(media_type="application/zip").count() == 1


def test_a_new_archive_takes_the_place_of_the_old():
    life = a_life()
    with time_machine.travel(timezone.now() - timedelta(days=2)):
        exporting.ask(life.camille, at=timezone.now())
        drain()
    exporting.ask(life.camille, at=timezone.now())
    drain()

    assert sorted(Export.objects.values_list("state", flat=True)) == ["gone", "ready"]
    assert File.objects.filter(media_type="application/zip").count() == 1


def test_it_lies_locked_in_the_vault(tmp_path):
    life = a_life()
    exporting.ask(life.camille, at=timezone.now())
    drain()
    kept = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]

    assert kept
    assert not any(content.startswith(b"PK") or b"donnees.json" in content for content in kept)


def test_the_page_asks_shows_and_gives():
    life = a_life()
    client = entered(life.camille)
    assert "Préparer mon archive" in read(client, PAGE)
    client.post(PAGE)
    assert "En préparation" in read(client, PAGE)
    drain()
    assert "Télécharger l’archive" in read(client, PAGE)


def test_a_name_that_climbs_out_of_the_archive_stays_in_it():
    archive = exporting.Archive(at=timezone.now())
    leaf = exporting.Leaf("documents/../../etc/pass\u202ewd", lambda: [b"x"])
    whole = b"".join(archive.stream([leaf, leaf]))
    names = zipfile.ZipFile(io.BytesIO(whole)).namelist()

    assert all(".." not in name and "\u202e" not in name and not name.startswith("/") for name in names)
    assert len(set(names)) == 3


def test_access_that_ended_takes_its_home_out_of_the_archive():
    life = a_life()
    Access.objects.filter(person=life.camille.person).update(until=timezone.localdate())
    data = data_of(archive_of(life.camille))["data"]

    assert data["filings"] == []
    assert data["payments"]["orders"] == []
