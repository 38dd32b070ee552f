import io
import json
import logging
import re

import pytest
import structlog
from django.db import OperationalError, connection
from django.test import Client

from xpassfam.config import logs


@pytest.fixture
def lines():
    """What production writes, one dictionary a line."""
    described = logs.configure(is_demo=False, level="INFO")["formatters"]["lines"]
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(described.pop("()")(**described))
    root = logging.getLogger()
    root.addHandler(handler)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    root.removeHandler(handler)


def test_a_line_is_json_with_its_time_its_level_and_its_words(lines):
    structlog.get_logger("xpassfam.test").warning("mail_refused", template="accounts/mail/activation")

    [line] = lines()
    assert line["event"] == "mail_refused"
    assert line["level"] == "warning"
    assert line["template"] == "accounts/mail/activation"
    assert line["timestamp"].endswith("Z")


def test_named_secrets_are_hidden_even_in_a_dictionary(lines):
    structlog.get_logger("xpassfam.test").warning(
        "typed", password="correct horse", activation_code="K7Q2", facts={"reset_token": "abc"}
    )

    [line] = lines()
    assert (line["password"], line["activation_code"], line["facts"]) == (
        "[hidden]",
        "[hidden]",
        {"reset_token": "[hidden]"},
    )


def test_a_link_is_hidden_in_djangos_own_message(lines):
    token = "Zk3" * 15
    logging.getLogger("django.request").warning("Not Found: %s", f"/mot-de-passe/nouveau/{token}/")

    [line] = lines()
    assert line["event"] == "Not Found: /mot-de-passe/nouveau/[hidden]/"


def test_the_page_of_a_sign_up_that_waits_is_hidden(lines):
    logging.getLogger("django.request").warning("Gone: %s", "/inscription/attente/mptxopnm3ufadxhvxdghqhc5qa/renvoi/")

    [line] = lines()
    assert line["event"] == "Gone: /inscription/attente/[hidden]/renvoi/"


def test_the_incident_code_is_kept_and_the_request_is_not(lines):
    logging.getLogger("django.request").warning("Oops", extra={"incident": "XP-7K3Q", "request": "what was typed"})

    [line] = lines()
    assert line["incident"] == "XP-7K3Q"
    assert "what was typed" not in json.dumps(line)


@pytest.mark.django_db
def test_while_the_database_is_away_the_code_that_a_page_shows_is_in_the_log(lines):
    """Nowhere else, if the process ends before the database is back."""
    browser = Client(raise_request_exception=False)

    def gone(*args):
        raise OperationalError("gone")

    with connection.execute_wrapper(gone):
        page = browser.post("/connexion/", {"username": "lea@example.org", "password": "x"})
    code = re.search(r"XP-\w{4}", page.content.decode())[0]

    [line] = [line for line in lines() if line.get("incident") == code]
    assert (page.status_code, line["status"], line["error"]) == (503, 503, "django.db.utils.OperationalError")
    assert any("test_logs.py" in place for place in line["where"])
    assert not any("lea@example.org" in str(line) for line in lines())


def test_a_row_refused_by_the_database_is_not_repeated(lines):
    refused = "duplicate key\nDETAIL:  Key (email)=(camille@example.org) already exists."
    try:
        raise ValueError(refused)
    except ValueError:
        logging.getLogger("xpassfam.test").exception("failed")

    [line] = lines()
    assert "duplicate key" in line["exception"]
    assert "test_a_row_refused_by_the_database_is_not_repeated" in line["exception"]
    assert "camille@example.org" not in line["exception"]
