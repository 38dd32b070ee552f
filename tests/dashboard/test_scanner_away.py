"""The first page of agents and administrators says that the virus scanner is away, once files wait for it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.household.families import agent_client, read
from tests.vault import samples
from xpassfam.vault.actions import receive

pytestmark = pytest.mark.django_db
SAYS = "L’antivirus ne répond pas"


def test_what_waits_longer_than_a_scan_is_told(settings, tmp_path):
    settings.VAR, settings.SCANNER_URL = tmp_path, "tcp://127.0.0.1:1"
    receive([samples.photo()], name="a.jpg", at=timezone.now())
    assert SAYS not in read(agent_client(), "/gestion/")

    for _number in range(2):
        receive([samples.photo()], name="a.jpg", at=timezone.now() - timedelta(minutes=30))
    page = read(agent_client(), "/gestion/")
    assert SAYS in page
    assert "2 fichiers attendent leur vérification" in page
