"""Short secrets are locked where they are stored: a copy of the database alone tells none.

AES-GCM, under a key made from the portal's own, one per purpose. Each is bound to what it belongs to: moved to another
row, it does not open.
"""

import functools
import hmac
import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE_BYTES = 12


class Unreadable(Exception):
    """Locked by a key that this portal does not have any more, or not what was locked for that row."""


@dataclass(frozen=True)
class Lock:
    """`purpose` sets its keys apart from those of other locks."""

    purpose: bytes

    def seal(self, text: str, *, about: str) -> tuple[bytes, str]:
        """`text` locked, and the name of the key that did it."""
        name, key = _derived(settings.SECRET_KEY, self.purpose)
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + AESGCM(key).encrypt(nonce, text.encode(), about.encode()), name

    def unseal(self, sealed: bytes, key_name: str, *, about: str) -> str:
        """Raise Unreadable."""
        known = (_derived(secret, self.purpose) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))
        key = next((key for name, key in known if name == key_name), None)
        if key is None:
            raise Unreadable(key_name)
        try:
            return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], about.encode()).decode()
        except InvalidTag as error:
            raise Unreadable(about) from error

    def marks(self, text: str) -> list[str]:
        """What finds it without opening anything: its keyed digest under each key, the present one first. Who has no
        key can't try texts one by one.
        """
        known = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
        keys = [_derived(secret, self.purpose + b".mark")[1] for secret in known]
        return [hmac.digest(key, text.encode(), "sha256").hex() for key in keys]

    def present_key_name(self) -> str:
        return _derived(settings.SECRET_KEY, self.purpose)[0]


@functools.lru_cache(maxsize=32)
def _derived(secret: str, purpose: bytes) -> tuple[str, bytes]:
    """A name that tells nothing of the key, and the key."""
    made = HKDF(hashes.SHA256(), length=36, salt=None, info=purpose).derive(secret.encode())
    return made[32:].hex(), made[:32]
