"""How a status looks: a colour, a sign and a mark for chat. The word is in `words/status.j2`.

A status is never told by colour alone (WCAG 2.1, 1.4.1), so the three always go with the word.
"""

from typing import NamedTuple


class Look(NamedTuple):
    """Colours are sRGB hex; `ink` on `fill` has a contrast of at least 4.5 to 1 (WCAG 2.1, 1.4.3)."""

    mark: str
    sign: str
    fill: str
    ink: str


LOOKS = {
    "not_started": Look("⚪", "○", "#e7e5e4", "#1c1917"),
    "in_progress": Look("🔵", "◐", "#dbeafe", "#1e3a8a"),
    "delayed": Look("🟠", "▲", "#ffedd5", "#7c2d12"),
    "done": Look("🟢", "●", "#dcfce7", "#14532d"),
    "dropped": Look("⚫", "✕", "#d6d3d1", "#1c1917"),
    "unanswered": Look("❔", "?", "#ffffff", "#7f1d1d"),
}
