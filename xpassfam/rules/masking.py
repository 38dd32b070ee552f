"""Enough of an address for its owner to know it, of little use to anybody else."""


def email(address: str) -> str:
    """`camille.martin@example.org` → `c•••n@example.org`."""
    local, at, domain = address.rpartition("@")
    return f"{local[:1]}•••{local[-1:] if len(local) > 2 else ''}{at}{domain}"


def phone(number: str) -> str:
    """« •• 03 »."""
    return f"•• {number[-2:]}"
