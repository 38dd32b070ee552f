"""How a paper looks today: kept under its digest, for as long as papers have it."""

import hashlib
import json

from xpassfam.accounts.letters import colours, logo
from xpassfam.certificates.models import Face, Signature
from xpassfam.organisation.models import Organisation


def drawn(organisation: Organisation, signature: Signature) -> Face:
    """As it would be kept; not saved."""
    sign = logo(organisation)
    face = Face(
        colours=dict(colours(organisation)),
        logo=bytes(sign["png"]) if sign else None,
        logo_width=sign["width"] if sign else 0,
        signature=bytes(signature.picture) if signature.picture else None,
        signature_width=signature.picture_width,
    )
    whole = [face.colours, face.logo_width, face.signature_width]
    parts = (json.dumps(whole, sort_keys=True).encode(), face.logo or b"", face.signature or b"")
    face.name = hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()
    return face


def keep(organisation: Organisation, signature: Signature) -> Face:
    """In the caller's transaction."""
    face = drawn(organisation, signature)
    values = {field.name: getattr(face, field.name) for field in Face._meta.fields if not field.primary_key}
    return Face.objects.get_or_create(name=face.name, defaults=values)[0]
