"""A text that is no definition is refused clearly: by line, before it costs anything, and nothing of it is markup."""

import time

import pytest
from django.template.loader import render_to_string

from tests.procedures.definitions import FACTS
from tests.procedures.texts import MOVE, changed
from xpassfam.procedures.forms import section_form
from xpassfam.procedures.language import Refused, load

BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{b}: &{b} [*{a},*{a},*{a},*{a},*{a},*{a},*{a},*{a},*{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


def problems(text):
    with pytest.raises(Refused) as refusal:
        load(text)
    return [(one.line, one.text) for one in refusal.value.problems]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 1, "vide"),
        ("\n\n# rien\n", 1, "vide"),
        ("bonjour", 1, "il faut des clés"),
        ("- a\n- b\n", 1, "il faut des clés"),
        (BOMB, 1, "renvois"),
        ("code: &x D01\n", 1, "renvois"),
        ("code: !!python/object/apply:os.system [ls]\n", 1, "étiquettes"),
        ("code: !x D01\n", 1, "étiquettes"),
        ("code: D01\n<<: {title: x}\n", 2, "« << » n’est pas connu ici"),
        ("a: [" * 500, 1, "niveaux"),
        ("[" * 100_000, 1, "niveaux"),
        ("a: " + "x" * 1_000_000, 1, "trop long"),
        ("- a\n" * 40_000, 8_000, "trop long"),
        ("code: D01\ncode: D02\n", 2, "« code » est écrit deux fois"),
        ("? [a, b]\n: c\n", 1, "Une clé est un mot"),
        ("code: D01\n---\ncode: D02\n", 2, "second document"),
        ("code: D01\n\ttitle: x\n", 2, "YAML"),
        ("code: 'D01\n", 2, "YAML"),
        ("code: \x00\n", 1, "YAML"),
        ("minutes: 99999999999999999999\n", 1, "trop grand"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_hostile_text_is_refused_at_its_line_and_quickly(text, line, said):
    began = time.process_time()
    found = [(at, words.replace("\u00a0", " ")) for at, words in problems(text)]

    assert any(said in words and abs(at - line) <= 1 for at, words in found), found
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("title: Déclarer un changement d’adresse", "title: 12", 3, "« title » : il faut un texte."),
        ("code: D01", "code: d01", 1, "« code » n’a pas la bonne forme"),
        ("category: household", "category: other", 5, "n’est pas une valeur possible de « category »"),
        ("purpose: Pour que votre courrier arrive.\n", "", 1, "Il manque « purpose »."),
        ("type: date", "type: day", 16, "n’est pas une valeur possible de « type »"),
        ("at_most: today", "prefill: contested.about", 16, "un choix doit avoir cette valeur."),
        ("at_most: today", "longest: 3", 16, "« longest » ne va pas avec ce type de champ."),
        ("at_most: today", "at_most: 3", 16, "Cette limite ne va pas avec ce type de champ."),
        ("at_most: today", "at_most: demain", 16, "« demain » n’est pas une question posée avant celle-ci."),
        ("at_most: today", "at_most: address", 16, "« address » n’est pas une date."),
        ("at_most: today", "at_most: 31/12/2026", 16, "Cette limite ne va pas avec ce type de champ."),
        ("key: since", "key: address", 16, "La clé « address » est déjà prise."),
        ("key: people", "key: documents", 18, "La clé « documents » est déjà prise."),
        ("key: since", "key: shown", 16, "La clé « shown » est déjà prise."),
        ("field: all_move", "field: after", 24, "« after » n’est pas une question posée avant celle-ci."),
        ("field: all_move", "field: who", 24, "« who » n’est pas une question posée avant celle-ci."),
        ("is: false", "is: maybe", 24, "« all_move » se compare à un autre type de valeur."),
        ("is: false", "at_least: 3", 24, "« at_least » ne va pas avec le type de « all_move »."),
        ("is: false", "is: false, filled: true", 24, "une comparaison et une seule"),
        ("role: [holder, partner]", "role: [holder, chief]", 9, "« chief » n’est pas une valeur possible ici."),
        ("role: [holder, partner]", "seniority: 3", 9, "« seniority » n’est pas connu ici."),
        ("name: move", "name: fly", 28, "L’effet « fly » n’existe pas."),
        ("since: since}", "when: since}", 28, "L’effet « move » ne lit pas « when »."),
        ("address: address, ", "", 28, "L’effet « move » a besoin de « address »."),
        ("since: since}", "since: address}", 28, "attend une réponse d’un autre type"),
        ("unit: working_days", "unit: weeks", 29, "n’est pas une valeur possible de « unit »"),
        ("{count: 5,", "{count: 0,", 29, "hors des limites"),
        ("key: proof, label", "dated: address, key: proof, label", 26, "« address » n’est pas une date."),
        ("key: proof, label", "dated: when, key: proof, label", 26, "« when » n’est pas une date."),
        ("kinds: [proof_of_address]", "kinds: []", 26, "« kinds » est vide."),
        ("kinds: [proof_of_address]", "kinds: [facture]", 26, "Le document « facture » n’existe pas."),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_mistake_is_told_at_its_line_in_words(old, new, line, said):
    found = [(at, words.replace("\u00a0", " ")) for at, words in problems(changed(old, new))]

    assert any(said in words and abs(at - line) <= 1 for at, words in found), found


def test_every_mistake_is_told_at_once():
    text = changed("type: date", "type: day", changed("category: household", "category: other"))

    assert [line for line, _words in problems(text)] == [5, 16]


def test_texts_are_words_never_markup():
    evil = '"<script>alert(1)</script>{{ 7|add:7 }}{% now %}"'
    definition = load(
        changed("label: Depuis quand", f"label: {evil}", changed("label: Nouvelle adresse", f"label: {evil}"))
    )
    page = render_to_string(
        "procedures/form/section.html", {"form": section_form(definition, "where", FACTS, {}, {"since_day": "x"})}
    )

    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "{{ 7|add:7 }}" in page


@pytest.mark.parametrize("word", ["on", "no", "yes", "12:30", "0123", "2026-01-31", "1e5", "~x"])
def test_words_stay_words(word):
    """« no » is no boolean, 12:30 no number of seconds, a day no object."""
    assert load(changed("title: Votre nouvelle adresse", f"title: {word}")).sections[0].title == word


def test_the_definition_that_tests_change_is_right():
    assert load(MOVE).code == "D01"
