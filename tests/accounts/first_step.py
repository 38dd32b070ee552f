"""What staff do once, between their first password and their first page."""

import re

import pyotp

STEP = "/connexion/deuxieme-etape/"
FIRST = f"{STEP}activer/"


def turn_on(client):
    """The key of the page goes to an application, which answers."""
    page = client.get(FIRST).content.decode()
    carried = re.search(r'name="key" value="([^"]+)"', page)[1]
    key = re.search(r"data-text>([A-Z2-7 ]{32,})<", page)[1].replace(" ", "")
    return client.post(FIRST, {"key": carried, "code": pyotp.TOTP(key).now()})
