"""A file that is sent is not written further than it may go: its end is known to be missing by its size."""

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from xpassfam.vault.limits import MOST_BYTES

FAMILIES = "/mon-compte/"


class CappedUploadHandler(FileUploadHandler):
    """Before the handlers that keep: what a family sends past the limit reaches neither memory nor disk."""

    is_capped = False

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None) -> None:  # type: ignore[no-untyped-def] # noqa: N803
        self.is_capped = META.get("PATH_INFO", "").startswith(FAMILIES)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return None if self.is_capped and start > MOST_BYTES else raw_data

    def file_complete(self, file_size: int) -> UploadedFile | None:
        return None
