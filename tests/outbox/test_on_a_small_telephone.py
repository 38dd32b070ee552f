"""A mail fits the narrowest telephone, and whoever doubles its text needs not read it sideways."""

import shutil

import pytest
from django.utils import timezone
from playwright.sync_api import sync_playwright

from tests.journeys.conftest import LAUNCH, absent
from tests.journeys.looking import PHONE, SIDEWAYS
from tests.organisation.factories import EXAMPLES, example
from xpassfam.outbox.mail import compose
from xpassfam.outbox.models import Message

pytestmark = pytest.mark.django_db
# Sizes of a mail are its elements' own: whoever enlarges the text enlarges each.
DOUBLE = """() => {
    const sizes = [...document.querySelectorAll("body, body *")].map((one) => [one, getComputedStyle(one).fontSize]);
    for (const [one, size] of sizes) one.style.fontSize = `${2 * parseFloat(size)}px`;
}"""


def mail() -> str:
    """With what mails are made of: a button, a code, a long address, the foot."""
    said = {"first_name": "Marie-Christine-Bérengère", "path": f"/activation/{'kJ8sD2fG5h' * 4}/", "code": "123456"}
    context = {**said, "until": timezone.now().isoformat()}
    message = Message(template="outbox_tests/hello", to="marie-christine@mail.example", context=context)
    return compose(message).html


@pytest.mark.parametrize("name", sorted(path.stem for path in EXAMPLES.glob("*.toml")))
def test_it_fits_as_it_is_and_with_its_text_doubled(name):
    example(name)
    html = mail()
    with sync_playwright() as playwright:
        program = shutil.which("chromium") or absent("chromium")
        browser = playwright.chromium.launch(executable_path=program, **LAUNCH["chromium"])
        page = browser.new_page(viewport=PHONE)
        page.set_content(html)
        beyond = [page.evaluate(SIDEWAYS)]
        page.evaluate(DOUBLE)
        beyond.append(page.evaluate(SIDEWAYS))
        browser.close()
    assert beyond == [0, 0]
