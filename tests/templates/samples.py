"""Sample values for the arguments of sentences: several of each, so that every branch is rendered."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from plan.deadline import parse

TODAY = date(2021, 3, 15)
AT = datetime(2021, 3, 15, 8, 0, tzinfo=UTC)
ODD = "<b>Kurs</b> & {{ 7*7 }} 100 %"

MEASURE = SimpleNamespace(
    id=1,
    ref="1.4",
    title=ODD,
    description="Et kurs",
    responsible="NAV",
    deadline_text="2020",
    due_on=date(2020, 12, 31),
    priority="2",
)
BARE = SimpleNamespace(
    id=2, ref="2.1", title="Bare", description=None, responsible=None, deadline_text=None, due_on=None, priority=None
)
PLAN = SimpleNamespace(id=1, title="Handlingsplan", slug="handlingsplan")
REPLY = SimpleNamespace(id=1, status="in_progress", comment=f"Linje\n\n{ODD}", at=AT, on_behalf=False)
SILENT = SimpleNamespace(id=2, status="done", comment=None, at=AT, on_behalf=True)
ROUND = SimpleNamespace(
    year=2021,
    body="Kommunestyret",
    meeting_on=date(2021, 5, 3),
    papers_on=date(2021, 4, 19),
    reply_by=date(2021, 4, 9),
    provisional=True,
)
PAST = SimpleNamespace(
    **{**vars(ROUND), "papers_on": date(2021, 3, 1), "reply_by": date(2021, 2, 19), "provisional": False}
)


def question(**values: Any) -> SimpleNamespace:
    found = {
        "ref": "1.4",
        "title": ODD,
        "unit": "NAV",
        "reason": "round",
        "by": date(2021, 4, 9),
        "due_on": None,
        "asked_at": AT,
        "measure_id": 1,
    }
    return SimpleNamespace(**(found | values))


QUESTIONS = (
    question(),
    question(by=date(2021, 3, 1)),
    *(question(reason="due", due_on=day) for day in (date(2021, 3, 1), TODAY, date(2021, 12, 31))),
)
UPCOMING = SimpleNamespace(
    plan="Handlingsplan",
    slug="handlingsplan",
    opens_on=date(2021, 3, 29),
    body="Kommunestyret",
    meeting_on=date(2021, 5, 3),
    provisional=True,
    without_owner=("1.4", "2.1"),
    without_people=("NAV", "SLT"),
)
RUNNING = SimpleNamespace(
    **{**vars(UPCOMING), "opens_on": TODAY, "provisional": False, "without_people": (), "without_owner": ("1.4",)}
)
WEEK = SimpleNamespace(plan="Handlingsplan", year=2021, answered=3, asked=12, papers_on=date(2021, 4, 19))


def digest(**values: Any) -> SimpleNamespace:
    empty = {"questions": (), "escalated": (), "nobody_joined": (), "office_weeks": (), "to_prepare": ()}
    return SimpleNamespace(**(empty | values))


CHAT: dict[str, tuple[Any, ...]] = {
    "answered": (3,),
    "asked": ({1: question()}, {}),
    "by": (date(2021, 4, 9), date(2021, 3, 1), None),
    "by_unit": ({"NAV": list(QUESTIONS), "SLT": [question()]},),
    "command": ("status", "registrer"),
    "correcting": (False, True),
    "corrected": (False, True),
    "costs": ([SimpleNamespace(year=2021, kind="spending", amount_nok=1_800_000)], []),
    "count": (2, 1, 0),
    "counts": ({"in_progress": 2, "unanswered": 3},),
    "deadline": (parse("våren 2021"), parse("en gang snart"), parse(None)),
    "digest": (
        digest(
            questions=QUESTIONS,
            escalated=QUESTIONS,
            nobody_joined=QUESTIONS,
            office_weeks=(WEEK, WEEK),
            to_prepare=(UPCOMING, RUNNING),
        ),
        digest(questions=QUESTIONS[:1]),
        digest(office_weeks=(WEEK,)),
        digest(to_prepare=(UPCOMING,)),
    ),
    "edited": (True, False),
    "expires_at": (AT,),
    "field": ("title",),
    "fields": ([("title", "Før", ODD), ("deadline", None, "2022")],),
    "first": (2020,),
    "format": ("pdf",),
    "goal": (SimpleNamespace(ref="1", title="Færre unge er ensomme"), None),
    "history": ([(REPLY, "NAV"), (SILENT, "NAV")], []),
    "is_admin": (True, False),
    "is_leader": (True, False),
    "is_office": (True, False),
    "known": (["tittel", "frist"],),
    "last": (REPLY, SILENT, None),
    "late": ([MEASURE], []),
    "leader_title": ("rådmann", "kommunedirektør"),
    "left": (2, 1),
    "length": (10_000,),
    "link": ("https://t.me/bot?start=a_b-c",),
    "measure": (MEASURE, BARE),
    "most": (4000,),
    "municipality": ("Eksempel kommune",),
    "name": (ODD, "Testperson"),
    "near": (["NAV", "SLT"], []),
    "owner": ("NAV", None),
    "plan": (PLAN,),
    "position": (1,),
    "question": QUESTIONS,
    "reason": ("round", "due"),
    "ref": ("1.4",),
    "reply": (REPLY, SILENT),
    "role": ("leader", "office", "admin"),
    "round": (ROUND, PAST, None),
    "rows": ([(MEASURE, PLAN), (BARE, PLAN)], []),
    "setting": ("lead_days", None),
    "slug": ("handlingsplan",),
    "slugs": (["en", "to"],),
    "status": ("delayed", "dropped", "done"),
    "statuses": ({1: "done"}, {}),
    "text": (ODD,),
    "texts": ({1: ODD}, {}),
    "today": (TODAY,),
    "total": (5, 1),
    "unit": ("NAV", None),
    "units": (["NAV", "SLT"], []),
    "unreachable": ({"NAV"}, set()),
    "version": (1,),
    "waiting": (2, 1, 0),
    "waits": (True, False),
    "why": ("Tiltaket er arkivert.",),
    "words": ("Løse ord", None),
    "year": (2021,),
}
# Where a name means something else than usual.
CHAT_OF: dict[str, dict[str, tuple[Any, ...]]] = {
    "measures.one": {"asked": (True, False)},
    "overview.plan": {"asked": (12,)},
    "report.outside_period": {"last": (2024,)},
    "notice.plan_stopped": {"plan": ("Handlingsplan",)},
    "invitation.issued": {"unit": ("NAV",)},
    "release.one": {"reply": (REPLY,), "unit": ("NAV",)},
    "release.write": {"reply": (REPLY,)},
}
WORDS: dict[str, tuple[Any, ...]] = {
    "count": (2, 1),
    "leader_title": ("rådmann", "kommunedirektør"),
    "left": (2, 1),
    "name": ("Testperson",),
    "on": (AT,),
    "status": ("in_progress",),
}
WORDS_OF: dict[str, dict[str, tuple[Any, ...]]] = {"toast.papers_are_out": {"on": (TODAY,)}}


def choices(name: str, arguments: tuple[str, ...], table: Any, special: Any) -> Iterator[dict[str, Any]]:
    """Each argument in all its samples, the others as the first, and once round with all of them moving."""
    found = {argument: (special.get(name, {}).get(argument) or table[argument]) for argument in arguments}
    longest = max((len(samples) for samples in found.values()), default=1)
    for turn in range(longest):
        yield {argument: samples[turn % len(samples)] for argument, samples in found.items()}
    for varied, samples in found.items():
        for sample in samples[1:]:
            yield {argument: each[0] for argument, each in found.items()} | {varied: sample}
