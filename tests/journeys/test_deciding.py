"""Two agents at the same desk: who comes second is told, a refusal says why, what is missing is ticked."""

import re
import subprocess
import sys
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from house.environment import ROOT
from tests.journeys.site import STAFF_PASSWORD, surroundings

NADIA = "nadia.ferrand@solidarite-estuaire.example"
CLAIRE = "claire.delaunay@solidarite-estuaire.example"
FACTS = "L’attestation envoyée est du 2 juillet 2026 : elle a plus de trois mois."
# What a family sends is another journey: here two of its requests wait, late so as to come first.
SEND = """
from datetime import timedelta
from django.utils import timezone
from tests.filings.factories import ANSWERS, INCOME, SYSTEM
from xpassfam.accounts.models import Account
from xpassfam.filings.actions import drafting, sending
from xpassfam.filings.models import Filing
from xpassfam.people.access import for_account
from xpassfam.procedures.actions import publish
now = timezone.now()
text = INCOME.replace("code: T05", "code: T95").replace("slug: quotient", "slug: quotient-essai")
version = publish(text, by=SYSTEM, at=now)
camille = Account.objects.get(email="camille.martin@example.org")
access = for_account(camille, on=timezone.localdate())[0]
for key in ("journey-1", "journey-2"):
    draft = drafting.start(version, access=access, start_key=key, at=now)
    if draft.is_draft:
        drafting.save(draft, section="income", answers=ANSWERS, seen=0, access=access, at=now)
        drafting.tell_missing(draft, key="proof", why="La CAF me l’envoie.", access=access, at=now)
        sent = sending.send(draft, access=access, by=camille.actor, at=now)
        sent.completions.update(answered_at=now)
        Filing.objects.filter(pk=sent.pk).update(status="received", due_on=timezone.localdate() - timedelta(days=90))
"""


@pytest.fixture(autouse=True)
def waiting(site):
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", SEND]
    done = subprocess.run(
        command, cwd=ROOT, env=surroundings(site.var) | {"PYTHONPATH": "."}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def first_of_the_queue(agent, n=0):
    agent.open("/gestion/demandes/?vue=sous-5-jours")
    agent.page.locator("table tbody th[scope=row] a").nth(n).click()
    agent.page.wait_for_url(re.compile(r"/gestion/demandes/[a-z0-9]+/$"))
    return agent.page.url


def test_of_two_agents_the_second_is_told_and_loses_nothing(visit):
    nadia, claire = visit(), visit()
    nadia.signs_in_as(NADIA, STAFF_PASSWORD)
    claire.signs_in_as(CLAIRE, STAFF_PASSWORD)
    nadia.open("/gestion/demandes/")
    nadia.look("Demandes")
    address = first_of_the_queue(nadia).removeprefix(nadia.site.url)
    nadia.look()
    claire.open(address)
    claire.reads(re.compile("aussi ouverte par Nadia Ferrand"))
    # Nadia's page, open since before, learns it as soon as she looks at it again.
    nadia.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    nadia.reads(re.compile("aussi ouverte par Claire Delaunay"))

    for agent in (nadia, claire):
        agent.page.locator("#decider").get_by_role("link", name=re.compile("^Refuser")).click()
        agent.look("Refuser la demande")
        agent.page.locator("main [name=reasons]").first.check()
        agent.type(facts=FACTS)
    nadia.press("Continuer vers l’aperçu")
    nadia.look("Avant d’envoyer")
    nadia.press("Refuser et envoyer")
    nadia.reads("Demande refusée. La lettre est partie.")
    nadia.look()

    claire.press("Continuer vers l’aperçu")
    claire.reads("Il s’est passé quelque chose depuis que vous avez ouvert cette page")
    expect(claire.field("facts")).to_have_value(FACTS)
    claire.look()


def test_what_is_missing_is_asked_by_ticking_it(visit):
    nadia = visit()
    nadia.signs_in_as(NADIA, STAFF_PASSWORD)
    address = first_of_the_queue(nadia)
    nadia.page.locator("#decider").get_by_role("link", name=re.compile("^Demander de compléter")).click()
    nadia.look("Demander de compléter")
    until = date.today() + timedelta(days=15)  # noqa: DTZ011 the browser's day
    nadia.page.locator("main input[type=checkbox]").first.check()
    nadia.type(why_again="Le bas de la page est coupé.", text="Envoyez-nous la page entière.")
    for part, value in (("day", until.day), ("month", until.month), ("year", until.year)):
        nadia.page.locator(f"main [name=until_{part}]").fill(str(value))

    nadia.press("Demander")

    nadia.reads("La famille lit exactement ce qui manque")
    assert nadia.page.url == address
    nadia.reads("À la famille")


def test_figures_are_looked_at(visit):
    nadia = visit()
    nadia.signs_in_as(NADIA, STAFF_PASSWORD)
    nadia.open("/gestion/statistiques/")
    nadia.page.get_by_text("Voir le tableau").first.click()
    nadia.look("Statistiques")
