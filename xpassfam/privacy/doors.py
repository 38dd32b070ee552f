"""Who opens what is grave here: to take all one's data away, to close one's account."""

from collections.abc import Callable

from django.http.response import HttpResponseBase

from xpassfam.accounts.decorators import confirmed, not_frozen, signed_in

View = Callable[..., HttpResponseBase]


def sensitive(view: View) -> View:
    """Their own account, just confirmed, and not frozen after a reset or a change of address: whoever took a mailbox
    over must not take the whole file away with it.
    """
    return signed_in(not_frozen(confirmed(view)))
