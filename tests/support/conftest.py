import pytest

from xpassfam.organisation import promise
from xpassfam.support.actions import incidents


@pytest.fixture(autouse=True)
def _nothing_remembered_of_another_test():
    """What a process keeps in memory: the figure of this minute, the incidents counted and waiting."""
    promise.forget()
    incidents._counted = (0, 0)
    incidents._waiting.clear()
