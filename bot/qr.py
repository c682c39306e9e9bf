"""A link as a picture to point a phone at."""

from io import BytesIO

import segno

SCALE = 8  # pixels a module: a link of 70 characters makes a picture of about 400 by 400


def png_of(link: str) -> bytes:
    """The QR code of a link, as a PNG."""
    picture = BytesIO()
    segno.make_qr(link, error="m").save(picture, kind="png", scale=SCALE)
    return picture.getvalue()
