"""Which persons of the register an agent means: a number, an address, a date, names spelt nearly right.

By index whatever is typed, on either database: see `rules.spelling`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.db.models.functions import Length

from xpassfam.people.models import NameWord, Person, WordKey
from xpassfam.rules.identifiers import fold, normalise_email, normalise_file_number, normalise_member_number
from xpassfam.rules.names import sorting_key
from xpassfam.rules.phones import normalise_phone
from xpassfam.rules.spelling import closeness, keys_of_typed, typed_words
from xpassfam.ui.forms import month_number

MOST_WORDS = 5
MOST_SPELLINGS = 100  # of one word
MOST_CANDIDATES = 200
_DATE = re.compile(r"\b(\d{1,2})(?:er)?[\s/.\-]+(\d{1,2}|[^\W\d]{3,9}\.?)[\s/.\-]+(\d{4})\b|\b(\d{4})-(\d\d)-(\d\d)\b")


@dataclass(frozen=True)
class Found:
    """Persons, the best match first; `is_all` is False where others were left out."""

    persons: list[Person]
    is_all: bool = True


def find(text: str, *, size: int) -> Found:
    """The persons that a search means. Nothing for a search that names nobody."""
    rest, born = _take_date(text)
    by_number = _by_number(text) if born is None else None
    if by_number is not None:
        return _sorted(by_number[: MOST_CANDIDATES + 1], size=size)
    words = typed_words(rest, most=MOST_WORDS)
    if born:
        persons = Person.objects.filter(birth_date=born).prefetch_related("name_words")[:MOST_CANDIDATES]
        return _sorted((person for person in persons if _answers(person, words)), size=size)
    return _by_name(words, size=size) if words else Found([])


def _take_date(text: str) -> tuple[str, date | None]:
    """What is typed without its date, and the date: `le goff 22/1/1981`, `1981-01-22`, `22 janvier 1981`."""
    found = _DATE.search(text)
    if not found:
        return text, None
    day, month, year, iso_year, iso_month, iso_day = found.groups()
    number = (month and (int(month) if month.isdecimal() else month_number(month))) or 0
    try:
        born = date(int(year or iso_year), number or int(iso_month or 0), int(day or iso_day))
    except ValueError:
        return text, None
    return text[: found.start()] + " " + text[found.end() :], born


def _by_number(text: str) -> "QuerySet[Person] | None":
    """By e-mail, member number, file number or telephone; None where it is none of them."""
    if "@" in text:
        return Person.objects.filter(email=normalise_email(text))
    if not re.search(r"\d", text):
        return None
    ways = Q(residences__household__file_key=normalise_file_number(text) or "-")
    if number := normalise_member_number(text):
        ways |= Q(member_number=number)
    if phone := normalise_phone(text):
        ways |= Q(phone=phone)
    return Person.objects.filter(pk__in=_union(ways))


def _union(ways: Q) -> list[int]:
    """Each way by its own index: a single statement with OR would read the whole table."""
    found: set[int] = set()
    for way in ways.children if ways.connector == Q.OR else [ways]:
        found.update(Person.objects.filter(way).values_list("pk", flat=True)[: MOST_CANDIDATES + 1])
    return sorted(found)


def _by_name(words: list[str], *, size: int) -> Found:
    """Every word meant by one of the person's; those spelt right first, then the others."""
    found = _named([{word} for word in words])
    if len(found) <= size:
        found = list(dict.fromkeys([*found, *_named([_spellings(word) for word in words])]))
    persons = Person.objects.filter(pk__in=found[:MOST_CANDIDATES]).prefetch_related("name_words")
    return _sorted(persons, words=words, size=size, is_all=len(found) <= MOST_CANDIDATES)


def _spellings(word: str) -> set[str]:
    """The known words that a typed one may mean, those of its length first."""
    keyed = WordKey.objects.filter(key__in=keys_of_typed(word)).values_list("word", flat=True)
    return {one for one in keyed.order_by(Length("word"))[:MOST_SPELLINGS] if closeness(word, one) is not None}


def _named(spellings: list[set[str]]) -> list[int]:
    """The persons who have one of each: the database intersects, it returns no more than we rank."""
    if not all(spellings):
        return []
    each = [
        NameWord.objects.filter(word__in=spelling).order_by().values_list("person", flat=True) for spelling in spellings
    ]
    # One list alone needs no intersection: it is read until there are enough, twice the same person included.
    both = each[0].intersection(*each[1:]) if len(each) > 1 else each[0]
    return list(dict.fromkeys(both[: 2 * MOST_CANDIDATES]))


def _sorted(persons: Iterable[Person], *, size: int, words: Iterable[str] = (), is_all: bool = True) -> Found:
    typed = list(words)
    ranked = sorted(
        persons, key=lambda one: (_distance(one, typed), sorting_key(one.last_name, one.first_names), one.pk)
    )
    return Found(ranked[:size], is_all and len(ranked) <= size)


def _distance(person: Person, typed: list[str]) -> int:
    """0 where every typed word is one of theirs as it stands."""
    if not typed:
        return 0
    known = [row.word for row in person.name_words.all()]
    return sum(
        min((found for one in known if (found := closeness(word, one)) is not None), default=3) for word in typed
    )


def _answers(person: Person, typed: list[str]) -> bool:
    """Whether every typed word is one of theirs, or nearly; also before their words are in the table."""
    known = [row.word for row in person.name_words.all()] or fold(str(person.search_name)).split()
    return all(any(closeness(word, one) is not None for one in known) for word in typed)
