"""What a yes may do elsewhere: the names that definitions may write, and the answers that each needs.

`filings` does it; loading a definition refuses a name that is not here, or an answer of another type.
"""

from dataclasses import dataclass

from xpassfam.people.models import Activity
from xpassfam.procedures.language.model import Type

TEXTS = frozenset({Type.TEXT, Type.LONG_TEXT})


@dataclass(frozen=True)
class Need:
    """An answer that an effect reads, by its own name for it. `values`: the only choices that it understands."""

    name: str
    types: frozenset[Type]
    is_optional: bool = False
    values: frozenset[str] = frozenset()


def _need(name: str, *types: Type, optional: bool = False) -> Need:
    return Need(name, frozenset(types), optional)


EFFECTS: dict[str, tuple[Need, ...]] = {
    # The home's address, from that day.
    "move": (_need("address", Type.ADDRESS), _need("since", Type.DATE)),
    "add_child": (
        _need("last_name", Type.TEXT),
        _need("first_names", Type.TEXT),
        _need("birth_date", Type.DATE),
        _need("since", Type.DATE, optional=True),
        _need("residence", Type.CHOICE, optional=True),
    ),
    # Invited to the e-mail given: nothing is shared before they accept.
    "add_partner": (
        _need("last_name", Type.TEXT),
        _need("first_names", Type.TEXT),
        _need("birth_date", Type.DATE),
        _need("email", Type.EMAIL),
        _need("since", Type.DATE, optional=True),
    ),
    # `contact`: the only way to reach whoever declares it; `confidential`: their address. Agents read both first.
    "declare_separation": (
        _need("since", Type.DATE),
        Need("contact", frozenset({Type.CHOICE}), is_optional=True, values=frozenset({"email", "phone", "none"})),
        _need("confidential", Type.YES_NO, optional=True),
    ),
    # The quotient in cents, and the month it is of.
    "update_income": (
        _need("quotient", Type.AMOUNT),
        _need("month", Type.DATE),
        _need("source", Type.CHOICE),
    ),
    # The quotient counted of a year's resources and a month's benefits, in cents, and the month it is of.
    "compute_income": (
        _need("resources", Type.AMOUNT),
        _need("benefits", Type.AMOUNT, optional=True),
        _need("month", Type.DATE),
    ),
    # What somebody does, for the school year that begins that year.
    "record_activity": (
        _need("person", Type.PERSON),
        Need("kind", frozenset({Type.CHOICE}), values=frozenset(Activity.Kind.values)),
        _need("year", Type.NUMBER),
    ),
    "share_residence": (
        _need("child", Type.PERSON),
        _need("since", Type.DATE),
        _need("sharing", Type.CHOICE, optional=True),
        # Told to the other parent, where they are asked.
        _need("rhythm", Type.CHOICE, optional=True),
        # Their member number: of a child who lives in one home so far, it leads to the other.
        _need("other_parent", Type.MEMBER_NUMBER, Type.TEXT, optional=True),
    ),
    "change_bank_details": (_need("holder", Type.TEXT), _need("iban", Type.IBAN)),
    # So much, to the home's account: an order, which the organisation pays by its own means. What the family asks,
    # or else what whoever decides wrote of the definition's `aid`; each month, where the rule of its right says so.
    "pay": (_need("amount", Type.AMOUNT, optional=True),),
    # What is granted uses the entitlement of the `aid`, for its period: the one around `on`, else around the day it was
    # asked for.
    "use_right": (_need("on", Type.DATE, optional=True),),
    # The decision contested is linked when it is filed; what is asked of it is read by the agent.
    "contest": (Need("grounds", TEXTS),),
}
# What two parents say of a child in two homes: its `agreement` is asked of the other.
SHARING = "share_residence"
# Those that do what an `aid` grants.
OF_AIDS = frozenset({"pay", "use_right"})
# Those that an agent always decides: a money order follows the account.
NEVER_AT_ONCE = frozenset({"change_bank_details"})
