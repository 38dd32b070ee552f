"""A request in a real browser: begun on one device and finished on another, without script, in two tabs, sent once."""

import re

import pytest

from tests.journeys.site import FAMILY_PASSWORD
from tests.vault import samples

BOTH = pytest.mark.parametrize("program", ["chromium", "firefox-esr"])
HELENE = "helene.rousseau@example.org"
PDF = {"name": "attestation.pdf", "mimeType": "application/pdf", "buffer": samples.pdf(2)}
# A picture of another format, under a name that browsers let through.
IMPOSTOR = {"name": "vacances.pdf", "mimeType": "application/pdf", "buffer": b"BM1234"}
EDITED = "Enregistré à"


def begins(visitor, slug="quotient-familial"):
    visitor.open(f"/mon-compte/demarches/{slug}/")
    visitor.press("Commencer")
    if visitor.page.url.endswith("/nouvelle/"):
        visitor.press("En commencer un autre")
    visitor.page.wait_for_url(re.compile("/etape/"))


def answers(visitor, quotient="1556"):
    visitor.page.get_by_label("De la CAF").check()
    visitor.type(quotient=quotient, month_day="2", month_month="novembre", month_year="2026")
    visitor.page.locator("[name=changed][value=no]").check()


def chooses(visitor, *files):
    """Another document, where one given before is offered first."""
    replace = visitor.page.get_by_text("Le remplacer")
    if replace.count():
        replace.click()
    visitor.page.locator("[name=p1-files]").set_input_files(list(files))


def a_day(visitor):
    for part, value in (("day", "2"), ("month", "11"), ("year", "2026")):
        visitor.page.locator(f"[name=p1-issued_on_{part}]").fill(value)


@BOTH
def test_begun_on_a_computer_and_sent_from_a_phone(visit, program):
    computer = visit(program)
    computer.signs_in_as(HELENE, FAMILY_PASSWORD)
    begins(computer)
    computer.look("Votre quotient familial")
    answers(computer)
    computer.press("Continuer")
    computer.sees_heading("Les documents")
    path = computer.page.url.removeprefix(computer.site.url)

    phone = visit(program, width=390)
    phone.signs_in_as(HELENE, FAMILY_PASSWORD)
    phone.open(path.replace("documents/", "brouillon/"))
    phone.look("Les documents")
    chooses(phone, PDF, IMPOSTOR)
    phone.reads("mais n’en est pas un")
    phone.reads("attestation.pdf")
    a_day(phone)
    phone.press("Continuer")
    phone.look("Vérifier et envoyer")
    phone.reads("attestation.pdf")
    phone.page.get_by_label("Ces réponses sont exactes").check()
    phone.press("Envoyer ma demande")
    phone.look("Votre demande est envoyée")
    reference = phone.page.locator(".ref .code").inner_text()

    # The page left open on the computer leads to the same filing, not to another.
    computer.open(path)
    computer.look("Actualiser mon quotient familial")
    computer.reads(reference)
    assert computer.page.locator("h1").count() == 1


@BOTH
def test_without_script_everything_is_there(visit, program):
    visitor = visit(program, javascript=False)
    visitor.signs_in_as(HELENE, FAMILY_PASSWORD)
    begins(visitor)
    visitor.page.get_by_label("De la CAF").check()
    visitor.press("Continuer")
    # What the answer makes necessary is asked, and nothing is reproached.
    visitor.reads("Quotient familial")
    answers(visitor, "1000")
    visitor.press("Continuer")
    visitor.sees_heading("Les documents")
    # Without script, Playwright hands Firefox the first of several files alone.
    is_first_alone = program == "firefox-esr"
    chooses(visitor, *([PDF] if is_first_alone else [PDF, IMPOSTOR]))
    a_day(visitor)
    visitor.press("Continuer")
    if not is_first_alone:
        visitor.reads("« vacances.pdf » n’a pas été ajouté")
        visitor.press("Continuer")
    visitor.sees_heading("Vérifier et envoyer")
    visitor.page.get_by_label("Ces réponses sont exactes").check()
    visitor.press("Envoyer ma demande")
    visitor.sees_heading("Votre demande est envoyée")


def test_two_tabs_keep_both_answers_until_one_is_chosen(visit):
    visitor = visit("chromium")
    visitor.signs_in_as(HELENE, FAMILY_PASSWORD)
    begins(visitor)
    first, section = visitor.page, visitor.page.url
    second = visitor.new_page()
    second.goto(section)
    answers(visitor, "1111")
    visitor.reads(EDITED)
    visitor.press("Continuer")
    visitor.sees_heading("Les documents")

    visitor.page = second
    answers(visitor, "2222")
    visitor.press("Continuer")

    visitor.reads("Deux pages étaient ouvertes sur cette étape")
    visitor.look("Votre quotient familial")
    visitor.press("Reprendre ces réponses")
    visitor.page.wait_for_load_state()
    assert visitor.field("quotient").input_value().replace("\u202f", "") == "2222"
    first.close()


def test_what_is_typed_is_saved_by_itself_and_found_again(visit):
    visitor = visit("chromium")
    visitor.signs_in_as(HELENE, FAMILY_PASSWORD)
    begins(visitor)
    answers(visitor, "1333")
    visitor.reads(EDITED)
    visitor.page.reload()

    assert visitor.field("quotient").input_value().replace("\u202f", "") == "1333"


def test_a_file_that_arrived_is_there_on_another_device_though_the_page_was_left(visit):
    computer = visit("chromium")
    computer.signs_in_as(HELENE, FAMILY_PASSWORD)
    begins(computer)
    answers(computer)
    computer.press("Continuer")
    computer.sees_heading("Les documents")
    with computer.page.expect_response(re.compile("/documents/brouillon/")):
        chooses(computer, PDF)

    phone = visit("chromium", width=390)
    phone.signs_in_as(HELENE, FAMILY_PASSWORD)
    phone.open(computer.page.url.removeprefix(computer.site.url))

    phone.look("Les documents")
    phone.reads("attestation.pdf")


def test_a_session_that_ended_says_so_and_keeps_the_page(visit):
    visitor = visit("chromium")
    visitor.signs_in_as(HELENE, FAMILY_PASSWORD)
    begins(visitor)
    visitor.context.clear_cookies(name="session")
    answers(visitor, "1444")

    visitor.reads("Votre session est terminée. Gardez cette page ouverte")
    assert visitor.field("quotient").input_value() == "1444"
