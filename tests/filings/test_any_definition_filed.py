"""Any definition that the schema lets pass is found, filled in, sent, read and answered, with its papers."""

import json
from datetime import date
from itertools import count

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.filings.factories import FACTS, SYSTEM, desk, organisation
from tests.filings.walking import BASE, page
from tests.household.homes import entered
from tests.procedures.definitions import definitions
from xpassfam.accounts.models import Throttle
from xpassfam.filings.actions import deciding, drafting, sending
from xpassfam.filings.paper import facts, printing
from xpassfam.filings.verdicts import Verdict
from xpassfam.people.models import Person
from xpassfam.procedures.actions import publish
from xpassfam.rules.criteria import ALWAYS

pytestmark = pytest.mark.django_db
_keys = count(1)
MEDIATOR = "Médiateur de la Mutualité, 4 avenue de l’Opéra, 75001 Paris"


@pytest.fixture
def room():
    """Whose persons are those of the answers."""
    room = desk()
    child = room.home.child
    stay = child.residences.get()
    child.public_id = "ines"
    child.save()
    # Born before any day that is drawn: one that is bounded by a birth is refused elsewhere.
    Person.objects.filter(pk=room.home.holder.person.pk).update(public_id="camille", birth_date=date(1920, 1, 1))
    other = Person.objects.create(
        public_id="adam", first_names="Adam", last_name="Benali", birth_date=child.birth_date, search_name="adam benali"
    )
    stay.pk, stay.person = None, other
    stay.save()
    room.home.holder.refresh_from_db()
    return room


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(drawn=definitions(), profile=st.sampled_from(("asso", "adm", "mut")))
def test_any_of_them_is_filed_and_answered_with_its_papers(drawn, profile, room):
    tree, answers = drawn
    Throttle.objects.all().delete()
    version = publish(json.dumps(tree, ensure_ascii=False), by=SYSTEM, at=timezone.now())
    organisation(legal_profile=profile, mediator=MEDIATOR if profile == "mut" else "")
    family, agent = entered(room.home.holder), entered(room.nadia)
    pages = [drawn_as(family, "/mon-compte/demarches/essai/")]

    draft = begun(room, version, answers)
    pages += [drawn_as(family, page(draft, f"etape/{section.key}/")) for section in asked(draft)]
    pages += [drawn_as(family, page(draft, "verifier/"))]
    sent = sending.send(draft, access=room.access, by=room.camille, at=timezone.now())
    pages += [drawn_as(family, page(sent)), drawn_as(agent, f"/gestion/demandes/{sent.public_id}/")]
    decision = answered(room, sent, tree)
    pages += [drawn_as(family, page(sent)), drawn_as(family, BASE)]

    assert not any("<b>gras" in text for text in pages)
    assert facts.missing_mentions(decision) == []
    for paper in (printing.acknowledgement(sent), printing.decision(decision)):
        assert paper.startswith(b"%PDF")


def begun(room, version, answers):
    draft = drafting.start(version, access=room.access, start_key=f"k{next(_keys)}", at=timezone.now())
    for section in version.definition.sections:
        own = {one.key: answers[one.key] for one in section.fields if one.key in answers}
        drafting.save(draft, section=section.key, answers=own, seen=0, access=room.access, at=timezone.now())
    draft.refresh_from_db()
    for piece in version.definition.pieces:
        document = room.document(piece.kinds[0])
        drafting.add_piece(draft, key=piece.key, document=document, access=room.access, at=timezone.now())
    return draft


def asked(draft):
    """Those that hang on no answer."""
    return [one for one in draft.definition.sections if one.condition == ALWAYS]


def drawn_as(client, address):
    """As it is sent to the browser."""
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def answered(room, sent, tree):
    sent.refresh_from_db()
    verdict = Verdict("refused", reasons=["M00"], facts=FACTS) if tree.get("reasons") else Verdict("approved")
    return deciding.decide(sent, verdict, seen=sent.version, by=room.nadia, at=timezone.now())
