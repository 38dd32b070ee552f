"""What a definition says of an aid: for whom an amount is written, which papers come for whom, and when."""

from dataclasses import replace

import pytest
from django.template.loader import render_to_string

from tests.procedures.definitions import FACTS
from xpassfam.procedures.answers import pieces_asked
from xpassfam.procedures.facts import Entitled
from xpassfam.procedures.forms import section_form
from xpassfam.procedures.language import Aid, Refused, load

AID = """\
code: A01
slug: aide-au-sejour
title: Demander une aide au séjour
purpose: Une part du prix du séjour.
category: aid
sections:
  - key: stay
    title: Qui part
    fields:
      - {key: children, type: persons, label: Qui part, persons: {age: {at_most: 17}}}
      - {key: price, type: amount, label: Prix}
pieces:
  - key: school
    label: Certificat de scolarité
    kinds: [school_certificate]
    why: Pour les plus grands.
    person: children
    persons: {age: {at_least: 6}}
  - {key: invoice, label: Facture, kinds: [invoice], why: Pour payer., later: true}
aid: {label: Aide au séjour, right: R06, persons: children}
effects:
  - {name: pay}
"""

ACCOUNT = "{key: account, type: explanation, label: Le compte, prefill: home.account, text: Le changer se demande.}"


def said(text):
    with pytest.raises(Refused) as refusal:
        load(text)
    return [problem.text.replace("\u00a0", " ") for problem in refusal.value.problems]


def test_an_amount_is_written_for_each_person_that_an_answer_names():
    assert load(AID).aid == Aid("Aide au séjour", "R06", persons="children")


def test_a_piece_is_asked_of_those_whom_its_own_condition_does_not_leave_out():
    asked = pieces_asked(load(AID), {"children": ["ines", "adam"]}, FACTS)

    assert [one.key for one in asked] == ["school-ines"]


def test_a_piece_that_comes_later_is_not_asked_with_the_request():
    later = pieces_asked(load(AID), {"children": ["ines"]}, FACTS, later=True)

    assert [one.key for one in later] == ["invoice"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("persons: children}", "persons: price}", "« price » n’est pas une personne du foyer."),
        ("    person: children\n", "", "Dites d’abord de qui est cette pièce, avec « person »."),
        (
            "aid: {label: Aide au séjour, right: R06, persons: children}\n",
            "",
            "L’effet « pay » a besoin de savoir ce qui est accordé : écrivez « aid ».",
        ),
        ("right: R06, ", "", "Il manque « right »."),
    ],
    ids=["nobody's amount", "nobody's piece", "nothing to pay", "no right"],
)
def test_an_aid_that_nobody_could_grant_is_refused_in_words(old, new, expected):
    assert old in AID
    assert expected in " ".join(said(AID.replace(old, new)))


def form_of(rights, answers=None):
    told = AID.replace("label: Qui part, persons:", "label: Qui part, right: R06, persons:")
    facts = replace(FACTS, rights={"R06": rights})
    return section_form(load(told), "stay", facts, answers or {})


def test_those_whom_the_rules_entitle_are_ticked_and_the_others_offered_with_why():
    page = str(form_of({"ines": Entitled(True), "adam": Entitled(False, "Adam a 3 ans.")})["children"])

    assert page.count("checked") == 1
    assert page.index("ines") < page.index("checked") < page.index("adam")
    assert "Adam a 3 ans." in page


def test_what_the_family_ticked_stands_before_what_the_rules_say():
    page = str(form_of({"ines": Entitled(True)}, {"children": ["adam"]})["children"])

    assert page.index('value="adam"') < page.index("checked")


def test_what_the_file_knows_is_told_in_an_explanation():
    told = AID.replace("{key: price, type: amount, label: Prix}", ACCOUNT)
    facts = FACTS.knowing(**{"home.account": "Le compte qui finit par 0189."})
    form = section_form(load(told), "stay", facts, {})

    assert "Le compte qui finit par 0189." in render_to_string("procedures/form/section.html", {"form": form})
