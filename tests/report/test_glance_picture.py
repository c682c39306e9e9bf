"""The picture of how a plan stands, as it is sent to a phone."""

from io import BytesIO

from PIL import Image

from report import glance_picture
from report.figures import STATUS_ORDER
from report.glance import Bar, Glance
from storage.requests import Outcome
from storage.tables import Measure, Plan


def _bar_in_black_and_white(status: str) -> bytes:
    """The only bar in the picture of a plan whose one measure has a status, without what is written beside it."""
    plan = Plan(slug="plan", title="Plan", municipality="Prøve")
    measure = Measure(plan_id=1, position=1, ref="1", title="Tiltak", deadline={})
    seen = Glance(plan, (measure,), {}, {status: 1}, (Bar("goal", {status: 1}, "1", "Mål"),), None, Outcome(0, 0))
    picture = Image.open(BytesIO(glance_picture.png(seen, "nb"))).convert("L")
    numbers = glance_picture.SMALL / glance_picture.POINTS * glance_picture.LEAD
    foot = glance_picture.MARGIN + numbers + 0.03
    edges = (glance_picture.MARGIN, foot + glance_picture.BAR, glance_picture.MARGIN + 1, foot)
    left, above, right, below = (round(edge * glance_picture.DOTS_PER_INCH) for edge in edges)
    bar = picture.crop((left, picture.height - above, right, picture.height - below))
    return bar.point(lambda value: 255 if value > 150 else 0).tobytes()


def test_in_black_and_white_statuses_are_still_told_apart() -> None:
    assert len({_bar_in_black_and_white(status) for status in STATUS_ORDER}) == len(STATUS_ORDER)
