"""Two rows of one person: found by equal names, equal address, or a slip; never merged."""

import pytest

from tests.register.files import NOW, REGISTER
from xpassfam.people.models import Person
from xpassfam.register.actions.importing import import_files
from xpassfam.register.models import LikelyDuplicate

pytestmark = pytest.mark.django_db
HEAD = "Identifiant;Nom;Prénom;Naissance;E-mail;Dossier;Rôle\n"


def found(tmp_path, *rows):
    path = tmp_path / "r.csv"
    homes = "Dossier;Nom du foyer\nA;Foyer A\nB;Foyer B\n"
    (tmp_path / "h.csv").write_text(homes, encoding="utf-8")
    path.write_text(HEAD + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    report = import_files([tmp_path / "h.csv", path], by=REGISTER, at=NOW, is_dry=True)
    assert report.problems == []
    return [(one.reason, one.first_key, one.second_key) for one in LikelyDuplicate.objects.filter(of=report.record)]


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ("1;Le Goff;Maëlle;05/11/1983;;A;titulaire", "2;LE-GOFF;Maelle;05/11/1983;;B;titulaire", "name"),
        (
            "1;Roux;Léa;01/01/1990;lea@example.org;A;titulaire",
            "2;Martin;Léa;01/01/1990;LEA@example.org;A;enfant",
            "email",
        ),
        ("1;Dupont;Élise;12/04/1988;;A;titulaire", "2;Dupond;Élise;12/04/1988;;B;titulaire", "slip"),
        ("1;Traoré;Sékou;12/04/1988;;A;titulaire", "2;Taroré;Sékou;12/04/1988;;B;titulaire", "slip"),
        ("1;Nguyen;Linh;12/04/1988;;A;titulaire", "2;Nguyenn;Linh;12/04/1988;;B;titulaire", "slip"),
    ],
)
def test_they_are_listed_with_what_brings_them_together(tmp_path, first, second, reason):
    assert found(tmp_path, first, second) == [(reason, "1", "2")]
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("1;Dupont;Élise;12/04/1988;;A;titulaire", "2;Dupont;Élise;13/04/1988;;B;titulaire"),
        ("1;Dupont;Élise;;;A;titulaire", "2;Dupont;Élise;;;B;titulaire"),
        ("1;Girard;Léa;01/01/2016;f@example.org;A;enfant", "2;Girard;Paul;01/01/1980;f@example.org;A;titulaire"),
        ("1;Martin;Léa;01/01/2016;;A;enfant", "2;Martin;Léo;01/01/2016;;A;enfant"),
        ("1;Martin;Léa;01/01/2016;;A;enfant", "2;Bernard;Zoé;01/01/2016;;B;enfant"),
    ],
    ids=["another day", "no birth date", "one address for a family", "twins", "nothing alike"],
)
def test_others_are_not(tmp_path, first, second):
    assert found(tmp_path, first, second) == []
