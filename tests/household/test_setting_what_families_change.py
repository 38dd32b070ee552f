"""The page where an administrator says what families see and change."""

import html

import pytest

from tests.accounts.factories import account, sign_in
from tests.household.families import SETTER, agent_client, read
from xpassfam.household import policy
from xpassfam.household.actions.configuring import NotOffered, configure
from xpassfam.household.forms.policy import PolicyForm
from xpassfam.household.models import FieldPolicy
from xpassfam.journal.models import Line
from xpassfam.organisation.models import forget
from xpassfam.rules.field_policy import FACTS, Audience, Mode, Rule

pytestmark = pytest.mark.django_db
PAGE = "/admin/household/fieldpolicy/"


@pytest.fixture
def administrator(client):
    sign_in(client, account(role="administrator", email="thierry@organisation.example").email)
    return client


def as_it_stands():
    form = PolicyForm(policy=policy.read())
    return {
        name: value
        for name in form.fields
        if (value := form.get_initial_for_field(form.fields[name], name)) is not False
    }


def test_a_fresh_portal_follows_the_usual_rules_without_a_row():
    chosen = policy.read()

    assert not FieldPolicy.objects.exists()
    assert chosen.months == 12
    assert all(
        chosen.rule(code, audience) == fact.usual[audience] for code, fact in FACTS.items() for audience in Audience
    )


def test_one_page_sets_each_field_for_each_audience(administrator):
    assert "Ce que les familles voient et changent" in read(administrator, PAGE)
    wanted = as_it_stands() | {"mode-phone-holder": "approval", "required-phone-holder": "on", "months": "6"}

    response = administrator.post(PAGE, wanted, follow=True)

    assert "C’est enregistré." in html.unescape(response.content.decode())
    chosen = policy.read()
    assert chosen.rule("phone", Audience.HOLDER) == Rule(Mode.APPROVAL, is_required=True)
    assert chosen.rule("phone", Audience.PARTNER) == Rule(Mode.AT_ONCE)
    assert chosen.months == 6
    assert Line.objects.get(kind="household.fields_configured").audience == "staff"


def test_until_the_first_of_september(administrator):
    administrator.post(PAGE, as_it_stands() | {"validity": "september"})

    assert policy.read().months is None


@pytest.mark.parametrize(
    "wrong", [{"months": "2"}, {"months": "37"}, {"mode-phone-holder": "x"}, {"mode-address-other_adult": "at_once"}]
)
def test_what_is_out_of_bounds_is_refused_and_nothing_is_kept(administrator, wrong):
    response = administrator.post(PAGE, as_it_stands() | wrong)

    assert "à corriger" in html.unescape(response.content.decode())
    assert not FieldPolicy.objects.exists()


def test_the_action_holds_the_bounds_too():
    with pytest.raises(NotOffered):
        configure({("address", Audience.OTHER_ADULT): Rule(Mode.AT_ONCE)}, months=12, by=SETTER, at=None)


def test_what_is_hidden_is_not_required(administrator):
    wanted = as_it_stands() | {"mode-birth_date-holder": "hidden", "required-birth_date-holder": "on"}

    page = html.unescape(administrator.post(PAGE, wanted).content.decode())

    assert "Une information masquée ne peut pas être obligatoire." in page
    assert not FieldPolicy.objects.exists()
    rules = {("birth_date", Audience.HOLDER): Rule(Mode.HIDDEN, is_required=True)}
    with pytest.raises(NotOffered):
        configure(rules, months=12, by=SETTER, at=None)


def test_the_same_again_writes_no_line(administrator):
    administrator.post(PAGE, as_it_stands())
    forget()

    assert not Line.objects.filter(kind="household.fields_configured").exists()


def test_no_row_is_changed_alone(administrator):
    row = FieldPolicy.objects.create(field="address", audience="other_adult", mode="shown")

    response = administrator.post(f"{PAGE}{row.pk}/change/", {"field": "address", "mode": "at_once"})

    assert response.headers["Location"] == PAGE
    row.refresh_from_db()
    assert row.mode == "shown"


def test_agents_and_families_do_not_set_it(family):
    assert agent_client().get(PAGE).status_code == 403
    assert family.client(family.camille).post(PAGE, {}).status_code == 403
