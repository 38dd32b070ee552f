"""Addresses of static files."""

from xpassfam.ui.static_files import Storage


def test_an_address_holds_the_file_s_digest_and_is_looked_up_once(tmp_path):
    storage = Storage(location=tmp_path, base_url="/static/")
    storage.hashed_files = {"face.css": "face.0123456789ab.css"}
    first = storage.url("face.css")

    storage.hashed_files = {}

    assert first == storage.url("face.css") == "/static/face.0123456789ab.css"
