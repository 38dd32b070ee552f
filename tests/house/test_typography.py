"""French as it is printed: curly apostrophes, no-break spaces; and as families are spoken to."""

import re

from tests.house import files

RULES = {
    "straight apostrophe": re.compile(r"(?<=[A-Za-zÀ-ÿ])'(?=[A-Za-zÀ-ÿ])"),
    "breaking space before a high sign": re.compile(r"(?<=[^\s\"'{%=|>]) [:;!?»](?=[\s\"<]|$)|« "),
    "no space before a high sign": re.compile(r"(?<=[a-zà-ÿ])[!?»](?=[\s\"<]|$)"),
    "breaking space before a unit": re.compile(r"(?<=\d) (?=(?:jours?|minutes?|heures?|mois|chiffres|essais?)\b)"),
    "word that orders or accuses": re.compile(r"\bveuillez\b|\binvalide|\berreur de saisie\b", re.IGNORECASE),
}
TAG = re.compile(r"\{%(?!-?\s*trans(?:late)?\b).*?%\}|\{\{.*?\}\}|\{#.*?#\}|<[^>]*>", re.DOTALL)
TRANSLATED = re.compile(r'\b(?:_|gettext(?:_lazy)?|ngettext(?:_lazy)?)\(\s*"((?:[^"\\]|\\.)*)"')


def words_of_template(text: str) -> str:
    """What a page says: its text, and the words given to `translate`."""
    return TAG.sub(lambda found: "\n" * found[0].count("\n"), text)


def misses(text: str) -> list[str]:
    return [name for name, rule in RULES.items() if rule.search(text)]


def test_the_rules_know_a_miss():
    for text in (
        "l'adresse",
        "Oublié ?",
        "Oublié?",
        "« non »",
        "Par exemple : ici",
        "Veuillez patienter",
        "dans 30 jours",
    ):
        assert misses(text), text
    assert misses(words_of_template('{% translate "Oublié ?" %}'))
    assert misses("L’adresse\u202f? «\u00a0Non\u00a0» Par exemple\u00a0: 14\u00a0h\u00a005") == []


def test_templates_are_in_printed_french():
    found = [
        f"{files.place(path, number)}: {name}"
        for path in files.templates()
        for number, line in enumerate(words_of_template(files.text(path)).splitlines(), 1)
        for name in misses(line)
    ]

    assert found == []


def test_messages_in_the_code_are_in_printed_french():
    found = [
        f"{files.place(path)}: {name}: {match[1]}"
        for path in files.python("xpassfam")
        for match in TRANSLATED.finditer(files.text(path))
        for name in misses(match[1])
    ]

    assert found == []
