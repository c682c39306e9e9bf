"""Sample values for the arguments of sentences: several of each, so that every branch is rendered."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from plan.case_route import Stop
from plan.changes import Archived
from plan.comparison import compare
from plan.deadline import parse
from plan.decision import Choice
from plan.doubts import BEFORE_PLAN, MENDED, NO_DAY, NOT_SURELY_A_MEASURE, TITLE_TWICE, UNREAD, WHICH_DAY
from plan.draft import CostKind, CostLine, Draft, Goal, ReportingDate, ReportingKind, Source, YearlyRule
from plan.draft import Measure as DraftMeasure
from plan.new_deadline import Doubt
from plan.question import About
from plan.reporting_days import KINDS
from plan.tally import Tally
from plan.workday import DateRange
from report.budget import Line
from scheduler.calendar import ORDER, Entry

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
    undecided=["deadline", "owner"],
    deadline={"kind": "conditional", "condition": "hvis midlene kommer"},
    lead_days=[90, 30],
)
BARE = SimpleNamespace(
    id=2,
    ref="2.1",
    title="Bare",
    description=None,
    responsible=None,
    deadline_text=None,
    due_on=None,
    priority=None,
    undecided=None,
    deadline={"kind": "ongoing", "condition": None},
    lead_days=None,
)
STOPS = [
    Stop("Formannskapet", TODAY, TODAY),
    Stop(ODD, TODAY, TODAY, provisional=True),
]
PLAN = SimpleNamespace(id=1, title="Handlingsplan", slug="handlingsplan")
REPLY = SimpleNamespace(
    id=1, status="in_progress", comment=f"Linje\n\n{ODD}", at=AT, on_behalf=False, supersedes_id=None, part=True
)
SILENT = SimpleNamespace(id=2, status="done", comment=None, at=AT, on_behalf=True, supersedes_id=None, part=False)
ROUND = SimpleNamespace(
    year=2021,
    body="Kommunestyret",
    meeting_on=date(2021, 5, 3),
    papers_on=date(2021, 4, 19),
    reply_by=date(2021, 4, 9),
    provisional=True,
    state="open",
    called_off_at=None,
    opens_on=date(2021, 3, 15),
    halfway_on=date(2021, 3, 25),
    office_from=date(2021, 4, 12),
)
REPORTS = (
    SimpleNamespace(year=2021, version=2, made_at=AT, state="approved", approved_at=AT, digest="0" * 64),
    SimpleNamespace(year=2021, version=1, made_at=AT, state="draft", approved_at=None, digest="0" * 64),
)
LACKED = {"unanswered": 2, "waiting": 1, "proposals": 1, "provisional": True, "unit_texts": 1}
WRITTEN = SimpleNamespace(text=f"Linje\n\n{ODD}", released_at=AT)
OF_UNITS = (
    SimpleNamespace(unit=SimpleNamespace(name="NAV"), newest=WRITTEN),
    SimpleNamespace(unit=SimpleNamespace(name=ODD), newest=SimpleNamespace(text="Tekst", released_at=None)),
)
UNWRITTEN = {"summary": True, "assessment": True, "decision": True}
LACKS = (
    SimpleNamespace(**LACKED, **UNWRITTEN, unasked=("1.4",), parts=1),
    SimpleNamespace(**dict.fromkeys(LACKED, 0), **dict.fromkeys(UNWRITTEN, False), unasked=(), parts=0),
    SimpleNamespace(
        **LACKED | {"unanswered": 1, "waiting": 2, "proposals": 3},
        **UNWRITTEN,
        unasked=tuple(f"1.{number}" for number in range(13)),
        parts=2,
    ),
)
PAST = SimpleNamespace(
    **{
        **vars(ROUND),
        "papers_on": date(2021, 3, 1),
        "reply_by": date(2021, 2, 19),
        "provisional": False,
        "state": "closed",
    }
)


def question(**values: Any) -> SimpleNamespace:
    found = {
        "ref": "1.4",
        "title": ODD,
        "unit": "NAV",
        "reason": "round",
        "by": date(2021, 4, 9),
        "due_on": None,
        "put_off_until": None,
        "asked_at": AT,
        "measure_id": 1,
        "asked_back": None,
        "nagged": False,
        "part": False,
        "lead": None,
        "reminded": 0,
        "starts": False,
        "tally": None,
    }
    return SimpleNamespace(**(found | values))


THREE_DAYS = (date(2021, 3, 1), date(2021, 3, 2), date(2021, 12, 31))
TALLIES = (
    Tally(2021, THREE_DAYS, 3),
    Tally(2021, THREE_DAYS, 2),
    Tally(2021, THREE_DAYS, 1),
    Tally(2021, THREE_DAYS[1:], 0),
    Tally(2020, THREE_DAYS, 1),
    Tally(2021, THREE_DAYS * 150, 1),
)
QUESTIONS = (
    question(tally=TALLIES[1]),
    question(by=date(2021, 3, 1)),
    question(reason="question_back", asked_back=ODD),
    question(nagged=True),
    question(part=True, lead=ODD),
    question(reminded=1),
    question(reminded=3, due_on=TODAY),
    question(put_off_until=date(2021, 3, 26)),
    *(question(reason="due", due_on=day, starts=True) for day in (date(2021, 3, 1), TODAY)),
    *(question(reason="due", due_on=day) for day in (date(2021, 3, 1), TODAY, date(2021, 12, 31))),
)
ITEMS = (
    SimpleNamespace(question=question(), told=(("Testperson", AT),), told_above=None),
    SimpleNamespace(question=question(nagged=True, asked_back=ODD), told=(), told_above="Rådmannen"),
    SimpleNamespace(question=question(), told=(), told_above=""),
    SimpleNamespace(question=question(part=True, lead=ODD), told=(), told_above=None),
)
PARTS = (
    SimpleNamespace(unit="NAV", reply=REPLY, author="Testperson", text=SimpleNamespace(text=ODD), request=None),
    SimpleNamespace(unit="NAV", reply=SILENT, author=None, text=None, request=SimpleNamespace(opened_at=AT)),
)
UPCOMING = SimpleNamespace(
    plan="Handlingsplan",
    slug="handlingsplan",
    round_id=1,
    year=2021,
    opens_on=date(2021, 3, 29),
    body="Kommunestyret",
    meeting_on=date(2021, 5, 3),
    provisional=True,
    without_owner=("1.4", "2.1"),
    without_people=("NAV", "SLT"),
    undecided=("1.4", "2.1"),
    short_until=None,
    missed=False,
)
RUNNING = SimpleNamespace(
    **{
        **vars(UPCOMING),
        "opens_on": TODAY,
        "provisional": False,
        "without_people": (),
        "without_owner": ("1.4",),
        "undecided": (),
        "short_until": date(2021, 4, 12),
    }
)
MISSED = SimpleNamespace(
    **{**vars(UPCOMING), "missed": True, "without_owner": (), "without_people": (), "undecided": ()}
)
WEEK = SimpleNamespace(plan="Handlingsplan", year=2021, answered=3, asked=12, papers_on=date(2021, 4, 19))


def digest(**values: Any) -> SimpleNamespace:
    empty = {
        "questions": (),
        "escalated": (),
        "nobody_joined": (),
        "office_weeks": (),
        "to_prepare": (),
        "orphans": (),
        "proposals": 0,
        "standing_in": (),
        "unasked": (),
        "days": (),
        "back": None,
        "edited": (),
        "targets": 0,
        "targets_raised": (),
        "unjoined_before": 0,
        "late_elsewhere": 2,
        "late": None,
        "has_more": True,
    }
    return SimpleNamespace(**(empty | values))


ANSWERED = SimpleNamespace(ref="1.4", title=ODD, status="delayed", by="Testperson")
BACK = SimpleNamespace(first_on=date(2021, 3, 1), last_on=date(2021, 3, 12), answered=(ANSWERED, ANSWERED))
TARGETS = tuple(
    SimpleNamespace(
        row=SimpleNamespace(text=ODD),
        goal=SimpleNamespace(id=1, ref="1", title="Færre unge er ensomme"),
        unit=unit,
        said=said,
    )
    for unit, said in (
        (SimpleNamespace(name="NAV"), None),
        (None, None),
        (None, SimpleNamespace(value="partly_attained", reason=ODD, at=AT)),
    )
)
DUE_DATES = (
    SimpleNamespace(on=date(2020, 12, 31), label=None, starts=False, reply=REPLY, asked_at=None, done_at=None),
    SimpleNamespace(on=date(2021, 3, 1), label=ODD, starts=False, reply=None, asked_at=AT, done_at=None),
    SimpleNamespace(on=date(2021, 12, 31), label=None, starts=True, reply=None, asked_at=None, done_at=None),
    SimpleNamespace(on=date(2021, 1, 31), label=None, starts=False, reply=None, asked_at=None, done_at=AT),
)
DAYS = tuple(
    SimpleNamespace(
        day_id=1,
        plan=ODD,
        plan_id=1,
        kind=kind,
        promised_on=date(2024, 10, 31),
        due_on=date(2024, 11, 15) if is_moved else date(2024, 10, 31),
        basis=basis,
        text=text,
        step=step,
        election_year=2023,
        is_moved=is_moved,
        ends_on=date(2024, 12, 31) if basis == "election" else None,
        by_unit=by_unit,
    )
    for is_moved, by_unit in ((False, False), (True, False), (False, True))
    for kind, basis, text, step in (
        ("evaluation", "promise", ODD, "lead"),
        ("review", "promise", f"{ODD}\nGjennomgang hvert år", "due"),
        ("budget", "promise", ODD, "nag"),
        ("control", "promise", ODD, "lead"),
        ("revision", "plan_ends", "", "lead"),
        ("revision", "election", "", "lead"),
    )
)
STAND_IN = SimpleNamespace(name="Testperson", unit="NAV", last_on=date(2021, 3, 26))


UNIT = SimpleNamespace(name=ODD, external=False)
OUTSIDE = SimpleNamespace(name="Politiet", external=True)
PERSON = SimpleNamespace(name=ODD, chat_id=1, joined_at=AT, blocked_at=None, language="nb")
AWAY = SimpleNamespace(name="Testperson", chat_id=1, joined_at=AT, blocked_at=AT, language="nn")
ROLES = SimpleNamespace(units=["NAV"], deputy_of=["SLT"], is_office=True, is_admin=True)
BEFORE = (ROLES, SimpleNamespace(units=[], deputy_of=[], is_office=False, is_admin=False))
INVITED = SimpleNamespace(name=ODD, role="leader", deputy=False, expires_at=AT)
DEPUTY = SimpleNamespace(name=ODD, role="leader", deputy=True, expires_at=AT)
OFFICE = SimpleNamespace(name=ODD, role="office", deputy=False, expires_at=AT)
DRAFTED = DraftMeasure(
    ref="1.4",
    title=ODD,
    description="Et kurs",
    responsible="NAV og PPT",
    units=("NAV", "PPT"),
    deadline=parse("en gang snart"),
    source=Source(page=3),
)
DRAFT = Draft(
    title=ODD,
    municipality="Eksempel",
    period=(2021, 2024),
    goals=(Goal(ref="1", title="Et mål"),),
    measures=(DRAFTED,),
    reporting_dates=(ReportingDate(kind=ReportingKind.COUNCIL_REPORT, text="Status hvert år i mai"),),
)
OTHER_DRAFT = DRAFT.model_copy(
    update={
        "measures": (
            DRAFTED.model_copy(update={"deadline": parse("2022")}),
            DRAFTED.model_copy(update={"ref": "2.1", "title": "Et annet tiltak"}),
        )
    }
)
EMPTY_DRAFT = DRAFT.model_copy(update={"measures": ()})
BARE_DRAFT = Draft(title="Plan", measures=(DRAFTED,))
DRAFTS = (DRAFT, BARE_DRAFT)

SOURCES = (Source(sheet="Ark 1"), Source(heading="Tiltak"), Source())
NOT_SURE = (*NOT_SURELY_A_MEASURE, TITLE_TWICE)
DEADLINES = (parse("våren 2021"), parse("løpende"))
AMOUNTS = tuple(sorted({*UNREAD, *MENDED}))
LINES = (
    CostLine(year=2021, kind=CostKind.SPENDING, amount_nok=250_000, text="Lønn"),
    CostLine(kind=CostKind.SPENDING, text=ODD),
)


FILE = SimpleNamespace(name=ODD, size=1_400_000, at=AT, released_at=None)
RELEASED_FILE = SimpleNamespace(name="bilde 1.jpg", size=900, at=AT, released_at=AT)
PROPOSALS = tuple(
    SimpleNamespace(
        kind=kind,
        state=state,
        deadline_text=ODD,
        due_on=TODAY,
        decided_at=AT,
        reason=ODD,
        replaced_text=None if kind == "closing" else "2020",
    )
    for kind in ("deadline", "closing")
    for state in ("open", "approved", "rejected")
)
NEW_DEADLINE = SimpleNamespace(kind="deadline", deadline_text="våren 2027", due_on=date(2027, 5, 31), reason=ODD)
TO_LAPSE = SimpleNamespace(kind="closing", deadline_text=None, due_on=None, reason=ODD)
WAITING = tuple(
    SimpleNamespace(proposal=proposal, reply=reply, measure=measure)
    for proposal, reply, measure in ((NEW_DEADLINE, REPLY, MEASURE), (TO_LAPSE, SILENT, BARE))
)


def decided_row(**values: Any) -> dict[str, Any]:
    return {
        "ref": "1.4",
        "title": ODD,
        "kind": "deadline",
        "text": "2027",
        "due_on": "2027-12-31",
        "reason": None,
    } | values


YEAR_ENTRY = Entry(
    TODAY, "meeting", "Handlingsplan", "handlingsplan", True, 2021, "Kommunestyret", "1.4", ODD, text=ODD
)
YEAR_ENTRIES = tuple(
    replace(YEAR_ENTRY, kind=kind, label=label, provisional=label is None, unit="NAV" if label else None)
    for kind in ORDER
    for label in ("Kurs", None)
) + tuple(
    replace(YEAR_ENTRY, kind="revision", basis=basis, text=text, tell=tell, done=True)
    for basis, text, tell in (("election", None, "office"), ("plan_ends", None, "both"), ("promise", ODD, "admin"))
)


def answered(reply: SimpleNamespace, **values: Any) -> SimpleNamespace:
    found = {
        "unit": "NAV",
        "author": "Testperson",
        "corrected": False,
        "text": None,
        "editor": None,
        "files": (),
        "origin": None,
    }
    return SimpleNamespace(**({"reply": reply} | found | values))


WALKED = [
    (
        goal,
        [
            SimpleNamespace(measure=measure, status=status, said_at=said_at, unit=unit, closed=status == "done")
            for measure, status, said_at, unit in (
                (MEASURE, "delayed", AT, "NAV"),
                (MEASURE, "done", AT, None),
                (BARE, "unanswered", None, "NAV"),
                (SimpleNamespace(**{**vars(BARE), "deadline_text": "hvert år"}), "in_progress", AT, "NAV"),
                (SimpleNamespace(**{**vars(MEASURE), "due_on": date(2030, 1, 1)}), "in_progress", AT, "NAV"),
            )
        ],
    )
    for goal in (SimpleNamespace(ref="1", title=ODD), None)
]
CORRECTION = SimpleNamespace(**{**vars(REPLY), "supersedes_id": 7})


CHAT: dict[str, tuple[Any, ...]] = {
    "example": ("60 14",),
    "falling": (True, False),
    "least": (1,),
    "usual": ("60, 14",),
    "weeks": (10,),
    "word": ("frister",),
    "after": ("NAV Vefsn", None),
    "about": tuple(About),
    "condition": ("når <rusplanen> er vedtatt", None),
    "met_on": (None, TODAY),
    "amount": (None, 250_000),
    "amounts": ([("1.4", line) for line in LINES],),
    "answer": ("NAV", ""),
    "at": (AT,),
    "body": (ODD,),
    "changes": (None,),
    "choice": tuple(Choice),
    "difference": ("",),
    "is_lost": (True, False),
    "is_stale": (True, False),
    "line": LINES,
    "lines": ([ODD],),
    "measures": ([DRAFTED], [DRAFTED, DRAFTED]),
    "more_notes": (2, 1, 0),
    "new": (["PPT", "NAV"], ["PPT"], []),
    "number": (1,),
    "owners": ([(DRAFTED, "NAV")],),
    "partly": (True, False),
    "proposed": ([("1.4", ODD), ("2.1", "Kurs")],),
    "subject": (ODD,),
    "title": (ODD,),
    "titles": (["Handlingsplan"],),
    "undecided": (("1.4",), ()),
    "value": ("NAV",),
    "answered": (3,),
    "answering": ([("Testperson", "leader"), (ODD, "deputy")], []),
    "attachment": (FILE, RELEASED_FILE),
    "attachments": (["bilde 1.jpg", "notat.pdf"], []),
    "asked": ({1: question()}, {}),
    "behind": (0, 1, 2),
    "closings": ([(WAITING[1], "NAV"), (WAITING[1], "SLT")], []),
    "before": ("NAV", None),
    "below": (["SLT"], []),
    "at_once": (True, False),
    "by": (date(2021, 4, 9), date(2021, 3, 1), None),
    "back": (BACK, SimpleNamespace(**{**vars(BACK), "answered": ()})),
    "begun": (True, False),
    "days": (DateRange(date(2021, 7, 1), date(2021, 7, 20)),),
    "deputy": ("Testperson", None),
    "deputy_away": (True, False),
    "replaced": ([SimpleNamespace(first_on=TODAY, last_on=TODAY)], []),
    "until": (TODAY,),
    "several": (True, False),
    "by_unit": ({"NAV": list(QUESTIONS), "SLT": [question()]},),
    "carried": (False, True),
    "command": ("status", "registrer"),
    "comment": (ODD, None),
    "correcting": (False, True),
    "may_answer": (False, True),
    "may_fix": (False, True),
    "corrected": (False, True),
    "costs": ([SimpleNamespace(year=2021, kind="spending", amount_nok=1_800_000)], []),
    "count": (2, 1, 0),
    "deputy_of": (["SLT"], []),
    "counts": ({"in_progress": 2, "unanswered": 3},),
    "deadlines": ([(WAITING[0], "NAV"), (WAITING[0], "SLT")], []),
    "decides": (True, False),
    "deadline": (parse("våren 2021"), parse("en gang snart"), parse(None)),
    "digest": (
        digest(
            questions=QUESTIONS,
            escalated=QUESTIONS,
            nobody_joined=QUESTIONS,
            office_weeks=(WEEK, WEEK),
            to_prepare=(UPCOMING, RUNNING, MISSED),
            proposals=2,
            targets=2,
        ),
        digest(proposals=1),
        digest(days=DAYS),
        digest(questions=QUESTIONS[:1], late=SimpleNamespace(since=AT, until=AT, why="down")),
        digest(questions=QUESTIONS[:1], late=SimpleNamespace(since=AT, until=AT, why="restored")),
        digest(edited=(SimpleNamespace(ref="1.4", title=ODD, text=ODD, by="Testperson"),) * 2),
        digest(questions=QUESTIONS[:1], unjoined_before=2),
        digest(unasked=(SimpleNamespace(unit="NAV", refs=("1.4", "2.1")),)),
        digest(questions=QUESTIONS * 6, escalated=QUESTIONS * 6, nobody_joined=QUESTIONS * 6),
        digest(questions=QUESTIONS[:1], standing_in=(STAND_IN, STAND_IN), back=BACK),
        digest(back=SimpleNamespace(**{**vars(BACK), "answered": ()})),
        digest(office_weeks=(WEEK,)),
        digest(targets_raised=(SimpleNamespace(unit=ODD, count=2), SimpleNamespace(unit="NAV", count=1))),
        digest(to_prepare=(UPCOMING,)),
        digest(orphans=(SimpleNamespace(ref="1.4", title=ODD, due_on=date(2022, 1, 1)),)),
    ),
    "doubts": (("deadline_before_plan",), ("outside_period", "guessed_century"), ()),
    "early": (["1.4", "1.5"], []),
    "edited": (True, False),
    "edits": (
        [
            SimpleNamespace(action=code, text=ODD, by="Testperson", at=AT)
            for code in ("released", "edited", "withdrawn")
        ],
        [],
    ),
    "draft": DRAFTS,
    "expires_at": (AT,),
    "external": (["Politiet"], []),
    "field": ("title",),
    "fields": ([("title", "Før", ODD), ("deadline", None, "2022")],),
    "file": (ODD,),
    "first": (2020,),
    "format": ("pdf",),
    "goes_out": (AT,),
    "goals": ([("1 Et mål", 2), ("", 1)], [("", 1)]),
    "goal": (SimpleNamespace(ref="1", title="Færre unge er ensomme"), None),
    "has_rounds": (True, False),
    "history": (
        [
            answered(REPLY),
            answered(SILENT, author=None, corrected=True),
            answered(SILENT, origin=SimpleNamespace(how="phone", said_on=TODAY)),
            answered(REPLY, text=SimpleNamespace(text="Omskrevet", released_at=AT), editor="Testperson Kontor"),
            answered(CORRECTION, text=SimpleNamespace(text="Omskrevet", released_at=AT)),
            answered(
                REPLY, text=SimpleNamespace(text=REPLY.comment, released_at=AT), files=(SimpleNamespace(name=ODD),)
            ),
        ],
        [],
    ),
    "is_admin": (True, False),
    "is_office": (True, False),
    "heir": ("NAV", None),
    "into": (ODD,),
    "item": ITEMS,
    "known": (["tittel", "frist"],),
    "language_code": ("nb", "nn", "en"),
    "lead": (None, "NAV"),
    "parts": (None, SimpleNamespace(said=(("NAV", REPLY), ("SLT", SILENT)), missing=("PPT",))),
    "missing_parts": (0, 1, 2),
    "last": (REPLY, SILENT, None),
    "late": ([MEASURE], []),
    "leader_title": ("rådmann", "kommunedirektør"),
    "left": (2, 1),
    "left_out": (["2.1"], []),
    "length": (10_000,),
    "like": (["NAV Eksempel"], []),
    "link": ("https://t.me/bot?start=a_b-c",),
    "measure": (MEASURE, BARE),
    "more": (3, 1, 0),
    "months": (
        {date(2021, 3, 1): {ODD: [(YEAR_ENTRY, "Frist: 1.4 Kurs", "NAV"), (YEAR_ENTRY, "Kontroll", "kontoret")]}},
    ),
    "more_goals": (2, 1, 0),
    "most": (4000,),
    "municipality": ("Eksempel kommune",),
    "name": (ODD, "Testperson"),
    "names": (["bilde 1.jpg"], ["bilde 1.jpg", "notat.pdf"]),
    "stored": (True, False),
    "near": (["NAV", "SLT"], []),
    "new_units": (["PPT"], []),
    "notes": ([ODD], []),
    "owner": ("NAV", None),
    "person": (PERSON, AWAY),
    "open_questions": (
        [
            (SimpleNamespace(anchor_on=date(2021, 4, 9), opened_at=AT), "NAV"),
            (SimpleNamespace(anchor_on=date(2021, 3, 1), opened_at=AT), ODD),
        ],
        [],
    ),
    "several_plans": (False, True),
    "page": (1, 2),
    "pages": (1, 2),
    "plan": (PLAN,),
    "position": (1,),
    "proposal": (NEW_DEADLINE, TO_LAPSE),
    "problems": ([ODD, "Filen er tom."],),
    "question": QUESTIONS,
    "questions": (QUESTIONS, QUESTIONS[:1]),
    "reachable": (True, False),
    "reason": ("round", "due"),
    "reasons": (("title_guessed",), ("only_title", "columns_guessed")),
    "ref": ("1.4",),
    "refs": (["1.4"], []),
    "reply": (REPLY, SILENT),
    "role": ("leader", "office", "admin"),
    "round": (ROUND, PAST, None),
    "rows": ([(MEASURE, PLAN), (BARE, PLAN)], []),
    "said_on": (None, AT),
    "setting": ("lead_days", None),
    "slug": ("handlingsplan",),
    "slugs": (["en", "to"],),
    "status": ("delayed", "dropped", "done"),
    "superior": (ODD, None),
    "statuses": ({1: "done"}, {}),
    "text": (ODD,),
    "tally": TALLIES,
    "today": (TODAY,),
    "total": (5, 1),
    "unasked": (["1.4"], []),
    "unit": ("NAV", None),
    "units": (["NAV", "SLT"], []),
    "unreachable": ({"NAV"}, set()),
    "version": (1,),
    "waiting": (2, 1, 0),
    "waits": (True, False),
    "why": ("Tiltaket er tatt ut av bruk.",),
    "without_day": (["1.4"], []),
    "without_owner": (("1.4", "2.1"), ()),
    "without_people": (("NAV",), ()),
    "words": ("Løse ord", None),
    "year": (2021,),
}
BUDGET_LINE = Line("Handlingsplan", "1.4", ODD, "1", "NAV", "amount", {CostKind.SPENDING: {2022: 400_000, None: 5}})
SPAN = {"first": (TODAY,), "last": (date(2022, 3, 14),)}
LOG_ENTRY = SimpleNamespace(at=AT, actor="person", subject="unit")
LOG_LINES = [
    SimpleNamespace(entry=LOG_ENTRY, action="changed", who="Testperson", what=ODD, changes=(("title", None, ODD),)),
    SimpleNamespace(entry=LOG_ENTRY, action="other", who="", what=None, changes=()),
    SimpleNamespace(
        entry=SimpleNamespace(at=AT, actor="scheduler", subject="x"), action="set", who=None, what=None, changes=()
    ),
    SimpleNamespace(
        entry=SimpleNamespace(at=AT, actor="command_line", subject="plan"),
        action="set",
        who=None,
        what=None,
        changes=(),
    ),
]
PERIOD_PLAN = SimpleNamespace(title=ODD, slug="plan", first_year=2021, last_year=2024)
PLAN_WITHOUT_YEARS = SimpleNamespace(title=ODD, slug="plan", first_year=None, last_year=None)
RULES = (
    YearlyRule(),
    YearlyRule(months=(5,), n=2, first_year=2021, last_year=2024, body=ODD),
    YearlyRule(months=(4, 5, 6), first_year=2022, last_year=2022),
    YearlyRule(first_year=2022, last_year=2022),
)
REPORTING = [*((kind.value, rule, ODD) for kind in ReportingKind for rule in RULES), ("evaluation", None, ODD)]
UNDERSTOOD = [
    {"kind": kind, "rule": rule, "years": years}
    for kind in ("council_report", "evaluation")
    for rule in RULES
    for years in ((), (2022, 2023))
]
ASSESSED = SimpleNamespace(value="partly_attained", at=AT)
SETTINGS = {"frister": {"value": "90, 14", "usual": "60, 14"}, "diskret": {"value": "nei", "usual": "nei"}}
# Where a name means something else than usual.
CHAT_OF: dict[str, dict[str, tuple[Any, ...]]] = {
    "help.commands": {
        "groups": ([("answer", [("status", "Svar", "/status 1.6"), ("mine", "Se", None)]), ("plan", [])],)
    },
    "help.command": {"uses": ([("/tiltak", "Se tiltakene"), ("/tiltak 1.6", "Se alt")],)},
    "log.page": {"lines": (LOG_LINES, []), "about": (ODD, None), "total": (2, 1, 0)},
    "log.unknown": {"words": (ODD,)},
    "measure_admin.ask_value": {"field": ("deadline", "amount", "owner", "title"), "now": (ODD, None)},
    "measure_admin.added": {"plan": (PERIOD_PLAN,)},
    "measure_admin.new_sure": {"plan": (PERIOD_PLAN,), "goal": (ODD, None), "owner": ("NAV", None)},
    "measure_admin.ask_costs": {"into": (BARE,), "own": ([],)},
    "measure_admin.merge_sure": {
        "into": (BARE,),
        "costs": ("add", "leave", None),
        "owner": ("NAV", None),
        "deadline": (None, "våren 2027"),
        "dropped": ("våren 2027", None),
        "asked": (0, 1, 2),
        "begun": (0, 1, 2),
    },
    "measure_admin.merged": {"into": (BARE,)},
    "plan_admin.card": {
        "plan": (PERIOD_PLAN,),
        "goals": ([SimpleNamespace(ref="1", title=ODD)], []),
        "dates": (REPORTING, []),
    },
    "plan_admin.goal_added": {"title": (ODD,), "parent": (ODD, None)},
    "target_admin.ask_still": {"said": (ASSESSED,), "before": (ODD,), "after": (ODD,)},
    "target_admin.ask_new_text": {"before": (ODD,)},
    "target_admin.remove_sure": {"said": (ASSESSED, None)},
    "attainment.not_understood": {"words": (ODD,)},
    "people_admin.ask_into": {"name": (ODD,)},
    "people_admin.merge_sure": {
        "person": (PERSON,),
        "into": (AWAY,),
        "before": (ROLES,),
        "there": (ROLES,),
        "takes_chat": (True, False),
    },
    "people_admin.merged": {"into": ("Testperson",)},
    "people_admin.yourself": {"other": ("Testperson",)},
    "measure_admin.ask_ref_there": {"plan": (PERIOD_PLAN,), "free": ("1.4-2",)},
    "measure_admin.same_plan": {"plan": (PERIOD_PLAN,)},
    "measure_admin.plan_sure": {
        "before": (PERIOD_PLAN,),
        "plan": (PERIOD_PLAN,),
        "ref": ("1.4", "1.4-2"),
        "goal": (ODD, None),
        "deadline": (None, parse("våren 2027"), parse("snart")),
        "count": (0, 1, 2),
        "asked": (0, 1),
    },
    "measure_admin.plan_changed": {"plan": (PERIOD_PLAN,), "before": ("1.4",)},
    "plan_admin.undecided": {"refs": (["1.4"],)},
    "plan_admin.merge_sure": {
        "plan": (PERIOD_PLAN,),
        "into": (PERIOD_PLAN,),
        "same": ([("1", "1"), ("2", "2-2")], []),
        "moved": ([("1", "1"), ("2", "2-2")], []),
        "goals": (0, 2),
    },
    "plan_admin.merged": {
        "plan": (PERIOD_PLAN,),
        "into": (PERIOD_PLAN,),
        "same": (0, 1, 2),
        "moved": (0, 1, 2),
    },
    "plan_admin.goals": {"plan": (PERIOD_PLAN,), "rows": ([(SimpleNamespace(ref="1", title=ODD), 0, UNIT)], [])},
    "plan_admin.goal_sure": {"title": (ODD,), "targets": (0, 1, 2), "merged": (True, False)},
    "plan_admin.goal_merged": {"heir": (ODD,)},
    "target_admin.list": {"plan": (PERIOD_PLAN,), "targets": (list(TARGETS), [])},
    "target_admin.which": {"words": (ODD,), "targets": (["en", "to"], [])},
    "target_admin.changed": {"before": (ODD,), "after": (ODD,), "still": ("holds", "anew", None)},
    "reporting_admin.lines": {"rows": (REPORTING,)},
    "reporting_admin.list": {"plan": (PERIOD_PLAN,), "rows": (REPORTING, [])},
    "reporting_admin.not_understood": {"words": (ODD,)},
    "reporting_admin.which": {"words": (ODD,), "rows": (REPORTING,)},
    "reporting_admin.changed": {"plan": (PERIOD_PLAN,), "rows": (REPORTING, [])},
    "reporting_admin.never": {"words": (ODD,), "plan": (PERIOD_PLAN, PLAN_WITHOUT_YEARS)},
    "reporting_admin.ask_new_when": {"row": (REPORTING[0],)},
    "reporting_admin.remove_sure": {"row": (REPORTING[0],), "is_last_report": (True, False)},
    "reporting_admin.add_sure": {"words": (ODD,), "plan": (PERIOD_PLAN,), "rows": (UNDERSTOOD,)},
    "reporting_admin.change_sure": {
        "words": (ODD,),
        "plan": (PERIOD_PLAN,),
        "rows": (UNDERSTOOD,),
        "before": (REPORTING[0],),
    },
    "plan_admin.which": {"slugs": (["en", "to"], [])},
    **{f"reporting.{name}": {"day": DAYS} for name in ("list", "done", "undone", "ask_day", "moved")},
    "reporting.moved": {"day": DAYS, "before": (TODAY,)},
    "reporting.list": {"day": DAYS, "groups": (WALKED, [])},
    "reporting.refused": {"why": ("past", "too_far", "over", "not_understood")},
    "setting.all": {
        "stopped": (["purring", None], ["purring"], []),
        "title": (ODD, None),
        "groups": ({"runde": SETTINGS, "frist": SETTINGS}, {None: SETTINGS}),
    },
    "setting.group": {"title": (ODD,), "code": ("runde",), "rows": (SETTINGS,)},
    "setting.row": {"word": ("frister",), "row": (*SETTINGS.values(),)},
    "setting.ask_value": {
        "value": ("60 og 14 dager", "90 dager"),
        "usual": ("60 og 14 dager",),
        "word": ("frister", "ferie"),
        "limits": ((1, 120), None),
    },
    "setting.changed": {
        "others": (["purring", None], []),
        "word": ("frister",),
        "before": ("60, 14",),
        "after": ("90",),
    },
    "setting.unknown": {"words": (["frister", "purring"],)},
    "status.summary": {"how": ("phone", None), "said_on": ("2021-03-12",), "deadline": (None, parse("våren 2027"))},
    **{
        f"measures_together.{name}": {
            "field": ("goal", "owner"),
            "rows": ([(MEASURE, ODD), (BARE, None)], [(MEASURE, None)]),
            "after": ("NAV", None),
        }
        for name in ("sure", "changed", "already")
    },
    "measures.one": {"proposals": (PROPOSALS, ()), "parts": (PARTS, ()), "due_dates": (DUE_DATES, ())},
    "attachments.list": {"waiting": ([FILE], []), "stored": ([FILE, RELEASED_FILE], [])},
    "attachments.release": {"reply": (REPLY, SILENT), "unit": ("NAV",)},
    "attachments.which_measure": {"text": (ODD, None)},
    "status.stored": {"proposal": (None, NEW_DEADLINE, TO_LAPSE)},
    "proposals.ask": {"last": (date(2024, 12, 31), None), "example": (2022,)},
    "proposals.doubt": {
        "why": tuple(doubt.value for doubt in Doubt),
        "example": (2022,),
        "last": (date(2024, 12, 31),),
        "most": (200,),
    },
    "notice.proposals_decided": {
        "rows": (
            [
                decided_row(),
                decided_row(reason=ODD),
                decided_row(kind="closing"),
                decided_row(kind="closing", reason=ODD),
            ],
            [decided_row()],
        )
    },
    "proposals.approved_many": {"rows": (WAITING,), "kind": ("deadline", "closing"), "left": (2, 1, 0)},
    "calendar.year": SPAN | {"plan": (ODD, None), "waiting": ({ODD: ["1.4", "2.1"]}, {})},
    "calendar.nothing": SPAN,
    "calendar.unknown_year": {"last": (2099,)},
    "budget.lines": {
        "with_money": (
            [(BUDGET_LINE, [(CostKind.SPENDING, [(2022, 2023, 400_000), (2024, 2024, 1), (None, None, 5)])])],
            [(BUDGET_LINE, [])],
            [],
        ),
        "without": ([BUDGET_LINE], []),
        "totals": ([(2022, [(CostKind.SPENDING, 400_000)]), (2023, [])],),
        "years": ((2022, 2023, 2024, 2025),),
        "several": (False, True),
        "has_other_years": (False, True),
    },
    "budget.unknown_year": {"last": (2095,)},
    "overview.plan": {"asked": (12,), "parts": (0, 1, 2)},
    "report.made": {"count": (2, 1, 0)},
    "report.coming": {"count": (2, 1, 0)},
    "report.version": {"report": REPORTS},
    **{
        f"approval.{name}": {"report": REPORTS[:1], "newest": (SimpleNamespace(version=3),)}
        for name in ("done", "already", "nothing_changed", "under_way", "older")
    },
    "approval.lacking": {"lacks": LACKS, "meeting": (None, SimpleNamespace(date=date(2021, 5, 3)))},
    "approval.draft": {
        "report": REPORTS[1:],
        "lacks": LACKS,
        "meeting": (None, SimpleNamespace(date=date(2021, 5, 3))),
        "papers_on": (date(2021, 4, 19),),
    },
    "approval.put": {
        "folder": ("data/reports",),
        "names": (["plan-2021-v1.pdf"], []),
        "taken": (["plan-2021-v1.docx"],),
    },
    "approval.not_put": {"folder": ("data/reports",)},
    "approval.before": {
        "report": REPORTS[:1],
        "lacks": LACKS,
        "meeting": (None, SimpleNamespace(date=date(2021, 5, 3))),
        "changed": (False, True),
        "corrects": (None, SimpleNamespace(version=1)),
        "changes": ([ODD, "Fristen er endret."],),
    },
    **{
        f"writing.{name}": {
            "kind": ("summary", "assessment", "decision", "unit"),
            "unit": (ODD,),
            "stands": (None, WRITTEN),
            "text": (ODD,),
            "by_office": (True, False),
            "approved": (False, True),
        }
        for name in ("ask", "stored", "taken_back", "kind_of")
    },
    "writing.overview": {
        "office": ({"summary": WRITTEN, "decision": None}, {}),
        "units": (OF_UNITS, ()),
    },
    "read_back.shown": {
        "report": REPORTS[:1],
        "newer": (None, 4),
        "changes": (
            [SimpleNamespace(title="Rapporttekst 1.4", before=None, after=ODD)],
            [SimpleNamespace(title="Sammendrag", before=ODD * 30, after=None)] * 2,
            [],
        ),
        "more": (0, 1, 3),
        "left": ([], ["Rapporttekst 1.4", "NAV"]),
        "lines": (0, 7),
        "missing": ((), ("Vurdering",)),
        "tracked": (False, True),
    },
    "read_back.too_large": {"size": (25_000_000, None), "most": (20_000_000,)},
    "writing.too_many_lines": {"lines": (7,), "most": (5,)},
    "report.approved": {"report": REPORTS[:1], "changes": ([], [ODD, "Fristen er endret."])},
    "register.which": {"items": ([SimpleNamespace(ref="1.4", title=ODD, unit="NAV")], [])},
    "report.outside_period": {"last": (2024,)},
    **{
        f"notice.{name}": {"units": (["NAV"], []), "first": ("2021-07-01",), "last": ("2021-07-20",)}
        for name in ("deputy_chosen", "deputy_released", "absence_registered")
    },
    "absence.registered": {
        "rows": ([(SimpleNamespace(first_on=TODAY, last_on=TODAY), who) for who in ("Testperson", None)], []),
        "name": ("Testperson", None),
    },
    **{
        f"absence.{name}": {"name": ("Testperson", None)}
        for name in ("understood", "which_deputy", "stored", "not_away")
    },
    "absence.refused": {"why": ("endless", "past", "reversed", "too_long", "not_understood")},
    **{
        f"attainment.{name}": {"found": TARGETS, "value": ("attained", "partly_attained", "not_attained")}
        for name in ("one", "why", "stored", "said_meanwhile")
    },
    "attainment.list": {"targets": (list(TARGETS),)},
    "attainment.stored": {"found": TARGETS, "value": ("attained",), "reason": (ODD,)},
    "attainment.asked": {"count": (2, 1, 0), "units": (["NAV"], [])},
    "counting.tally": {"count": TALLIES},
    "put_off.which_day": {"measure": (MEASURE, None)},
    "put_off.done": {"measures": ([MEASURE, BARE], [MEASURE]), "late": ([("1.4", TODAY)], [])},
    "put_off.refused": {
        "why": ("nothing_open", "past", "too_far", "round_over", "not_understood"),
        "on": (TODAY,),
    },
    "notice.plan_stopped": {
        "plan": ("Handlingsplan",),
        "setting": ("frister", None, None),
        "stored": ("lead_days.0", "colour", None),
    },
    "proposals.one": {"unit": ("NAV",)},
    "invitation.issued": {"unit": ("NAV",), "role": ("leader", "deputy", "office", "admin")},
    "invitation.open": {"rows": ([(INVITED, "NAV"), (DEPUTY, "NAV"), (OFFICE, None)], [])},
    "people_admin.join_sure": {"unit": ("NAV",), "before": BEFORE, "role": ("leader", "deputy")},
    "people_admin.leave_sure": {"unit": ("NAV",), "before": BEFORE},
    "people_admin.changed": {"before": BEFORE},
    "people_admin.move_sure": {"before": ("NAV",), "after": ("SLT",)},
    "people_admin.no_member": {"unit": ("NAV",)},
    "people_admin.renamed": {"before": ("Testperson",), "after": (ODD,)},
    "unit_admin.circle": {"superior": ("NAV",)},
    "unit_admin.merged": {"refs": (["1.4"], [])},
    "people_admin.list": {"rows": ([(PERSON, ROLES), (AWAY, ROLES)],)},
    "people_admin.role_sure": {"role": ("admin", "not_admin", "office", "not_office"), "before": BEFORE},
    "privacy.stored": {"counts": ({"status_reply": 3, "outbox": 1, "something": 2}, {"dialogue": 1})},
    "unit_admin.card": {"unit": (UNIT, OUTSIDE)},
    "unit_admin.list": {"rows": ([(UNIT, "NAV"), (UNIT, None), (OUTSIDE, None)], [])},
    "wizard.one_of": {"words": (["leder", "kontor"],)},
    "wizard.unknown_field": {"known": (["navn"], [])},
    "missing.called_off": {"reason": (ODD,)},
    "missing.nag_all_sure": {"count": (2, 1), "units": (2, 1)},
    "rounds.moved": {
        "before": (date(2021, 4, 6), date(2021, 4, 9), None),
        "day": (TODAY,),
        "round": (ROUND, PAST),
        "told": (True, False),
    },
    "rounds.opened": {"before": (TODAY,), "round": (ROUND,)},
    "rounds.reply_by_moved": {"before": (TODAY,), "round": (ROUND,)},
    "rounds.no_workday": {"day": (TODAY,), "before": (TODAY,), "after": (TODAY,)},
    "rounds.no_round": {"year": (2021, None)},
    "rounds.reply_by_between": {"first": (TODAY,), "last": (TODAY,)},
    "rounds.no_day": {"words": (ODD,)},
    "rounds.no_such_day": {"words": ("31.2.2021",)},
    "rounds.several_days": {"days": (["12.5.2021", "13.5.2021"],)},
    "rounds.one": {
        "round": (
            ROUND,
            PAST,
            SimpleNamespace(**{**vars(ROUND), "state": "planned"}),
            SimpleNamespace(**{**vars(ROUND), "state": "closed", "called_off_at": AT}),
        ),
        "asked": (12,),
        "stops": (STOPS,),
    },
    "from_office.round_moved": {"round": (ROUND,)},
    "from_office.round_over": {"round": (ROUND,)},
    "from_office.round_again": {"round": (ROUND,)},
    "rounds.taken_up": {"round": (ROUND, SimpleNamespace(**{**vars(ROUND), "state": "planned"}))},
    "rounds.again_with": {"round": (ROUND,)},
    "rounds.papers_moved": {
        "before": (date(2021, 4, 6), date(2021, 4, 9)),
        "day": (TODAY,),
        "round": (ROUND,),
        "told": (True, False),
    },
    "rounds.write_papers": {"round": (ROUND,), "stops": (STOPS,)},
    "rounds.papers_after_meeting": {"day": (TODAY,), "meeting": (TODAY,)},
    "rounds.after_decision": {"body": ("Formannskapet",), "council": ("Kommunestyret",), "day": (TODAY,)},
    **{f"rounds.{name}": {"round": (ROUND,)} for name in ("open_sure", "close_sure", "call_off_sure", "again_sure")},
    **{f"rounds.write_{name}": {"round": (ROUND,)} for name in ("meeting", "reply_by")},
    **{
        f"rounds.{name}": {"day": (TODAY,), "next_day": (TODAY, None), "papers": (TODAY,), "other": (ODD,)}
        for name in (
            "past",
            "two_meetings",
            "too_soon",
            "too_late_to_open",
            "other_year",
            "decides_last",
            "papers_too_soon",
        )
    },
    "plan_import.not_stored": {
        "why": ("two_bodies", "circle", "exists"),
        "data": ({"body": ODD, "other": "Kommunestyret", "day": TODAY, "name": "NAV", "superior": "SLT"},),
    },
    "rounds.two_bodies": {"body": (ODD,), "other": ("Kommunestyret",), "day": (TODAY,)},
    "missing.nagged": {"before": (0, 1, 2), "count": (2, 1), "unreachable": ([], ["NAV"])},
    "missing.nothing_of": {"words": ("NAV",)},
    "missing.unknown": {"words": (ODD,)},
    "question.more": {"question": (question(nagged=True), question(asked_back=ODD))},
    "question.come_true": {"condition": (ODD,), "met_on": (TODAY,)},
    "question.part": {"question": (question(part=True, lead=ODD),)},
    "asking_back.asked": {"names": (["Testperson"],)},
    "from_office.answered_back": {"unit": ("NAV",)},
    "from_office.has_come_true": {"condition": (ODD,), "unit": ("NAV", None), "example": (2022,)},
    "from_office.has_not_come_true": {"condition": (ODD,), "unit": ("NAV", None)},
    "conversation.not_your_number": {
        "others": ([], [(MEASURE, ODD)], [(MEASURE, None), (BARE, "NAV")]),
        "mine": (0, 2),
        "kept": (None, ODD),
        "meant": (False, True),
    },
    "from_office.answered_by_other": {"by": ("Testperson",), "text": (None, ODD)},
    "release.page": {"rows": ([(REPLY, MEASURE), (REPLY, BARE)],)},
    "release.text_of": {"reply": (REPLY, SILENT, None), "unit": (None, ODD)},
    "missing.page": {"by_unit": ({"NAV": ITEMS, "SLT": ITEMS[:1]},), "count": (4, 1, 0)},
    "release.one": {"reply": (REPLY,), "unit": ("NAV",)},
    "release.write": {"reply": (REPLY, SimpleNamespace(**{**vars(REPLY), "part": False}))},
    "plan_import.final": {
        "left": (2, 1, 0),
        "changes": (
            None,
            compare(DRAFT, DRAFT),
            compare(DRAFT, OTHER_DRAFT),
            compare(OTHER_DRAFT, DRAFT),
            compare(EMPTY_DRAFT, DRAFT, Archived(measures=(DRAFTED,))),
            compare(DRAFT, DRAFT.model_copy(update={"title": "Ny tittel"})),
        ),
        "difference": (ODD, ""),
    },
    "plan_import.summary": {"left": (2, 1, 0), "total": (5, 0), "changes": (None, compare(DRAFT, OTHER_DRAFT))},
    "plan_question.measure": {
        "measure": (DRAFTED, *(DRAFTED.model_copy(update={"source": each}) for each in SOURCES)),
        "reasons": (NOT_SURE, ("only_title",)),
    },
    "plan_question.measure_all": {"reasons": (NOT_SURE,)},
    "plan_question.number": {"measure": (DRAFTED,), "reasons": (("ref_mended",), ("ref_not_unique",))},
    "plan_question.number_all": {"reasons": (("ref_mended",), ("ref_not_unique",))},
    "plan_question.unit": {"unit": (ODD,), "external": (True, False)},
    "plan_question.responsible": {"text": (ODD, None)},
    "plan_question.doubtful_day": {"reason": tuple(sorted({*NO_DAY, *WHICH_DAY, BEFORE_PLAN}))},
    "plan_question.deadline": {
        "deadline": DEADLINES,
        "reasons": tuple((reason,) for reason in sorted({*NO_DAY, *WHICH_DAY, BEFORE_PLAN})),
    },
    "plan_question.cost": {"reasons": tuple((reason,) for reason in AMOUNTS)},
    "plan_question.cost_all": {"reasons": ((AMOUNTS[0],),)},
    "plan_question.owner": {"measure": (DRAFTED,)},
    "plan_question.same_measure": {"measure": (DRAFTED,)},
    "plan_question.same_title": {"measure": (DRAFTED,)},
    "plan_question.retitled": {"measure": (DRAFTED,)},
    "plan_question.owner_not_named": {"measure": (DRAFTED,), "unit": ("NAV",)},
    "plan_question.answer": {"deadline": (None, *DEADLINES)},
    "plan_question.title": {"text": ("plan",)},
    "plan_import.understood": {"answer": ("NAV",)},
    "plan_question.deadline_all": {"deadlines": ([(["1.4"], deadline) for deadline in DEADLINES],)},
    "plan_question.period_change": {"before": ("2020-2024",), "after": ("2020-2025",)},
    "plan_question.subject": {"refs": ("1.4",)},
}
WORDS: dict[str, tuple[Any, ...]] = {
    "approved": (False, True),
    "file": ("bilde 1.jpg",),
    "number": (1,),
    "count": (2, 1),
    "day": (TODAY,),
    "entry": YEAR_ENTRIES,
    "kind": tuple(kind.value for kind in KINDS),
    "days": ([60, 14], [1]),
    "leader_title": ("rådmann", "kommunedirektør"),
    "left": (2, 1),
    "name": ("Testperson",),
    "on": (AT,),
    "plans": (["Handlingsplan"], ["En plan", "En annen plan"]),
    "status": ("in_progress",),
    "unit": ("NAV",),
    "year": (2021,),
    "who": ("NAV",),
    "title": ("Handlingsplan",),
    "ref": ("1.4",),
    "period": ("2020-2024",),
    "usual": ("15 virkedager",),
}
WORDS_OF: dict[str, dict[str, tuple[Any, ...]]] = {
    "toast.papers_are_out": {"on": (TODAY,)},
    "toast.come_true": {"due_on": (TODAY, None)},
    "glance.answered": {"answered": (5,), "asked": (12,)},
}


def choices(name: str, arguments: tuple[str, ...], table: Any, special: Any) -> Iterator[dict[str, Any]]:
    """Each argument in all its samples, the others as the first, and once round with all of them moving."""
    found = {argument: (special.get(name, {}).get(argument) or table[argument]) for argument in arguments}
    longest = max((len(samples) for samples in found.values()), default=1)
    for turn in range(longest):
        yield {argument: samples[turn % len(samples)] for argument, samples in found.items()}
    for varied, samples in found.items():
        for sample in samples[1:]:
            yield {argument: each[0] for argument, each in found.items()} | {varied: sample}
