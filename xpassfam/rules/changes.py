"""Who may see what a family asked to change."""

from collections.abc import Collection

from xpassfam.rules.visibility import Viewer


def may_see_change(
    viewer: Viewer, *, household_id: int, person_id: int | None, asked_by: int, minors_at_home: Collection[int]
) -> bool:
    """What was asked for the home acted for: about the home itself, about oneself, about a minor who lives there.

    Never what another adult asked about themselves, a partner included; never what was asked from the other
    home of a shared child. `person_id` is None where the home itself is meant. What
    somebody asked about themselves they read whichever file they opened. In a frozen file each reads what they
    asked themselves: a new address would tell where the other went.

    Source: RGPD, art. 5.1.f; code civil, art. 9 (private life, between partners too) and 371-1.
    """
    if person_id == asked_by == viewer.person_id:
        return True
    if household_id != viewer.household_id or (viewer.is_frozen and asked_by != viewer.person_id):
        return False
    return person_id is None or person_id == viewer.person_id or person_id in minors_at_home
