"""Pictures over the years as PNG (for Word) and SVG (for PDF and web page): columns in a row, stacked or side by side.

Each series has its colour, its hatching and, where there is room, its number; the content says everything in words.
Same data, same bytes.
"""

from io import BytesIO
from typing import TYPE_CHECKING, Literal

from report.chart import CM_PER_INCH, DOTS_PER_INCH, FAINT, HATCHES, INK, LEGEND_ROW_CM, PAPER, Shape, style
from report.content import Picture, Series

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PLOT_CM = 3.4
"""How high the columns can be; the legend, whose rows are several or one, stands above."""
LEFT_CM, BOTTOM_CM = 1.9, 0.75
LEGEND_EDGE_CM = 0.4
LONGEST_BESIDE = 18
"""Characters of what a series is called, with a longer of which there is no room beside it in a narrow picture."""
WIDE = 0.62
"""How much of a column's place it fills; columns side by side share it."""
FEW = 3
"""With fewer columns than this, each is as wide as if there were as many, in the middle of its place."""

LABELLED_SHARE = 0.1
"""A segment lower than this part of the highest column has no room for its number; the words beside have it."""

MILLION = 1_000_000
MOST_TICKS, STEPS = 5, (1, 2, 5, 10)
MOST_NUMBERED = 24
"""With more columns than this, numbers in them would run into one another; in a narrower picture, with fewer."""
UPRIGHT = 8
"""With more columns than this in a narrow picture, what stands below them is turned."""


def png(picture: Picture) -> bytes:
    """The picture as a PNG of the width of paper by `height_cm` at `DOTS_PER_INCH`."""
    return _render(picture, "png", PAPER)


def svg(picture: Picture, shape: Shape = PAPER) -> str:
    """The picture as an SVG document, letters as outlines so that no font is needed."""
    return _render(picture, "svg", shape).decode()


def height_cm(picture: Picture, shape: Shape = PAPER) -> float:
    """The picture's height; it grows with the rows of its legend."""
    return BOTTOM_CM + PLOT_CM + _legend_cm(picture, shape)


def _legend_columns(picture: Picture, shape: Shape) -> int:
    is_long = max(len(series.label) for series in picture.series) > LONGEST_BESIDE
    return 1 if is_long and shape.width_cm < PAPER.width_cm else shape.legend_columns


def _legend_cm(picture: Picture, shape: Shape) -> float:
    return LEGEND_EDGE_CM + LEGEND_ROW_CM * -(-len(picture.series) // _legend_columns(picture, shape))


def _render(picture: Picture, kind: Literal["png", "svg"], shape: Shape) -> bytes:
    from matplotlib.figure import Figure  # takes a third of a second: only where something is drawn

    with style():
        figure = Figure(figsize=(shape.width_cm / CM_PER_INCH, height_cm(picture, shape) / CM_PER_INCH))
        _draw(figure, picture, shape)
        target = BytesIO()
        metadata = {"Date": None, "Creator": None} if kind == "svg" else {"Software": None}
        figure.savefig(target, format=kind, dpi=DOTS_PER_INCH, metadata=metadata)
    return target.getvalue()


def _draw(figure: "Figure", picture: Picture, shape: Shape) -> None:
    axes = figure.add_subplot()
    share = shape.width_cm / PAPER.width_cm
    if picture.side_by_side:
        _draw_side_by_side(axes, picture)
    else:
        _draw_stacked(axes, picture, most_numbered=int(MOST_NUMBERED * share))
    is_turned = share < 1 and len(picture.columns) > UPRIGHT
    axes.set_xticks(
        range(len(picture.columns)), [column.label for column in picture.columns], rotation=45 if is_turned else 0
    )
    axes.set_xlim(-0.6, len(picture.columns) - 0.4)
    axes.set_ylabel(picture.axis)
    axes.tick_params(axis="x", length=0)
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["bottom", "left"]].set_color(FAINT)
    figure.legend(loc="upper left", ncols=_legend_columns(picture, shape))
    # Placed by hand: to let it be measured would draw everything twice.
    height = height_cm(picture, shape)
    figure.subplots_adjust(
        left=LEFT_CM / shape.width_cm,
        right=0.99,
        bottom=BOTTOM_CM / height,
        top=1 - _legend_cm(picture, shape) / height,
    )


def _wide(picture: Picture) -> float:
    """How much of its place a column fills."""
    return WIDE * min(1, len(picture.columns) / FEW)


def _draw_stacked(axes: "Axes", picture: Picture, *, most_numbered: int) -> None:
    from matplotlib.ticker import MaxNLocator  # as above

    highest = max(sum(column.counts) for column in picture.columns)
    for index, series in enumerate(picture.series):
        counts = [column.counts[index] for column in picture.columns]
        below = [sum(column.counts[:index]) for column in picture.columns]
        _bars(axes, series, list(range(len(counts))), counts, below, _wide(picture))
        for place, (count, start) in enumerate(zip(counts, below, strict=True)):
            if count >= highest * LABELLED_SHARE and count and len(counts) <= most_numbered:
                _number(axes, place, start + count / 2, str(count))
    axes.set_ylim(0, highest * 1.05)
    axes.yaxis.set_major_locator(MaxNLocator(MOST_TICKS, steps=STEPS, integer=True))


def _draw_side_by_side(axes: "Axes", picture: Picture) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator  # as above

    every = _wide(picture)
    width = every / len(picture.series)
    for index, series in enumerate(picture.series):
        places = [place - every / 2 + (index + 0.5) * width for place in range(len(picture.columns))]
        _bars(axes, series, places, [column.counts[index] for column in picture.columns], None, width)
    axes.yaxis.set_major_locator(MaxNLocator(MOST_TICKS, steps=STEPS))
    axes.axhline(0, color=FAINT, linewidth=0.7)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _place: f"{value / MILLION:g}".replace(".", ",")))


def _bars(
    axes: "Axes",
    series: Series,
    places: list[float] | list[int],
    heights: list[int],
    below: list[int] | None,
    width: float,
) -> None:
    axes.bar(
        places,
        heights,
        bottom=below,
        width=width,
        label=series.label,
        facecolor=f"#{series.fill}",
        edgecolor=f"#{series.ink}",
        hatch=HATCHES[series.pattern],
        linewidth=0.7,
        linestyle="dashed" if series.pattern == "unanswered" else "solid",
    )


def _number(axes: "Axes", place: float, height: float, text: str) -> None:
    box = {"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": "none"}
    axes.text(place, height, text, ha="center", va="center", color=INK, fontweight="bold", bbox=box)
