"""A page of a file as a picture: browsers show no PDF inside a sandbox, and a picture runs nothing."""

import tempfile

from xpassfam.vault import children
from xpassfam.vault.models import File
from xpassfam.vault.reading import chunks

MEDIA_TYPE = "image/webp"


class CannotDraw(Exception):
    """The page could not be drawn in the time and memory that it may take."""


def draw(file: File, *, number: int, width: int) -> bytes:
    """Page `number`, from 1, at most `width` pixels wide, as WebP. Raise CannotDraw, turns.Busy."""
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as result:
        source.writelines(chunks(file))
        source.flush()
        try:
            answer = children.run("draw", file.media_type, str(number), str(width), source=source, result=result)
        except children.Died as death:
            raise CannotDraw(file.public_id) from death
        if "refused" in answer:
            raise CannotDraw(file.public_id)
        return result.read()
