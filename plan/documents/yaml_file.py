"""The readable plan file: YAML with Norwegian keys, read with an error per wrong line and written back.

Keys may be written with or without å, ø and æ (`mål`, `mal`, `maal`). Every value is a text, taken as it is written;
nothing unknown is accepted. `frist` is the plan's phrase, verbatim.
"""

import re
from datetime import date
from typing import Any, Final

import yaml

from plan.deadline import Period, parse
from plan.documents import yaml_tree
from plan.documents.check import check, with_doubts
from plan.documents.problem import Code, DocumentRefused, Path, Problem
from plan.documents.yaml_tree import Node
from plan.documents.yaml_values import (
    Key,
    Reading,
    ValueReader,
    a_date,
    a_name,
    a_period,
    a_year,
    an_amount,
    an_interval,
    neighbouring_months,
    one_of,
    record,
    records,
    text_up_to,
    texts_up_to,
    yes_or_no,
)
from plan.draft import (
    FIRST_YEAR,
    LAST_YEAR,
    MAX_REF,
    MAX_TEXT,
    MAX_TITLE,
    MAX_UNIT,
    CostKind,
    CostLine,
    Draft,
    Funding,
    Goal,
    Measure,
    Meeting,
    ReportingDate,
    ReportingKind,
    Source,
    Unit,
    YearlyRule,
)
from plan.yearly import MONTHS

MAX_BYTES = 2_000_000
MAX_DEADLINE = 30_000

REPORTING_WORDS = {
    "statusrapport": ReportingKind.COUNCIL_REPORT,
    "evaluering": ReportingKind.EVALUATION,
    "gjennomgang": ReportingKind.REVIEW,
    "budsjett": ReportingKind.BUDGET,
    "rullering": ReportingKind.REVISION,
    "kontroll": ReportingKind.CONTROL,
}
COST_WORDS = {
    "utgift": CostKind.SPENDING,
    "inntekt": CostKind.INCOME,
    "egenfinansiering": CostKind.OWN,
    "investering": CostKind.INVESTMENT,
    "ekstern": CostKind.EXTERNAL,
}
FUNDING_WORDS = {
    "beløp": Funding.AMOUNT,
    "ramme": Funding.FRAMEWORK,
    "prosjekt": Funding.PROJECT,
    "ekstern": Funding.EXTERNAL,
    "ingen": Funding.NONE,
    "ukjent": Funding.UNKNOWN,
}


def recognises(name: str, content: bytes) -> bool:
    """Whether this is meant as a plan file: by its extension, or by a line that begins with `plan:`.

    A file that begins like a PDF, a zip archive or an old Office file is none, whatever it is called.
    """
    if content.startswith((b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return False
    return name.casefold().endswith((".yaml", ".yml")) or re.search(rb"^plan *:", content, re.MULTILINE) is not None


def read_bytes(content: bytes) -> Draft:
    """Read a plan file as it comes from a disk or a chat. Raises `DocumentRefused`."""
    if len(content) > MAX_BYTES:
        raise DocumentRefused([_too_large()])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise DocumentRefused([Problem(Code.NOT_UTF8, line=line)]) from error
    return read(text)


def read(text: str) -> Draft:
    """The plan in the text. Raises `DocumentRefused` with all that is wrong, in the order of the lines.

    A doubt alone (a deadline before the plan begins) refuses nothing; it is among the warnings of its measure.
    """
    if len(text) > MAX_BYTES:
        raise DocumentRefused([_too_large()])
    return read_tree(yaml_tree.parse(text), FILE_KEYS)


def read_tree(root: Node, keys: tuple[Key, ...]) -> Draft:
    """The plan in a tree with the keys of a plan file, wherever the tree comes from. Raises `DocumentRefused`."""
    reading = Reading()
    draft = _plan_file(reading, root, keys)
    doubts = []
    for problem in check(draft):
        if problem.doubt:
            doubts.append(problem)
        else:
            reading.add(problem)
    reading.refuse_if_wrong()
    return with_doubts(draft, doubts)


def write(draft: Draft) -> str:
    """A plan file that reads back as the same draft, save the sources and the warnings.

    A draft without a period or without measures gives a file that is refused when read: they are for a person to add.
    """
    return yaml.dump(tree_of(draft), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110, indent=2)


def _too_large() -> Problem:
    return Problem(Code.TOO_LARGE, data={"limit_mb": MAX_BYTES // 1_000_000})


# A required value that is missing or wrong is stood in for by one that nobody writes, so that the rest of the file can
# still be checked against itself. Such a draft is never given away: its problem refuses the file.


def _stand_in(line: int) -> str:
    return f"\ufffe{line}"


def plan_of(keys: tuple[Key, ...]) -> ValueReader:
    """Reads what a file says of the plan as a whole, by these keys."""

    def read(reading: Reading, key: str, node: Node, path: Path) -> dict[str, Any]:
        # The values are the draft's own, so their paths begin at its root.
        values = record(reading, keys, node, (), key)
        first, last = values.get("period", (1, 0))
        reading.period = Period.of_years(first, last) if first <= last else None
        return values

    return read


def _unit(reading: Reading, values: dict[str, Any], line: int) -> Unit:
    return Unit(**({"name": _stand_in(line)} | values))


def _goal(reading: Reading, values: dict[str, Any], line: int) -> Goal:
    return Goal(**({"ref": _stand_in(line), "title": _stand_in(line)} | values))


def _cost(reading: Reading, values: dict[str, Any], line: int) -> CostLine:
    return CostLine(**({"kind": CostKind.SPENDING} | values))


def _measure(reading: Reading, values: dict[str, Any], line: int) -> Measure:
    values = {"ref": _stand_in(line), "title": _stand_in(line)} | values
    if "deadline" in values:
        values["deadline"] = parse(values["deadline"], period=reading.period)
    values["ref_is_ours"] = not values.pop("ref_is_the_plans", True)
    return Measure(**values, source=Source(row=line))


def _reporting_date(reading: Reading, values: dict[str, Any], line: int) -> ReportingDate:
    values = {"kind": ReportingKind.REVIEW, "text": _stand_in(line)} | values
    kind, text = values.pop("kind"), values.pop("text")
    first, last = values.get("first_year", FIRST_YEAR), values.get("last_year", LAST_YEAR)
    if first > last:
        reading.wrong(Code.YEARS_REVERSED, line, first=first, last=last)
        values = {}
    return ReportingDate(kind=kind, text=text, rule=YearlyRule(**values) if values else None)


def _meeting(reading: Reading, values: dict[str, Any], line: int) -> Meeting:
    found = Meeting(**({"body": _stand_in(line), "held_on": date.max} | values))
    if found.papers_on is not None and found.papers_on >= found.held_on:
        reading.wrong(Code.PAPERS_AFTER_MEETING, line, body=found.body, papers=found.papers_on.isoformat())
        return found.model_copy(update={"papers_on": None})
    return found


PLAN_KEYS: Final = (
    Key("tittel", "title", text_up_to(MAX_TITLE), required=True),
    Key("kommune", "municipality", a_name),
    Key("periode", "period", a_period, required=True),
)
UNIT_KEYS: Final = (
    Key("navn", "name", a_name, required=True),
    Key("overordnet", "superior", a_name),
    Key("ekstern", "external", yes_or_no),
)
GOAL_KEYS: Final = (
    Key("nr", "ref", text_up_to(MAX_REF), required=True),
    Key("tittel", "title", text_up_to(MAX_TITLE), required=True),
    Key("under", "parent_ref", text_up_to(MAX_REF)),
    Key("resultatmål", "result_targets", texts_up_to(MAX_TEXT)),
)
COST_KEYS: Final = (
    Key("år", "year", a_year),
    Key("slag", "kind", one_of(COST_WORDS), required=True),
    Key("beløp", "amount_nok", an_amount),
    Key("tekst", "text", text_up_to(MAX_TEXT)),
)
MEASURE_KEYS: Final = (
    Key("nr", "ref", text_up_to(MAX_REF), required=True),
    Key("nr i planen", "ref_is_the_plans", yes_or_no),
    Key("tittel", "title", text_up_to(MAX_TITLE), required=True),
    Key("beskrivelse", "description", text_up_to(MAX_TEXT)),
    Key("mål", "goal_ref", text_up_to(MAX_REF)),
    Key("ansvar", "responsible", text_up_to(MAX_TEXT)),
    Key("enheter", "units", texts_up_to(MAX_UNIT)),
    Key("oppfølging", "owner", a_name),
    Key("berører", "also_affected", text_up_to(MAX_TEXT)),
    Key("frist", "deadline", text_up_to(MAX_DEADLINE)),
    Key("kostnader", "costs", records(COST_KEYS, _cost)),
    Key("finansiering", "funding", one_of(FUNDING_WORDS)),
    Key("prioritet", "priority", a_name),
    Key("kategori", "category", text_up_to(MAX_TEXT)),
    Key("merknad", "comment", text_up_to(MAX_TEXT)),
)
REPORTING_KEYS: Final = (
    Key("hva", "kind", one_of(REPORTING_WORDS), required=True),
    Key("tekst", "text", text_up_to(MAX_TEXT), required=True),
    Key("hvert", "n", an_interval),
    Key("måned", "months", neighbouring_months, also=("måneder",)),
    Key("første år", "first_year", a_year),
    Key("siste år", "last_year", a_year),
    Key("organ", "body", a_name),
)
MEETING_KEYS: Final = (
    Key("organ", "body", a_name, required=True),
    Key("dato", "held_on", a_date, required=True),
    Key("sakspapirer", "papers_on", a_date),
)
FILE_KEYS: Final = (
    # The plan comes first whatever the order of the file: deadlines are understood within its period.
    Key("plan", "plan", plan_of(PLAN_KEYS), required=True),
    Key("enheter", "units", records(UNIT_KEYS, _unit)),
    Key("mål", "goals", records(GOAL_KEYS, _goal)),
    Key("tiltak", "measures", records(MEASURE_KEYS, _measure), required=True),
    Key("rapportering", "reporting_dates", records(REPORTING_KEYS, _reporting_date)),
    Key("møter", "meetings", records(MEETING_KEYS, _meeting)),
)


def _plan_file(reading: Reading, root: Node, keys: tuple[Key, ...]) -> Draft:
    values = record(reading, keys, root, (), "plan")
    if values.get("measures") == ():
        reading.add(Problem(Code.NO_MEASURES, path=("measures",)))
    plan_values = values.pop("plan", {})
    return Draft(**({"title": _stand_in(root.line)} | plan_values | values))


# Writing


class _Dumper(yaml.SafeDumper):
    """Texts of several lines are written as blocks, and lists are indented under their key."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """As the base class has it, but never without indentation."""
        super().increase_indent(flow, indentless=False)


def _write_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _write_text)

_REPORTING_NAMES = {kind: word for word, kind in REPORTING_WORDS.items()}
_COST_NAMES = {kind: word for word, kind in COST_WORDS.items()}
_FUNDING_NAMES = {kind: word for word, kind in FUNDING_WORDS.items()}


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None and value != []}


def tree_of(draft: Draft) -> dict[str, Any]:
    """A draft under the keys of a plan file; what is not given is not among them."""
    plan = {
        "tittel": draft.title,
        "kommune": draft.municipality,
        "periode": f"{draft.period[0]}-{draft.period[1]}" if draft.period else None,
    }
    return {"plan": _filled(plan)} | _filled(
        {
            "enheter": [_written_unit(unit) for unit in draft.units],
            "mål": [_written_goal(goal) for goal in draft.goals],
            "tiltak": [_written_measure(measure) for measure in draft.measures],
            "rapportering": [_written_reporting_date(promise) for promise in draft.reporting_dates],
            "møter": [_written_meeting(meeting) for meeting in draft.meetings],
        }
    )


def _written_meeting(meeting: Meeting) -> dict[str, Any]:
    return _filled({"organ": meeting.body, "dato": meeting.held_on, "sakspapirer": meeting.papers_on})


def _written_unit(unit: Unit) -> dict[str, Any]:
    return _filled(
        {"navn": unit.name, "overordnet": unit.superior, "ekstern": "ja" if unit.external else None},
    )


def _written_goal(goal: Goal) -> dict[str, Any]:
    return _filled(
        {
            "nr": goal.ref,
            "tittel": goal.title,
            "under": goal.parent_ref,
            "resultatmål": list(goal.result_targets),
        }
    )


def _written_measure(measure: Measure) -> dict[str, Any]:
    return _filled(
        {
            "nr": measure.ref,
            "nr i planen": "nei" if measure.ref_is_ours else None,
            "tittel": measure.title,
            "beskrivelse": measure.description,
            "mål": measure.goal_ref,
            "ansvar": measure.responsible,
            "enheter": list(measure.units),
            "oppfølging": measure.owner,
            "berører": measure.also_affected,
            "frist": measure.deadline.text or None,
            "kostnader": [_written_cost(cost) for cost in measure.costs],
            "finansiering": _FUNDING_NAMES[measure.funding],
            "prioritet": measure.priority,
            "kategori": measure.category,
            "merknad": measure.comment,
        }
    )


def _written_cost(cost: CostLine) -> dict[str, Any]:
    return _filled(
        {"år": cost.year, "slag": _COST_NAMES[cost.kind], "beløp": cost.amount_nok, "tekst": cost.text},
    )


def _written_reporting_date(promise: ReportingDate) -> dict[str, Any]:
    rule = promise.rule
    return _filled({"hva": _REPORTING_NAMES[promise.kind], "tekst": promise.text}) | (
        _written_rule(rule) if rule else {}
    )


def _written_rule(rule: YearlyRule) -> dict[str, Any]:
    months = [MONTHS[month - 1] for month in rule.months]
    return _filled(
        {
            "hvert": "år" if rule.n == 1 else f"{rule.n}. år",
            "måned": months[0] if len(months) == 1 else months,
            "første år": rule.first_year,
            "siste år": rule.last_year,
            "organ": rule.body,
        }
    )
