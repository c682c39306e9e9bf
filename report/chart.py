"""The status chart as PNG (for Word) and SVG (for PDF and web page), from the content's chart data.

Each status has its colour, its hatching and its number, so the chart can be read in black and white; the alternative
text of the content says everything it shows. Same data, same bytes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from report.content import Chart, StatusMark

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


class Shape(NamedTuple):
    """How wide a picture is, and what there is room for in it.

    A segment shorter than `labelled_share` of the longest bar has no room for its number; the words beside have it.
    """

    width_cm: float
    legend_columns: int
    longest_label: int
    labelled_share: float


PAPER = Shape(width_cm=17.0, legend_columns=3, longest_label=28, labelled_share=0.025)
PHONE = Shape(width_cm=9.0, legend_columns=2, longest_label=14, labelled_share=0.07)
"""The web page on a phone: letters of the same size in half the width."""

AXIS_CM, LEGEND_ROW_CM, BAR_CM = 0.96, 0.52, 0.6
FEWEST_BARS = 2
BESIDE_LABEL_CM, RIGHT_CM, BELOW_CM = 0.4, 0.3, 1.1
"""Around the bars: beside what each is called, right of them (half a number), and below them."""
LEGEND_EDGE_CM, LEGEND_LINE_CM = 0.41, 0.475
DOTS_PER_INCH = 200
CM_PER_INCH, POINTS_PER_INCH = 2.54, 72

INK = "#1c1917"
FAINT = "#a8a29e"
HATCHES = {
    "done": "",
    "in_progress": "///",
    "delayed": "xxx",
    "not_started": "|||",  # dots would be three quarters of the web page
    "dropped": "\\\\\\",
    "unanswered": "",
}
_SETTINGS: Any = {
    "font.family": ["DejaVu Sans"],
    "font.size": 8.5,
    "hatch.linewidth": 0.5,
    "legend.frameon": False,
    "legend.handlelength": 2.2,
    "legend.handleheight": 1.1,
    "legend.columnspacing": 2.0,
    "svg.hashsalt": "tiltaksvakt",
    "svg.fonttype": "path",
    "text.parse_math": False,
}


_DRAWING = Lock()


@contextmanager
def style() -> Iterator[None]:
    """The house's settings for drawing. They belong to the process, so one thread draws at a time."""
    from matplotlib import rc_context  # takes a third of a second: only where something is drawn

    with _DRAWING, rc_context(_SETTINGS):
        yield


def height_cm(chart: Chart, shape: Shape = PAPER) -> float:
    """The picture's height; it grows with the number of bars and the rows of the legend."""
    rows = -(-max(len(chart.legend), 4) // shape.legend_columns)
    return AXIS_CM + LEGEND_ROW_CM * rows + BAR_CM * max(len(chart.bars), FEWEST_BARS)


def png(chart: Chart) -> bytes:
    """The chart as a PNG of the width of paper by `height_cm` at `DOTS_PER_INCH`."""
    return _render(chart, "png", PAPER)


def svg(chart: Chart, shape: Shape = PAPER) -> str:
    """The chart as an SVG document, letters as outlines so that no font is needed."""
    return _render(chart, "svg", shape).decode()


def _render(chart: Chart, kind: Literal["png", "svg"], shape: Shape) -> bytes:
    from matplotlib.figure import Figure  # as above

    with style():
        figure = Figure(figsize=(shape.width_cm / CM_PER_INCH, height_cm(chart, shape) / CM_PER_INCH))
        _draw(figure, chart, shape)
        target = BytesIO()
        metadata = {"Date": None, "Creator": None} if kind == "svg" else {"Software": None}
        figure.savefig(target, format=kind, dpi=DOTS_PER_INCH, metadata=metadata)
    return target.getvalue()


def _draw(figure: "Figure", chart: Chart, shape: Shape) -> None:
    from matplotlib.ticker import MaxNLocator  # as above

    axes = figure.add_subplot()
    longest = max(sum(bar.counts) for bar in chart.bars)
    for index, status in enumerate(chart.legend):
        segments = [
            (row, sum(bar.counts[:index]), bar.counts[index]) for row, bar in enumerate(chart.bars) if bar.counts[index]
        ]
        _draw_status(axes, status, segments, shortest_labelled=longest * shape.labelled_share)
    names = [_shortened(bar.label, shape.longest_label) for bar in chart.bars]
    axes.set_yticks(range(len(chart.bars)), names)
    axes.set_ylim(len(chart.bars) - 0.5, -0.5)
    axes.set_xlim(0, longest * 1.01)
    axes.set_xlabel(chart.axis)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.tick_params(axis="y", length=0)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set_color(FAINT)
    figure.legend(loc="upper left", ncols=shape.legend_columns)
    # Placed by hand: to let it be measured would draw everything twice.
    height = height_cm(chart, shape)
    figure.subplots_adjust(
        left=(BESIDE_LABEL_CM + max(map(_width_cm, names))) / shape.width_cm,
        right=1 - RIGHT_CM / shape.width_cm,
        bottom=BELOW_CM / height,
        top=1 - (LEGEND_EDGE_CM + LEGEND_LINE_CM * -(-len(chart.legend) // shape.legend_columns)) / height,
    )


def _draw_status(
    axes: "Axes", status: StatusMark, segments: list[tuple[int, int, int]], *, shortest_labelled: float
) -> None:
    """Draw one status; a segment is its row, where it starts and how long it is."""
    axes.barh(
        [row for row, _, _ in segments],
        [length for _, _, length in segments],
        left=[start for _, start, _ in segments],
        height=0.68,
        label=f"{status.sign} {status.word}",
        facecolor=f"#{status.fill}",
        edgecolor=f"#{status.ink}",
        hatch=HATCHES[status.code],
        linewidth=0.7,
        linestyle="dashed" if status.code == "unanswered" else "solid",
    )
    for row, start, length in segments:
        if length >= shortest_labelled:
            axes.text(
                start + length / 2,
                row,
                str(length),
                ha="center",
                va="center",
                color=INK,
                fontweight="bold",
                bbox={"boxstyle": "round,pad=0.2", "facecolor": "white", "edgecolor": "none"},
            )


def _width_cm(label: str) -> float:
    """How wide a label is in the style's letters."""
    from matplotlib.font_manager import FontProperties  # as above
    from matplotlib.textpath import text_to_path

    points, _height, _descent = text_to_path.get_text_width_height_descent(label, FontProperties(), ismath=False)
    return float(points) / POINTS_PER_INCH * CM_PER_INCH


def _shortened(label: str, longest: int) -> str:
    return label if len(label) <= longest else f"{label[: longest - 1]}…"
