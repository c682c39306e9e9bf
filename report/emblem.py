"""The municipality's logo as each document takes it, no larger than a letterhead has it."""

import json
from base64 import b64decode
from pathlib import Path

from report.snapshot import Logo

LAYOUT = Path(__file__).parent.parent / "templates" / "report" / "emblem.typ"
MOST_WIDE_MM = 50.0
MOST_HIGH_MM = 20.0
PNG_DOTS_PER_INCH = 400
_TYPES = {"png": "image/png", "svg": "image/svg+xml"}


def size_mm(logo: Logo) -> tuple[float, float]:
    """Width and height in print: as large as fits, standing or lying."""
    scale = min(MOST_WIDE_MM / logo.width, MOST_HIGH_MM / logo.height)
    return round(logo.width * scale, 2), round(logo.height * scale, 2)


def content(logo: Logo) -> bytes:
    """The file as it was given."""
    return b64decode(logo.content)


def for_typst(logo: Logo) -> str:
    """The file as a JSON list of its bytes: what Typst is handed can only be text."""
    return json.dumps(list(content(logo)), separators=(",", ":"))


def for_page(logo: Logo) -> str:
    """The file as an address that holds it (RFC 2397). A browser runs nothing that stands in an `img`."""
    return f"data:{_TYPES[logo.kind]};base64,{logo.content}"


def png(logo: Logo) -> bytes:
    """The file as PNG, which every Word shows."""
    if logo.kind == "png":
        return content(logo)
    return _typeset(logo, "png")


def try_to_print(logo: Logo) -> None:
    """Print the logo alone, as PDF and as PNG. Raises `typst.TypstError` where that cannot be."""
    _typeset(logo, "pdf")
    _typeset(logo, "png")


def _typeset(logo: Logo, form: str) -> bytes:
    import typst  # heavy: only where there is a logo

    width, height = size_mm(logo)
    inputs = {"logo": for_typst(logo), "kind": logo.kind, "width": str(width), "height": str(height)}
    if form == "pdf":
        return typst.compile(
            LAYOUT, format="pdf", ignore_system_fonts=True, sys_inputs=inputs, pdf_standards=["a-2a", "ua-1"]
        )
    return typst.compile(LAYOUT, format="png", ignore_system_fonts=True, sys_inputs=inputs, ppi=PNG_DOTS_PER_INCH)
