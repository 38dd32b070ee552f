"""The whole register: who is absent is closed, and comes back; a dry run writes nothing."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.accounts.factories import account
from tests.register.files import HOUSEHOLDS, NOW, PERSONS, REGISTER, STAYS
from xpassfam.journal.models import Line
from xpassfam.people.access import for_account
from xpassfam.people.models import Access, Household, Person, Residence
from xpassfam.register.actions.importing import ClosesTooMany, import_files
from xpassfam.register.problems import Problem
from xpassfam.register.refusals import write_problems

pytestmark = pytest.mark.django_db
MORE = [f"P{number};Roche;Paul;;;;\n" for number in range(10, 20)]


@pytest.fixture
def whole(tmp_path):
    """Bring these contents as the whole register."""

    def bring(*contents, **options):
        paths = []
        for number, content in enumerate(contents):
            paths.append(tmp_path / f"{number}.csv")
            paths[-1].write_text(content, encoding="utf-8")
        return import_files(paths, by=REGISTER, at=NOW, **{"is_complete": True, **options})

    return bring


@pytest.fixture
def family(whole):
    whole(HOUSEHOLDS, PERSONS + "".join(MORE), STAYS)


def state():
    models = (Household, Person, Residence, Access, Line)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_a_dry_run_tells_everything_and_writes_nothing(family, whole):
    before = state()

    report = whole(HOUSEHOLDS.replace("Tanneurs", "Lilas"), PERSONS + "PN;Neuf;Anne;;;;\n", is_dry=True)

    assert (report.applied.created["person"], report.applied.changed["household"]) == (1, 1)
    assert (report.applied.closed["person"], round(report.closed_percent)) == (10, 77)
    assert state() == before


def test_who_is_absent_is_closed_with_date_and_reason_and_sees_nothing_any_more(family, whole):
    antoine = account(Person.objects.get(register_key="P2"))
    assert for_account(antoine, on=NOW.date())

    persons = PERSONS.replace("P2;Moreau;Antoine;21/07/1987;;;\n", "") + "".join(MORE)
    report = whole(HOUSEHOLDS, persons)

    gone = Person.objects.get(register_key="P2")
    assert (gone.closed_on, gone.closed_reason) == (NOW.date(), "Absent du registre")
    assert report.applied.closed == {"person": 1}
    assert for_account(antoine, on=NOW.date()) == ()


def test_who_comes_back_is_open_again(family, whole):
    persons = PERSONS.replace("P2;Moreau;Antoine;21/07/1987;;;\n", "") + "".join(MORE)
    whole(HOUSEHOLDS, persons)
    whole(HOUSEHOLDS, PERSONS + "".join(MORE))

    back = Person.objects.get(register_key="P2")
    assert (back.closed_on, back.closed_reason) == (None, "")
    assert Access.objects.open_on(NOW.date()).filter(person=back).exists()


def test_what_the_organisation_closed_is_not_reopened(family, whole):
    Person.objects.filter(register_key="P2").update(closed_on=NOW.date(), closed_reason="Décès")

    whole(HOUSEHOLDS, PERSONS + "".join(MORE))

    assert Person.objects.get(register_key="P2").closed_reason == "Décès"


def test_who_left_a_home_no_longer_lives_there_nor_acts_for_it(family, whole):
    stays = STAYS.replace("NAN-2;P2;titulaire;;;;\n", "NAN-1;P2;conjoint;;;;\n")

    whole(HOUSEHOLDS, PERSONS + "".join(MORE), stays, is_confirmed=True)

    for rows in (Residence.objects.open_on(NOW.date()), Access.objects.open_on(NOW.date())):
        moved = rows.filter(person__register_key="P2")
        assert list(moved.values_list("household__file_number", flat=True)) == ["NAN-1"]


def test_an_access_with_an_end_to_come_ends_with_the_stay_too(family, whole):
    Access.objects.filter(person__register_key="P2").update(until=NOW.date() + timedelta(days=90))
    stays = STAYS.replace("NAN-2;P2;titulaire;;;;\n", "NAN-1;P2;conjoint;;;;\n")

    whole(HOUSEHOLDS, PERSONS + "".join(MORE), stays, is_confirmed=True)

    left = Access.objects.get(person__register_key="P2", household__file_number="NAN-2")
    assert left.until == NOW.date()


def test_a_bad_row_still_says_that_somebody_is_there(family, whole):
    report = whole(HOUSEHOLDS, PERSONS.replace("21/07/1987", "31/02/1987") + "".join(MORE), STAYS)

    assert len(report.problems) == 1
    assert not report.applied.closed


def test_a_row_that_names_nobody_closes_nobody(family, whole):
    report = whole(HOUSEHOLDS, PERSONS + ";Anonyme;Zoé;;;;\n")

    assert not report.applied.closed
    assert "rien n’est fermé" in str(report.problems[-1])


def test_what_the_files_say_nothing_of_stays(family, whole):
    report = whole(PERSONS + "".join(MORE))

    assert not report.applied.closed


def test_closing_more_than_thirty_percent_asks_and_writes_nothing_before(family, whole):
    before = state()

    with pytest.raises(ClosesTooMany):
        whole(HOUSEHOLDS, PERSONS)
    assert state() == before

    assert whole(HOUSEHOLDS, PERSONS, is_confirmed=True).applied.closed["person"] == 10


def test_the_command_explains_before_it_closes_and_gives_the_bad_rows(family, tmp_path):
    persons, bad = tmp_path / "personnes.csv", tmp_path / "refus.csv"
    persons.write_text(PERSONS + "P9;Zut;Zoé;32/01/2020;;;\n", encoding="utf-8")
    out = StringIO()
    options = {"complete": True, "problems": bad, "stdout": out, "stderr": StringIO()}

    with pytest.raises(CommandError, match="77 % du registre serait fermé"):
        call_command("import_register", str(persons), **options)
    with pytest.raises(CommandError, match="1 refus ; tout le reste serait importé"):
        call_command("import_register", str(persons), dry_run=True, **options)

    assert "il faudra --confirm" in out.getvalue()
    assert "10 fermés" in out.getvalue()
    assert "(76,9 % du registre)" in out.getvalue()
    lines = bad.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "Fichier;Ligne;Colonne;Pourquoi"
    assert lines[1].startswith("personnes.csv;5;Date de naissance;")


def test_the_file_of_bad_rows_holds_no_formula():
    file = StringIO()

    write_problems([Problem("f.csv", 3, "=cmd()", "+1")], file)

    assert "f.csv;3;'=cmd();'+1" in file.getvalue()
