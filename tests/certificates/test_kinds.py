"""The kinds that are shipped, and files that can't be used."""

import pytest
import yaml

from xpassfam.certificates import wordings
from xpassfam.certificates.kinds import PLACE, BadKind, issued, kinds, read

ENTRIES = yaml.safe_load(PLACE.read_text(encoding="utf-8"))


def changed(which: str, **facts: object) -> list[dict]:
    return [entry | facts if entry["code"] == which else entry for entry in ENTRIES]


def test_the_shipped_kinds_are_good_and_keep_their_codes():
    assert list(kinds()) == ["rights", "composition", "bracket", "paid", "card", "acknowledgement", "decision"]
    assert [kind.letters for kind in issued()] == ["A1", "A2", "A3", "A4", "PF"]


def test_the_shipped_words_can_be_printed():
    for kind in issued():
        for name in wordings.FIELDS:
            wordings.check(getattr(kind.words, name))


@pytest.mark.parametrize(
    "entries",
    [
        {},
        [{"code": "x"}],
        changed("composition", validity="for long"),
        changed("composition", validity={"months": 0}),
        changed("composition", facts="horoscope"),
        changed("composition", letters="PF"),
        changed("composition", has_own=False),
        changed("composition", colour="red"),
        changed("composition", label={"fr": "Attestation"}),
        changed("bracket", code="composition", letters="A9"),
        changed("decision", letters="A6"),
    ],
)
def test_a_file_that_can_t_be_used_is_refused(entries):
    with pytest.raises(BadKind):
        read(entries)
