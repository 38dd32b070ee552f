"""The portal as production settings make it: what its answers and cookies are, checked in a process of its own."""

import re

SETTINGS = {
    "XPASSFAM_MODE": "production",
    "BASE_URL": "https://moncompte.example.org",
    "SECRET_KEY": "k7" * 30,
    "XPASSFAM_FILE_KEY": "f3" * 30,
    "SMTP_URL": "smtp+starttls://portal:word@mail.example.org",
    "SMS_URL": "",
    "TRUSTED_PROXIES": "1",
}
EMAIL = "camille@example.org"


def run(what: str) -> None:
    """One of the functions below, in a process whose settings are those of production."""
    from django.conf import settings

    settings.ARGON2_COST = {"memory_cost": 8, "time_cost": 1, "parallelism": 1}
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    globals()[what]()


def browser(host: str = "moncompte.example.org", scheme: str = "https"):
    from django.test import Client

    forwarded = {"HTTP_X_FORWARDED_PROTO": scheme, "HTTP_X_FORWARDED_FOR": "192.0.2.7"}
    return Client(HTTP_HOST=host, **forwarded)


def cookies_are_ours_alone() -> None:
    """Each is sent over TLS only, to this host only, out of scripts' reach; each answer asks for TLS from now on."""
    from tests.accounts.factories import account, sign_in
    from tests.accounts.steps import with_totp

    with_totp(account(email=EMAIL))
    account(email="karim@example.org")
    client = browser()
    answers = [
        client.get("/connexion/"),
        client.get("/sante/vive"),
        client.get("/nulle-part/"),
        sign_in(client, EMAIL),
        client.get("/connexion/deuxieme-etape/"),
        client.post("/langue/", {"language": "en", "next": "/"}),
        client.post("/affichage/", {"theme": "dark", "next": "/"}),
        sign_in(client, "karim@example.org"),
        client.post("/deconnexion/"),
    ]
    seen = {}
    for answer in answers:
        hsts = answer.headers["Strict-Transport-Security"]
        assert int(re.search(r"max-age=(\d+)", hsts)[1]) >= 31_536_000, hsts
        assert "includeSubDomains" in hsts
        seen |= {name: cookie for name, cookie in answer.cookies.items() if cookie["max-age"] != 0}
    for name, cookie in seen.items():
        assert name.startswith("__Host-"), name
        assert cookie["secure"], name
        assert cookie["httponly"], name
        assert cookie["samesite"] == "Lax", name
        assert cookie["path"] == "/", name
        assert not cookie["domain"], name
    wanted = {"session", "csrf", "device", "step", "lang", "theme", "messages"}
    assert {name.removeprefix("__Host-") for name in seen} == wanted, sorted(seen)
    assert browser(scheme="http").get("/connexion/").headers["Location"] == "https://moncompte.example.org/connexion/"


def no_host_but_ours() -> None:
    for host in ("evil.example", "moncompte.example.org.evil.example", "localhost", "127.0.0.1"):
        assert browser(host).get("/connexion/").status_code == 400, host


def links_lead_to_us() -> None:
    """Whatever a request says of where it was sent."""
    from django.core import mail

    from tests.accounts.factories import account
    from xpassfam.jobs.worker import drain

    account(email=EMAIL)
    lies = {
        "HTTP_X_FORWARDED_HOST": "evil.example",
        "HTTP_FORWARDED": "host=evil.example",
        "SERVER_NAME": "evil.example",
    }
    browser().post("/mot-de-passe/oublie/", {"username": EMAIL}, **lies)
    drain()
    [sent] = mail.outbox
    assert "https://moncompte.example.org/mot-de-passe/nouveau/" in sent.body
    assert "evil.example" not in str(sent.message())
