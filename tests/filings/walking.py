"""A family goes through the pages of a filing."""

import html
import io
import re
from dataclasses import dataclass

from django.test import Client

from tests.filings.factories import Desk
from tests.household.homes import entered
from tests.vault import samples
from xpassfam.accounts.models import Account
from xpassfam.filings.models import Filing

BASE = "/mon-compte/demandes/"
INCOME = {"quotient": "984", "month_day": "1", "month_month": "10", "month_year": "2026", "source": "caf"}


def words(response) -> str:
    return html.unescape(response.content.decode()).replace("\u00a0", " ").replace("\u202f", " ")


def photo(name: str = "attestation.pdf", content: bytes | None = None) -> io.BytesIO:
    file = io.BytesIO(content if content is not None else samples.pdf(1))
    file.name = name
    return file


@dataclass
class Walker:
    """Somebody signed in, on a device of their own."""

    client: Client

    @classmethod
    def of(cls, someone: Account) -> "Walker":
        return cls(entered(someone))

    def get(self, path: str, status: int = 200) -> str:
        response = self.client.get(path)
        assert response.status_code == status, (path, response.status_code, response.headers.get("Location"))
        return words(response)

    def post(self, path: str, typed: dict | None = None, *, follow: bool = True):
        return self.client.post(path, typed or {}, follow=follow)

    def begins(self, room: Desk, **more: str) -> Filing:
        response = self.post(f"{BASE}nouvelle/", {"procedure": room.version.procedure.code, **more}, follow=False)
        assert response.status_code == 302
        return Filing.objects.latest("pk")

    def answers(self, draft: Filing, typed: dict | None = None, *, section: str = "income", seen: int | None = None):
        draft.refresh_from_db()
        seen = draft.revisions.get(section, 0) if seen is None else seen
        return self.post(page(draft, f"etape/{section}/"), {**(typed or INCOME), "seen": seen}, follow=False)

    def gives(self, draft: Filing, *files: io.BytesIO, **typed: object):
        day = {"p1-issued_on_day": "2", "p1-issued_on_month": "11", "p1-issued_on_year": "2026"}
        return self.post(
            page(draft, "documents/"), {"p1-files": list(files or [photo()]), **day, **typed}, follow=False
        )

    def sends(self, draft: Filing):
        return self.post(page(draft, "envoi/"), {"honour": "on"}, follow=False)


def page(filing: Filing, rest: str = "") -> str:
    return f"{BASE}{filing.public_id}/{rest}"


def one_time_key(text: str) -> str:
    found = re.search(r'name="key" value="([a-z2-7]{26})"', text)
    assert found
    return found[1]
