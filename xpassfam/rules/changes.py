"""Who may see what a family asked to change."""

from collections.abc import Collection

from xpassfam.rules.visibility import Viewer, may


def may_see_change(
    viewer: Viewer,
    *,
    household_id: int,
    person_id: int | None,
    asked_by: int,
    minors_at_home: Collection[int],
    living_there: Collection[int],
) -> bool:
    """What was asked for the home acted for: about the home itself, about oneself, about a minor who lives there.

    Never what another adult asked about themselves, a partner included; never what was asked from the other
    home of a shared child. `person_id` is None where the home itself is meant. What somebody asked about
    themselves they read whichever file they opened. Who may not change the file, and everybody while it is
    frozen, reads what they asked or what is about them: a new address would tell where somebody goes. So it would
    once whoever asked is no longer of those `living_there`, declared or not: it was asked before leaving.

    Source: RGPD, art. 5.1.f; code civil, art. 9 (private life, between partners too) and 371-1.
    """
    if person_id == asked_by == viewer.person_id:
        return True
    if household_id != viewer.household_id:
        return False
    if person_id == viewer.person_id:
        return True
    is_shared = asked_by == viewer.person_id or (may(viewer, "change") and asked_by in living_there)
    return is_shared and (person_id is None or person_id in minors_at_home)
