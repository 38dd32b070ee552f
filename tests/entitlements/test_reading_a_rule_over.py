"""What reading a rule over finds: forbidden criteria, dead conditions, missing and stale texts, ceilings."""

import pytest

from tests.entitlements.texts import SUMMER, VOCABULARY, VOCABULARY_TEXT, changed, right, shipped_text
from xpassfam.entitlements import linting, shipped
from xpassfam.entitlements.language import load_vocabulary

AGE = "{age: {at_least: 6, at_most: 17}}"


def found(text=SUMMER, *, profile="asso"):
    return list(linting.of_right(right(text), VOCABULARY, profile=profile))


def said(text=SUMMER, *, profile="asso"):
    return " / ".join(one.text for one in found(text, profile=profile))


def refused(text=SUMMER, *, profile="asso"):
    return [one.text for one in found(text, profile=profile) if one.is_refused]


def test_nothing_is_said_of_a_good_rule():
    assert found() == []


def test_the_rules_that_are_shipped_are_refused_nothing():
    for path in shipped.rights():
        assert [one for one in found(path.read_text(encoding="utf-8")) if one.is_refused] == [], path.name
    assert list(linting.of_vocabulary(VOCABULARY, profile="cse")) == []


@pytest.mark.parametrize(
    ("condition", "why"),
    [
        ("{role: {of: adults, one_of: [partner]}}", "la situation de couple"),
        ("{activity: {of: adults, one_of: [employed]}}", "l’emploi, le contrat ou le temps de travail"),
        ("{document: {kind: identity, of: adults}}", "la nationalité"),
        ("{document: {kind: proof_of_life_together, of: adults}}", "la situation de couple"),
    ],
)
def test_a_criterion_that_a_works_council_may_not_have_is_refused_there_and_risky_elsewhere(condition, why):
    text = changed(AGE, f"{AGE}\n    - {condition}")

    [refusal] = [one for one in found(text, profile="cse") if one.is_refused]
    assert why in refusal.text
    assert refusal.source
    assert refused(text) == []
    assert f"Ce critère est risqué\u00a0: {why}" in said(text)


def test_what_only_a_text_announces_is_seen_too():
    text = changed("Une aide par enfant pour l’été.", "Une aide après six mois d’ancienneté.")

    [refusal] = [one for one in found(text, profile="cse") if one.is_refused]
    assert refusal.path == ("summary",)
    assert "22-16.812" in refusal.source


@pytest.mark.parametrize(
    "condition",
    [
        "{age: {at_least: 18}}",
        "{bracket: [T3]}",
        "{not: {bracket: [T1, T2, T3]}}",
        "{any: []}",
        "{not: {age: {at_least: 6, at_most: 17}}}",
    ],
)
def test_a_rule_that_nobody_can_meet_is_refused(condition):
    text = changed("amount:\n  by_bracket: {T1: 100, T2: 60}\n", "").replace(", amount: 60", "")

    assert any("Personne ne peut" in one for one in refused(changed(AGE, f"{AGE}\n    - {condition}", text)))


def test_a_season_and_its_contrary_never_meet():
    both = "{today: {from: 06-01, to: 08-31}}\n    - {today: {from: 09-01, to: 05-31}}"

    assert any("Personne ne peut" in one for one in refused(changed(AGE, both)))


def test_a_rule_that_everybody_meets_is_told():
    text = changed(AGE, "{any: [{age: {at_most: 5}}, {age: {at_least: 6}}]}").replace("- {bracket: [T1, T2]}", "")
    text = text.replace("by_bracket: {T1: 100, T2: 60}", "value: 100").replace(", amount: 60", "")

    assert "Tout le monde remplit cette condition" in said(text)


@pytest.mark.parametrize("condition", ["{age: {at_most: 30}}", "{bracket: [T1, T2, T3]}", "{age: {at_least: 0}}"])
def test_a_condition_that_changes_nothing_is_told_at_its_place(condition):
    [advice] = [one for one in found(changed(AGE, f"{AGE}\n    - {condition}")) if "ne change jamais" in one.text]

    assert advice.path == ("criterion", "all", 1)
    assert not advice.is_refused


def test_a_home_s_right_does_not_look_at_one_person():
    assert any("regarde une personne" in one for one in refused(changed("audience: child", "audience: household")))


def test_nobody_files_a_right():
    text = changed(AGE, f"{AGE}\n    - {{role: [holder]}}")

    assert any("of: each" in one for one in refused(text))


def test_a_missing_text_is_told_by_the_name_of_what_decides():
    assert "quand c’est par «\u00a0age_over\u00a0»" in said(
        changed("age: Réservé aux 6 à 17 ans.", "age_under: Trop jeune.")
    )
    assert "quand c’est «\u00a0bracket\u00a0»" in said(changed("bracket: Il nous manque", "document: Il nous manque"))


def test_one_text_for_all_is_enough():
    text = changed("age: Réservé aux 6 à 17 ans.", "other: Pas pour cet enfant.")

    assert found(changed('    bracket: "Votre quotient familial dépasse 900 €."\n', "", text)) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("dépasse 900 €", "dépasse 1 200 €", "1 200 €"),
        ("dépasse 900 €", "dépasse 1\u202f200\u00a0€", "1\u202f200\u00a0€"),
        ("dépasse 900 €", "est de 901 € ou plus", None),
        ("Réservé aux 6 à 17 ans", "Réservé aux moins de 18 ans", None),
        ("Réservé aux 6 à 17 ans", "Réservé aux 6 à 18 ans", "6 à 18 ans"),
        ("Réservé aux 6 à 17 ans", "Pas au-delà de 17 ans", None),
        ("Réservé aux 6 à 17 ans", "A plus de 18 ans", "plus de 18 ans"),
        ("Réservé aux 6 à 17 ans", "A moins de 6 ans", None),
        ("{montant} €", "60 €", None),
        ("{montant} €", "80 €", "80 €"),
    ],
)
def test_a_number_that_is_no_longer_one_of_the_rule_is_told(old, new, told):
    assert (told in said(changed(old, new))) if told else found(changed(old, new)) == []


def test_a_notion_s_text_follows_its_ages():
    later = load_vocabulary(changed("at_most: 25}", "at_most: 23}", VOCABULARY_TEXT))

    assert "25 ans" in " ".join(one.text for one in linting.of_vocabulary(later, profile="asso"))


def test_a_voucher_above_its_ceiling_is_told_with_its_source():
    text = changed("value: 40", "value: 201", shipped_text("R03"))
    [advice] = [one for one in found(text) if "bon d’achat" in one.text]

    assert "URSSAF" in advice.source
    assert found(changed("value: 40", "value: 200", shipped_text("R03"))) == []


def test_childcare_has_its_ceiling():
    assert "plafond d’une aide à la garde" in said(changed("ceiling: 2591", "ceiling: 2592", shipped_text("R04")))
    assert "n’a pas de plafond" in said(changed("  ceiling: 2591\n", "", shipped_text("R04")))
    assert "plafond" not in said(shipped_text("R04"))
