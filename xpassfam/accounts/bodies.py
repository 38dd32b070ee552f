"""How much a request may carry, and who may send files: known before anything of it is read or written.

The check of the CSRF token reads the whole body, before any view says who may come: so the bounds come first.
"""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.middleware import get_user
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse

from xpassfam.accounts.models import Account
from xpassfam.ui import errors
from xpassfam.vault.limits import MOST_BYTES

MEGABYTE = 1024 * 1024
FORM = 2 * MEGABYTE
AGENTS = (Account.Role.AGENT, Account.Role.ADMINISTRATOR)


@dataclass(frozen=True)
class Place:
    """Addresses that begin alike: how large a body is there, and each file; whose files are taken (none: anybody's
    who is signed in; `is_public`: anybody's)."""

    start: str
    body: int
    file: int = MOST_BYTES
    roles: tuple[str, ...] = ()
    is_public: bool = False


# The first that fits. Ten files of a family at once, the 256 megabytes of a register, and the rest of their forms.
PLACES = (
    Place("/mon-compte/", body=10 * MOST_BYTES + FORM),
    Place("/gestion/registre/", body=256 * MEGABYTE + FORM, file=256 * MEGABYTE, roles=(Account.Role.ADMINISTRATOR,)),
    Place("/gestion/", body=MOST_BYTES + FORM, roles=AGENTS),
    # Whoever can't sign in shows their screen: few files, received by `support.actions.holding_files`, few an hour.
    Place("/assistance/", body=5 * MOST_BYTES + FORM, is_public=True),
    # What we seal weighs less, and a body of that length is read from anybody elsewhere too.
    Place("/verifier/fichier/", body=FORM, file=FORM, is_public=True),
    Place("/admin/", body=MOST_BYTES + FORM, roles=(Account.Role.ADMINISTRATOR,)),
)
ELSEWHERE = Place("/", body=FORM, file=0)


def place_of(path: str) -> Place:
    return next((place for place in PLACES if path.startswith(place.start)), ELSEWHERE)


class BodyMiddleware:
    """Before all that reads a body, and after what dresses an answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Without a length, nothing is read.
        length = request.META.get("CONTENT_LENGTH") or "0"
        most = place_of(request.path_info).body
        if not length.isdecimal() or len(length) > 18 or int(length) > most:
            return errors.too_big(request, megabytes=most // MEGABYTE)
        return self.get_response(request)


class CappedUploadHandler(FileUploadHandler):
    """Before the handlers that keep: what goes too far, or comes from whom nothing is taken, reaches neither memory
    nor disk."""

    place = ELSEWHERE
    written = 0

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None) -> None:  # type: ignore[no-untyped-def] # noqa: N803
        self.place = place_of(META.get("PATH_INFO", ""))

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if not self._may_send():
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """A file past its limit ends there: its size tells that something is missing."""
        if start > self.place.file:
            return None
        self.written += len(raw_data)
        if self.written > self.place.body:  # more than was announced
            raise RequestDataTooBig
        return raw_data

    def file_complete(self, file_size: int) -> UploadedFile | None:
        return None

    def _may_send(self) -> bool:
        if not self.place.file or self.request is None or not hasattr(self.request, "session"):
            return False
        if self.place.is_public:
            return True
        # The one that `request.user` is later: it is asked for once.
        account = get_user(self.request)
        return account.is_authenticated and (not self.place.roles or account.role in self.place.roles)


class NamelessUploadHandler(FileUploadHandler):
    """A large file without a name on the disk: it is gone with the process, whatever ends it."""

    file: UploadedFile

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        kept = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the request
        about = (self.file_name, self.content_type, 0, self.charset, self.content_type_extra)
        self.file = UploadedFile(kept, *about)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.file.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        self.file.seek(0)
        self.file.size = file_size
        return self.file

    def upload_interrupted(self) -> None:
        if hasattr(self, "file"):
            self.file.close()
