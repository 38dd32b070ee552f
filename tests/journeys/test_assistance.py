"""Somebody asks for help, whatever their browser does and whatever we do; an agent answers within the hour promised."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.journeys.site import AGENT, FAMILY_PASSWORD, STAFF_PASSWORD
from tests.vault import samples

CAMILLE = "camille.martin@example.org"
TEXT = "La page revient sans rien dire, depuis ce matin."
NOT_KEPT = {"Cache-Control": "no-store"}
SHOT = {"name": "ecran.png", "mimeType": "image/png", "buffer": samples.photo("PNG")}

# What a file field holds, drawn: a picture of one colour shows nothing of a screen.
OPENED = """async (input) => Promise.all([...input.files].map(async (file) => {
    const picture = await createImageBitmap(file);
    const canvas = new OffscreenCanvas(picture.width, picture.height);
    const pen = canvas.getContext("2d");
    pen.drawImage(picture, 0, 0);
    const points = new Uint32Array(pen.getImageData(0, 0, picture.width, picture.height).data.buffer);
    const { width, height } = picture;
    return { name: file.name, type: file.type, width, height, isBlank: points.every((one) => one === points[0]) };
}))"""

# A file let go over an element: whether the page kept it from the browser, which would open it in place of the page.
DROPPED = """(element) => ["dragover", "drop"].map((name) => {
    const held = new DataTransfer();
    held.items.add(new File([new Uint8Array([137, 80, 78, 71])], "erreur.png", { type: "image/png" }));
    const event = new DragEvent(name, { dataTransfer: held, bubbles: true, cancelable: true });
    element.dispatchEvent(event);
    return event.defaultPrevented;
})"""

REFUSE = "() => { navigator.mediaDevices.getDisplayMedia = () => Promise.reject(new DOMException()) }"


def fill_in(visitor, message=TEXT):
    visitor.open("/assistance/")
    visitor.type(username=CAMILLE, message=message)
    visitor.page.get_by_label("Me connecter").check()
    visitor.page.wait_for_timeout(3500)  # as long as anybody reads a page


@pytest.mark.parametrize(("program", "javascript"), [("chromium", True), ("chromium", False), ("firefox-esr", True)])
def test_a_stranger_writes_and_follows_by_the_link_of_the_mail(visit, program, javascript):
    camille = visit(program, javascript=javascript, width=390)
    fill_in(camille, "Mon mot de passe est Pivoine-31, il est refusé.")
    camille.page.set_input_files("main input[type=file]", [SHOT])
    camille.look("Écrire à l’assistance")
    camille.press("Envoyer")
    camille.reads("Nous avons caché un mot de passe ou un code dans votre texte")
    expect(camille.field("message")).to_have_value(re.compile("••••••••"))
    camille.reads("ecran.png")
    camille.look("Écrire à l’assistance")
    camille.press("Envoyer")
    camille.look("Nous avons reçu votre message")
    number = camille.page.locator(".promise .code").inner_text()

    camille.mail(CAMILLE, f"Votre demande d’aide {number} est arrivée")
    mail = camille.page.locator("main").inner_text()
    camille.open(re.search(r"/assistance/suivi/[\w-]+/", mail)[0])
    camille.look("Mon mot de passe est ••••••••")
    camille.reads("ecran.png")
    camille.press("C’est bien mon adresse")
    camille.reads("Merci")
    camille.look()


def test_while_we_are_away_the_page_stays_and_sends_once_when_we_are_back(visit):
    camille = visit(thorough=False)
    fill_in(camille)
    camille.page.set_input_files("main input[type=file]", [SHOT])
    away = {"status": 503, "headers": NOT_KEPT, "body": ""}
    camille.page.route("**/assistance/", lambda route: route.fulfill(**away))
    camille.press("Envoyer")
    camille.reads("Nous ne pouvons pas recevoir votre message à l’instant")
    expect(camille.field("message")).to_have_value(TEXT)
    camille.reads("ecran.png")

    camille.page.unroute("**/assistance/")
    camille.sees_heading("Nous avons reçu votre message")
    forgive_the_cut(camille)


def test_a_cut_that_hid_our_answer_makes_no_second_ticket(visit):
    """We kept it and went away before the answer arrived: the page sends again, and gets the first result."""
    camille = visit(thorough=False)
    fill_in(camille)
    answers = []

    def lose_the_first(route):
        answers.append(json.loads(route.fetch().body()))
        if len(answers) == 1:
            route.fulfill(status=503, body="", headers=NOT_KEPT)
        else:
            route.fulfill(status=201, json=answers[-1], headers=NOT_KEPT)

    camille.page.route("**/assistance/", lose_the_first)
    camille.press("Envoyer")
    camille.sees_heading("Nous avons reçu votre message")
    numbers = set()
    camille.page.unroute("**/assistance/")
    for answer in answers:
        camille.open(answer["url"])
        numbers.add(camille.page.locator(".promise .code").inner_text())
    assert len(answers) == 2
    assert len(numbers) == 1
    forgive_the_cut(camille)


def test_an_image_is_pasted_or_dropped_and_taken_back_and_beside_the_zone_nothing_is_lost(visit):
    camille = visit(thorough=False)
    camille.open("/assistance/")
    camille.page.evaluate(
        """() => {
            const held = new DataTransfer();
            held.items.add(new File([new Uint8Array([137, 80, 78, 71])], "image.png", { type: "image/png" }));
            document.dispatchEvent(new ClipboardEvent("paste", { clipboardData: held, cancelable: true }));
        }"""
    )
    camille.reads("ecran-1.png")
    camille.press("Retirer ecran-1.png")
    expect(camille.page.get_by_text("ecran-1.png")).to_have_count(1)  # said to screen readers, no line more
    assert camille.page.locator("main input[type=file]").evaluate("input => input.files.length") == 0

    chosen = camille.page.locator("main [data-chosen]")
    assert camille.page.locator("main .drop").evaluate(DROPPED) == [True, True]
    expect(chosen).to_contain_text("erreur.png")
    camille.press("Retirer erreur.png")
    assert camille.field("message").evaluate(DROPPED) == [True, True]
    expect(chosen).to_be_hidden()


@pytest.mark.parametrize("javascript", [True, False])
def test_what_was_hidden_and_is_no_secret_leaves_as_written_once_its_writer_says_so(visit, javascript):
    camille = visit(javascript=javascript, width=390)
    fill_in(camille, "Mon mot de passe est Gribouille, rien ne marche.")
    camille.press("Envoyer")
    camille.reads("Nous avons caché un mot de passe ou un code dans votre texte")
    camille.page.get_by_label("Ce n’est ni un mot de passe ni un code").check()
    camille.look("Écrire à l’assistance")
    camille.press("Envoyer")
    camille.sees_heading("Nous avons reçu votre message")
    number = camille.page.locator(".promise .code").inner_text()
    camille.mail(CAMILLE, f"Votre demande d’aide {number} est arrivée")
    camille.open(re.search(r"/assistance/suivi/[\w-]+/", camille.page.locator("main").inner_text())[0])
    camille.reads("Mon mot de passe est Gribouille, rien ne marche.")


def test_the_screen_is_photographed_and_the_picture_goes_with_the_message(visit):
    camille = visit(thorough=False)
    fill_in(camille)
    camille.press("Photographier mon écran")
    camille.reads("Retirer ecran-1.png")
    chosen = camille.page.locator("main input[type=file]").evaluate(OPENED)
    assert chosen == [{"name": "ecran-1.png", "type": "image/png", "width": 1280, "height": 720, "isBlank": False}]

    camille.press("Envoyer")
    camille.sees_heading("Nous avons reçu votre message")
    number = camille.page.locator(".promise .code").inner_text()
    camille.mail(CAMILLE, f"Votre demande d’aide {number} est arrivée")
    camille.open(re.search(r"/assistance/suivi/[\w-]+/", camille.page.locator("main").inner_text())[0])
    camille.reads("ecran-1.png")


def test_who_changes_their_mind_before_showing_the_screen_loses_nothing(visit):
    camille = visit(thorough=False)
    fill_in(camille)
    camille.page.evaluate(REFUSE)
    camille.press("Photographier mon écran")
    expect(camille.page.locator("main [data-chosen]")).to_be_hidden()
    expect(camille.field("message")).to_have_value(TEXT)


def test_signed_in_from_the_error_page_to_the_answer(visit):
    camille = visit()
    camille.signs_in_as(CAMILLE, FAMILY_PASSWORD)
    camille.open("/nulle-part/")
    code = re.search(r"XP-\w{4}", camille.page.locator("main").inner_text())[0]
    camille.follow("Écrire à l’assistance, avec ce code")
    camille.look("Écrire à l’assistance")
    expect(camille.field("incident")).to_have_value(code)
    camille.type(message="Mes documents ne s’ouvrent plus depuis hier.")
    camille.page.get_by_label("Autre chose").check()
    camille.page.wait_for_timeout(3500)
    camille.press("Envoyer")
    camille.look("Mes documents ne s’ouvrent plus depuis hier.")
    camille.reads("Réponse promise avant")

    nadia = visit("firefox-esr")
    nadia.signs_in_as(AGENT, STAFF_PASSWORD)
    nadia.follow("Assistance")
    nadia.look("Assistance")
    nadia.follow("Mes documents ne s’ouvrent plus depuis hier.")
    nadia.look("Mes documents ne s’ouvrent plus depuis hier.")
    nadia.reads("Page d’erreur 404")
    nadia.page.get_by_label("Votre réponse").fill("Bonjour, c’est réparé. Réessayez.")
    nadia.press("Envoyer et attendre sa réponse")
    nadia.reads("La réponse est partie.")
    nadia.look()

    camille.open("/mon-compte/")
    camille.reads("Réponse de l’assistance")
    camille.open("/assistance/mes-demandes/")
    camille.look("Vos demandes d’aide")
    camille.follow("Mes documents ne s’ouvrent plus depuis hier.")
    camille.reads("Bonjour, c’est réparé. Réessayez.")
    camille.press("C’est réglé")
    camille.look("Mes documents ne s’ouvrent plus depuis hier.")
    camille.reads("votre demande d’aide est close")


def forgive_the_cut(visitor):
    """The browser's console tells of the answers that we made fail."""
    for watch in visitor.watches:
        watch.complaints[:] = [one for one in watch.complaints if "503" not in one]
