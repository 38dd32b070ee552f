import random
import string

import pytest

from xpassfam.rules.common_passwords import is_common, size


@pytest.mark.parametrize("password", ["password", "12345678", "motdepasse", "azertyuiop", "chocolat", "Passw0rd!"])
def test_the_list_knows_short_ones(password):
    assert is_common(password)


@pytest.mark.parametrize(
    "password",
    [
        "motdepasse123",
        "jetaimemonamour",
        "marseille13000",
        "azertyuiop123",
        "123456789012",
        "password1234",
        "iloveyou1234",
    ],
)
def test_the_list_knows_ones_of_twelve_characters_and_more(password):
    assert len(password) >= 12
    assert is_common(password)


def test_case_and_composition_make_no_difference():
    assert is_common("MOTDEPASSE123")
    assert is_common("Marseille13000")


def test_it_holds_more_than_a_million():
    assert size() > 1_900_000


def test_it_takes_few_others_for_common():
    chance = random.Random(7)
    others = ["".join(chance.choices(string.ascii_letters + string.digits, k=16)) for _ in range(20_000)]
    assert sum(map(is_common, others)) < 60
