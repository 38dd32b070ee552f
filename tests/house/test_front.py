"""What our pages do in a browser, read from their source."""

import re

from django.conf import settings

from tests.house import files
from tests.house.test_doors import doors

# Of these the worst that a forged request does is to change words or colours, or to read what anybody may read.
FREE_OF_CSRF = {"langue/", "affichage/", "verifier/fichier/", "aide/connexion/verification/resultat/"}
# They look whether a browser lets anything be stored, and take back what they tried.
TRY_STORAGE = {"xpassfam/help/static/help/check.js", "xpassfam/ui/static/ui/cookies.js"}
# What they call safe was written by our own templates, or by a reader of Markdown that knows no HTML.
MADE_SAFE = {"xpassfam/ui/footers.py", "xpassfam/help/markdown.py"}


def scripts():
    return [path for path in files.followed() if path.suffix in (".js", ".mjs") and path.is_relative_to(files.PORTAL)]


def test_no_script_takes_messages_of_other_windows_or_keeps_anything_in_the_browser():
    seen = re.compile(r"postMessage|[\"']message[\"']|onmessage|localStorage|sessionStorage|indexedDB|document\.cookie")
    assert len(scripts()) > 5
    others = [path for path in scripts() if files.place(path) not in TRY_STORAGE]
    assert files.lines_with(seen, others) == []


def test_no_script_makes_markup_or_code_of_text():
    seen = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|createContextualFragment"
    )
    assert files.lines_with(seen, scripts()) == []


def test_no_text_is_called_safe_by_hand():
    seen = re.compile(r"\|\s*safe\b|mark_safe|SafeString\(|autoescape off")
    paths = [path for path in files.followed() if path.is_relative_to(files.PORTAL) and path.suffix in (".py", ".html")]
    others = [path for path in paths if files.place(path) not in MADE_SAFE]
    assert files.lines_with(seen, others) == []


def test_every_form_but_these_proves_that_our_page_sent_it():
    assert "django.middleware.csrf.CsrfViewMiddleware" in settings.MIDDLEWARE
    assert {route for route, door in doors() if getattr(door.callback, "csrf_exempt", False)} == FREE_OF_CSRF


def test_what_must_not_be_guessed_is_drawn_by_secrets():
    """`random` is there for what may be guessed: when a job that failed is tried again."""
    seen = re.compile(r"^\s*(import random|from random)\b|get_random_bytes|uuid1\(")
    found = files.lines_with(seen, files.python("xpassfam"))
    assert [place for place in found if not place.startswith("xpassfam/jobs/actions.py:")] == []
