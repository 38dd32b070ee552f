import pytest

from xpassfam.rules.names import are_same, is_written_in, may_be_name, sorting_key

SAME = [
    # typed last, typed first, known last, known first, known birth name
    ("martin", "CAMILLE", "Martin", "Camille", ""),
    ("Benali", "Ines", "Benali", "Inès", ""),
    ("le goff", "maelle", "Le Goff", "Maëlle", ""),
    ("LEGOFF", "Maëlle", "Le Goff", "Maëlle", ""),
    ("OBrien", "Siobhan", "O’Brien", "Siobhán", ""),
    ("N'Diaye", "Awa", "N’Diaye", "Awa", ""),
    ("d'Ornano", "Anne", "D’Ornano", "Anne-Laure", ""),
    ("Dang", "Thi", "Đặng", "Thị Hồng", ""),
    ("Yildiz", "Ayse", "Yıldız", "Ayşe", ""),
    ("Walesa", "Lukasz", "Wałęsa", "Łukasz", ""),
    ("Martin", "Jean", "Martin", "Jean-Luc Marie", ""),
    ("Martin", "Jean Luc", "Martin", "Jean-Luc, Marie", ""),
    ("Martin", "Jean-Luc Marie Paul", "Martin", "Jean-Luc", ""),
    ("Martin", "JeanLuc", "Martin", "Jean-Luc", ""),
    ("Benali-Martin", "Camille", "Martin-Benali", "Camille", ""),
    ("Martin", "Camille", "Martin-Benali", "Camille", ""),
    ("Roux", "Camille", "Martin", "Camille", "Roux"),
    ("Martin Roux", "Camille", "Martin", "Camille", "Roux"),
    ("Roux-Martin", "Camille", "Martin", "Camille", "Roux"),
    ("Camille", "Martin", "Martin", "Camille", ""),
    ("Ő", "Ö", "O", "O", ""),
    ("Παπαδόπουλος", "Νίκος", "Παπαδοπουλος", "Νικος", ""),
]
OTHERS = [
    ("Martin", "Karim", "Martin", "Camille", ""),
    ("Durand", "Camille", "Martin", "Camille", "Roux"),
    ("Martin", "Cam", "Martin", "Camille", ""),
    ("Martin", "Luc", "Martin", "Jean-Luc", ""),
    ("Martin", "Jeanne", "Martin", "Jean", ""),
    ("Goff", "Maëlle", "Le Goff", "Maëlle", ""),
    ("Le", "Maëlle", "Le Goff", "Maëlle", ""),
    ("", "Camille", "Martin", "Camille", ""),
    ("Martin", "", "Martin", "Camille", ""),
    ("", "", "Martin", "Camille", ""),
    ("-", "-", "Martin", "Camille", ""),
]


def judge(last, first, known_last, known_first, birth):
    return are_same(last, first, known_last_name=known_last, known_first_names=known_first, known_birth_name=birth)


@pytest.mark.parametrize("case", SAME)
def test_the_same_person_is_recognised(case):
    assert judge(*case)


@pytest.mark.parametrize("case", OTHERS)
def test_another_person_is_not(case):
    assert not judge(*case)


def test_names_stand_in_the_order_of_a_french_list():
    names = [
        "Zola",
        "de Gaulle",
        "Éluard",
        "d’Arc",
        "Du Bellay",
        "Duras",
        "de La Fontaine",
        "Le Goff",
        "Eluard",
        "Lebrun",
    ]
    assert sorted(names, key=lambda name: sorting_key(name, "")) == [
        "d’Arc", "Du Bellay", "Duras", "Eluard", "Éluard", "de Gaulle", "de La Fontaine", "Le Goff", "Lebrun", "Zola",
    ]  # fmt: skip


def test_namesakes_stand_by_their_first_names():
    names = [("Martin", "Zoé"), ("Martin", "Éric"), ("Martin-Benali", "Ana"), ("Martin", "Ana")]
    assert [first for _last, first in sorted(names, key=lambda name: sorting_key(*name))] == [
        "Ana",
        "Éric",
        "Zoé",
        "Ana",
    ]


@pytest.mark.parametrize(
    "name",
    [
        "Camille", "D’Alençon-Le Goff", "O'Brien", "N´Diaye", "Ng", "Ô", "É", "de La Fontaine", "van ’t Hoff",
        "Nguyễn Thị Hồng", "Nguye\u0302\u0303n", "Jean-Luc, Marie", "J.-P.", "Le Goff Jr.", "Gal·la", "李", "محمد",
        "Łukasz", "Jean\u2011Luc", "Le\u00a0Goff", "Saint‐Exupéry",
    ],
)  # fmt: skip
def test_real_names_pass(name):
    assert may_be_name(name)


@pytest.mark.parametrize(
    "text",
    [
        "Jules,\n\nVotre dossier est suspendu", "Jules\r", "Jules\x00", "Jules\u2028Payez", "Payez ici : jules",
        "https://jules", "a/b", "jules@exemple", "jules.exemple", "<b>", "=Jules", "Jules 2", "9999-99-99T99:99:99Z",
        "Jules\u202e", "-", "’", "...", "", " ",
    ],
)  # fmt: skip
def test_what_is_no_name_is_told(text):
    assert not may_be_name(text)


@pytest.mark.parametrize(
    ("line", "is_hers"),
    [
        ("Camille Martin-Benali", True),
        ("MME MARTIN BENALI CAMILLE", True),
        ("Mme Roux Camille, M. Karim Benali", True),
        ("M. Jean-Luc Durand ou Camille Martin", True),
        ("Camille Durand", False),
        ("M. ou Mme Martin", False),
        ("C. Martin", False),
        ("Association Camille", False),
        ("", False),
    ],
)
def test_the_holder_of_an_account_is_read_in_a_line(line, is_hers):
    known = {"last_name": "Martin-Benali", "first_names": "Camille, Rose", "birth_name": "Roux"}
    assert is_written_in(line, **known) is is_hers


def test_a_name_of_two_words_may_be_written_as_one():
    assert is_written_in("LEGOFF MAELLE", last_name="Le Goff", first_names="Maëlle")
