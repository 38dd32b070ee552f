"""Files that were received, on a page that was left before it was sent on: a session that ends, another device."""

import re

import pytest

from tests.filings.factories import desk
from tests.filings.test_family_completes import DAYS, asked
from tests.filings.walking import Walker, page, photo, words
from xpassfam.documents.models import PendingUpload
from xpassfam.filings.models import Filing

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return desk()


@pytest.fixture
def camille(room):
    return Walker.of(room.home.holder)


@pytest.fixture
def draft(room):
    return room.draft(with_proof=False)


def sends_one(walker, name="attestation.pdf"):
    """As the page does it while it is filled in."""
    response = walker.client.post("/mon-compte/documents/envoi/", {"file": photo(name)})
    assert response.status_code == 201
    return response.json()["id"]


def leaves(walker, draft, *files, **typed):
    """What the page keeps by itself."""
    response = walker.post(page(draft, "documents/brouillon/"), {"p1-files": list(files), **typed}, follow=False)
    assert response.status_code == 200
    return response.json()


def shows(walker, draft, upload):
    return f'name="p1-files" value="{upload}"' in walker.get(page(draft, "documents/"))


def waiting(room, part="files"):
    return Filing.objects.get().waiting_of(room.home.holder.person.public_id).get(part, {})


def shown_day(text):
    """The day, the month and the year beside the first piece."""
    return [
        (re.search(rf'name="p1-issued_on_{part}" value="([^"]*)"', text) or [None, ""])[1]
        for part in ("day", "month", "year")
    ]


def test_they_are_there_when_the_page_opens_again_on_another_device(room, camille, draft):
    first, second = sends_one(camille, "page 1.pdf"), sends_one(camille, "page 2.pdf")
    assert "h" in leaves(camille, draft, first, second)["saved_at"]

    another = Walker.of(room.home.holder)
    text = another.get(page(draft, "documents/"))

    assert text.index("page 1.pdf") < text.index("page 2.pdf")
    assert shows(another, draft, first)


def test_sent_on_they_serve_once(room, camille, draft):
    file = sends_one(camille)
    leaves(camille, draft, file)

    day = {"p1-issued_on_day": "2", "p1-issued_on_month": "11", "p1-issued_on_year": "2026"}
    sent = camille.post(page(draft, "documents/"), {"p1-files": file, **day}, follow=False)

    assert sent.headers["Location"] == page(draft, "verifier/")
    assert not shows(camille, draft, file)
    assert waiting(room) == {}


def test_without_script_a_file_that_only_lacks_its_day_stays_too(camille, draft):
    response = camille.post(page(draft, "documents/"), {"p1-files": [photo()]})
    assert "Écrivez la date du document" in words(response)

    assert shows(camille, draft, PendingUpload.objects.get().public_id)


def test_one_that_was_taken_back_is_gone(camille, draft):
    file = sends_one(camille)
    leaves(camille, draft, file)
    camille.post(f"/mon-compte/documents/envoi/{file}/retrait/")

    assert not shows(camille, draft, file)


def test_a_page_that_holds_none_takes_none_away_from_another(camille, draft):
    file = sends_one(camille)
    leaves(camille, draft, file)
    leaves(camille, draft)

    assert shows(camille, draft, file)


@pytest.mark.parametrize("typed", [{"p1-files": ["x", "[object File]", "é" * 26]}, {"p9-files": ["a" * 26]}, {}])
def test_what_names_no_file_is_not_kept(room, camille, draft, typed):
    assert camille.post(page(draft, "documents/brouillon/"), typed).status_code == 200

    assert waiting(room) == {}


def test_nobody_is_shown_the_file_of_another(room, camille, draft):
    other = Walker.of(room.home.partner)
    theirs = sends_one(other)
    leaves(camille, draft, theirs)

    assert not shows(camille, draft, theirs)


def test_what_was_sent_keeps_nothing_more(room, camille, draft):
    sent = room.filed()

    response = camille.post(page(sent, "documents/brouillon/"), {"p1-files": ["a" * 26]}, follow=False)

    assert response.headers["Location"] == page(sent)


def test_of_what_an_agent_asks_they_are_there_too_until_they_are_given(room, camille):
    filing = asked(room)
    file = sends_one(camille)
    camille.post(page(filing, "completer/brouillon/"), {"p1-files": file}, follow=False)

    another = Walker.of(room.home.holder)
    assert f'name="p1-files" value="{file}"' in another.get(page(filing, "completer/"))
    another.post(page(filing, "completer/"), {"p1-files": file, **DAYS})

    filing.refresh_from_db()
    assert (filing.status, filing.waiting) == ("under_review", {})


def test_once_nothing_is_asked_nothing_is_kept(room, camille):
    filing = room.examined()
    file = sends_one(camille)

    assert camille.post(page(filing, "completer/brouillon/"), {"p1-files": file}).status_code == 200
    assert Filing.objects.get().waiting == {}


def test_the_day_typed_beside_a_file_is_there_too(room, camille, draft):
    leaves(camille, draft, sends_one(camille), **DAYS)

    text = Walker.of(room.home.holder).get(page(draft, "documents/"))

    assert shown_day(text) == ["2", "11", "2026"]


def test_a_day_is_kept_though_another_file_is_refused(camille, draft):
    typed = {"p1-files": [photo("virus.exe", b"MZ")], **DAYS}
    camille.post(page(draft, "documents/"), typed)

    assert shown_day(camille.get(page(draft, "documents/"))) == ["2", "11", "2026"]


def test_once_the_file_is_given_its_day_is_typed_no_more(room, camille, draft):
    file = sends_one(camille)
    seen = leaves(camille, draft, file, **DAYS)["revision"]
    camille.post(page(draft, "documents/"), {"p1-files": file, **DAYS, "seen": seen})

    assert waiting(room, "typed") == {}


def test_answers_to_an_agent_are_kept_while_the_page_is_not_sent(room, camille):
    filing = asked(room, fields=["quotient"], pieces=["proof"])
    camille.post(page(filing, "completer/brouillon/"), {"quotient": "1000", **DAYS})

    text = Walker.of(room.home.holder).get(page(filing, "completer/"))

    assert 'value="1000"' in text
    assert shown_day(text) == ["2", "11", "2026"]
    assert Filing.objects.get().answers["quotient"] == 98400


def test_answers_to_an_agent_are_kept_though_a_document_is_missing(room, camille):
    filing = asked(room, fields=["quotient"], pieces=["proof"])
    camille.post(page(filing, "completer/"), {"quotient": "1000"})

    assert 'value="1000"' in camille.get(page(filing, "completer/"))


def test_what_one_adult_typed_and_did_not_send_is_not_shown_to_the_other(room, camille):
    filing = asked(room, fields=["quotient"], pieces=["proof"])
    camille.post(page(filing, "completer/brouillon/"), {"quotient": "1000", **DAYS})

    text = Walker.of(room.home.partner).get(page(filing, "completer/"))

    assert 'value="1000"' not in text
    assert shown_day(text) == ["", "", ""]


def test_what_was_completed_keeps_no_words_that_wait(room, camille):
    filing = asked(room, fields=["quotient"], pieces=[])
    camille.post(page(filing, "completer/brouillon/"), {"quotient": "1000"})
    camille.post(page(filing, "completer/"), {"quotient": "1000"})

    filing.refresh_from_db()
    assert (filing.answers["quotient"], filing.waiting) == (100000, {})
