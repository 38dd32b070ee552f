"""Square codes to scan with a telephone."""

import re

import zxingcpp


def qr(text: str) -> str:
    """An SVG, its quiet border included."""
    return str(zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode).to_svg())


def outline(text: str) -> tuple[int, str]:
    """The same for a page to draw: the side of its square, quiet border included, and one path in it."""
    drawn = qr(text)
    size, path = re.search(r'width="(\d+)"', drawn), re.search(r' d="([^"]+)"', drawn)
    if size is None or path is None:
        raise ValueError("the code was not drawn as a path")
    return int(size[1]), path[1]
