"""The decision that a complaint is about, where its form asked for the reference of the request."""

from xpassfam.filings.holding import may_act
from xpassfam.filings.models import Decision, Filing
from xpassfam.people.access import ActingAccess
from xpassfam.procedures.language import ABOUT_A_DECISION, CONTESTED_ABOUT, CONTESTED_REFERENCE
from xpassfam.rules.references import near_references, normalise_reference


def decision_named(draft: Filing, access: ActingAccess) -> Decision | None:
    """One that they may read, act on, and still contest; None for all else, without a word: whether a reference is
    another family's, too old or nobody's is not told. Two queries at most; none where no reference is given.
    """
    wanted = _references(draft)
    if not wanted:
        return None
    theirs = Filing.objects.visible_to(access).filter(reference__in=wanted)
    standing = Decision.objects.filter(filing__in=theirs, superseded_at=None, contest_until__gte=access.on)
    found = [one for one in standing.select_related("filing") if may_act(one.filing, access)]
    return found[0] if len(found) == 1 else None


def _references(draft: Filing) -> frozenset[str]:
    """What was typed could be one of these: one slip is forgiven, as it is theirs to read anyway."""
    if not draft.definition.is_complaint:
        return frozenset()
    given = {one.prefill: draft.answers.get(one.key) or "" for one in draft.definition.fields() if one.prefill}
    if given.get(CONTESTED_ABOUT, ABOUT_A_DECISION) != ABOUT_A_DECISION:
        return frozenset()
    typed = given.get(CONTESTED_REFERENCE, "")
    exact = normalise_reference(typed)
    return frozenset({exact}) if exact else near_references(typed)
