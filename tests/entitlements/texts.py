"""Rules as texts, to change one thing of."""

from xpassfam.entitlements import shipped
from xpassfam.entitlements.language import Right, Vocabulary, load_right, load_vocabulary

VOCABULARY_TEXT = shipped.VOCABULARY.read_text(encoding="utf-8")
VOCABULARY = load_vocabulary(VOCABULARY_TEXT)
SUMMER = """
code: R20
title: Aide à l’été
summary: Une aide par enfant pour l’été.
law: Règlement, article 20
since: 2026-01-01
audience: child
opening: automatic
criterion:
  all:
    - {age: {at_least: 6, at_most: 17}}
    - {bracket: [T1, T2]}
amount:
  by_bracket: {T1: 100, T2: 60}
texts:
  yes: "{prénom} reçoit {montant} €."
  no:
    age: Réservé aux 6 à 17 ans.
    bracket: "Votre quotient familial dépasse 900 €."
  unknown:
    bracket: Il nous manque votre quotient familial.
cases:
  - {name: Neuf ans, on: 2026-11-23, quotient: 721, children: [{born: 2017-06-18}], answer: "yes", amount: 60}
"""


def shipped_text(code: str) -> str:
    [path] = [one for one in shipped.rights() if one.name.startswith(code.lower())]
    return path.read_text(encoding="utf-8")


def changed(old: str, new: str, text: str = SUMMER) -> str:
    assert old in text, old
    return text.replace(old, new)


def right(text: str = SUMMER, vocabulary: Vocabulary = VOCABULARY) -> Right:
    return load_right(text, vocabulary)
