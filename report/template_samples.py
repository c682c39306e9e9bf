"""Reports of every kind that a Word template must manage: with everything in them, with nothing, with odd characters.

Everything in them is made up.
"""

from base64 import b64encode
from datetime import date
from typing import Any

from plan.status import Status
from report.snapshot import (
    Attachment,
    Brand,
    Change,
    Correction,
    Cost,
    Count,
    EarlierStatus,
    Goal,
    Logo,
    Measure,
    Meeting,
    OfficeTexts,
    ResultTarget,
    RouteStop,
    Snapshot,
    UnitsPart,
    UnitText,
)

MADE_ON = date(2022, 5, 3)
ODD = "Æ & <Ø> {{ å }} {% felt %} \"sitat\" 'x' \U0001f642 漢字 \u202eсиний ‑ \t \x0b"
LONG = "Et langt svar. " * 270
LOGO = Logo(
    kind="svg",
    content=b64encode(
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 5"><path d="M0 0h4v3l-2 2l-2-2z"/></svg>'
    ).decode(),
    width=4,
    height=5,
)


def every_kind(language: str) -> list[Snapshot]:
    """The snapshots a template is tried on, the fullest first."""
    return [full(language), _empty(language), _unanswered(language), _odd(language)]


def full(language: str) -> Snapshot:
    """A draft in which every part of a report has something to say."""
    goals = (
        Goal(ref="H", title="Hovedmålet"),
        Goal(
            ref="1",
            parent_ref="H",
            title="Et mål med en tittel som er for lang til å stå i overskriften, og derfor står under den i stedet",
            result_targets=(
                ResultTarget(text="Et resultatmål", attainment="partly_attained", reason="En begrunnelse"),
                ResultTarget(text="Et resultatmål til"),
            ),
        ),
        Goal(ref="1a", parent_ref="1", title="Et delmål"),
        Goal(ref="2", title="Et mål uten tiltak"),
    )
    measures = (
        Measure(
            ref="1.1",
            title="Et tiltak som er forsinket",
            goal_ref="1",
            responsible="Rådmannen",
            owner_unit="Oppvekst",
            deadline_text="2021",
            due_on=date(2021, 12, 31),
            overdue=True,
            status=Status.DELAYED,
            status_on=date(2022, 4, 1),
            answered_by="Oppvekst",
            previous=(EarlierStatus(year=2021, status=Status.IN_PROGRESS),),
            report_text="En rapporttekst.\nEn linje til.",
            proposed_deadline_text="2023",
            plan_deadline_text="2020",
            deadline_changed_on=date(2021, 5, 1),
            attachments=(Attachment(name="vedlegg.pdf", size=2048, digest="0" * 64),),
            funding="amount",
            costs=(Cost(year=2021, kind="spending", amount_nok=100_000), Cost(year=2022, kind="own", text="i rammen")),
            asked_on=date(2022, 3, 1),
            count=Count(year=2022, done=1, wanted=3),
            condition_met_on=date(2021, 6, 1),
            parts=(
                UnitsPart(unit="NAV", status=Status.DONE, status_on=date(2022, 4, 1), report_text="En del.\n\nTil."),
                UnitsPart(unit="Kultur", asked_on=date(2022, 3, 1), reminded=1),
            ),
        ),
        Measure(ref="1.2", ref_is_ours=True, title="Et tiltak uten svar", goal_ref="1a", asked_on=MADE_ON, reminded=2),
        Measure(
            ref="1.3",
            title="Et tiltak",
            status=Status.DROPPED,
            answered_by="NAV",
            comment_withheld=True,
            closing="approved",
        ),
        Measure(ref="1.4", title="Et tiltak som er tatt ut", archived=True),
    )
    texts = OfficeTexts(
        summary="Kontorets sammendrag.", assessment="En vurdering.", decision="Rapporten tas til orientering."
    )
    return _snapshot(
        language,
        goals=goals,
        measures=measures,
        office_texts=texts,
        unit_texts=(UnitText(unit="Oppvekst", text="Et avsnitt fra enheten."),),
        meeting=Meeting(body="kommunestyret", date=date(2022, 5, 25), provisional=True),
        reply_by=date(2022, 4, 22),
        route=(RouteStop(body="formannskapet", meets_on=date(2022, 5, 11)),),
        example=True,
        corrects=Correction(
            version=1, approved_on=MADE_ON, digest="0" * 64, changes=(Change(about="measure", ref="1.1", what="text"),)
        ),
        brand=Brand(colour="1f3a4d", logo=LOGO),
    )


def _empty(language: str) -> Snapshot:
    return _snapshot(language)


def _unanswered(language: str) -> Snapshot:
    measures = tuple(
        Measure(ref=str(number), title="Et tiltak", asked_on=MADE_ON, unreached=number == 3) for number in range(1, 4)
    )
    return _snapshot(language, measures=measures, state="approved", approved_on=MADE_ON)


def _odd(language: str) -> Snapshot:
    measure = Measure(
        ref="{{ 1 }}",
        title=ODD,
        responsible=ODD,
        deadline_text=ODD,
        status=Status.DONE,
        answered_by=ODD,
        report_text=LONG,
    )
    texts = OfficeTexts(summary=ODD, assessment=LONG, decision=ODD)
    return _snapshot(language, measures=(measure,), municipality=ODD, plan_title=ODD, office_texts=texts)


def _snapshot(language: str, **fields: Any) -> Snapshot:
    usual: dict[str, Any] = {
        "language": language,
        "municipality": "Eksempel",
        "leader_title": "rådmann",
        "plan_slug": "eksempel",
        "plan_title": "Handlingsplan",
        "first_year": 2020,
        "last_year": 2024,
        "year": 2022,
        "version": 1,
        "made_on": MADE_ON,
    }
    return Snapshot(**(usual | fields))
