import pytest
from django.utils import timezone

from tests.entitlements.texts import VOCABULARY_TEXT
from tests.household.families import Family
from xpassfam.entitlements import shipped
from xpassfam.entitlements.actions import publish_right, publish_vocabulary
from xpassfam.journal.actions import Actor

THIERRY = Actor("administrator", "thierry", "Thierry Roux")
CLAIRE = Actor("administrator", "claire", "Claire Delaunay")


@pytest.fixture
def family(db):
    return Family()


@pytest.fixture
def publishing(db):
    """What rules share is there; the call publishes a right."""
    publish_vocabulary(VOCABULARY_TEXT, by=THIERRY, at=timezone.now())
    return lambda text: publish_right(text, by=THIERRY, at=timezone.now())


@pytest.fixture
def rules(publishing):
    """Those that ship, published."""
    for path in shipped.rights():
        publishing(path.read_text(encoding="utf-8"))
