"""Each cause of a sign-in that fails, played in a real browser: see docs/sign-in-trouble.md."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from house.environment import ROOT
from tests.journeys.conftest import LAUNCH, absent
from tests.journeys.site import AGENT, FAMILY_PASSWORD, STAFF_PASSWORD, surroundings
from tests.journeys.visiting import Visitor

CAMILLE = "camille.martin@example.org"
REFUSED_BY_DEFAULT = {"profile": {"default_content_setting_values": {"cookies": 2}}}
START_SECONDS = 90


@pytest.fixture
def without_cookies(playwright, site, tmp_path):
    """Somebody whose browser was told to refuse every cookie."""
    (tmp_path / "Default").mkdir()
    (tmp_path / "Default" / "Preferences").write_text(json.dumps(REFUSED_BY_DEFAULT), encoding="utf-8")
    program = shutil.which("chromium") or absent("chromium")
    context = playwright.chromium.launch_persistent_context(
        tmp_path, executable_path=program, locale="fr-FR", reduced_motion="reduce", **LAUNCH["chromium"]
    )
    visitor = Visitor(site, context, thorough=True)
    yield visitor
    assert not visitor.complaints, "\n".join(visitor.complaints)
    context.close()


@pytest.fixture
def site_without_database(loaded_var, tmp_path):
    """The server of the portal, whose database's port nobody listens on."""
    var = tmp_path / "var"
    shutil.copytree(loaded_var, var, ignore=shutil.ignore_patterns("*.sqlite3*"))
    with socket.socket() as probe, socket.socket() as nobody:
        probe.bind(("127.0.0.1", 0))
        nobody.bind(("127.0.0.1", 0))  # bound and not listening: refused for as long as the test lasts
        port = probe.getsockname()[1]
        probe.close()
        database = f"postgresql://portal@127.0.0.1:{nobody.getsockname()[1]}/portal"
        command = [
            str(Path(sys.executable).with_name("granian")),
            "--interface=wsgi",
            f"--port={port}",
            "--log-level=warning",
            "xpassfam.config.wsgi:application",
        ]
        process = subprocess.Popen(
            command, cwd=ROOT, env=surroundings(var) | os.environ | {"XPASSFAM_VAR": str(var), "DATABASE_URL": database}
        )
        url = f"http://localhost:{port}"
        wait_for(f"{url}/sante/vive")
        yield SimpleNamespace(url=url, port=port)
        process.terminate()
        process.wait(30)


def wait_for(address):
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            assert time.monotonic() < end, "the server did not start"
            time.sleep(0.2)


def has_its_check_read(visitor, title, word):
    visitor.open("/aide/connexion/")
    visitor.follow("Vérifier ce navigateur")
    visitor.page.wait_for_url(re.compile("/verification/nav-"))
    visitor.look(title)
    visitor.reads(word)


def test_cookies_that_are_refused_are_named_before_and_after_and_nothing_typed_is_lost(without_cookies):
    visitor = without_cookies
    visitor.open("/connexion/")
    visitor.reads("Votre navigateur refuse les cookies")
    visitor.look("Me connecter")
    visitor.sign_in(CAMILLE, FAMILY_PASSWORD)
    visitor.look("Votre navigateur refuse les cookies")
    assert FAMILY_PASSWORD not in visitor.page.content()
    expect(visitor.page.locator("main input[name=username]")).to_have_value(CAMILLE)
    visitor.press("Réessayer")
    visitor.sees_heading("Votre navigateur refuse les cookies")
    visitor.follow("Vérifier ce navigateur")
    visitor.page.wait_for_url(re.compile("/verification/nav-"))
    visitor.reads("Les cookies sont refusés")
    visitor.look("Nous avons trouvé ce qui bloque")


def test_once_cookies_pass_what_was_typed_comes_back(visit):
    visitor = visit()
    visitor.open("/connexion/")
    visitor.context.clear_cookies()
    visitor.sign_in(CAMILLE, FAMILY_PASSWORD)
    visitor.sees_heading("Votre navigateur refuse les cookies")
    visitor.press("Réessayer")
    visitor.reads("Écrivez votre mot de passe.")
    expect(visitor.field("username")).to_have_value(CAMILLE)
    visitor.type(password=FAMILY_PASSWORD)
    visitor.page.keyboard.press("Enter")
    visitor.sees_heading("Bonjour Camille")


def test_without_javascript_the_check_says_so_and_signing_in_works(visit):
    visitor = visit(javascript=False)
    visitor.open("/aide/connexion/")
    visitor.follow("Vérifier ce navigateur")
    visitor.look("Vérification de ce navigateur")
    visitor.press("Voir le résultat")
    visitor.look("Ce navigateur convient")
    visitor.reads("JavaScript est coupé, ou bloqué")
    visitor.reads("Cookies acceptés")
    visitor.open("/connexion/")
    visitor.sign_in(CAMILLE, FAMILY_PASSWORD)
    visitor.sees_heading("Bonjour Camille")


def test_a_clock_that_is_wrong_is_found_and_support_reads_the_same(visit):
    visitor = visit()
    visitor.page.clock.set_system_time(datetime.now(UTC) + timedelta(minutes=7))
    has_its_check_read(visitor, "Nous avons trouvé ce qui bloque", "L’horloge avance de 7")
    visitor.reads("Sur votre appareil")
    code = visitor.page.locator(".kept-code [data-text]").first.inner_text()

    agent = visit()
    agent.signs_in_as(AGENT, STAFF_PASSWORD)
    agent.open("/gestion/aide/verification/")
    agent.type(code=code.lower().replace("-", " "))
    agent.press("Lire")
    agent.look("Vérification d’un navigateur")
    agent.reads("L’horloge avance de 7")


@pytest.mark.parametrize("width", [390, 1280])
def test_a_browser_that_is_well_is_told_so(visit, width):
    visitor = visit(width=width)
    has_its_check_read(visitor, "Ce navigateur convient", "Horloge à l’heure")
    visitor.reads("Fuseau horaire")


def test_firefox_is_checked_as_well(visit):
    has_its_check_read(visit("firefox-esr"), "Ce navigateur convient", "Horloge à l’heure")


def test_a_portal_of_the_network_that_answers_in_our_place_is_found(visit):
    visitor = visit()
    visitor.page.route("**/aide/connexion/heure/", lambda route: route.fulfill(body="<h1>Wi-Fi</h1>", status=200))
    visitor.watches[0].complaints.clear()
    visitor.open("/aide/connexion/")
    visitor.follow("Vérifier ce navigateur")
    visitor.page.wait_for_url(re.compile("/verification/nav-"))
    visitor.reads("Un portail Wi-Fi répond à notre place")
    visitor.watches[0].complaints.clear()  # the portal's own answer may be kept by a cache: it is not ours


def test_something_that_blocks_our_pages_is_found(visit):
    visitor = visit()
    visitor.page.route("**/aide/connexion/heure/", lambda route: route.abort("blockedbyclient"))
    visitor.open("/aide/connexion/")
    visitor.follow("Vérifier ce navigateur")
    visitor.page.wait_for_url(re.compile("/verification/nav-"))
    visitor.reads("Quelque chose bloque nos pages")
    visitor.watches[0].complaints.clear()  # the browser tells of what it blocked


def test_which_address_is_asked_and_answered_in_the_mailbox(visit):
    visitor = visit()
    visitor.open("/connexion/")
    visitor.sign_in("autre.adresse@example.org", "rien du tout")
    visitor.page.get_by_text("J’ai plusieurs adresses e-mail").click()
    visitor.follow("Me rappeler laquelle")
    visitor.look("Quelle adresse a mon compte ?")
    visitor.type(username=CAMILLE)
    visitor.press("Recevoir le rappel")
    visitor.look("Regardez chacune de vos boîtes")
    assert "C’est celle-ci" in visitor.mail(CAMILLE, "L’adresse de votre compte")


def test_with_the_database_away_the_state_is_told_and_what_was_typed_comes_back(site_without_database, browsers):
    context = browsers("chromium").new_context(
        viewport={"width": 1280, "height": 900}, locale="fr-FR", reduced_motion="reduce"
    )
    visitor = Visitor(site_without_database, context, thorough=True)
    visitor.open("/etat/")
    visitor.reads("Le service est arrêté un court moment")
    visitor.look("État du service")
    visitor.open("/aide/panne-ou-travaux/")
    visitor.look("Le site est en panne ou en travaux")
    visitor.open("/connexion/")
    visitor.sign_in(CAMILLE, FAMILY_PASSWORD)
    visitor.look("Le service revient dans un instant")
    expect(visitor.page.locator("main input[name=username]")).to_have_value(CAMILLE)
    assert FAMILY_PASSWORD not in visitor.page.content()
    visitor.follow("État du service")
    visitor.sees_heading("État du service")
    complaints = visitor.complaints
    context.close()
    assert not complaints, "\n".join(complaints)
