"""Who may see what of whom, in words a jurist can check.

One act of viewing is a person, acting for one household, on one day. Who is seen comes first, then which
items of them: `visible_items` answers with the tables of this page. The database says the same in
`visible_to` query sets; a property test compares the two.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from xpassfam.rules.ages import is_adult_on

COUPLE_ROLES = frozenset({"holder", "partner"})
CHILD = "dependent_child"
NO_HOME = 0  # acted for by somebody who has no access left: oneself is all there is to see


class Item(StrEnum):
    """What a file holds about somebody. The address is that of the home acted for, never of another."""

    NAME = "name"
    AGE = "age"
    BIRTH_DATE = "birth_date"
    ROLE = "role"
    ADDRESS = "address"
    CONTACTS = "contacts"
    MEMBER_NUMBER = "member_number"
    INCOME = "income"
    DOCUMENTS = "documents"
    REQUESTS = "requests"
    HISTORY = "history"


class Situation(StrEnum):
    """What somebody is to the viewer."""

    ONESELF = "oneself"
    COUPLE = "couple"
    FILE_HOLDER = "file_holder"
    CHILD = "child"
    SHARED_CHILD = "shared_child"
    ADULT_CHILD = "adult_child"
    OTHER_ADULT = "other_adult"
    REPRESENTED = "represented"
    ACTS_FROM_OUTSIDE = "acts_from_outside"
    SEPARATED = "separated"
    STRANGER = "stranger"


EVERYTHING = frozenset(Item)
IDENTITY = frozenset({Item.NAME, Item.AGE, Item.ROLE})
FILED = frozenset({Item.INCOME, Item.DOCUMENTS, Item.REQUESTS, Item.HISTORY})

ITEMS_OF: Mapping[Situation, frozenset[Item]] = {
    # Source: RGPD, art. 15 (one's own data, whole).
    Situation.ONESELF: EVERYTHING,
    # Holder and partner answer together for the home. Source: code civil, art. 220, 515-4.
    Situation.COUPLE: IDENTITY | FILED | {Item.ADDRESS, Item.CONTACTS},
    # Holder or partner, seen by somebody who was let into their file: as far as the permission reaches.
    # Source: code civil, art. 1984 (a mandate is what was given, no more).
    Situation.FILE_HOLDER: IDENTITY | FILED | {Item.ADDRESS},
    # Parents exercise a minor's rights. Source: code civil, art. 371-1; RGPD, art. 8.
    Situation.CHILD: EVERYTHING,
    # What a register holds as a child's e-mail or phone is often the other parent's. What the other home filed
    # is not seen either: see `may_see_filed`. Source: code civil, art. 372-2, 373-2; RGPD, art. 5.1.f.
    Situation.SHARED_CHILD: EVERYTHING - {Item.CONTACTS, Item.MEMBER_NUMBER},
    # From 18 only what makes the household a household. Source: code civil, art. 414; RGPD, art. 5.1.c.
    Situation.ADULT_CHILD: IDENTITY | {Item.ADDRESS},
    # Others under the roof share it, nothing more. Source: RGPD, art. 5.1.c.
    Situation.OTHER_ADULT: IDENTITY | {Item.ADDRESS},
    # A guardian acts in the person's place. Source: code civil, art. 425, 473, 496.
    Situation.REPRESENTED: EVERYTHING,
    # Who may open the file is known by name; no more of them. Source: RGPD, art. 15.1.c.
    Situation.ACTS_FROM_OUTSIDE: frozenset({Item.NAME}),
    # Source: code civil, art. 9, 373-2; RGPD, art. 5.1.f, 32.
    Situation.SEPARATED: frozenset({Item.NAME, Item.ROLE}),
    Situation.STRANGER: frozenset(),
}

# How far an access lets one look at others; of oneself, everything is always seen.
ITEMS_BY_PERMISSION: Mapping[str, frozenset[Item]] = {
    "all": EVERYTHING,
    "view": IDENTITY | {Item.ADDRESS},
    "requests": IDENTITY | {Item.ADDRESS, Item.REQUESTS},
    "documents": IDENTITY | {Item.ADDRESS, Item.DOCUMENTS},
}

# A separation that is declared hides, whoever looks, where people live and what could tell it.
HIDDEN_WHILE_FROZEN = frozenset({Item.ADDRESS})

# The organisation's people. Agents handle files; administrators keep the register and the settings.
# Source: RGPD, art. 5.1.c, 32.4.
ITEMS_BY_STAFF_ROLE: Mapping[str, frozenset[Item]] = {
    "agent": EVERYTHING,
    "administrator": EVERYTHING - FILED,
}

ACTS_BY_PERMISSION: Mapping[str, frozenset[str]] = {
    "all": frozenset({"view", "requests", "documents", "change", "grant"}),
    "view": frozenset({"view"}),
    "requests": frozenset({"view", "requests"}),
    "documents": frozenset({"view", "documents"}),
}
# What a declared separation takes from everybody until the organisation has settled it.
ACTS_FROZEN = frozenset({"change", "grant"})


@dataclass(frozen=True)
class Viewer:
    """A person acting for one household on a day. Whoever acts for two looks at one at a time.

    `role` is theirs in that home, empty where they don't live there; `represents`: the register, not an
    invitation, lets them act from outside, and they never lived there as holder, partner or child (a guardian).
    `is_frozen`: a separation is declared in that home.
    """

    person_id: int
    household_id: int
    on: date
    permission: str = field(default="all", kw_only=True)
    role: str = field(default="", kw_only=True)
    represents: bool = field(default=False, kw_only=True)
    is_frozen: bool = field(default=False, kw_only=True)


@dataclass(frozen=True)
class Subject:
    """Somebody looked at, as the home acted for knows them that day; `role` is empty where they don't live there."""

    person_id: int
    role: str = ""
    born: date | None = None
    is_shared: bool = False
    acts: bool = False


@dataclass(frozen=True)
class Stay:
    """A person in a household. `until` is the first day on which the person is no longer there."""

    person_id: int
    household_id: int
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Grant:
    """A person who may act for a household. `until` is the first day on which it is no longer granted."""

    person_id: int
    household_id: int
    since: date | None = None
    until: date | None = None


def is_open(since: date | None, until: date | None, *, on: date) -> bool:
    """Whether something dated holds that day: begun (or always there), and not ended."""
    return (since is None or since <= on) and (until is None or on < until)


def may_see_household(viewer: Viewer, household_id: int) -> bool:
    """The address and the file belong to one home: only those who act for it read them.

    Source: RGPD, art. 5.1.f (a child's other parent never reads this home's address).
    """
    return household_id == viewer.household_id


def may_see_stay(viewer: Viewer, stay: Stay) -> bool:
    """Who lives in the home one acts for. Where a shared child lives besides is nobody's to read here.

    Source: code civil, art. 373-2 (each parent keeps a bond with the child).
    """
    return stay.household_id == viewer.household_id and is_open(stay.since, stay.until, on=viewer.on)


def may_see_grant(viewer: Viewer, grant: Grant) -> bool:
    """Who may act for the home one acts for: nobody opens a family's file unknown to the family.

    Source: RGPD, art. 15.1.c (recipients).
    """
    return grant.household_id == viewer.household_id and is_open(grant.since, grant.until, on=viewer.on)


def may_see_person(viewer: Viewer, person_id: int, stays: Iterable[Stay], grants: Iterable[Grant]) -> bool:
    """Oneself always; else whoever lives today in the home one acts for, or may act for it.

    A child in two homes is thus seen by both parents, and no adult by the other home. Whoever left is no
    longer seen by those who stay. `stays` and `grants` may be everybody's.

    Source: code civil, art. 372-2 (each parent acts alone for usual matters).
    """
    if person_id == viewer.person_id:
        return True
    lives_there = any(stay.person_id == person_id and may_see_stay(viewer, stay) for stay in stays)
    return lives_there or any(grant.person_id == person_id and may_see_grant(viewer, grant) for grant in grants)


def may_see_invitation(viewer: Viewer, household_id: int) -> bool:
    """Who is invited into a file is known to whoever may invite; in a frozen file, to nobody.

    Source: RGPD, art. 5.1.f.
    """
    return household_id == viewer.household_id and may(viewer, "grant")


def may_see_separation(viewer: Viewer, household_id: int) -> bool:
    """That sharing is frozen is known to the couple it concerns; it is nobody else's.

    Source: code civil, art. 9.
    """
    return household_id == viewer.household_id and viewer.role in COUPLE_ROLES


def may(viewer: Viewer, act: str) -> bool:
    """Whether the viewer may `view`, handle `requests` or `documents`, `change` the file, `grant` accesses.

    Only who lives there as holder or partner grants: a guardian asks the organisation, a helper gives nothing
    further. A declared separation takes `change` and `grant` from everybody. It leaves each their own requests
    and documents.
    """
    if viewer.is_frozen and act in ACTS_FROZEN:
        return False
    if act == "grant" and viewer.role not in COUPLE_ROLES:
        return False
    return act in ACTS_BY_PERMISSION.get(viewer.permission, frozenset())


def may_change_own(viewer: Viewer, item: Item) -> bool:
    """Whether one's own data may be changed, as the organisation's choice leaves them open; `viewer` is at home.

    Neither the permission in somebody else's file nor a declared separation takes it: a phone that the other
    knows too must be theirs to change. Who lives in a home with an access that is less than whole asks the
    organisation, as for everything there. So does, but for how to reach them, who acts from outside and has no
    file of their own: a guardian's name or birth is no business of the home that they act for. Who acts for
    no home at all asks for everything.

    Source: RGPD, art. 5.1.f, 16 (rectification), 32.
    """
    if not viewer.role:
        return item is Item.CONTACTS and viewer.household_id != NO_HOME
    return "change" in ACTS_BY_PERMISSION.get(viewer.permission, frozenset())


def situation_of(viewer: Viewer, subject: Subject) -> Situation:
    """What the subject is to the viewer, in the home acted for."""
    if subject.person_id == viewer.person_id:
        return Situation.ONESELF
    if not subject.role:
        return Situation.ACTS_FROM_OUTSIDE if subject.acts else Situation.STRANGER
    if subject.role == CHILD:
        return _situation_of_child(viewer, subject)
    if viewer.is_frozen and subject.role in COUPLE_ROLES:
        return Situation.SEPARATED
    if viewer.represents:
        return Situation.REPRESENTED
    if subject.role in COUPLE_ROLES:
        return Situation.COUPLE if viewer.role in COUPLE_ROLES else Situation.FILE_HOLDER
    return Situation.OTHER_ADULT


def _situation_of_child(viewer: Viewer, child: Subject) -> Situation:
    """In a frozen home a child is already treated as one of two homes."""
    if is_adult_on(viewer.on, born=child.born):
        return Situation.ADULT_CHILD
    return Situation.SHARED_CHILD if child.is_shared or viewer.is_frozen else Situation.CHILD


def visible_items(viewer: Viewer, subject: Subject) -> frozenset[Item]:
    """All that the viewer may read of the subject: what pages show of a person is taken from here."""
    situation = situation_of(viewer, subject)
    items = ITEMS_OF[situation]
    if situation is not Situation.ONESELF:
        items &= ITEMS_BY_PERMISSION.get(viewer.permission, frozenset())
    return items - HIDDEN_WHILE_FROZEN if viewer.is_frozen else items


def may_see_address(viewer: Viewer) -> bool:
    """The home's own address: not while a separation is declared, or a new one would betray who moved.

    Source: code civil, art. 9.
    """
    return not (viewer.is_frozen and Item.ADDRESS in HIDDEN_WHILE_FROZEN)


def may_see_household_history(viewer: Viewer) -> bool:
    """What everybody of the home did, one's own lines apart: for who may do everything, in a file that is shared.

    Source: RGPD, art. 5.1.c.
    """
    return not viewer.is_frozen and Item.HISTORY in ITEMS_BY_PERMISSION.get(viewer.permission, frozenset())


def may_see_payments(viewer: Viewer, household_id: int) -> bool:
    """What a home lives on, where it is paid, and what: for whoever may do everything in its file.

    Not while a separation is declared: one of the couple may be leaving with an account of their own.

    Source: RGPD, art. 5.1.f; code civil, art. 220, 223 (each spouse disposes of their earnings).
    """
    if household_id != viewer.household_id or viewer.is_frozen:
        return False
    return Item.INCOME in ITEMS_BY_PERMISSION.get(viewer.permission, frozenset())


def may_see_filed(
    viewer: Viewer,
    item: Item,
    *,
    about: Subject,
    household_id: int,
    filed_by: int,
    is_private: bool = False,
    is_for_home: bool = False,
) -> bool:
    """Whether an income, a document, a request or a line of history is the viewer's to read.

    It belongs to the file it was put in: what one home filed about a shared child is never read by the other.
    What somebody filed stays theirs; in a frozen file the other adult's acts, even about the children, are hidden.
    What is private (leaving, one's own data) is its filer's alone, for ever. What is for the home (filed about nobody,
    by somebody who was let in and never lived there) is read by whoever answers for it: who acts in their name accounts
    to them for it.

    Source: code civil, art. 9, 372-2, 1984, 1993 (a mandate); RGPD, art. 5.1.f.
    """
    if household_id != viewer.household_id:
        return False
    if filed_by == viewer.person_id:
        return True
    if is_private or viewer.is_frozen:
        return False
    return item in (_items_of_home(viewer) if is_for_home else visible_items(viewer, about))


def _items_of_home(viewer: Viewer) -> frozenset[Item]:
    """What is nobody's in particular, for the couple or the guardian."""
    answers_for_it = viewer.role in COUPLE_ROLES or viewer.represents
    return ITEMS_BY_PERMISSION.get(viewer.permission, frozenset()) if answers_for_it else frozenset()


def usual_permission(role: str, *, born: date | None, on: date) -> str:
    """What someone who enters a household may do there, unless the register says otherwise.

    Who holds the file and their partner do everything; another adult, a child of age too, sees; a minor has
    no access of their own. No law says so: it is this portal's choice.
    """
    if role in ("holder", "partner"):
        return "all"
    if role == "other_adult" or is_adult_on(on, born=born):
        return "view"
    return "none"
