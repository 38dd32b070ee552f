"""The account menu: it never hides what has the focus, and says where one is."""

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.journeys.site import FAMILY_PASSWORD

CAMILLE = "camille.martin@example.org"
PHONE_WIDTH = 390


@pytest.fixture
def phone(visit):
    visitor = visit(width=PHONE_WIDTH)
    visitor.signs_in_as(CAMILLE, FAMILY_PASSWORD)
    visitor.page.locator(".menu summary").click()
    expect(visitor.page.locator(".menu-list")).to_be_visible()
    return visitor.page


def test_escape_closes_it_and_gives_the_focus_back(phone):
    phone.keyboard.press("Tab")
    phone.keyboard.press("Escape")
    expect(phone.locator(".menu-list")).to_be_hidden()
    expect(phone.locator(".menu summary")).to_be_focused()


def test_it_closes_when_the_focus_goes_on(phone):
    leave = phone.get_by_role("button", name="Me déconnecter")
    for _ in range(12):
        phone.keyboard.press("Tab")
        if leave.evaluate("(it) => it === document.activeElement"):
            break
    expect(phone.get_by_role("button", name="Me déconnecter")).to_be_focused()
    expect(phone.locator(".menu-list")).to_be_hidden()


def test_a_press_beside_it_closes_it(phone):
    phone.mouse.click(PHONE_WIDTH // 2, 700)
    expect(phone.locator(".menu-list")).to_be_hidden()


def test_without_script_it_pushes_the_page_down(visit):
    visitor = visit(width=PHONE_WIDTH, javascript=False)
    visitor.signs_in_as(CAMILLE, FAMILY_PASSWORD)
    visitor.page.locator(".menu summary").click()
    under, menu = (visitor.page.locator(name).bounding_box() for name in (".nav", ".menu-list"))
    assert under["y"] >= menu["y"] + menu["height"]
    visitor.look()


def test_the_current_page_is_told_in_forced_colours(visit):
    visitor = visit(width=PHONE_WIDTH)
    visitor.page.emulate_media(forced_colors="active")
    visitor.signs_in_as(CAMILLE, FAMILY_PASSWORD)
    here, elsewhere = (visitor.page.get_by_role("link", name=name, exact=True) for name in ("Accueil", "Foyer"))
    assert foot_of(here) != foot_of(elsewhere)


def foot_of(link):
    """The colour of the middle of its lower edge."""
    shot = Image.open(BytesIO(link.screenshot())).convert("RGB")
    return shot.getpixel((shot.width // 2, shot.height - 2))
