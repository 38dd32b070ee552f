"""The command, its codes and its history."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.accounts.factories import account
from tests.register.files import HOUSEHOLDS, NOW, PERSONS, REGISTER, STAYS
from xpassfam.accounts.actions import activation_codes
from xpassfam.accounts.models import ActivationCode
from xpassfam.journal.models import Line
from xpassfam.people.models import Person
from xpassfam.register.actions.importing import import_files

pytestmark = pytest.mark.django_db
CODES = "Identifiant;Code d’activation\nP1;K7QF-2M9TXV\n"


@pytest.fixture
def files(tmp_path):
    paths = []
    for name, content in {"foyers": HOUSEHOLDS, "personnes": PERSONS, "liens": STAYS, "codes": CODES}.items():
        path = tmp_path / f"{name}.csv"
        path.write_text(content, encoding="utf-8")
        paths.append(path)
    return paths


def run(files, at=NOW):
    return import_files(files, by=REGISTER, at=at)


def test_a_code_of_the_file_proves_its_person_and_is_kept_only_as_a_digest(files):
    assert run(files).codes == 1

    sophie = Person.objects.get(register_key="P1")
    assert activation_codes.check(sophie, "k7qf 2m9txv", at=NOW)
    assert "2M9TXV" not in ActivationCode.objects.get().digest


def test_the_same_files_again_write_nothing_not_even_a_code_or_a_line(files):
    run(files)
    lines = Line.objects.count()

    assert run(files).codes == 0
    assert ActivationCode.objects.count() == 1
    assert Line.objects.count() == lines


def test_a_new_code_in_the_file_replaces_the_one_before(files):
    run(files)
    files[3].write_text(CODES.replace("K7QF-2M9TXV", "HWXT-M98WYD"), encoding="utf-8")

    assert run(files, at=NOW + timedelta(days=1)).codes == 1
    assert ActivationCode.objects.get(superseded_at=None).person.register_key == "P1"


def test_an_old_file_gives_no_former_code_back_and_leaves_the_newer_letter_s(files):
    run(files)
    sophie = Person.objects.get(register_key="P1")
    newer = activation_codes.issue(sophie, by=REGISTER, at=NOW + timedelta(days=1))

    assert run(files, at=NOW + timedelta(days=2)).codes == 0

    assert activation_codes.check(sophie, "K7QF-2M9TXV", at=NOW + timedelta(days=2)) is None
    assert activation_codes.check(sophie, newer, at=NOW + timedelta(days=2))


@pytest.mark.parametrize("end", [{"used_at": NOW}, {"expires_at": NOW + timedelta(minutes=1)}])
def test_a_code_that_was_used_or_has_ended_is_not_given_again(files, end):
    run(files)
    ActivationCode.objects.update(**end)

    assert run(files, at=NOW + timedelta(days=40)).codes == 0
    assert ActivationCode.objects.count() == 1


def test_who_has_an_account_gets_no_code(files):
    run(files[:3])
    account(Person.objects.get(register_key="P1"))

    assert run(files).codes == 0


def test_the_command_counts_what_it_did_and_fails_loudly_on_bad_rows_having_kept_the_good(files):
    files[1].write_text(PERSONS.replace("21/07/1987", "31/02/1987"), encoding="utf-8")
    out, problems = StringIO(), StringIO()

    with pytest.raises(CommandError, match="2 refus"):
        call_command("import_register", *map(str, files), stdout=out, stderr=problems)

    assert "personnes           2 créés" in out.getvalue()
    assert "personnes.csv, ligne 3, colonne «\u00a0Date de naissance\u00a0»" in problems.getvalue()
    assert "liens.csv, ligne 4, colonne «\u00a0Identifiant\u00a0»" in problems.getvalue()
    assert set(Person.objects.values_list("register_key", flat=True)) == {"P1", "P3"}
