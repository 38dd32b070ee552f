"""Two hundred messages, half with a password or a code in them: what is hidden, and what is left alone."""

import re
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xpassfam.rules.secrets_in_text import MASK, Secret, find, masked

MARKED = re.compile(r"\[\[(.+?)\]\]")
HERE = Path(__file__).parent


def messages(name: str) -> list[str]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line.replace("\\n", "\n").replace("\\u00a0", "\u00a0") for line in lines if not line.startswith("#")]


WITH, WITHOUT = messages("messages_with_secrets.txt"), messages("messages_without_secrets.txt")


def as_typed(marked: str) -> str:
    return MARKED.sub(r"\1", marked)


def test_the_corpus_is_two_hundred_messages_half_and_half():
    assert (len(set(WITH)), len(set(WITHOUT))) == (100, 100)
    assert all(MARKED.search(message) for message in WITH)


def test_recall_and_false_alarms(record_property):
    secrets = [(message, secret) for message in WITH for secret in MARKED.findall(message)]
    missed = [secret for message, secret in secrets if secret in masked(as_typed(message)).text]
    alarms = [message for message in WITHOUT if masked(message).secrets]
    too_much = [message for message in WITH if masked(as_typed(message)).text != MARKED.sub(MASK, message)]
    record_property("recall", f"{len(secrets) - len(missed)} of {len(secrets)}")
    record_property("false alarms", f"{len(alarms)} of {len(WITHOUT)}")

    assert missed == []
    assert alarms == []
    assert too_much == []  # what stands around a secret stays readable


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("mon mdp est soleil44", Secret.PASSWORD),
        ("code 123456", Secret.CODE),
        ("https://moncompte.example.org/activation/kJ8sD2fG5hJ9lQ3wE6rT1yU4iO7pA0zX8cV2bN5mQ1w/", Secret.LINK),
    ],
)
def test_it_says_what_was_there(text, secret):
    assert masked(text).secrets == {secret}


def test_dots_tell_nothing_of_the_length():
    assert masked("mdp : abcd1").text == masked("mdp : abcdefghijklm1").text


@pytest.mark.parametrize("message", [as_typed(message) for message in WITH])
def test_what_is_hidden_once_stays_as_it_is(message):
    once = masked(message).text

    assert masked(once).text == once


@given(st.text(max_size=400))
def test_any_text_can_be_read(text):
    found = find(text)

    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(0 <= one.start < one.end <= len(text) for one in found)


# Read twice over, as by a pattern that comes back on itself, some take several seconds.
@pytest.mark.parametrize("before", ["", "mdp", "mdp=", "code pin ", "azerty comme", "«", "mdp : «"])
@pytest.mark.parametrize(
    "piece",
    [
        *("a", " ", "\n", "1", "mdp=", "mdp= ", "mdp ", "mdp\n", "mdp=a&", "mdp est ", "mot de passe ", "code 1 "),
        *("a1B", "« ", "a« ", "12 ", "-a1", "abc-", "a@a.", "/", "a:", "x!y", "a est mon ", "comme ", "tape "),
    ],
)
def test_no_text_takes_long(before, piece):
    text = (before + piece * 16_000)[:16_000]
    start = time.process_time()
    masked(text)

    assert time.process_time() - start < 1


def test_a_word_longer_than_is_looked_is_hidden_whole():
    long = "abcd" * 500

    assert masked(f"mdp={long} merci").text == f"mdp={MASK} merci"
    assert masked(f"mdp : {long}mdp={long} merci").text == f"mdp : {MASK} merci"
    assert masked(f"mdp : rouge {long} merci").text == f"mdp : {MASK} merci"
