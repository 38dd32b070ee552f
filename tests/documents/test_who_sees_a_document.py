"""The database shows of documents what the rule allows, on families that nobody thought of."""

from itertools import count, product

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings

from tests.documents.giving import give
from tests.household.homes import let_in
from tests.people.test_visibility import NOW, World, families
from xpassfam.documents.models import Document
from xpassfam.people.access import for_account
from xpassfam.rules.documents import may_see_document
from xpassfam.rules.visibility import Subject, Viewer, may_see_stay

pytestmark = pytest.mark.django_db
_keys = count(1)


def documents_of(world: World) -> list[Document]:
    """In every home, about nobody and everybody, given by everybody, restricted and not, private and not."""
    persons = [None, *world.persons]
    rows = [
        Document(
            household=home, person=about, kind="other", is_restricted=is_restricted, is_private=is_private,
            issued_on=NOW.date(),
            given_by=giver, given_at=NOW, form_key=f"k{next(_keys)}",
        )
        for home, about, giver, is_restricted, is_private in product(
            world.homes, persons, world.persons[:2], (False, True), (False, True)
        )
    ]  # fmt: skip
    return Document.objects.bulk_create(rows)


def subject_for(viewer: Viewer, document: Document, world: World) -> Subject | None:
    """Whom the document is about, as the home acted for knows them."""
    if document.person is None:
        return None
    for pk, stay in world.stays.items():
        if stay.person_id == document.person_id and may_see_stay(viewer, stay):
            row = world.rows[pk]
            return Subject(row.person_id, role=row.role, born=row.person.birth_date, is_shared=row.is_shared)
    return Subject(document.person_id)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=families())
def test_sql_shows_exactly_what_the_rule_allows(drawn, django_db_blocker, db):
    world = World(drawn)
    documents = documents_of(world)
    ids = {document.pk for document in documents}
    for viewer in world.viewers():
        allowed = {
            document.pk
            for document in documents
            if may_see_document(
                viewer,
                about=subject_for(viewer, document, world),
                household_id=document.household_id,
                given_by=document.given_by_id,
                is_restricted=document.is_restricted,
                is_private=document.is_private,
            )
        }
        assert set(Document.objects.filter(pk__in=ids).visible_to(viewer).values_list("pk", flat=True)) == allowed


def test_the_other_home_of_a_shared_child_never_reads_what_this_one_gave(family):
    document = give(family, family.camille, "school_certificate", about=family.tom)

    assert document in Document.objects.visible_to(family.access(family.karim))
    assert document not in Document.objects.visible_to(family.access(family.antoine))


def test_at_18_what_one_gives_is_one_s_own(family):
    document = give(family, family.camille, "tax_notice", about=family.camille)
    Document.objects.filter(pk=document.pk).update(person=family.lea, given_by=family.lea)

    assert document in Document.objects.visible_to(family.access(family.lea))
    for parent in (family.camille, family.karim):
        assert document not in Document.objects.visible_to(family.access(parent))


def test_somebody_let_in_for_the_documents_reads_them_and_not_what_is_restricted(family):
    document = give(family, family.camille)
    decision = give(family, family.camille, "disability_decision", about=family.ines)
    let_in(family.antoine, family.home, "documents", origin="invitation")
    every = for_account(family.account(family.antoine), on=timezone.localdate())
    [access] = [one for one in every if one.household_id == family.home.pk]

    assert list(Document.objects.visible_to(access)) == [document]
    assert decision in Document.objects.visible_to(family.access(family.karim))


def test_a_partner_s_decision_on_a_disability_is_the_partner_s(family):
    own = give(family, family.karim, "disability_decision", about=family.karim)
    child = give(family, family.karim, "disability_decision", about=family.ines)

    assert own not in Document.objects.visible_to(family.access(family.camille))
    assert child in Document.objects.visible_to(family.access(family.camille))
