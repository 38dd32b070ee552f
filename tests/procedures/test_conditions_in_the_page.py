"""The page and the server say the same of every condition: cases made at random, compared in a real browser."""

import json
import os
import shutil
from pathlib import Path

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from playwright.sync_api import sync_playwright

import xpassfam.procedures
from tests.procedures.definitions import FACTS
from tests.rules.criteria.trees import CONDITIONS, FIELDS, SITUATIONS
from xpassfam.procedures.forms import section_form
from xpassfam.procedures.language import load
from xpassfam.rules.criteria import evaluate, residual

SCRIPT = Path(xpassfam.procedures.__file__).parent / "static" / "procedures" / "questions.js"
CHROMIUM = shutil.which("chromium")
CASES = 1500


@pytest.fixture(scope="module")
def browser():
    if not CHROMIUM:
        message = "needs Chromium: apt-get install chromium"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's loop runs in the thread of the tests
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(browser):
    page = browser.new_page()
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    yield page
    assert page.complaints == []
    page.close()


def with_script(page, body):
    page.set_content(f'<form>{body}</form><script type="module">{SCRIPT.read_text("utf-8")}</script>')


def cases():
    found = []

    @settings(
        max_examples=CASES,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(CONDITIONS, SITUATIONS, st.sets(st.sampled_from(FIELDS)))
    def draw(condition, situation, live):
        try:
            rule = residual(condition, situation, live=live)
        except ValueError:
            return  # what a definition is not let write
        # What is live is unknown when the rule is made, and answered in the page.
        found.append((rule, dict(situation.answers), str(evaluate(condition, situation).truth)))

    draw()
    return found


def test_generated_conditions_come_out_the_same(page):
    drawn = cases()
    with_script(page, "")
    module = SCRIPT.read_text("utf-8").replace("customElements.define", "void ")
    told = page.evaluate(
        """async ([text, drawn]) => {
            const module = await import(URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
            return drawn.map(([rule, answers]) => module.judge(rule, answers));
        }""",
        [module, [[rule, answers] for rule, answers, _truth in drawn]],
    )

    assert len(drawn) > CASES // 2
    assert {truth for _rule, _answers, truth in drawn} == {"yes", "no", "unknown"}
    different = [case for case, truth in zip(drawn, told, strict=True) if case[2] != truth]
    assert different == []


SWITCHES = [
    ({"key": "a", "type": "yes_no"}, {"is": False}, {"a": "no"}, {"a": "yes"}),
    ({"key": "a", "type": "number"}, {"at_least": 3}, {"a": " 12 "}, {"a": "2"}),
    ({"key": "a", "type": "amount"}, {"at_most": 123_450}, {"a": "1 234,5 €"}, {"a": "1234,51"}),
    ({"key": "a", "type": "text"}, {"filled": True}, {"a": "x"}, {"a": "  "}),
    (
        {"key": "a", "type": "date"},
        {"before": "today"},
        {"a_day": "1", "a_month": "Févr.", "a_year": "2020"},
        {"a_day": "30", "a_month": "2", "a_year": "2020"},
    ),
    (
        {"key": "a", "type": "choice", "choices": [{"value": v, "label": v} for v in "abcdefghi"]},
        {"one_of": ["b", "c"]},
        {"a": "c"},
        {"a": "d"},
    ),
    ({"key": "a", "type": "choices", "choices": [{"value": "b", "label": "B"}]}, {"is": "b"}, {"a": "b"}, {}),
    ({"key": "a", "type": "person"}, {"age": {"of": "a", "at_most": 5}}, {"a": "adam"}, {"a": "ines"}),
]


@pytest.mark.parametrize(("field", "asked", "shows", "hides"), SWITCHES, ids=lambda one: one.get("type", ""))
def test_a_question_comes_and_goes_as_the_server_would_have_it(page, field, asked, shows, hides):
    condition = asked if "age" in asked else {"answer": {"field": "a", **asked}}
    fields = [
        field | {"label": "A", "optional": True},
        {"key": "b", "type": "text", "label": "B", "condition": condition},
    ]
    fields.append({"key": "c", "type": "text", "label": "C", "condition": {"answer": {"field": "b", "filled": True}}})
    tree = {"code": "X01", "slug": "essai", "title": "T", "purpose": "P", "category": "aid"}
    definition = load(json.dumps(tree | {"sections": [{"key": "s", "title": "S", "fields": fields}]}))
    with_script(
        page, render_to_string("procedures/form/section.html", {"form": section_form(definition, "s", FACTS, {})})
    )
    for typed, is_shown in ((shows, True), (hides, False), (shows, True)):
        fill(page, typed)
        sent = QueryDict(page.evaluate("new URLSearchParams(new FormData(document.forms[0])).toString()"))
        form = section_form(definition, "s", FACTS, {}, sent)

        assert page.locator("[data-key=b]").is_visible() == is_shown
        assert ("b" in form.errors) == is_shown, (form.errors, sent)
        assert form.news == []
    page.fill("[name=b]", "x")
    assert page.locator("[data-key=c]").is_visible()
    fill(page, hides)
    assert not page.locator("[data-key=c]").is_visible()


def fill(page, typed):
    for box in page.locator("[data-key=a] input[type=checkbox]").all():
        box.set_checked(box.get_attribute("value") == typed.get("a"))
    for name, value in typed.items():
        control = page.locator(f"[name={name}]")
        kind = control.first.evaluate("one => one.type")
        if kind == "radio":
            page.check(f"[name={name}][value={value}]")
        elif kind == "select-one":
            control.select_option(value)
        elif kind == "text":
            control.fill(value)
