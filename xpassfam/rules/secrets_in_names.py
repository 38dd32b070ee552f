"""The name of a file says a password as a message does: « mdp_Pivoine31.png ». See `secrets_in_text`."""

import re
from pathlib import PurePosixPath

from xpassfam.rules.secrets_in_text import masked

# Telephones and computers name pictures in letters and digits mixed: without such a word beside, that is no secret.
_ANNOUNCES = re.compile(r"mots?[ _-]?de[ _-]?passe?|(?<![a-z])(?:mdp|pass|password|pwd|code|pin|otp)s?(?![a-z])", re.I)


def masked_name(name: str) -> str:
    """Its last part (« .png ») stays."""
    end = PurePosixPath(name).suffix
    stem = name.removesuffix(end)
    if not _ANNOUNCES.search(stem):
        return name
    return masked(stem.replace("_", " ")).text + end
