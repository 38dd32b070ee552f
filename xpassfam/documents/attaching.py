"""A file taken away: an attachment under its French name, whole or from any byte, that runs in no browser."""

import re
from collections.abc import Iterator
from itertools import chain

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from xpassfam.vault.models import File
from xpassfam.vault.reading import NotReady, chunks

# All of it, as nothing of ours is added to it: a file runs nothing and is framed by nobody.
POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
ONE_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


class NotThere(Exception):
    """The range begins past the end (RFC 9110, 15.5.17)."""


def attachment(request: HttpRequest, file: File, *, name: str) -> HttpResponseBase:
    """Raise Http404 while it waits for the virus scanner, and once that has destroyed it."""
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or "attachment",
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
        "Accept-Ranges": "bytes",
        # A file never changes: its name is its tag.
        "ETag": f'"{file.public_id}"',
    }
    try:
        part = range_of(request, size=file.size, tag=headers["ETag"])
    except NotThere:
        return HttpResponse(status=416, headers=headers | {"Content-Range": f"bytes */{file.size}"})
    start, stop = part or (0, file.size)
    headers["Content-Length"] = str(stop - start)
    if part:
        headers["Content-Range"] = f"bytes {start}-{stop - 1}/{file.size}"
    try:
        content = chunks(file, start=start, stop=stop)
    except NotReady:
        raise Http404 from None
    # What is missing or damaged is known before anything is promised.
    whole: Iterator[bytes] = chain([next(content)], content)
    return StreamingHttpResponse(whole, status=206 if part else 200, content_type=file.media_type, headers=headers)


def range_of(request: HttpRequest, *, size: int, tag: str) -> tuple[int, int] | None:
    """The first byte that is asked for and the one after the last; None for all. Raise NotThere.

    Several ranges at once, and what is not understood, are answered by the whole (RFC 9110, 14.2).
    """
    asked = ONE_RANGE.fullmatch(request.headers.get("Range", "").strip())
    is_same = request.headers.get("If-Range", tag).strip() == tag
    if request.method != "GET" or not asked or not any(asked.groups()) or not is_same:
        return None
    first, last = asked.groups()
    if not first:
        start, stop = max(size - int(last), 0), size
    else:
        start, stop = int(first), min(int(last) + 1, size) if last else size
        if last and int(last) < start:
            return None
    if start >= size:
        raise NotThere
    return start, stop
