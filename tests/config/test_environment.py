from dataclasses import asdict

import pytest

from xpassfam.config.env import BadSetting, read

PRODUCTION = {
    "XPASSFAM_MODE": "production",
    "BASE_URL": "https://moncompte.example.org",
    "SECRET_KEY": "k" * 50,
    "XPASSFAM_FILE_KEY": "f" * 50,
    "SMTP_URL": "smtp+starttls://portal:word@mail.example.org",
}


@pytest.fixture
def demo(tmp_path):
    return {"XPASSFAM_VAR": str(tmp_path)}


def test_the_demo_needs_no_setting(demo):
    env = read(demo)

    assert env.is_demo
    assert env.base_url == "http://localhost:8000"


def test_the_demo_makes_its_key_once_and_keeps_it_to_itself(demo, tmp_path):
    assert read(demo).secret_key == read(demo).secret_key
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_the_demo_answers_on_the_port_it_was_given(demo):
    assert read(demo | {"PORT": "8123"}).base_url == "http://localhost:8123"


def test_production_starts_with_good_settings():
    assert read(PRODUCTION).is_https


@pytest.mark.parametrize(
    "url",
    [
        "https://moncompte.example.org:8443",
        "https://192.0.2.7",
        "https://[2001:db8::7]:8443",
        "https://MonCompte.example",
    ],
)
def test_production_takes_the_address_of_one_site(url):
    assert read(PRODUCTION | {"BASE_URL": url}).base_url == url


def test_a_demo_key_is_refused_in_production(demo):
    with pytest.raises(BadSetting, match="SECRET_KEY"):
        read(PRODUCTION | {"SECRET_KEY": read(demo).secret_key})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("XPASSFAM_MODE", "prod"),
        ("BASE_URL", ""),
        ("BASE_URL", "http://moncompte.example.org"),
        ("BASE_URL", "https://example.org/moncompte"),
        ("BASE_URL", "moncompte.example.org"),
        ("BASE_URL", "https://*"),
        ("BASE_URL", "https://*.example.org"),
        ("BASE_URL", "https://.example.org"),
        ("BASE_URL", "https://example..org"),
        ("BASE_URL", "https://example.org."),
        ("BASE_URL", "https://portal@example.org"),
        ("BASE_URL", "https://portal:word@example.org"),
        ("BASE_URL", "https://example.org#top"),
        ("BASE_URL", "https://example.org?"),
        ("BASE_URL", "https://example.org:port"),
        ("BASE_URL", "https://[::1"),
        ("BASE_URL", "https://exa mple.org"),
        ("VISITOR_ADDRESS_HEADER", "X-Real-IP"),
        ("VISITOR_ADDRESS_HEADER", "Visitor_Address"),
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "short"),
        ("XPASSFAM_FILE_KEY", ""),
        ("XPASSFAM_FILE_KEY", "short"),
        ("XPASSFAM_FILES_URL", "/srv/files"),
        ("XPASSFAM_FILES_URL", "s3:///folder"),
        ("XPASSFAM_SCANNER_URL", "127.0.0.1:3310"),
        ("XPASSFAM_SCANNER_URL", "tcp://127.0.0.1"),
        ("XPASSFAM_SCANNER_URL", "tcp://:3310"),
        ("XPASSFAM_SCANNER_URL", "unix://run/clamd.ctl"),
        ("XPASSFAM_SCANNER_URL", "http://127.0.0.1:3310"),
        ("SMTP_URL", ""),
        ("PORT", "80a"),
        ("PORT", "70000"),
        ("XPASSFAM_WEB_THREADS", "0"),
        ("LOG_LEVEL", "loud"),
        ("TRUSTED_PROXIES", "-1"),
        ("TRUSTED_PROXIES", "0"),
    ],
)
def test_an_unfit_value_is_refused_by_its_name_with_a_good_one_beside(name, value):
    with pytest.raises(BadSetting, match=rf"^{name}: .* Good value: {name}=."):
        read(PRODUCTION | {name: value})


def test_a_secret_can_be_read_from_a_file(tmp_path):
    secret = tmp_path / "key"
    secret.write_text("f" * 60 + "\n")

    assert read(PRODUCTION | {"SECRET_KEY": "", "SECRET_KEY_FILE": str(secret)}).secret_key == "f" * 60


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(BadSetting, match="SECRET_KEY_FILE"):
        read(PRODUCTION | {"SECRET_KEY_FILE": str(tmp_path / "absent")})


def test_no_secret_shows_when_the_settings_are_printed():
    env = read(PRODUCTION | {"OLD_SECRET_KEYS": "old-key", "DATABASE_URL": "postgresql://a:Zq7-db@b/c"})

    assert all(
        str(asdict(env)[name]) not in repr(env) for name in ("secret_key", "old_secret_keys", "file_key", "smtp_url")
    )
    assert "Zq7-db" not in repr(env)
