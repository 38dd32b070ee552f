"""What the page of state says besides: the rooms above, which alone know what is away, say so in their `for_state`."""

from collections.abc import Callable, Sequence

# Sentences for anybody; none where all is well.
Teller = Callable[[], Sequence[str]]
_TELLERS: list[Teller] = []


def declare(teller: Teller) -> Teller:
    _TELLERS.append(teller)
    return teller


def told() -> list[str]:
    """As many queries as there are rooms that tell."""
    return [sentence for teller in _TELLERS for sentence in teller()]
