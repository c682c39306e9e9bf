"""How a plan stands, as a picture for a phone: 390 points wide, read without zooming, in black and white too.

Every status has its sign, its hatching and its number beside the colour. Titles stand over their bars, on two lines
at most, so that the bars have the whole width.
"""

from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from report import legible
from report.chart import FAINT, HATCHES, INK, style
from report.glance import Counts, Glance
from templates import words
from templates.look import LOOKS

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WIDTH = 3.9
"""Inches: 390 points of a phone at 100 to the inch."""
DOTS_PER_INCH = 220
MARGIN = 0.18
BAR = 0.2
BETWEEN = 0.16
LEAD = 1.32  # a line's height in its letters' height
POINTS = 72
MOST_LINES = 2
CROWDED = 6
"""With more bars than these a title gets one line: Telegram makes a picture smaller that is taller than 1280 points."""
APART = "\u00a0" * 4
FONT = "DejaVu Sans"
TITLE, TEXT, SMALL = 12.0, 9.5, 9.0


def png(glance: Glance, language: str) -> bytes:
    """The picture; a plan without measures has none."""
    assert glance.measures
    from matplotlib.figure import Figure  # takes a third of a second: only where something is drawn

    with style():
        sheet = _Sheet()
        _head(sheet, glance, language)
        _bars(sheet, glance, language)
        figure = Figure(figsize=(WIDTH, sheet.y + MARGIN), facecolor="white")
        sheet.draw(figure)
        target = BytesIO()
        figure.savefig(target, format="png", dpi=DOTS_PER_INCH, metadata={"Software": None})
    return target.getvalue()


@dataclass
class _Sheet:
    """What is to be drawn, from the top down, in inches; `y` is how far down it has come."""

    y: float = MARGIN
    texts: list[tuple[float, float, str, dict[str, Any]]] = field(default_factory=list)
    boxes: list[tuple[float, float, float, float, dict[str, Any]]] = field(default_factory=list)

    def write(
        self, text: str, size: float, *, x: float = MARGIN, bold: bool = False, most_lines: int = MOST_LINES
    ) -> None:
        """A text on as many lines as it takes, `most_lines` at most."""
        for line in _lines(text, size, WIDTH - x - MARGIN, most_lines, bold=bold):
            height = size / POINTS * LEAD
            look = {"fontsize": size, "fontweight": "bold" if bold else "normal", "va": "center", "color": INK}
            self.texts.append((x, self.y + height / 2, line, look))
            self.y += height

    def box(self, x: float, width: float, status: str | None = None, height: float = BAR) -> None:
        """A piece of a bar in the look of a status; without one in plain ink."""
        look: dict[str, Any] = {"facecolor": INK, "edgecolor": INK, "linewidth": 0.8}
        if status is not None:
            look |= {"facecolor": LOOKS[status].fill, "edgecolor": LOOKS[status].ink, "hatch": HATCHES[status]}
            look |= {"linestyle": "dashed"} if status == "unanswered" else {}
        self.boxes.append((x, self.y, width, height, look))

    def draw(self, figure: "Figure") -> None:
        """Put everything on a figure, whose height is that of the sheet."""
        from matplotlib.patches import Rectangle  # as above

        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        axes.set_xlim(0, WIDTH)
        axes.set_ylim(self.y + MARGIN, 0)
        for x, y, width, height, look in self.boxes:
            axes.add_patch(Rectangle((x, y), width, height, **look))
        for x, y, text, look in self.texts:
            axes.text(x, y, text, **look)


def _head(sheet: _Sheet, glance: Glance, language: str) -> None:
    """The plan, how many have answered, and every status with its word."""
    sheet.write(glance.plan.title, TITLE, bold=True)
    sheet.y += 0.04
    sheet.write(words.say("glance.size", language=language, count=len(glance.measures)), TEXT)
    if glance.round is not None and glance.outcome.asked:
        _answered(sheet, glance, language)
    sheet.y += 0.08
    for status, count in glance.counts.items():
        sheet.y += 0.04
        sheet.box(MARGIN, 0.36, status, height=0.17)
        said = words.say("glance.status", language=language, status=status, count=count)
        sheet.write(said, TEXT, x=MARGIN + 0.46)


def _answered(sheet: _Sheet, glance: Glance, language: str) -> None:
    """How many of those asked have answered: a line that fills up."""
    assert glance.round is not None
    asked, answered = glance.outcome.asked, glance.outcome.answered
    said = words.say("glance.answered", language=language, year=glance.round.year, answered=answered, asked=asked)
    sheet.write(said, TEXT)
    sheet.y += 0.05
    whole = WIDTH - 2 * MARGIN
    sheet.boxes.append((MARGIN, sheet.y, whole, 0.1, {"facecolor": "white", "edgecolor": FAINT, "linewidth": 0.8}))
    if answered:
        sheet.box(MARGIN, whole * answered / asked, height=0.1)
    sheet.y += 0.1


def _bars(sheet: _Sheet, glance: Glance, language: str) -> None:
    """Each goal with its bar, as long as its measures are many, and the numbers under it."""
    longest = max(sum(bar.counts.values()) for bar in glance.bars)
    lines = 1 if len(glance.bars) > CROWDED else MOST_LINES
    step = (WIDTH - 2 * MARGIN) / longest
    for bar in glance.bars:
        sheet.y += BETWEEN
        said = words.say(f"glance.{bar.kind}", language=language, ref=bar.ref, title=bar.title)
        sheet.write(said, TEXT, bold=True, most_lines=lines)
        sheet.y += 0.03
        x = MARGIN
        for status, count in bar.counts.items():
            sheet.box(x, step * count, status)
            x += step * count
        sheet.y += BAR + 0.03
        sheet.write(_numbers(bar.counts), SMALL)


def _numbers(counts: Counts) -> str:
    return APART.join(f"{LOOKS[status].sign} {count}" for status, count in counts.items())


def _lines(text: str, size: float, room: float, most_lines: int, *, bold: bool) -> list[str]:
    """A text in lines that fit in some inches; what is left out after `most_lines` is an ellipsis."""
    left = _drawable(legible.line(text)).split(" ")
    lines: list[str] = []
    while left and len(lines) < most_lines:
        fitting = _fitting(left, size, room, bold=bold)
        lines.append(" ".join(left[:fitting]))
        left = left[fitting:]
    if left or _width(lines[-1], size, bold=bold) > room:
        last = lines[-1]
        while last and _width(f"{last}…", size, bold=bold) > room:
            last = last[:-1]
        lines[-1] = f"{last.rstrip()}…"
    return lines


def _fitting(left: list[str], size: float, room: float, *, bold: bool) -> int:
    """How many words go on a line: one at least, and a word that is too long is cut where it ends."""
    count = 1
    while count < len(left) and _width(" ".join(left[: count + 1]), size, bold=bold) <= room:
        count += 1
    if count == 1 and _width(left[0], size, bold=bold) > room:
        head = left[0]
        while _width(f"{head}-", size, bold=bold) > room:
            head = head[:-1]
        left[0:1] = [f"{head}-", left[0][len(head) :]]
    return count


def _width(text: str, size: float, *, bold: bool) -> float:
    """How many inches a text takes."""
    return sum(_advance(character, bold) for character in text) * size / POINTS


@cache
def _advance(character: str, bold: bool) -> float:
    """How far a character moves on, in parts of the letters' size."""
    from matplotlib.textpath import TextPath  # as above

    # A space has no outline of its own: between two letters it has.
    around = TextPath((0, 0), f"n{character}n", size=100, prop=_font(bold)).get_extents().width
    return float(around - TextPath((0, 0), "nn", size=100, prop=_font(bold)).get_extents().width) / 100


@cache
def _font(bold: bool) -> Any:
    from matplotlib.font_manager import FontProperties  # as above

    return FontProperties(family=FONT, weight="bold" if bold else "normal")


def _drawable(text: str) -> str:
    """A text without what the font has no picture of, such as emoji."""
    from matplotlib.font_manager import findfont, get_font  # as above

    font = get_font(findfont(_font(bold=False)))
    known = "".join(each for each in text if font.get_char_index(ord(each)))
    return " ".join(part for part in known.split(" ") if part)
