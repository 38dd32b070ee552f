"""The command's options: headers told once, progress in a terminal, likely duplicates, what is not printed."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.register.files import HOUSEHOLDS, PERSONS
from xpassfam.people.models import Household
from xpassfam.register.management.commands.import_register import MOST_PRINTED
from xpassfam.register.models import ColumnMeaning

pytestmark = pytest.mark.django_db


class Terminal(StringIO):
    def isatty(self):
        return True


def run(tmp_path, content, **options):
    path = tmp_path / "registre.csv"
    path.write_text(content, encoding="utf-8")
    out, refused = options.pop("stdout", StringIO()), StringIO()
    try:
        call_command("import_register", str(path), stdout=out, stderr=refused, **options)
    except CommandError as error:
        refused.write(str(error))
    return out.getvalue(), refused.getvalue()


def test_headers_told_in_a_file_are_remembered(tmp_path):
    told = tmp_path / "colonnes.csv"
    told.write_text("Localisation;Commune\nRemarques;ignorer\n", encoding="utf-8")
    odd = HOUSEHOLDS.replace("Commune", "Localisation")

    assert "colonne non lue : Localisation" in run(tmp_path, odd)[0]
    assert "colonne non lue" not in run(tmp_path, odd, columns=told)[0]

    assert set(Household.objects.values_list("town", flat=True)) == {"Lille", "Roubaix"}
    assert "colonne non lue" not in run(tmp_path, odd)[0]


def test_a_header_told_to_mean_nothing_known_is_refused(tmp_path):
    told = tmp_path / "colonnes.csv"
    told.write_text("Localisation;Planète\n", encoding="utf-8")

    assert "« Planète »" in run(tmp_path, HOUSEHOLDS, columns=told)[1]
    assert not ColumnMeaning.objects.exists()


def test_a_terminal_sees_how_far_it_is_a_file_does_not(tmp_path):
    assert "mise à jour du registre" in run(tmp_path, HOUSEHOLDS, stdout=Terminal())[0]
    assert "\r" not in run(tmp_path, HOUSEHOLDS)[0]


def test_it_says_by_how_much_compared_with_last_time(tmp_path):
    run(tmp_path, HOUSEHOLDS)

    assert "foyers              0 créés" in run(tmp_path, HOUSEHOLDS)[0]
    assert "la dernière fois 0" in run(tmp_path, HOUSEHOLDS)[0]


def test_a_dry_run_lists_who_may_be_there_twice(tmp_path):
    out, _refused = run(tmp_path, PERSONS + "P9;PETIT;Sophie;14/02/1990;;;\n", dry_run=True)

    assert "doublon probable : Sophie Petit, Sophie PETIT (P1, P9)" in out


def test_thousands_of_refusals_are_not_all_printed_but_all_written(tmp_path):
    rows = "".join(f"P{n};;Zoé;;;;\n" for n in range(10, 10 + MOST_PRINTED + 5))
    file = tmp_path / "refus.csv"

    _out, refused = run(tmp_path, PERSONS + rows, problems=file)

    assert "et 5 autres" in refused
    assert len(file.read_text(encoding="utf-8").splitlines()) == MOST_PRINTED + 6
