import pytest

from xpassfam.rules.gsm import as_sms, segments


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("Été à l’école\u00a0: où\u202f?", "Été à l'école : où ?"),
        ("« Mon\u00a0compte »\u202f!", '"Mon compte" !'),
        ("Noël, forêt, ça, Œuvre…", "Noel, foret, ca, OEuvre..."),
        ("12\u00a0€ – 3", "12 € - 3"),
        ("Łukasz \U0001f600", "?ukasz ?"),
        ("e\u0301te\u0301", "été"),
        ("@mon-compte.example #123456", "@mon-compte.example #123456"),
    ],
)
def test_a_text_is_brought_to_the_alphabet_of_telephones(written, sent):
    assert as_sms(written) == sent


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 1), ("a" * 160, 1), ("a" * 161, 2), ("€" * 80, 1), ("€" * 81, 2), ("a" * 306, 2), ("a" * 307, 3)],
)
def test_what_is_paid_for_is_counted_in_segments(text, count):
    assert segments(text) == count
