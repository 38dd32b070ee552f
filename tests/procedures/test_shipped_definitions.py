"""The definitions that ship are right, in printed French, and in force in the demo."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests.house.test_typography import misses
from xpassfam.procedures import shipped
from xpassfam.procedures.language import load
from xpassfam.procedures.models import Procedure, Version

FILES = shipped.files()
CODES = {f"D{number:02}" for number in range(1, 17)} | {f"F{number:02}" for number in range(1, 6)}


def test_every_procedure_of_the_domain_ships():
    assert {load(path.read_text(encoding="utf-8")).code for path in FILES} == CODES


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_its_french_is_printed_french(path):
    found = [
        f"{number}: {name}"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        for name in misses(line)
    ]

    assert found == []


@pytest.mark.django_db
def test_the_command_publishes_them_and_a_second_time_changes_nothing():
    call_command("load_procedures", stdout=StringIO())
    call_command("load_procedures", stdout=StringIO())

    assert set(Procedure.objects.published().values_list("code", flat=True)) == CODES
    assert Version.objects.count() == len(CODES)


@pytest.mark.django_db
def test_the_command_tells_each_mistake_by_file_and_line_and_takes_the_others(tmp_path):
    wrong, right = tmp_path / "wrong.yaml", FILES[0]
    wrong.write_text("code: D99\ntitel: Essai\n", encoding="utf-8")
    told = StringIO()
    with pytest.raises(CommandError):
        call_command("load_procedures", str(wrong), str(right), stdout=StringIO(), stderr=told)

    assert "wrong.yaml:2: «\u00a0titel\u00a0» n’est pas connu ici." in told.getvalue()
    assert Procedure.objects.count() == 1


@pytest.mark.django_db
def test_a_dry_run_publishes_nothing():
    call_command("load_procedures", "--dry-run", stdout=StringIO())

    assert not Procedure.objects.exists()
