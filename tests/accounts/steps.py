"""What answers a second step, in tests: an independent application of codes, mails, sheets."""

import pyotp
from django.utils import timezone

from tests.accounts.factories import PASSWORD, sign_in
from tests.accounts.first_step import STEP
from xpassfam.accounts.actions.second_step import totp
from xpassfam.accounts.models import Account
from xpassfam.outbox.models import Message


def is_in(client) -> bool:
    return client.get("/mon-compte/securite/").status_code == 200


def code_of_last_mail() -> str:
    return Message.objects.filter(template="accounts/mail/step_code").latest("pk").context["code"]


def with_totp(account: Account) -> pyotp.TOTP:
    key = totp.new_key()
    totp.keep(account, key, at=timezone.now())
    return pyotp.TOTP(key)


def answer(client, code: str, *, method: str = "", **more: object):
    return client.post(f"{STEP}?methode={method}", {"code": code, **more})


def enter(client, account: Account, application: pyotp.TOTP, **more: object):
    """Both steps."""
    sign_in(client, account.email, PASSWORD)
    return answer(client, application.now(), **more)
