"""Pages are drawn as pictures by a process that may die of it."""

import io
import time

import pytest
from django.utils import timezone
from PIL import Image

from tests.vault import samples
from xpassfam.vault import children, drawing
from xpassfam.vault.actions import Refused, receive
from xpassfam.vault.drawing import CannotDraw, draw

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("content", [samples.pdf(3), samples.photo(width=3000, height=2000)], ids=["pdf", "photo"])
def test_a_page_is_a_picture_of_the_width_asked_for(content):
    file = receive([content], name="a", at=timezone.now())

    picture = Image.open(io.BytesIO(draw(file, number=file.pages, width=480)))

    assert (picture.format, picture.width) == ("WEBP", 480)


def test_a_page_that_is_not_there_is_not_drawn():
    file = receive([samples.pdf()], name="a", at=timezone.now())

    with pytest.raises(CannotDraw):
        draw(file, number=2, width=480)


def test_a_child_that_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(children, "SECONDS", 0.05)
    began = time.monotonic()

    with pytest.raises(Refused) as refused:
        receive([samples.pdf()], name="a", at=timezone.now())

    assert refused.value.code == "unreadable"
    assert time.monotonic() - began < 5


def test_a_pdf_that_unfolds_to_more_than_memory_is_refused_and_we_stay():
    assert receive([samples.unfolding(2_000_000)], name="a", at=timezone.now()).pages == 1

    with pytest.raises(Refused) as refused:
        receive([samples.unfolding(1_200_000_000)], name="a", at=timezone.now())

    assert refused.value.code == "unreadable"


def test_a_child_is_told_none_of_our_secrets(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "never to be told")
    seen = {}
    real = children.subprocess.run
    monkeypatch.setattr(children.subprocess, "run", lambda *words, **more: seen.update(more) or real(*words, **more))
    receive([samples.pdf()], name="a", at=timezone.now())

    assert "SECRET_KEY" not in seen["env"]
    assert drawing.MEDIA_TYPE == "image/webp"
