"""The page that anybody opens is whole in English too."""

import html

import pytest
from django.utils import timezone

from tests.certificates.certifying import given, withdrawn
from xpassfam.rules.certificates import new_code, written_code

pytestmark = pytest.mark.django_db


@pytest.fixture
def english(client):
    client.post("/langue/", {"language": "en", "next": "/verifier/"})

    def page(code: str) -> str:
        return html.unescape(client.get(f"/verifier/{code}").content.decode())

    return page


def test_each_answer_is_said_in_english(english, family):
    first, second = given(family, family.camille), given(family, family.camille)
    gone = withdrawn(given(family, family.lea))
    valid = english(written_code(second.paper.code))

    assert "This document is valid" in valid
    assert "Household certificate" in valid
    assert "This document was replaced on" in english(written_code(first.paper.code))
    assert "This document was withdrawn on" in english(written_code(gone.paper.code))
    assert "not the code of one of our documents" in english(written_code(new_code()))
    assert "There is a mistake in this code" in english("2222")
    assert str(timezone.localdate().year) in valid
