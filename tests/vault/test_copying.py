"""The same content as two files, each under its own key."""

import pytest
from django.utils import timezone

from tests.vault import samples
from xpassfam.vault import storage
from xpassfam.vault.actions import copy, receive
from xpassfam.vault.models import File
from xpassfam.vault.reading import chunks

pytestmark = pytest.mark.django_db


def test_a_copy_reads_the_same_and_outlives_the_first():
    first = receive([samples.pdf()], name="avis.pdf", at=timezone.now())
    content = b"".join(chunks(first))
    second = copy(first, at=timezone.now())
    name = first.storage_name

    first.delete()
    storage.current().delete(name)

    again = File.objects.get(pk=second.pk)
    assert b"".join(chunks(again)) == content
    assert (again.name, again.media_type, again.pages) == ("avis.pdf", "application/pdf", first.pages)
    assert (bytes(again.wrapped_key), again.storage_name) != (bytes(first.wrapped_key), name)
