"""What a search by name looks in: made from persons' names by a job, never written elsewhere."""

from django.db import models


class NameWord(models.Model):
    """A word of a person's names, folded: see `rules.spelling.words_of`."""

    word = models.CharField(max_length=40)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="name_words")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["word", "person"], name="name_word_once_per_person")]


class WordKey(models.Model):
    """A key under which a word is found again when it is mistyped: see `rules.spelling.keys_of`."""

    key = models.CharField(max_length=40)
    word = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "word"], name="word_key_once")]
