"""The page of the settings and the code agree."""

import re

from house.environment import ROOT
from xpassfam.config import env

PAGE = ROOT / "docs" / "operate" / "settings.md"


class Recorder(dict):
    """An environment that remembers what it was asked for."""

    def __init__(self, values):
        super().__init__(values)
        self.asked = set()

    def get(self, name, default=None):
        self.asked.add(name.removesuffix("_FILE"))
        return super().get(name, default)


def asked_for(tmp_path) -> set[str]:
    demo = Recorder({"XPASSFAM_VAR": str(tmp_path)})
    production = Recorder(
        {
            "XPASSFAM_MODE": "production",
            "BASE_URL": "https://moncompte.example.org",
            "SECRET_KEY": "k" * 50,
            "XPASSFAM_FILE_KEY": "f" * 50,
            "SMTP_URL": "smtp://mail.example.org",
        }
    )
    for environ in (demo, production):
        env.read(environ)
    return demo.asked | production.asked


def test_every_setting_is_documented_and_no_other(tmp_path):
    documented = set(re.findall(r"^\| `([A-Z_]+)`", PAGE.read_text(encoding="utf-8"), re.MULTILINE))

    assert documented == asked_for(tmp_path)
