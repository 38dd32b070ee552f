"""A key-ring made of a few lines, as independent of the portal's library as a signature allows.

It tells the truth unless asked otherwise: another address, nobody recognised, a counter that goes back.
"""

import hashlib
import json
from base64 import urlsafe_b64encode

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.utils import timezone
from fido2.cose import ES256
from fido2.webauthn import AttestedCredentialData

from xpassfam.accounts.models import Account, Passkey

ORIGIN = "http://localhost:8000"
PRESENT, RECOGNISED = 0x01, 0x04


def text(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


class Key:
    """One key of one account: kept by the portal from the start."""

    def __init__(self, account: Account, *, counter: int = 0) -> None:
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.id = hashlib.sha256(account.public_id.encode() + str(id(self)).encode()).digest()
        self.account, self.counter = account, counter
        public = ES256.from_cryptography_key(self.private.public_key())
        self.row = Passkey.objects.create(
            account=account,
            credential_id=text(self.id),
            credential=bytes(AttestedCredentialData.create(b"\0" * 16, self.id, public)),
            name="Clé",
            sign_count=counter,
            created_at=timezone.now(),
        )

    def sign(
        self,
        asked: dict,
        *,
        origin: str = ORIGIN,
        host: str = "localhost",
        flags: int = PRESENT | RECOGNISED,
        counter: int | None = None,
        handle: str | None = None,
        kind: str = "webauthn.get",
    ) -> dict:
        """What a browser sends for what the portal asked."""
        self.counter = self.counter + 1 if counter is None else counter
        challenge = asked["publicKey"]["challenge"]
        told = json.dumps({"type": kind, "challenge": challenge, "origin": origin, "crossOrigin": False}).encode()
        data = hashlib.sha256(host.encode()).digest() + bytes([flags]) + self.counter.to_bytes(4, "big")
        signature = self.private.sign(data + hashlib.sha256(told).digest(), ec.ECDSA(SHA256()))
        owner = self.account.public_id if handle is None else handle
        response = {
            "clientDataJSON": text(told),
            "authenticatorData": text(data),
            "signature": text(signature),
            "userHandle": text(owner.encode()),
        }
        return {"id": text(self.id), "rawId": text(self.id), "type": "public-key", "response": response}


def fields(asked: dict, answer: dict) -> dict[str, str]:
    """As the form of the page sends them."""
    return {"challenge_token": asked["challenge_token"], "credential": json.dumps(answer)}
