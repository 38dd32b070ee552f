"""A page of a form as people fill it in: half done, changed, sent without script, or made up."""

import json
from dataclasses import replace
from datetime import date

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

from tests.household.homes import outsider
from tests.procedures.definitions import FACTS, HOME
from xpassfam.procedures.answers import check, kept, pieces_asked, summary
from xpassfam.procedures.forms import section_form
from xpassfam.procedures.language import load

TREE = {
    "code": "X01",
    "slug": "essai",
    "title": "Essai",
    "purpose": "Pour essayer.",
    "category": "aid",
    "sections": [
        {
            "key": "one",
            "title": "Une page",
            "fields": [
                {"key": "all_move", "type": "yes_no", "label": "Tout le foyer"},
                {
                    "key": "who",
                    "type": "persons",
                    "label": "Qui",
                    "persons": {"age": {"at_most": 17}},
                    "condition": {"answer": {"field": "all_move", "is": False}},
                },
                {
                    "key": "why",
                    "type": "text",
                    "label": "Pourquoi",
                    "optional": True,
                    "condition": {"answer": {"field": "who", "filled": True}},
                },
                {"key": "mail", "type": "email", "label": "E-mail", "prefill": "me.email"},
            ],
        },
        {
            "key": "two",
            "title": "Les enfants",
            "condition": {"answer": {"field": "all_move", "is": False}},
            "fields": [
                {
                    "key": "children",
                    "type": "group",
                    "label": "Enfants à venir",
                    "row": "Enfant",
                    "most": 3,
                    "fields": [
                        {"key": "name", "type": "text", "label": "Prénom"},
                        {"key": "born", "type": "date", "label": "Naissance", "at_most": "today"},
                    ],
                },
                {"key": "cost", "type": "amount", "label": "Coût", "at_most": 100_000, "optional": True},
                {"key": "count", "type": "number", "label": "Combien", "at_most": 9, "optional": True},
                {
                    "key": "kind",
                    "type": "choice",
                    "label": "Genre",
                    "choices": [{"value": "a", "label": "A"}],
                    "optional": True,
                },
                {"key": "iban", "type": "iban", "label": "IBAN", "optional": True},
                {"key": "member", "type": "member_number", "label": "Numéro", "optional": True},
                {"key": "home", "type": "address", "label": "Adresse", "prefill": "home.address", "optional": True},
            ],
        },
    ],
    "pieces": [
        {"key": "proof", "label": "Certificat", "kinds": ["school_certificate"], "why": "Pour l’âge.", "person": "who"},
        {
            "key": "other",
            "label": "Jugement",
            "kinds": ["judgment"],
            "why": "Pour le partage.",
            "condition": {"answer": {"field": "all_move", "is": False}},
        },
    ],
}
DEFINITION = load(json.dumps(TREE))
SECOND = {"all_move": False, "who": ["ines"]}


def page(section, sent=None, answers=None, **more):
    data = None if sent is None else QueryDict(sent)
    return section_form(DEFINITION, section, FACTS, answers or {}, data, **more)


def asked(form):
    return [one["part"].key for one in form.shown_parts() if one["is_asked"]]


def test_a_blank_page_asks_what_does_not_depend_on_it_and_says_what_the_file_knows():
    form = page("one")

    assert asked(form) == ["all_move", "mail"]
    assert form["mail"].value() == "camille@example.org"
    assert "Selon votre dossier" in form["mail"].help_text


def test_what_was_answered_comes_before_what_the_file_says():
    form = page("one", answers={"mail": "autre@exemple.fr"})

    assert form["mail"].value() == "autre@exemple.fr"
    assert "Selon votre dossier" not in str(form["mail"].help_text)


def test_a_question_that_an_answer_brings_is_shown_before_it_is_missed():
    form = page("one", "all_move=no&mail=a%40exemple.fr")

    assert not form.is_valid()
    assert not form.errors
    assert [part.key for part in form.news] == ["who"]
    assert "who" in asked(form)
    assert "Encore une question" in render_to_string("procedures/form/section.html", {"form": form})


def test_once_shown_it_must_be_answered():
    form = page("one", "all_move=no&mail=a%40exemple.fr&shown=who")

    assert form.errors == {"who": ["Il manque une réponse\u00a0: Qui"]}


def test_an_answer_to_what_is_not_asked_is_dropped():
    form = page("one", "all_move=yes&who=ines&why=Oui&shown=who&shown=why&mail=a%40exemple.fr")

    assert form.is_valid()
    assert form.answers_given() == {"all_move": True, "mail": "a@exemple.fr"}


def test_a_chain_of_conditions_is_followed_in_order():
    form = page("one", "all_move=no&who=ines&why=Parce+que&shown=who&shown=why&mail=a%40exemple.fr")

    assert form.answers_given()["why"] == "Parce que"
    assert kept(DEFINITION, {"who": ["ines"], "why": "Parce que"}, FACTS) == {}


def test_what_is_right_is_kept_while_something_else_is_wrong():
    form = page("one", "all_move=yes&mail=camille")

    assert not form.is_valid()
    assert form.good_answers() == {"all_move": True}


def test_rows_are_added_and_taken_away_without_script_and_nothing_typed_is_lost():
    sent = "children-row=0&children-0-name=Tom&children-0-born_day=31&children-0-born_month=2&children-0-born_year=2020"
    form = page("two", f"{sent}&add=children", SECOND)
    [group] = [part for part in form.parts if part.key == "children"]

    assert not form.is_valid()
    assert not form.errors
    assert [row.number for row in group.rows] == ["0", "1"]
    assert form["children-0-name"].value() == "Tom"

    form = page("two", f"{sent}&children-row=1&children-1-name=Zoe&remove=children-0", SECOND)
    [group] = [part for part in form.parts if part.key == "children"]
    assert [row.parts[0].bound.value() for row in group.rows] == ["Zoe"]


def test_rows_left_blank_are_no_rows_and_no_more_are_kept_than_a_group_takes():
    day = "&children-{n}-born_day=1&children-{n}-born_month=2&children-{n}-born_year=2020"
    rows = "".join(f"&children-row={n}&children-{n}-name=N{n}" + day.format(n=n) for n in range(5))

    form = page("two", rows[1:], SECOND)
    assert [row["name"] for row in form.answers_given()["children"]] == ["N0", "N1", "N2"]
    form = page("two", f"{rows[1:].replace('name=N1', 'x=').replace('1-born', '1-b')}", SECOND)
    assert [row["name"] for row in form.answers_given()["children"]] == ["N0", "N2"]


def test_a_row_that_is_half_filled_in_says_what_is_missing():
    form = page("two", "children-row=0&children-0-name=Tom", SECOND)

    assert set(form.errors) == {"children-0-born"}


def test_the_commune_is_chosen_in_two_steps_without_script():
    sent = "children-row=0&home-country=FR&home-address=1+rue+Neuve&home-postcode=44200&choose=home"
    form = page("two", sent, SECOND)
    [address] = [part for part in form.parts if part.key == "home"]

    assert not form.errors
    assert address.asks_commune
    assert "44109" in [code for code, _name in form["home-commune"].field.widget.choices]


def test_a_member_number_is_kept_as_letters_print_it():
    form = page("two", "member=esf 2019 4812 k", SECOND)

    form.full_clean()
    assert form.cleaned_data["member"] == "ESF-2019-004812-K"


def test_where_numbers_end_with_another_letter_it_is_not_looked_at():
    facts = replace(FACTS, checks_numbers=False)
    form = section_form(DEFINITION, "two", facts, SECOND, QueryDict("member=ESF-2019-004812-L"))

    assert "member" not in form.errors


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kind", "b"),
        ("count", "10"),
        ("count", "1e3"),
        ("count", "9" * 400),
        ("count", "deux"),
        ("count", "\x003"),
        ("cost", "1000,01"),
        ("cost", "12,345"),
        ("cost", "-3"),
        ("cost", "9" * 40),
        ("iban", "FR7630006000011234567890180"),
        ("iban", "US12"),
        ("member", "ESF-2019-004812-L"),
        ("member", "ESF-2019"),
        ("iban", "\x00"),
        ("children-0-name", "x" * 201),
        ("children-0-name", "a\x00b"),
        ("children-0-born_year", "99999999999999999999"),
        ("children-0-born_year", "2030"),
    ],
)
def test_hostile_answers_are_refused_where_they_are(name, value):
    sent = QueryDict(mutable=True)
    sent.update({"children-row": "0", "children-0-name": "Tom"})
    sent.update({"children-0-born_day": "1", "children-0-born_month": "2", "children-0-born_year": "2020"})
    sent[name] = value
    form = section_form(DEFINITION, "two", FACTS, SECOND, sent)

    assert list(form.errors) == [name.removesuffix("_year")]
    assert all(text.strip() for texts in form.errors.values() for text in texts)


@pytest.mark.django_db
@pytest.mark.parametrize("of", ["another home", "an adult", "nobody"])
def test_nobody_is_named_whom_the_question_does_not_offer(of):
    named = {"another home": outsider().person.public_id, "an adult": "camille", "nobody": "' OR 1=1"}[of]
    sent = QueryDict(mutable=True)
    sent.update({"all_move": "no", "shown": "who", "mail": "a@exemple.fr"})
    sent.setlist("who", ["ines", named])
    form = section_form(DEFINITION, "one", FACTS, {}, sent)

    assert list(form.errors) == ["who"]
    assert "who" not in form.good_answers()


def test_a_flood_of_rows_costs_no_more_than_the_group_takes():
    sent = "&".join(f"children-row={n}" for n in range(900)) + "&children-row=99999999&children-row=x"
    [group] = [part for part in page("two", sent, SECOND).parts if part.key == "children"]

    assert len(group.rows) == 3


def test_the_summary_says_each_answer_in_words():
    answers = SECOND | {
        "why": "Études",
        "mail": "camille@example.org",
        "children": [{"name": "Tom", "born": "2020-02-01"}],
        "cost": 123_450,
        "home": HOME | {"commune": "44109"},
    }
    shown = {row.key: row.text for section in summary(DEFINITION, answers, FACTS) for row in section.rows}

    assert shown["all_move"] == "Non"
    assert shown["who"] == "Inès Benali, 9 ans"
    assert shown["children"] == "Prénom\u00a0: Tom, Naissance\u00a0: 1er février 2020"
    assert shown["cost"] == "1\u202f234,50\u00a0€"
    assert shown["home"] == "2 rue des Lilas\n44200 Nantes"
    assert shown["kind"] == ""
    assert [section.key for section in summary(DEFINITION, {"all_move": True}, FACTS)] == ["one"]


def test_a_piece_is_asked_for_each_person_it_is_about():
    answers = {"all_move": False, "who": ["ines", "adam"]}

    asked_for = pieces_asked(DEFINITION, answers, FACTS)
    assert [(one.key, one.label, one.person) for one in asked_for] == [
        ("proof-ines", "Certificat (Inès Benali)", "ines"),
        ("proof-adam", "Certificat (Adam Benali)", "adam"),
        ("other", "Jugement", ""),
    ]
    assert pieces_asked(DEFINITION, {"all_move": True, "who": ["ines"]}, FACTS) == ()


def test_a_date_in_the_future_is_told_as_such():
    sent = "children-row=0&children-0-name=T&children-0-born_day=24&children-0-born_month=11&children-0-born_year=2026"
    form = page("two", sent, SECOND)

    assert FACTS.today == date(2026, 11, 23)
    assert form.errors["children-0-born"] == ["Cette date n’est pas encore arrivée. Vérifiez l’année."]


@pytest.mark.parametrize("lines", ["", " ", "\n"])
def test_an_address_has_a_street_or_a_place(lines):
    sent = QueryDict(mutable=True)
    sent.update({"home-country": "FR", "home-address": lines, "home-postcode": "44200", "home-commune": "44109"})
    form = section_form(DEFINITION, "two", FACTS, SECOND, sent)

    assert "le numéro et la rue" in form.errors["home-address"][0]
    assert "home" not in form.good_answers()


def test_what_is_missing_is_said_with_its_question_far_from_its_page():
    texts = {problem.field: problem.text for problem in check(DEFINITION, {"all_move": False, "mail": "a@b.fr"}, FACTS)}

    assert texts["who"] == "Il manque une réponse\u00a0: Qui"
    [cost] = [p.text for p in check(DEFINITION, SECOND | {"cost": 200_000}, FACTS) if p.field == "cost"]
    assert cost.startswith("Coût\u00a0: Écrivez un montant")
