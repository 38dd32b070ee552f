import re
from types import SimpleNamespace

import pytest
from django import forms
from django.template import Context, Template

from tests.ui.portal import FamilyForm
from xpassfam.ui.forms import Form


def draw(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


def whole(form: FamilyForm) -> str:
    return draw("{{ form }}", form=form)


@pytest.fixture
def wrong() -> FamilyForm:
    return FamilyForm({"birth_date_day": "3", "birth_date_year": "88", "activation_code": "K7"})


def test_every_label_names_a_field_of_the_page(wrong):
    text = whole(wrong)

    assert set(re.findall(r'<label[^>]* for="([^"]+)"', text)) <= set(re.findall(r' id="([^"]+)"', text))


def test_every_description_is_there_hint_before_error(wrong):
    text = whole(wrong)
    described = re.findall(r'aria-describedby="([^"]+)"', text)

    assert "id_last_name_hint id_last_name_error" in described
    assert {name for names in described for name in names.split()} <= set(re.findall(r' id="([^"]+)"', text))


def test_label_hint_error_field_come_in_this_order(wrong):
    text = draw("{% field field=form.last_name %}", form=wrong)
    order = [text.index(part) for part in ("<label", 'class="hint"', 'class="err"', "<input")]

    assert order == sorted(order)
    assert 'aria-invalid="true"' in text


def test_the_summary_says_the_words_of_the_field_and_leads_to_it(wrong):
    text = draw("{% error_summary form=form %}", form=wrong)

    assert "3 réponses à corriger" in text
    assert '<a href="#id_last_name">Il manque une réponse\u00a0: Nom</a>' in text
    assert '<a href="#id_birth_date_0">Il manque le mois.' in text
    assert "autofocus" in text


def test_a_form_not_sent_yet_has_no_summary():
    assert "alert" not in draw("{% error_summary form=form %}", form=FamilyForm())


def test_an_error_that_is_of_no_field_is_said_too(wrong):
    wrong.add_error(None, "L’identifiant et le mot de passe ne vont pas ensemble.")

    assert "ne vont pas ensemble" in draw("{% error_summary form=form %}", form=wrong)


def test_only_what_is_optional_is_marked():
    text = whole(FamilyForm())

    assert text.count("(facultatif)") == 1
    assert "facultatif" in draw("{% field field=form.phone %}", form=FamilyForm())


def test_a_password_is_never_sent_back(wrong):
    text = draw("{% password_field field=form.password %}", form=FamilyForm({"password": "girafe-lavande"}))

    assert "girafe" not in text
    assert 'autocomplete="new-password"' in text


def test_the_rules_of_a_new_password_are_tied_to_it():
    asked = SimpleNamespace(password_min_length=12, password_min_length_mixed=8)
    text = draw("{% password_field field=form.password meter=True %}", form=FamilyForm(), organisation=asked)

    assert 'aria-describedby="id_password_rules"' in text
    assert '<ul class="ticks" id="id_password_rules">' in text


def test_a_code_asks_for_digits_and_lets_the_phone_fill_it():
    text = draw("{% code_field field=form.activation_code %}", form=FamilyForm())

    assert 'inputmode="numeric"' in text
    assert 'autocomplete="one-time-code"' in text


def test_what_was_typed_is_escaped():
    text = whole(FamilyForm({"last_name": '"><script>'}))

    assert "<script>" not in text


class NoteForm(Form):
    note = forms.CharField(max_length=9, widget=forms.Textarea)


@pytest.mark.parametrize(("typed", "is_good"), [("ab\r\ncd\r\nefg", True), ("ab\r\ncd\r\nefgh", False)])
def test_a_line_break_counts_once_as_in_the_browser_that_sends_two_signs_for_it(typed, is_good):
    form = NoteForm({"note": typed})

    assert form.is_valid() is is_good
    assert form["note"].value() == typed.replace("\r\n", "\n")
