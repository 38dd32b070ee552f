"""Square codes to scan with a telephone."""

import zxingcpp


def qr(text: str) -> str:
    """An SVG, its quiet border included."""
    return str(zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode).to_svg())
