"""Two parents of the demo: one asks for another sharing, the other answers, an agent reads both."""

import re
import subprocess
import sys

from house.environment import ROOT
from tests.journeys.site import AGENT, FAMILY_PASSWORD, STAFF_PASSWORD, surroundings

# A second request, where a number alone says who the other parent is.
SEND = """
from django.utils import timezone
from xpassfam.accounts.models import Account
from xpassfam.filings.actions import drafting, sending
from xpassfam.people.access import for_account
from xpassfam.people.models import Residence
from xpassfam.procedures.models import Procedure
now = timezone.now()
camille = Account.objects.get(email="camille.martin@example.org")
access = for_account(camille, on=timezone.localdate())[0]
child = Residence.objects.visible_to(access).filter(role="dependent_child").first().person
version = Procedure.objects.get(code="D06").current
draft = drafting.start(version, access=access, start_key="journey-parents", at=now)
if draft.is_draft:
    of_child = {"child": child.public_id, "since": "2026-11-01", "rhythm": "week", "other_parent": "ESF-2015-090516-A"}
    drafting.save(draft, section="child", answers=of_child, seen=0, access=access, at=now)
    agreed = {"sharing": "half", "proof": "online"}
    drafting.save(draft, section="sharing", answers=agreed, seen=0, access=access, at=now)
    draft.refresh_from_db()
    draft = sending.send(draft, access=access, by=camille.actor, at=now)
print(draft.public_id)
"""


def test_the_other_parent_answers_from_a_phone_and_each_reads_their_part(visit):
    antoine, sophie, nadia = visit(width=390, javascript=False), visit(width=320), visit()
    antoine.signs_in_as("antoine.moreau@example.org", FAMILY_PASSWORD)
    antoine.page.locator("a[href*='/mon-compte/accords/']").first.click()
    antoine.look("Résidence alternée pour Tom")
    antoine.page.get_by_label("Je propose un autre partage").check()
    antoine.press("Envoyer ma réponse")
    antoine.reads("Choisissez le partage que vous proposez.")
    antoine.look()
    antoine.page.get_by_label("Pour moitié à chaque parent").check()
    antoine.type(words="Nous avions dit moitié-moitié.")
    antoine.press("Envoyer ma réponse")
    antoine.reads("Merci, votre réponse est gardée.")
    antoine.look()

    sophie.signs_in_as("sophie.petit@example.org", FAMILY_PASSWORD)
    sophie.open("/mon-compte/demandes/")
    sophie.page.get_by_role("link", name=re.compile("résidence alternée")).first.click()
    sophie.reads("vos deux choix ne sont pas les mêmes")
    sophie.look()
    request = sophie.page.url.rstrip("/").rsplit("/", 1)[1]

    nadia.signs_in_as(AGENT, STAFF_PASSWORD)
    nadia.open(f"/gestion/demandes/{request}/")
    nadia.reads("Nous avions dit moitié-moitié.")
    nadia.look()
    nadia.open(f"/gestion/demandes/{request}/refuser/")
    nadia.reads("l’autre parent n’a pas fait le même")
    nadia.look()


def test_an_agent_verifies_whose_number_it_is_before_the_other_parent_is_asked(visit, site):
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", SEND]
    done = subprocess.run(
        command, cwd=ROOT, env=surroundings(site.var) | {"PYTHONPATH": "."}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    nadia = visit()
    nadia.signs_in_as(AGENT, STAFF_PASSWORD)
    nadia.open(f"/gestion/demandes/{done.stdout.strip()}/")
    nadia.follow("Interroger l’autre parent")
    nadia.look("Interroger l’autre parent")
    nadia.press("Interroger l’autre parent")
    nadia.look()
    nadia.page.get_by_role("checkbox").check()
    nadia.press("Interroger l’autre parent")
    nadia.reads("L’autre parent est interrogé")
    nadia.look()
