"""Colours as six hex digits, and how well one is read on another (WCAG 2.1)."""

WHITE = "ffffff"
USUAL = "1f3a4d"
USUAL_TINT = "e6ecf0"
READABLE = 4.5
"""The least contrast of a text of usual size (WCAG 2.1, 1.4.3)."""


def contrast(one: str, other: str = WHITE) -> float:
    """The contrast of two colours, from 1 to 21 (WCAG 2.1, "contrast ratio")."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable(colour: str) -> str:
    """The same hue, no darker than it must be to be read on white, and white on it."""
    red, green, blue = _parts(colour)
    for share in range(100, -1, -1):
        darker = "".join(f"{round(part * share / 100):02x}" for part in (red, green, blue))
        if contrast(darker) >= READABLE:
            return darker
    return "000000"


def tint(colour: str) -> str:
    """A tenth of a colour on white, to stand behind black text."""
    return "".join(f"{round(255 - (255 - part) / 10):02x}" for part in _parts(colour))


def _parts(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour)
    return red, green, blue


def _luminance(colour: str) -> float:
    """Relative luminance, from 0 (black) to 1 (white) (WCAG 2.1)."""
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
