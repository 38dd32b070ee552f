"""An administrator brings files by the page: tried first, imported once, or given up."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.accounts.factories import account
from tests.register.files import HOUSEHOLDS, PERSONS, STAYS
from xpassfam.jobs.worker import drain
from xpassfam.journal.models import Line
from xpassfam.people.models import Household, Person
from xpassfam.register.actions import carrying
from xpassfam.register.models import ColumnMeaning, Import

HOME = "/gestion/registre/"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.VAR = tmp_path


@pytest.fixture
def thierry(db, client):
    someone = account(role="administrator")
    client.force_login(someone)
    return someone


def upload(client, *contents, **typed):
    files = [SimpleUploadedFile(f"{number}.csv", _bytes(content)) for number, content in enumerate(contents)]
    return client.post(HOME, {"brought": files, **typed})


def _bytes(content):
    return content if isinstance(content, bytes) else content.encode()


def tried(client, *contents, **typed):
    """The address of an import that was tried."""
    response = upload(client, *contents, **typed)
    assert response.status_code == 302
    drain()
    return response.headers["Location"]


def text(response):
    return response.content.decode()


def waiting_files(settings):
    return [path for path in (Path(settings.VAR) / "imports").rglob("*") if path.is_file()]


def test_files_are_tried_then_imported_and_gone(client, thierry, settings):
    address = tried(client, HOUSEHOLDS, PERSONS, STAYS)

    assert "Essai à blanc" in text(client.get(address))
    assert not Household.objects.exists()
    assert len(waiting_files(settings)) == 3

    client.post(f"{address}importer/")
    drain()

    assert Household.objects.count() == 2
    assert Line.objects.get(kind="register.imported").actor == thierry.public_id
    assert "Le registre est à jour" in text(client.get(address))
    assert waiting_files(settings) == []
    assert "2 créations" not in text(client.get(address))


def test_the_next_one_is_compared_with_the_last(client, thierry):
    first = tried(client, HOUSEHOLDS, PERSONS, STAYS)
    assert "premier import" in text(client.get(first))
    client.post(f"{first}importer/")
    drain()

    assert "La dernière fois\u00a0: 11 créations" in text(client.get(tried(client, HOUSEHOLDS)))


def test_much_more_than_a_register_that_was_nearly_empty_is_no_part_of_it(client, thierry):
    client.post(f"{tried(client, 'Identifiant;Nom;Prénoms' + chr(10) + 'P1;Petit;Sophie' + chr(10))}importer/")
    drain()

    page = text(client.get(tried(client, PERSONS)))
    assert '<td class="num">nouveau</td>' in page
    assert "300" not in page


@pytest.mark.parametrize("role", ["agent", "family"])
def test_nobody_but_administrators_sees_or_brings_anything(client, thierry, role):
    address = tried(client, HOUSEHOLDS)
    client.force_login(account(role=role))

    assert {client.get(page).status_code for page in (HOME, address, f"{address}etat/", f"{address}refus.csv")} == {403}
    assert upload(client, HOUSEHOLDS).status_code == 403
    for answer in ("importer", "abandonner", "recommencer", "colonnes"):
        assert client.post(f"{address}{answer}/").status_code == 403
    assert Import.objects.get().state == "tried"


def test_files_wait_where_no_other_user_of_the_machine_looks(client, thierry, settings):
    tried(client, HOUSEHOLDS)

    [file] = waiting_files(settings)
    assert file.name == "0"  # not the name that came with it
    assert len(file.parent.name) > 40
    assert file.parent.stat().st_mode & 0o077 == 0


def test_an_answer_counts_once(client, thierry):
    address = tried(client, HOUSEHOLDS)
    client.post(f"{address}importer/")
    drain()

    response = client.post(f"{address}importer/", follow=True)
    assert "n’attend plus de réponse" in text(response)
    assert "n’attend plus de réponse" in text(client.post(f"{address}abandonner/", follow=True))
    assert Import.objects.get().state == "done"


def test_a_job_that_runs_twice_imports_once(client, thierry):
    address = tried(client, HOUSEHOLDS)
    client.post(f"{address}importer/")
    drain()
    lines = Line.objects.count()

    carrying.carry_on(Import.objects.get().public_id)

    assert Line.objects.count() == lines


def test_closing_much_asks_to_name_it(client, thierry):
    client.post(f"{tried(client, HOUSEHOLDS, PERSONS, STAYS)}importer/")
    drain()
    address = tried(client, "Identifiant;Nom;Prénoms\nP1;Petit;Sophie\n", is_complete="on")

    assert "Oui, fermer 2 personnes." in text(client.get(address))
    refused = client.post(f"{address}importer/")
    assert refused.status_code == 400
    assert "Cochez la case" in text(refused)

    client.post(f"{address}importer/", {"is_confirmed": "on"})
    drain()
    assert Person.objects.exclude(closed_on=None).count() == 2


def test_giving_up_deletes_the_files(client, thierry, settings):
    address = tried(client, HOUSEHOLDS)

    assert "Rien n’a été importé" in text(client.post(f"{address}abandonner/", follow=True))
    assert waiting_files(settings) == []
    assert not Household.objects.exists()


def test_files_that_nobody_answered_for_go_after_a_day(client, thierry, settings):
    tried(client, HOUSEHOLDS)

    carrying.tidy(at=timezone.now() + timedelta(hours=23))
    assert waiting_files(settings)
    carrying.tidy(at=timezone.now() + timedelta(hours=25))

    assert waiting_files(settings) == []
    assert Import.objects.get().state == "given_up"


def test_refusals_are_shown_and_given_as_a_file(client, thierry):
    address = tried(client, PERSONS.replace("21/07/1987", "31/02/1987"))

    assert "Le 31/02/1987 n’existe pas dans le calendrier." in text(client.get(address))
    lines = client.get(f"{address}refus.csv").content.decode("utf-8-sig").splitlines()
    assert lines[1].startswith("0.csv;3;Date de naissance;")


def test_a_column_is_told_once_and_remembered(client, thierry):
    odd = HOUSEHOLDS.replace("Commune", "Localisation")
    address = tried(client, odd)
    assert "Localisation" in text(client.get(address))

    client.post(f"{address}colonnes/", {"column_0": "town"})
    drain()

    assert ColumnMeaning.objects.get().header == "localisation"
    assert "Localisation" not in text(client.get(address))
    client.post(f"{address}importer/")
    drain()
    assert Household.objects.filter(town="Lille").exists()


def test_a_column_that_does_not_exist_is_refused(client, thierry):
    address = tried(client, HOUSEHOLDS.replace("Commune", "Localisation"))

    assert client.post(f"{address}colonnes/", {"column_0": "password"}).status_code == 200
    assert not ColumnMeaning.objects.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Ce fichier est vide"),
        (b"%PDF-1.7\n1 0 obj << /Title (Registre; Nom) >>\nendobj\n", "ni un CSV ni un classeur"),
        (b"\x7fELF\x00\x00" + bytes(50) + b"\x01" * 400, "ni un CSV ni un classeur"),
    ],
)
def test_what_is_no_register_is_refused_at_once(client, thierry, content, said):
    assert said in text(upload(client, content))
    assert not Import.objects.exists()


def test_what_holds_no_known_column_is_not_to_be_imported(client, thierry):
    page = text(client.get(tried(client, "Bonjour, ceci est une lettre.\nMerci de votre visite.\n")))

    assert "Aucune colonne connue" in page
    assert "/importer/" not in page
    assert "/abandonner/" in page


def test_nothing_chosen_says_what_to_do(client, thierry):
    assert "Choisissez au moins un fichier." in text(client.post(HOME, {}))


def test_a_second_one_waits_for_the_first(client, thierry):
    assert upload(client, HOUSEHOLDS).status_code == 302

    assert "Un autre import est en cours" in text(upload(client, HOUSEHOLDS))


def test_how_far_it_is_can_be_asked(client, thierry):
    address = upload(client, HOUSEHOLDS).headers["Location"]
    assert client.get(f"{address}etat/").json() == {"done": False, "percent": 0}
    assert "Voir où il en est" in text(client.get(address))

    drain()
    assert client.get(f"{address}etat/").json() == {"done": True, "percent": 100}


def test_what_could_not_be_read_can_be_tried_again(client, thierry, settings):
    address = upload(client, HOUSEHOLDS).headers["Location"]
    [file] = waiting_files(settings)
    os.rename(file, file.with_name("elsewhere"))
    drain()
    os.rename(file.with_name("elsewhere"), file)

    client.post(f"{address}recommencer/")
    drain()
    assert Import.objects.get().counts["created"]["household"] == 2


def test_likely_duplicates_are_listed(client, thierry):
    persons = PERSONS + "P8;Petti;Sophie;14/02/1990;;;\nP9;PETIT;Sophie;14/02/1990;;;\n"

    page = text(client.get(tried(client, persons)))

    assert "mêmes noms, même date de naissance" in page
    assert "P9" in page
    assert "noms à une lettre près" in page


def test_likely_duplicates_stay_on_the_page_once_the_files_are_imported_for_a_month(client, thierry):
    address = tried(client, PERSONS + "P9;PETIT;Sophie;14/02/1990;;;\n")
    client.post(f"{address}importer/")
    drain()

    page = text(client.get(address))
    assert "Le registre est à jour" in page
    assert "mêmes noms, même date de naissance" in page

    carrying.tidy(at=timezone.now() + timedelta(days=31))
    assert "mêmes noms, même date de naissance" not in text(client.get(address))


def test_a_page_of_imports_costs_the_same_for_many(client, thierry, django_assert_max_num_queries):
    for _ in range(8):
        tried(client, HOUSEHOLDS)

    with django_assert_max_num_queries(8):
        client.get(HOME)
