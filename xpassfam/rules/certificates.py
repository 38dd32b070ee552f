"""Certificates: who may have one and read it, what it may certify, until when, and the code that it bears."""

import re
import secrets
from datetime import date

from xpassfam.rules.identifiers import ALPHABET, absorb, check_character, has_check_character
from xpassfam.rules.time_limits import add_months
from xpassfam.rules.visibility import ITEMS_BY_PERMISSION, Item, Viewer, may

CODE_LENGTH = 12
NUMBER_LENGTH = 8


def new_code() -> str:
    """Eleven random characters and their check, as stored: 29¹¹ of them, 10¹⁶, so that none is found by trying."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH - 1))
    return body + check_character(body)


def written_code(code: str) -> str:
    """As people read and copy it: `7K3Q-M2T9-XF4H`."""
    return "-".join(code[start : start + 4] for start in range(0, CODE_LENGTH, 4))


def normalise_typed_code(typed: str) -> str | None:
    """`7k3q m2t9 xf4h` → `7K3QM2T9XF4H`; None for what is no code: of another length, or with one slip in it."""
    compact = re.sub(r"[\W_]", "", absorb(typed).upper())
    return compact if len(compact) == CODE_LENGTH and has_check_character(compact) else None


def new_number(letters: str, *, on: date) -> str:
    """A number to say on the telephone, that counts nothing: `A2-2026-7K3Q-M2XP`, the last character a check.

    Unique by chance only: who meets a namesake draws again.
    """
    body = "".join(secrets.choice(ALPHABET) for _ in range(NUMBER_LENGTH - 1))
    whole = body + check_character(body)
    return f"{letters}-{on.year}-{whole[:4]}-{whole[4:]}"


def may_certify_home(viewer: Viewer, item: Item) -> bool:
    """Whether the viewer may have a certificate about the whole home, which tells what `item` is.

    Who handles its documents; of what it lives on, who may do everything. Nobody while a separation is declared:
    the home is what is disputed.

    Source: RGPD, art. 5.1.f; code civil, art. 220, 1984.
    """
    if viewer.is_frozen or not may(viewer, "documents"):
        return False
    return item in ITEMS_BY_PERMISSION.get(viewer.permission, frozenset())


def may_certify_own(viewer: Viewer) -> bool:
    """Whether the viewer may have a certificate about themselves alone: whoever lives there, whatever they may do.

    Source: RGPD, art. 15 (one's own data, whole).
    """
    return bool(viewer.role)


def may_see_certificate(viewer: Viewer, item: Item, *, household_id: int, given_to: int, is_own: bool) -> bool:
    """Whether a certificate is the viewer's to read: their own always, others' as far as they may have the same.

    What was given about one person alone is that person's. In a frozen file nobody reads what the other was given.

    Source: code civil, art. 9; RGPD, art. 5.1.f.
    """
    if household_id != viewer.household_id:
        return False
    return given_to == viewer.person_id or (not is_own and may_certify_home(viewer, item))


def good_for_months(months: int, *, on: date) -> date:
    """The last day: the same day so many months later."""
    return add_months(on, months)
