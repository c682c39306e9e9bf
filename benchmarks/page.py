"""The report of many measures as a web page, from snapshot to text, against Jinja2 alone on the same data.

The same data: Jinja2 fills the same template with the same content, which is worded before the clock starts, and with
the same pictures, drawn before. The template is compiled before in both. What we add is measured as ours: wording the
content, drawing the pictures and putting them in.
"""

from collections.abc import AsyncIterator
from itertools import count

from benchmarks.pairs import in_turn, milliseconds, seconds
from benchmarks.scale import Scale
from benchmarks.snapshots import big
from benchmarks.table import Line, at_most
from report import page

GOAL = at_most(4)
"""Filling the template is the least of it: the words and pictures, which every format needs, take longer."""


async def run(scale: Scale) -> AsyncIterator[Line]:
    """One line."""
    versions = count(1)

    async def ours() -> float:
        snapshot = big(scale.reported, next(versions))

        async def render() -> None:
            page.render(snapshot)

        return await seconds(render)

    async def bare() -> float:
        # Underscored: the very inputs and template that the report has.
        inputs = page._inputs(big(scale.reported, next(versions)))
        template = page._environment().get_template("statusrapport.html")

        async def render() -> None:
            template.render(**inputs)

        return await seconds(render)

    await ours()
    await bare()
    yield (await in_turn(scale.reports, ours, bare)).line(
        f"Page of {scale.reported} measures, against Jinja2", milliseconds, GOAL
    )
