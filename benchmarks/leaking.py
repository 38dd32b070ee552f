"""The portal with a leak planted in it: the password of a known account is hashed twice.

`timing` must turn red on it, or it would see nothing on the real one either.
"""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xpassfam.config.settings")

from django.conf import settings

from xpassfam.accounts.hashing import Argon2Hasher, dummy_at, todays_parameters


class Twice(Argon2Hasher):
    def verify(self, password: str, encoded: str) -> bool:
        if encoded != dummy_at(todays_parameters()):
            super().verify(password, encoded)
        return super().verify(password, encoded)


settings.PASSWORD_HASHERS = ["benchmarks.leaking.Twice"]

from xpassfam.config.wsgi import application as application  # noqa: E402 - hashes once as it starts
