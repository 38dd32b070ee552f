import pytest

from xpassfam.ui.living import Example
from xpassfam.ui.shapes import colour, form, house


def test_twenty_persons_look_different():
    assert len({(form(mark), colour(mark)) for mark in range(1, 21)}) == 20


def test_grown_ups_stand_before_children():
    family = [Example(3, "I", "Inès", True), Example(1, "C", "Camille")]

    assert [shape.initial for shape in house(family).shapes] == ["C", "I"]


@pytest.mark.parametrize("count", [0, 1, 2, 5, 9])
def test_everyone_fits_in_the_picture(count):
    picture = house([Example(n + 1, "A", "", n > 1) for n in range(count)])

    assert len(picture.shapes) == count
    assert all(0 <= shape.text_x <= picture.width for shape in picture.shapes)
