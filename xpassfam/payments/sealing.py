"""Account numbers are locked where they are stored: a copy of the database alone pays nobody.

AES-GCM, under a key made from the portal's own. Each is bound to what it belongs to: moved to another family's row,
it does not open.
"""

import functools
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PURPOSE = b"xpassfam.payments.iban"
NONCE_BYTES = 12


class Unreadable(Exception):
    """Locked by a key that this portal does not have any more, or not what was locked for that row."""


def seal(text: str, *, about: str) -> tuple[bytes, str]:
    """`text` locked, and the name of the key that did it."""
    name, key = _present()
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, text.encode(), about.encode()), name


def unseal(sealed: bytes, key_name: str, *, about: str) -> str:
    """Raise Unreadable."""
    key = next((key for name, key in map(_derived, _known()) if name == key_name), None)
    if key is None:
        raise Unreadable(key_name)
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], about.encode()).decode()
    except InvalidTag as error:
        raise Unreadable(about) from error


def present_key_name() -> str:
    return _present()[0]


def _present() -> tuple[str, bytes]:
    return _derived(settings.SECRET_KEY)


def _known() -> tuple[str, ...]:
    return (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


@functools.lru_cache(maxsize=8)
def _derived(secret: str) -> tuple[str, bytes]:
    """A name that tells nothing of the key, and the key."""
    made = HKDF(hashes.SHA256(), length=36, salt=None, info=PURPOSE).derive(secret.encode())
    return made[32:].hex(), made[:32]
