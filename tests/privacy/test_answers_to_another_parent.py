"""What one answered to the other parent of a child is one's own: taken away, and gone with the home that said it."""

import json

import jsonschema
import pytest

from tests.filings.agreeing import access_of, antoine_of, ask, home_of, say
from tests.filings.factories import desk
from xpassfam.filings import for_privacy
from xpassfam.filings.models import Agreement, Filing
from xpassfam.privacy.public_views import SCHEMA

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return desk()


def taken(access):
    return next(part for part in for_privacy.parts("", [access]) if part.category == "agreements")


def test_the_answer_is_taken_away_as_the_schema_says_and_without_who_asked(room):
    antoine = antoine_of(room)
    say(antoine, ask(room, sharing="me"), "proposed", "half", words="À deux.")

    [said] = taken(access_of(antoine)).data

    assert (said["child"], said["answer"], said["sharing"], said["words"]) == ("Inès", "proposed", "half", "À deux.")
    assert "Camille" not in json.dumps(said, ensure_ascii=False)
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.validate([said], schema["properties"]["data"]["properties"]["agreements"])


def test_whoever_filed_does_not_take_the_other_s_answer_away(room):
    antoine = antoine_of(room)
    say(antoine, ask(room), "refused", words="Jamais.")

    parts = for_privacy.parts("", [room.access])

    assert "Jamais." not in str(parts)
    assert taken(room.access).data == []


def test_it_goes_with_the_home_that_answered_and_with_the_request(room):
    antoine = antoine_of(room)
    say(antoine, ask(room), "refused", words="Jamais.")
    for_privacy.erase([home_of(antoine).pk])
    assert not Agreement.objects.exists()
    assert Filing.objects.exists()

    say(antoine, ask(room), "refused", words="Jamais.")
    for_privacy.erase([room.home.household.pk])
    assert not Agreement.objects.exists()
