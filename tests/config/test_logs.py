import io
import json
import logging

import pytest
import structlog

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
