"""« Renouveler » asks nothing that is known; the new one takes the place of the old, which stays readable."""

import io

import pytest
from django.utils import timezone

from tests.documents.giving import give
from tests.household.families import read
from tests.vault import samples
from xpassfam.documents.actions import giving, judging
from xpassfam.documents.kinds import kind_of
from xpassfam.documents.models import Document, Verdict
from xpassfam.journal.actions import Actor
from xpassfam.journal.models import Line
from xpassfam.people.models import Access

pytestmark = pytest.mark.django_db
AGENT = Actor("agent", "nadia", "Nadia Ferrand")


def page_of(document, end=""):
    return f"/mon-compte/documents/{document.public_id}/{end}"


def renew(client, document, **typed):
    file = io.BytesIO(samples.pdf())
    file.name = "nouveau.pdf"
    today = timezone.localdate()
    day = {"issued_on_day": today.day, "issued_on_month": today.month, "issued_on_year": today.year}
    return client.post(page_of(document, "renouveler/"), {"files": file} | day | typed)


def test_neither_kind_nor_person_is_asked_again(family):
    old = give(family, family.camille, "school_certificate", about=family.ines)
    client = family.client(family.camille)
    page = read(client, page_of(old, "renouveler/"))
    assert "Certificat de scolarité d’Inès" in page
    assert "De qui est-ce le document" not in page

    assert renew(client, old, key=hidden_key(client, old)).status_code == 302

    old.refresh_from_db()
    new = Document.objects.exclude(pk=old.pk).get()
    assert (new.kind, new.person) == (old.kind, family.ines)
    assert old.replaced_by == new


def hidden_key(client, document):
    return client.get(page_of(document, "renouveler/")).context["key"]


def test_the_old_one_stays_readable_serves_no_more_and_says_so(family):
    old = give(family, family.camille)
    judging.judge(old, verdict=Verdict.ACCEPTED, by=AGENT, at=timezone.now())
    new = give(family, family.camille, replaces=old)
    client = family.client(family.camille)

    text = read(client, page_of(old))
    assert "Vous en avez donné un plus récent" in text
    assert page_of(new) in text
    assert "Renouveler" not in text
    assert client.get(page_of(old, "pages/1/")).status_code == 200
    found = Document.objects.reusable(
        family.access(family.camille), kind=kind_of("proof_of_address"), person=None, on=timezone.localdate()
    )
    assert list(found) == [new]


def test_one_that_is_refused_gives_the_old_one_its_place_back(family):
    old = give(family, family.camille)
    new = give(family, family.camille, replaces=old)
    judging.judge(new, verdict=Verdict.REFUSED, reason="Illisible.", by=AGENT, at=timezone.now())

    good = Document.objects.good_on(timezone.localdate())
    assert list(good) == [old]
    assert "Renouveler" in read(family.client(family.camille), page_of(old))


def test_the_history_says_that_it_was_renewed(family):
    give(family, family.camille, replaces=give(family, family.camille))

    assert Line.objects.filter(kind="documents.renewed").count() == 1


def test_the_same_form_twice_renews_once(family):
    old = give(family, family.camille)
    client = family.client(family.camille)
    key = hidden_key(client, old)
    first, second = renew(client, old, key=key), renew(client, old, key=key)

    assert first.headers["Location"] == second.headers["Location"]
    assert Document.objects.count() == 2


def test_what_is_renewed_already_is_not_renewed_again(family):
    old = give(family, family.camille)
    give(family, family.karim, replaces=old)

    assert renew(family.client(family.camille), old).headers["Location"] == page_of(old)
    assert Document.objects.count() == 2


@pytest.mark.parametrize("wrong", ["kind", "person", "unseen", "once"])
def test_only_what_is_the_same_and_theirs_is_replaced(family, wrong):
    kind, about = "tax_notice", family.camille
    old = give(family, family.karim, "tax_notice", about=family.camille)
    if wrong == "kind":
        kind = "bank_details"
    elif wrong == "person":
        about = family.karim
    elif wrong == "once":
        kind, about = "invoice", None
        old = give(family, family.camille, "invoice")
    else:
        old = give(family, family.karim, "tax_notice", about=family.karim, is_private=True)
        about = family.karim

    with pytest.raises(giving.NotAllowed):
        give(family, family.camille, kind, about=about, replaces=old)
    assert not Document.objects.filter(replaced_by__isnull=False).exists()


def test_who_only_looks_renews_nothing(family):
    old = give(family, family.karim)
    client = family.client(family.lea)
    Access.objects.filter(person=family.lea).update(permission="view")

    assert client.get(page_of(old, "renouveler/")).status_code == 404


def test_an_error_keeps_the_file(family):
    old = give(family, family.camille)
    client = family.client(family.camille)

    response = renew(client, old, issued_on_day="", key=hidden_key(client, old))

    assert response.status_code == 200
    assert "nouveau.pdf" in response.content.decode()
