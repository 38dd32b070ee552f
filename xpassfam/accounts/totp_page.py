"""What the page of a new application of codes shows: its square code, its key as text."""

from django.http import HttpRequest

from xpassfam.accounts.actions.second_step import totp
from xpassfam.accounts.forms.second_step import NewTotpForm
from xpassfam.accounts.models import Account
from xpassfam.pdf import codes
from xpassfam.vault.locks import Unreadable


def totp_page(account: Account, key: str, form: NewTotpForm) -> dict[str, object]:
    size, path = codes.outline(totp.address_of(key, account))
    groups = " ".join(key[i : i + 4] for i in range(0, len(key), 4))
    return {"form": form, "size": size, "path": path, "key": groups, "carried": totp.locked_away(key, account)}


def key_of(request: HttpRequest, account: Account) -> str:
    """The key of the page that comes back, else a new one."""
    try:
        return totp.taken_back(request.POST.get("key", ""), account)
    except (Unreadable, ValueError):
        return totp.new_key()
