import pytest

from xpassfam.config.services import database, mail, sms
from xpassfam.config.values import BadSetting


def test_without_an_address_the_database_is_a_file(tmp_path):
    assert database("", var=tmp_path)["NAME"] == tmp_path / "xpassfam.sqlite3"


def test_the_password_of_a_database_may_hold_any_character(tmp_path):
    described = database("postgresql://portal:p%40ss%2F@db.example:5433/xpassfam", var=tmp_path)

    assert (described["PASSWORD"], described["HOST"], described["PORT"], described["NAME"]) == (
        "p@ss/",
        "db.example",
        "5433",
        "xpassfam",
    )


@pytest.mark.parametrize(
    "url", ["mysql://db/xpassfam", "postgresql://db", "postgresql://db:abc/xpassfam", "xpassfam.sqlite3"]
)
def test_another_database_is_refused(url, tmp_path):
    with pytest.raises(BadSetting, match="DATABASE_URL"):
        database(url, var=tmp_path)


@pytest.mark.parametrize(
    ("url", "port", "starttls", "tls"),
    [
        ("smtp://localhost", 25, False, False),
        ("smtp+starttls://mail.example", 587, True, False),
        ("smtps://mail.example", 465, False, True),
        ("smtps://mail.example:2465", 2465, False, True),
    ],
)
def test_the_scheme_of_a_mail_server_says_port_and_encryption(url, port, starttls, tls):
    server = mail(url)

    assert (server.port, server.starttls, server.tls) == (port, starttls, tls)


def test_a_mail_user_may_be_an_address():
    server = mail("smtps://portal%40example.org:a%3Ab@mail.example")

    assert (server.user, server.password) == ("portal@example.org", "a:b")


@pytest.mark.parametrize("url", ["mail.example", "http://mail.example", "smtp://", "smtp://mail.example:abc"])
def test_what_is_no_mail_server_is_refused(url):
    with pytest.raises(BadSetting, match="SMTP_URL"):
        mail(url)


@pytest.mark.parametrize("url", ["smtp://localhost:1025", "smtp://127.0.0.1", "smtp://[::1]:25"])
def test_mail_leaves_in_clear_to_this_machine(url):
    assert mail(url).host


@pytest.mark.parametrize("url", ["smtp://portal:word@mail.example:25", "smtp://mail.example", "smtp://192.0.2.7"])
def test_mail_does_not_leave_in_clear_to_another_machine(url):
    with pytest.raises(BadSetting, match=r"^SMTP_URL: .* Good value: SMTP_URL=smtp\+starttls://"):
        mail(url)


def test_without_a_gateway_there_is_no_sms():
    assert sms("") == ""


@pytest.mark.parametrize(
    "url",
    [
        "twilio://sid:token@+33700000000/{to}",
        "jsons://gateway.example/send?:to={to}",
        "json://127.0.0.1:8080/?:to={to}",
    ],
)
def test_a_gateway_says_where_the_number_goes(url):
    assert sms(url) == url


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("gateway.example/{to}", "not the address"),
        ("twilio://sid:token@+33700000000/", "where the number goes"),
        ("json://gateway.example/?:to={to}", "in clear"),
    ],
)
def test_what_is_no_gateway_is_refused(url, problem):
    with pytest.raises(BadSetting, match=rf"^SMS_URL: .*{problem}.* Good value: SMS_URL=twilio://"):
        sms(url)
