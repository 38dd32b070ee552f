"""Names are made findable, some at a time, after whoever wrote them: no import waits for it."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from xpassfam.people.models import NameWord, Person, WordKey
from xpassfam.rules.spelling import keys_of, words_of

BATCH = 1000
# The very condition of the index `person_to_name`: an empty list costs nothing.
STALE = ~Q(search_name=F("named_as"))


def make_findable(*, most: int = BATCH) -> int:
    """Bring the words of persons whose name has changed since in step with it; return how many persons."""
    with transaction.atomic():
        stale = Person.objects.filter(STALE).select_for_update(of=("self",), skip_locked=True).order_by("pk")[:most]
        persons = list(stale)
        wanted = {
            (word, person.pk)
            for person in persons
            for word in words_of(person.first_names, person.last_name, person.birth_name)
        }
        rows = NameWord.objects.filter(person__in=persons).values_list("word", "person", "pk")
        known = {(word, person_id): pk for word, person_id, pk in rows}
        NameWord.objects.filter(pk__in=[pk for pair, pk in known.items() if pair not in wanted]).delete()
        new = wanted - set(known)
        _learn(sorted({word for word, _person in new}))
        words = [NameWord(word=word, person_id=person_id) for word, person_id in sorted(new)]
        NameWord.objects.bulk_create(words, batch_size=BATCH, ignore_conflicts=True)
        Person.objects.filter(pk__in=[person.pk for person in persons]).update(named_as=F("search_name"))
    return len(persons)


def unused_words() -> "QuerySet[WordKey]":
    """What nobody is called any more. As long as somebody waits to be made findable, no word is known to be so."""
    if Person.objects.filter(STALE).exists():
        return WordKey.objects.none()
    return WordKey.objects.filter(~Exists(NameWord.objects.filter(word=OuterRef("word"))))


def _learn(words: Sequence[str]) -> None:
    """Give the words that nobody had yet their keys. Words once known stay so, as long as
    somebody is called by them: see `unused_words`.
    """
    known = set(WordKey.objects.filter(key__in=words, word=F("key")).values_list("word", flat=True))
    keys = [WordKey(key=key, word=word) for word in words if word not in known for key in sorted(keys_of(word))]
    WordKey.objects.bulk_create(keys, batch_size=BATCH, ignore_conflicts=True)
