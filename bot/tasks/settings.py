"""The settings of a plan and of the municipality: what each is, what it can be, and setting it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any, Literal

from bot.tasks import find
from bot.tasks.task import Answers, Choice, Step, Task, TaskRefused
from bot.turn import Turn, shorten
from plan.workday import DateRange, NoWorkdayError, WorkCalendar
from scheduler.reporting_planning import NOBODY
from scheduler.setting_changes import settings_changed
from scheduler.settings import PlanSettings, SettingsRefused
from storage import plans, units, working_hours
from storage.ids import id_of
from storage.tables import Plan
from storage.working_hours import WorkingHours

Kind = Literal["days", "day", "yes", "audience", "notice", "weeks", "hours"]
HOUSE = "house"
HOUSE_WORDS = {"kommune", "kommunen", HOUSE}
DEFAULT_WORDS = {"standard", "default"}
NONE_WORDS = {"ingen", "ingenting", "none"}
YES, NO = {"ja", "på", "yes"}, {"nei", "av", "no"}
AUDIENCES = {"admin": "admin", "administrator": "admin", "kontoret": "office", "kontor": "office", "begge": "both"}
AUDIENCES |= {"office": "office", "both": "both"}
MOST_DAYS = 6
MOST_WEEKS = 10
MOST_RANGES = 10
LONGEST_RANGE = 70
A_WEEK = 7  # weekends and holidays around a range
BEFORE_NOON, AFTER_NOON = time(11, 0), time(12, 0)


@dataclass(frozen=True)
class Setting:
    """A setting: the word it is written by, its path in a plan's settings, its kind, and its least and most.

    `unit` is what its days are counted in. `choices` are values most would choose, as they are written.
    """

    word: str
    path: tuple[str, ...]
    kind: Kind
    choices: tuple[str, ...]
    least: int = 1
    most: int = 120
    unit: Literal["days", "workdays"] = "workdays"


LONG_BEFORE = ("60 14 kontoret", "30 7 kontoret", "60 14 begge", "nei")
AUDIENCE_CHOICES = ("admin", "kontoret", "begge")
YES_NO = ("ja", "nei")
OF_PLAN = {
    setting.word: setting
    for setting in (
        Setting("svartid", ("round", "reply"), "day", ("10", "15", "20")),
        Setting("kontortid", ("round", "office"), "day", ("5", "10", "15")),
        Setting("papirer", ("round", "papers"), "day", ("5", "7", "10")),
        Setting("forberedelse", ("prepare_before",), "day", ("5", "10", "15")),
        Setting("purring", ("after_reply_by", "nag_after"), "days", ("1", "2", "1 2")),
        Setting("videre", ("after_reply_by", "escalate_after"), "days", ("2 4", "3 5", "5 10")),
        Setting("frister", ("lead_days",), "days", ("90 30", "60 14", "30 7"), most=730, unit="days"),
        Setting("fristpurring", ("after_deadline", "nag_after"), "days", ("3 8", "5 10", "10")),
        Setting("fristvidere", ("after_deadline", "escalate_after"), "days", ("10 20", "15 25", "20 40")),
        Setting("evaluering", ("evaluation",), "notice", LONG_BEFORE, most=730),
        Setting("gjennomgang", ("review",), "notice", LONG_BEFORE, most=730),
        Setting("budsjett", ("budget",), "notice", LONG_BEFORE, most=730),
        Setting(
            "revisjon", ("revision",), "notice", ("365 90 begge", "365 90 kontoret", "180 30 begge", "nei"), most=730
        ),
        Setting("kontroll", ("control",), "notice", LONG_BEFORE, most=730),
        Setting("etterdato", ("after_reporting_day",), "days", ("5 15 30", "5 15", "10 30", "ingen")),
        Setting("mangler", ("tell_prepare",), "audience", AUDIENCE_CHOICES),
        Setting("utenfor", ("tell_nobody",), "audience", AUDIENCE_CHOICES),
        Setting("diskret", ("discreet",), "yes", YES_NO),
        Setting("deler", ("ask_parts",), "yes", YES_NO),
    )
}
GROUPS = {
    "runde": ("svartid", "kontortid", "papirer", "forberedelse", "purring", "videre"),
    "frist": ("frister", "fristpurring", "fristvidere"),
    "dato": ("evaluering", "gjennomgang", "budsjett", "revisjon", "kontroll", "etterdato"),
    "hvem": ("mangler", "utenfor", "diskret", "deler"),
}
"""Which settings of a plan are shown together, by the code of the group."""
EXAMPLES = {
    "frister": "45 10",
    "purring": "2",
    "videre": "4 6",
    "fristpurring": "4 9",
    "fristvidere": "12 22",
    "forberedelse": "8",
    "svartid": "12",
    "kontortid": "7",
    "papirer": "8",
    "mangler": "begge",
    "utenfor": "kontoret",
    "diskret": "ja",
    "deler": "nei",
    "evaluering": "45 10 kontoret",
    "gjennomgang": "45 10 kontoret",
    "budsjett": "45 10 kontoret",
    "revisjon": "300 60 begge",
    "kontroll": "45 10 kontoret",
    "etterdato": "5 20",
    "ferie": "8, 28-30",
    "tid": "8-15.30",
}
OF_HOUSE = {
    setting.word: setting
    for setting in (
        Setting("ferie", (), "weeks", ("8, 28-30", "28-30", "ingen")),
        Setting("tid", (), "hours", ("8-15.30", "8-16", "9-15")),
    )
}


def group_of(word: str) -> str | None:
    """The group a setting of a plan is shown in; None for one of the municipality."""
    return next((code for code, words in GROUPS.items() if word in words), None)


def settings_of(subject: int | str) -> dict[str, Setting]:
    """The settings of a plan (its id), or of the municipality."""
    return OF_HOUSE if subject == HOUSE else OF_PLAN


def word_of(field: str) -> str | None:
    """The word of the setting that a path in a plan's settings leads to or into; None for one there is not."""
    path = tuple(field.split("."))
    within = (word for word, setting in OF_PLAN.items() if path[: len(setting.path)] == setting.path)
    above = (word for word, setting in OF_PLAN.items() if setting.path[: len(path)] == path)
    return next(within, None) or next(above, None)


async def _take_subject(turn: Turn, answers: Answers, words: str) -> int | str:
    return HOUSE if words.strip().lower() in HOUSE_WORDS else await find.take_plan(turn, answers, words)


async def _subjects(turn: Turn, answers: Answers) -> list[Choice]:
    return [*(await find.plan_choices(turn, answers)), Choice(HOUSE, turn.word("button.whole_house"))]


async def _take_word(_turn: Turn, answers: Answers, words: str) -> str:
    known = settings_of(answers["subject"])
    if words.strip().lower() not in known:
        raise TaskRefused("setting.unknown", words=list(known))
    return words.strip().lower()


async def _words(turn: Turn, answers: Answers) -> list[Choice]:
    return [Choice(word, turn.word(f"setting.{word}")) for word in settings_of(answers["subject"])]


async def _values(turn: Turn, answers: Answers) -> list[Choice]:
    """Values to choose by a button: those most would, but for the present one, and the usual one."""
    subject, setting = answers["subject"], settings_of(answers["subject"])[answers["word"]]
    row = (await values_of(turn, subject))[setting.word]
    found = []
    for words in setting.choices:
        label = await _label(turn, subject, setting, words)
        if label not in {None, row["value"], row["usual"]}:
            found.append(Choice(words, label or ""))
    if row["value"] != row["usual"]:
        found.append(Choice("standard", turn.word("button.to_default", usual=row["usual"])))
    return found


async def _label(turn: Turn, subject: int | str, setting: Setting, words: str) -> str | None:
    """A value as people read it; None where it cannot stand beside what else is set."""
    value = READERS[setting.kind](setting, words)
    if subject != HOUSE:
        try:
            _stored(await find.plan(turn, int(subject)), setting, value)
        except TaskRefused:
            return None
    if setting.kind == "weeks":
        return _shown_weeks(turn, WorkingHours.from_json(value))
    if setting.kind == "hours":
        return _shown_hours(time.fromisoformat(value["opens"]), time.fromisoformat(value["closes"]))
    return _shown(turn, value, setting)


async def _about(turn: Turn, answers: Answers) -> dict[str, Any]:
    word = answers["word"]
    setting = settings_of(answers["subject"])[word]
    limits = (setting.least, setting.most) if setting.kind in {"day", "days", "notice"} else None
    shown = await values_of(turn, answers["subject"])
    return {"word": word, "example": EXAMPLES[word], "limits": limits, **shown[word]}


async def _take_value(turn: Turn, answers: Answers, words: str) -> Any:
    """The value as it is stored, or {"default": true}."""
    setting = settings_of(answers["subject"])[answers["word"]]
    text = " ".join(words.lower().split())
    if text in DEFAULT_WORDS:
        return {"default": True}
    if setting.kind == "notice" and (name := _unit_named(text)):
        unit_id = await _keeping_unit(turn, name)
        return _notice(setting, text.removesuffix(name).strip()) | {"tell": "unit", "unit": unit_id}
    return READERS[setting.kind](setting, text)


def _unit_named(text: str) -> str:
    """What may be the name of a unit in "30 7 brann og redning"; empty where nobody or the office is named."""
    found = re.sub(r"^(?:[\s,;0-9]|og\b|(?:virke|arbeids)?dag(?:er|ar)?\b)*", "", text)
    known = {*AUDIENCES, *NO, *NONE_WORDS}
    return "" if all(word in known for word in re.split(r"[\s,;]+", found)) or not found[:1].isalpha() else found


async def _keeping_unit(turn: Turn, name: str) -> int:
    """The id of the unit that is to hear of reporting days, by its name."""
    unit = await units.by_name(turn.session, name.removeprefix("enhet ").removeprefix("enheten "))
    if unit is None:
        raise TaskRefused("setting.not_keeper", name=shorten(name), near=await find.near_units(turn, name))
    if unit.external:
        raise TaskRefused("unit_admin.never_asked", name=unit.name)
    return id_of(unit)


def _yes(_setting: Setting, text: str) -> bool:
    if text not in YES | NO:
        raise TaskRefused("setting.not_yes")
    return text in YES


def _audience(_setting: Setting, text: str) -> str:
    if text not in AUDIENCES:
        raise TaskRefused("setting.not_audience")
    return AUDIENCES[text]


def _one_day(setting: Setting, text: str) -> int:
    found = _numbers(setting, text)
    if len(found) != 1:
        raise TaskRefused("setting.one_number", least=setting.least, most=setting.most)
    return found[0]


def _numbers(setting: Setting, text: str) -> list[int]:
    """Numbers of days, with "dager" after them or not."""
    words = [word for word in re.split(r"[\s,;]+|\bog\b", re.sub(r"(virke|arbeids)?dag(er|ar)?\b", " ", text)) if word]
    if not words or not all(re.fullmatch(r"[0-9]{1,4}", word) for word in words):
        raise TaskRefused("setting.not_days", least=setting.least, most=setting.most)
    found = [int(word) for word in words]
    if any(not setting.least <= number <= setting.most for number in found):
        raise TaskRefused("setting.not_days", least=setting.least, most=setting.most)
    return found


def _days(setting: Setting, text: str) -> list[int]:
    if text in NONE_WORDS:
        return []
    found = _numbers(setting, text)
    if len(found) > MOST_DAYS:
        raise TaskRefused("setting.too_many", most=MOST_DAYS)
    falling = setting.path == ("lead_days",)
    if found != sorted(set(found), reverse=falling):
        raise TaskRefused("setting.wrong_order", falling=falling)
    return found


def _notice(setting: Setting, text: str) -> dict[str, Any]:
    """ "60 14 kontoret" as days and who hears of it; "nei" turns it off, without words the office hears of it."""
    if text in NO:
        return {"notice": [], "tell": NOBODY, "unit": None}
    words = re.split(r"[\s,;]+", text)
    named = [AUDIENCES[word] for word in words if word in AUDIENCES]
    days = " ".join(word for word in words if word not in AUDIENCES)
    try:
        notice = _days(replace(setting, path=("lead_days",)), days or next(iter(NONE_WORDS)))
    except TaskRefused as refusal:
        raise TaskRefused("setting.not_notice", least=setting.least, most=setting.most) from refusal
    if len(named) > 1:
        raise TaskRefused("setting.not_audience")
    return {"notice": notice, "tell": named[0] if named else "office", "unit": None}


def _weeks(_setting: Setting, text: str) -> dict[str, Any]:
    """ "28-30, 8" as weeks of every year, "21.12.2026-2.1.2027" as a range that is once."""
    if text in NONE_WORDS:
        return {"weeks": [], "ranges": []}
    weeks: list[int] = []
    ranges: list[list[str]] = []
    for part in re.split(
        r"[,;]\s*|\s+og\s+|\s+(?=[0-9])(?<![-–]\s)", re.sub(r"\buker?\b|\bveker?\b", " ", text).strip()
    ):
        span = re.fullmatch(r"([0-9]{1,2})(?:\s*[-–]\s*([0-9]{1,2}))?", part.strip())
        if span is not None:
            first, last = int(span.group(1)), int(span.group(2) or span.group(1))
            if not 1 <= first <= last <= 53:
                raise TaskRefused("setting.not_weeks")
            weeks += range(first, last + 1)
        else:
            ranges.append(_range(part.strip()))
    if len(set(weeks)) > MOST_WEEKS or len(ranges) > MOST_RANGES or _is_quiet_too_long(weeks, ranges):
        raise TaskRefused("setting.too_quiet", weeks=MOST_WEEKS, days=LONGEST_RANGE)
    return WorkingHours(weeks=tuple(sorted(set(weeks)))).to_json() | ({"ranges": ranges} if ranges else {})


def _is_quiet_too_long(weeks: list[int], ranges: list[list[str]]) -> bool:
    """Whether ranges and weeks that follow each other leave nobody at work for longer than one may be."""
    spans = [DateRange(*map(date.fromisoformat, span)) for span in ranges]
    calendar = WorkCalendar(spans, weeks)
    try:
        return any((calendar.on_or_after(span.first) - span.first).days > LONGEST_RANGE + A_WEEK for span in spans)
    except NoWorkdayError:
        return True


def _range(text: str) -> list[str]:
    days = re.findall(r"([0-9]{1,2})\.\s*([0-9]{1,2})\.\s*([0-9]{4})", text)
    try:
        first, last = [date(int(year), int(month), int(day)) for day, month, year in days]
        span = DateRange(first, last)
    except ValueError as error:
        raise TaskRefused("setting.not_weeks") from error
    if (span.last - span.first).days >= LONGEST_RANGE:
        raise TaskRefused("setting.too_quiet", weeks=MOST_WEEKS, days=LONGEST_RANGE)
    return [first.isoformat(), last.isoformat()]


def _hours(_setting: Setting, text: str) -> dict[str, str]:
    """ "8-15.30" as when sending opens and closes."""
    span = re.fullmatch(
        r"(?:kl\.?\s*)?([0-9]{1,2})(?:[.:]([0-9]{2}))?\s*(?:[-–]|til)\s*([0-9]{1,2})(?:[.:]([0-9]{2}))?", text
    )
    try:
        first, first_minute, last, last_minute = (int(part or 0) for part in (span.groups() if span else ()))
        opens, closes = time(first, first_minute), time(last, last_minute)
    except ValueError as error:
        raise TaskRefused("setting.not_hours") from error
    if opens > BEFORE_NOON or closes <= AFTER_NOON:
        raise TaskRefused("setting.not_hours")
    return {"opens": opens.isoformat("minutes"), "closes": closes.isoformat("minutes")}


READERS: dict[Kind, Callable[[Setting, str], Any]] = {
    "days": _days,
    "day": _one_day,
    "yes": _yes,
    "audience": _audience,
    "notice": _notice,
    "weeks": _weeks,
    "hours": _hours,
}


async def _set(turn: Turn, answers: Answers) -> None:
    word, subject = answers["word"], answers["subject"]
    before = (await values_of(turn, subject))[word]["value"]
    others: list[str | None] = []
    if subject == HOUSE:
        await _set_for_house(turn, word, answers["value"])
    else:
        plan = await find.plan(turn, subject)
        others = [other for other in unusable(plan) if other != word]
        await _set_for_plan(turn, plan, OF_PLAN[word], answers["value"])
    after = (await values_of(turn, subject))[word]["value"]
    keyboard = ((turn.button("settings_more", view_of(subject, word)),),)
    turn.show("setting.changed", word=word, before=before, after=after, others=others, keyboard=keyboard)


def view_of(subject: int | str, word: str) -> str:
    """The data of a button that shows what stands beside a setting."""
    return "in:0" if subject == HOUSE else f"in:{subject}:{group_of(word)}"


def unusable(plan: Plan) -> list[str | None]:
    """The words of the settings of a plan that cannot be used; None for what is no setting."""
    return list(dict.fromkeys(word_of(field) for field in PlanSettings.faults(plan.settings)))


async def _set_for_plan(turn: Turn, plan: Plan, setting: Setting, value: Any) -> None:
    await plans.set_settings(turn.session, plan, _stored(plan, setting, value), actor=turn.actor, at=turn.at)
    await settings_changed(turn.session, plan, turn.at, turn.house.hours)


def _stored(plan: Plan, setting: Setting, value: Any) -> dict[str, Any]:
    """What a plan's settings are with another value, as they are stored: no more than what is not as usual."""
    usual = PlanSettings().model_dump(mode="json")
    wanted = PlanSettings.usable(plan.settings).model_dump(mode="json")
    *path, name = setting.path
    inner, default = wanted, usual
    for part in path:
        inner, default = inner[part], default[part]
    inner[name] = default[name] if value == {"default": True} else value
    stored = {key: found for key, found in wanted.items() if found != usual[key]}
    try:
        PlanSettings.of(stored)
    except SettingsRefused as refusal:
        raise TaskRefused("setting.order") from refusal
    return stored


async def _set_for_house(turn: Turn, word: str, value: dict[str, Any]) -> None:
    stored = (await working_hours.get(turn.session)).to_json()
    names = ("weeks", "ranges") if word == "ferie" else ("opens", "closes")
    kept = {name: found for name, found in stored.items() if name not in names}
    wanted = kept if value == {"default": True} else kept | value
    await working_hours.put(turn.session, WorkingHours.from_json(wanted), actor=turn.actor, at=turn.at)
    await turn.house.refresh(turn.session)
    for plan in await plans.everyone(turn.session):
        await settings_changed(turn.session, plan, turn.at, turn.house.hours)


async def values_of(turn: Turn, subject: int | str) -> dict[str, dict[str, Any]]:
    """What each setting is and would be by default, by its word: `value` and `usual` as people read them."""
    if subject == HOUSE:
        hours, stored = turn.house.hours, await working_hours.get(turn.session)
        usual = turn.house.usual
        return {
            "ferie": {"value": _shown_weeks(turn, stored), "usual": turn.word("setting_value.nothing")},
            "tid": {
                "value": _shown_hours(hours.opens, hours.closes),
                "usual": _shown_hours(usual.opens, usual.closes),
            },
        }
    assert isinstance(subject, int)
    plan = await find.plan(turn, subject)
    names = {id_of(unit): unit.name for unit in await units.everyone(turn.session)}
    found = PlanSettings.usable(plan.settings).model_dump(mode="json")
    usual_values = PlanSettings().model_dump(mode="json")
    values = {
        word: {
            "value": _shown(turn, _at(found, setting), setting, names),
            "usual": _shown(turn, _at(usual_values, setting), setting, names),
        }
        for word, setting in OF_PLAN.items()
    }
    for word in unusable(plan):
        if word is not None:
            values[word]["value"] = turn.word("setting_value.unusable")
    return values


def _at(values: dict[str, Any], setting: Setting) -> Any:
    found: Any = values
    for part in setting.path:
        found = found[part]
    return found


def _shown(turn: Turn, value: Any, setting: Setting, names: Mapping[int, str] | None = None) -> str:
    """A value as people read it; `names` are those of the units. A unit that is gone leaves the office."""
    match value:
        case bool():
            return turn.word(f"setting_value.{'ja' if value else 'nei'}")
        case str():
            return turn.word(f"setting_value.{value}")
        case dict():
            return _shown_notice(turn, value["notice"], value["tell"], (names or {}).get(value["unit"]))
    days = [value] if isinstance(value, int) else value
    return turn.word(f"setting_value.{setting.unit}", days=days) if days else turn.word("setting_value.nothing")


def _shown_notice(turn: Turn, days: list[int], tell: str, unit: str | None) -> str:
    if tell == NOBODY:
        return turn.word("setting_value.nobody")
    who = unit or turn.word(f"setting_value.{'office' if tell == 'unit' else tell}")
    return (
        turn.word("setting_value.notice", days=days, who=who) if days else turn.word("setting_value.same_day", who=who)
    )


def _shown_hours(opens: time, closes: time) -> str:
    return f"{opens:%H.%M}–{closes:%H.%M}"


def _shown_weeks(turn: Turn, stored: WorkingHours) -> str:
    weeks = [str(week) for week in stored.weeks]
    ranges = [f"{span.first:%d.%m.%Y}–{span.last:%d.%m.%Y}" for span in stored.ranges]
    return ", ".join((*weeks, *ranges)) or turn.word("setting_value.nothing")


async def only_plan(turn: Turn) -> int | None:
    """The plan, where there is but one."""
    known = await plans.everyone(turn.session)
    return id_of(known[0]) if len(known) == 1 else None


TASKS = (
    Task(
        "setting",
        (
            Step("subject", "setting.ask_subject", _take_subject, _subjects),
            Step("word", "setting.ask_word", _take_word, _words),
            Step("value", "setting.ask_value", _take_value, _values, _about),
        ),
        _set,
    ),
)
