"""The days that a date may be: so long before or after today, a birth or another answer; beyond, the page says why."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.procedures.definitions import FACTS, TODAY
from xpassfam.procedures.answers import check
from xpassfam.procedures.forms import section_form, typed
from xpassfam.procedures.language import Definition, Refused, bounds, build, dump, load

WHY = "Une vie commune commence {après} 100 % des naissances."
ME = "1988-04-12"


def definition(more=None, **limits):
    field = {"key": "since", "type": "date", "label": "Depuis", **limits}
    pages = [
        [
            {"key": "born", "type": "date", "label": "Naissance", "optional": True},
            {"key": "name", "type": "text", "label": "Nom", "optional": True},
        ],
        [{"key": "near", "type": "date", "label": "Près", "optional": True}, field | (more or {})],
    ]
    tree = {"code": "X01", "slug": "essai", "title": "Essai", "purpose": "Essayer.", "category": "aid"}
    sections = [{"key": f"page{n}", "title": "Page", "fields": fields} for n, fields in enumerate(pages)]
    return load(json.dumps(tree | {"sections": sections}))


def said(day, answers=None, **limits):
    """What the page says of that day; nothing where it takes it."""
    whole, answers = definition(**limits), {"since": day, **(answers or {})}
    facts = replace(FACTS, known={**FACTS.known, "me.birth_date": ME})
    form = section_form(whole, "page1", facts, answers, typed(whole.section("page1"), answers))
    found = form.errors.get("since", [])
    assert [problem.text for problem in check(whole, answers, facts)] == [f"Depuis\u00a0: {text}" for text in found]
    return " ".join(found)


@pytest.mark.parametrize(
    ("limits", "first", "last"),
    [
        ({"at_least": "today-5y", "at_most": "today+1y"}, "2021-11-23", "2027-11-23"),
        ({"at_least": "today-18m", "at_most": "today+400d"}, "2025-05-23", "2027-12-28"),
        ({"at_least": "today", "at_most": "2026-11-30"}, "2026-11-23", "2026-11-30"),
        ({"at_least": "born", "at_most": "born+30d"}, "2020-02-29", "2020-03-30"),
        ({"at_least": ["born", "me.birth_date"], "at_most": ["today", "born+1y"]}, "2020-02-29", "2021-02-28"),
        ({"at_least": "me.birth_date+18y", "at_most": "today"}, "2006-04-12", "2026-11-23"),
    ],
)
def test_a_day_is_taken_from_the_first_to_the_last(limits, first, last):
    def near(day, more):
        return date.fromordinal(date.fromisoformat(day).toordinal() + more).isoformat()

    answers = {"born": "2020-02-29"}
    assert said(first, answers, **limits) == said(last, answers, **limits) == ""
    assert "Donnez une date à partir du" in said(near(first, -1), answers, **limits)
    assert said(near(last, 1), answers, **limits) != ""


def test_what_hangs_on_an_answer_that_was_not_given_holds_nothing_back():
    assert said("1800-01-01", at_least="born") == ""


def test_the_definition_says_why_in_its_own_words_whatever_they_are():
    assert said("1980-01-01", at_least="me.birth_date", at_most="today", why_at_least=WHY) == WHY
    assert said("2027-01-01", at_least="me.birth_date", at_most="today", why_at_least=WHY) == (
        "Cette date n’est pas encore arrivée. Vérifiez l’année."
    )


@pytest.mark.parametrize(("typed_in", "told"), [("9", "Deux au plus."), ("0", "Écrivez un nombre d’au moins 1.")])
def test_so_it_does_of_a_number(typed_in, told):
    whole = definition({"type": "number"}, at_least=1, at_most=2, why_at_most="Deux au plus.")

    assert section_form(whole, "page1", FACTS, {}, {"since": typed_in}).errors["since"] == [told]


@pytest.mark.parametrize(
    ("limits", "told"),
    [
        ({"at_least": "after"}, "« after » n’est pas une question posée avant celle-ci."),
        ({"at_least": "since"}, "« since » n’est pas une question posée avant celle-ci."),
        ({"at_least": ["today", "name"]}, "« name » n’est pas une date."),
        ({"at_most": "near+1d"}, "Une limite se lit dans une réponse à partir de la page suivante."),
        ({"at_most": "today+1w"}, "Cette limite ne va pas avec ce type de champ."),
        ({"at_most": "today+9999d"}, "Cette limite ne va pas avec ce type de champ."),
        ({"at_most": "2026-02-30"}, "Cette limite ne va pas avec ce type de champ."),
        ({"at_most": 3}, "Cette limite ne va pas avec ce type de champ."),
        ({"at_least": "today+1y", "at_most": "today-1d"}, "Le minimum dépasse le maximum."),
        ({"at_least": "born+1m", "at_most": "born"}, "Le minimum dépasse le maximum."),
        ({"why_at_least": "Trop tôt."}, "Il manque « at_least »."),
        ({"at_least": []}, "« at_least » est vide."),
        ({"not_mine": True}, "« not_mine » ne va pas avec ce type de champ."),
    ],
)
def test_a_bound_that_can_not_be_is_told_to_its_writer_at_its_line(limits, told):
    with pytest.raises(Refused) as refusal:
        definition(**limits)

    [problem] = refusal.value.problems
    assert problem.text.replace("\u00a0", " ") == told


OFFSETS = st.builds("{:+}{}".format, st.integers(-999, 999), st.sampled_from("dmy")) | st.just("")
BOUNDS = st.builds("{}{}".format, st.sampled_from(("today", "me.birth_date", "born")), OFFSETS)
BOUNDS |= st.dates().map(date.isoformat)


@given(st.lists(BOUNDS, min_size=1, max_size=5).map(tuple) | BOUNDS, st.dates(date(1000, 1, 1), date(2999, 12, 31)))
def test_any_bound_is_a_day_or_none_and_is_written_and_read_back_the_same(bound, born):
    known = {"born": born.isoformat(), "me.birth_date": ME}

    assert len(bounds.days(bound, TODAY, known)) == len(bounds.listed(bound))
    limits = {"at_least": list(bound) if isinstance(bound, tuple) else bound}
    whole = definition(**limits)
    assert whole.field("since").at_least == bound
    assert build(Definition, json.loads(json.dumps(dump(whole)))) == whole


@given(st.text(max_size=50))
def test_what_is_no_bound_is_none(text):
    found = bounds.read(text)

    assert found is None or found.on(TODAY, {}) is None or text.startswith("today") or text[:1].isdigit()
