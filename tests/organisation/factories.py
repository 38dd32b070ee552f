"""Organisations as their files describe them."""

from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from xpassfam.organisation.files import load
from xpassfam.organisation.models import Organisation

EXAMPLES: Path = settings.ROOT / "examples" / "organisations"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def example(name: str) -> Organisation:
    """« solidarite-familles-estuaire » (asso), « mutuelle-du-ponant » (mut), « ville-de-port-breton » (adm)."""
    return load(EXAMPLES / f"{name}.toml", by="test", at=NOON)
