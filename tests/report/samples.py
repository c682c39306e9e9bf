"""Snapshots to render: a real plan with example answers, an empty one, a big one and a nasty one.

The plan's facts are those of Vefsn's Rusmiddelpolitisk handlingsplan 2020-2024; the answers are made up and say so.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from plan.status import Status
from report.snapshot import (
    Attachment,
    Cost,
    CostKind,
    EarlierStatus,
    Goal,
    Measure,
    Meeting,
    ResultTarget,
    RouteStop,
    Snapshot,
    UnitsPart,
)

Sample = Callable[[], Snapshot]

MADE_ON = date(2022, 5, 3)

NASTY = (
    "<b>fet</b> & <script>alert(1)</script> ]]> &amp; \"sitat\" 'apostrof'\n"
    '#import "x" #let a = 1 [x] {y} $z$ *stjerne* _strek_ @kilde <etikett> \\ // /* ~ `kode` =lik -minus +pluss\n'
    "{{ snapshot.title }} {% for a in b %} {# kommentar #} ${x} %s %(navn)s {0}\n"
    "emoji \U0001f600\U0001f469\u200d\U0001f4bb \U0001f1f3\U0001f1f4, rett-til-venstre \u05e9\u05dc\u05d5\u05dd "
    "\u0645\u0631\u062d\u0628\u0627, kinesisk \u4f60\u597d, samisk \u010d\u0161\u017e\u0111\u014b\u0167, a\u030a\n"
    "styretegn \x00\x07\x0b\x0c\x1b\x85 \ufffe \u202esnudd tekst\n\n\n\n"
)


def _cost(kind: CostKind, years: dict[int, int | None], text: str | None = None) -> tuple[Cost, ...]:
    return tuple(Cost(year=year, kind=kind, amount_nok=amount, text=text) for year, amount in years.items())


GOALS = (
    Goal(
        ref="H",
        title="Kommunens rusmiddelpolitikk skal forebygge og redusere skadevirkningene av alle typer rusmidler "
        "for kommunens innbyggere.",
    ),
    Goal(
        ref="1",
        parent_ref="H",
        title="Alle kommunale enheter skal samarbeide om å forebygge rusmiddelmisbruk. Kunnskapsbaserte metoder og "
        "dialog med brukerne skal være i sentrum, slik at vi kan sette inn rett type tiltak i forhold til "
        "utfordringene på tidligst mulig tidspunkt.",
        result_targets=(
            ResultTarget(text="Færre unge skal føle seg ensom"),
            ResultTarget(
                text="Høyere debutalder for alkohol",
                attainment="partly_attained",
                reason="Ungdata viser en liten økning",
            ),
            ResultTarget(text="Dialog med ungdomsgruppa skal gi gode forebyggende tilbud og tjenester."),
            ResultTarget(text="Opprettholde tiltak og ressurser i arbeidet med psykisk helse på ungdomstrinnet"),
        ),
    ),
    Goal(
        ref="2",
        parent_ref="H",
        title="Vefsn kommune ønsker å fremme alkohollovens formål om å begrense samfunnsmessige og individuelle "
        "skader forårsaket av alkoholbruk.",
        result_targets=(
            ResultTarget(
                text="Videreutvikling av det formelle samarbeidet som er etablert gjennom “Trygt og trivelig uteliv”."
            ),
        ),
    ),
    Goal(
        ref="3",
        parent_ref="H",
        title="Alle kommunale tjenester skal samarbeide slik at personer med rusmiddelproblem skal få et verdig liv.",
        result_targets=(
            ResultTarget(text="Personer med rusmiddelproblem skal tilbys trygge boforhold."),
            ResultTarget(text="Personer med rusmiddelproblem skal ha tilbud om arbeid eller aktivitet."),
        ),
    ),
)

MEASURES = (
    Measure(
        ref="0.1",
        title="Videreføring av tidligere plan og arbeid",
        responsible="Rådmannen",
        owner_unit="Rådmannen",
        deadline_text="Løpende",
        funding="framework",
        status=Status.IN_PROGRESS,
        status_on=date(2022, 4, 1),
        answered_by="Rådmannen",
        report_text="Eksempel: Tiltakene fra forrige plan er videreført innenfor rammen.",
        asked_on=date(2022, 3, 28),
    ),
    Measure(
        ref="1.1",
        title="Vurdering av etablert tiltaksrekke",
        goal_ref="1",
        responsible="Rådmannen",
        owner_unit="Rådmannen",
        deadline_text="31.12.2022",
        due_on=date(2022, 12, 31),
        priority="9",
        funding="amount",
        costs=(
            *_cost("spending", {2021: 500_000, 2022: 500_000}),
            *_cost("income", {2021: 250_000, 2022: 250_000}),
            *_cost("own", {2021: 250_000, 2022: 250_000}),
        ),
        status=Status.IN_PROGRESS,
        status_on=date(2022, 4, 1),
        answered_by="Rådmannen",
        previous=(EarlierStatus(year=2021, status=Status.NOT_STARTED),),
        report_text="Eksempel: Kartleggingen er i gang i skole og barnehage. En orientering til politisk nivå er "
        "planlagt i løpet av høsten.",
        asked_on=date(2022, 3, 28),
    ),
    Measure(
        ref="1.2",
        title="Samarbeid innenfor rusforebygging",
        goal_ref="1",
        responsible="Rådmannen",
        owner_unit="Rådmannen",
        deadline_text="2020, ved innvilgning av ekstern støtte.",
        due_on=date(2020, 12, 31),
        overdue=True,
        priority="6",
        funding="amount",
        costs=(
            *_cost("spending", dict.fromkeys((2020, 2021, 2022, 2023), 100_000)),
            *_cost("income", dict.fromkeys((2020, 2021, 2022, 2023), 100_000)),
        ),
        status=Status.DELAYED,
        status_on=date(2022, 4, 4),
        answered_by="Rådmannen",
        previous=(EarlierStatus(year=2021, status=Status.DELAYED),),
        report_text="Eksempel: Konferansen er utsatt fordi søknaden om ekstern støtte ikke er avgjort.",
        asked_on=date(2022, 3, 28),
        reminded=1,
    ),
    Measure(
        ref="1.3",
        title="Rullering av plan for kommunens inkluderingsarbeid.",
        goal_ref="1",
        responsible="Rådmannen",
        owner_unit="Rådmannen",
        deadline_text="1.1.2023",
        due_on=date(2023, 1, 1),
        priority="8",
        funding="amount",
        costs=(
            *_cost("spending", dict.fromkeys((2021, 2022, 2023), 250_000)),
            *_cost("own", dict.fromkeys((2021, 2022, 2023), 250_000)),
        ),
        status=Status.NOT_STARTED,
        status_on=date(2022, 4, 4),
        answered_by="Rådmannen",
        asked_on=date(2022, 3, 28),
    ),
    Measure(
        ref="1.4",
        title="Videreføring av ungdomsprosjekt i avdeling for psykisk helse.",
        goal_ref="1",
        owner_unit="Avdeling for psykisk helse",
        deadline_text="1.1.2022",
        due_on=date(2022, 1, 1),
        priority="2",
        funding="amount",
        costs=(
            *_cost("spending", dict.fromkeys((2021, 2022, 2023), 1_400_000)),
            *_cost("income", {2021: 1_400_000, 2022: 0, 2023: 0}),
            *_cost("own", {2021: 0, 2022: 1_400_000, 2023: 1_400_000}),
        ),
        status=Status.DONE,
        status_on=date(2022, 4, 6),
        answered_by="Avdeling for psykisk helse",
        on_behalf=True,
        report_text="Eksempel: Prosjektet er avsluttet og tilbudet er lagt inn i ordinær drift.",
        asked_on=date(2022, 3, 28),
        reminded=1,
    ),
    Measure(
        ref="1.5",
        title="Prosjekt «Bruk av digitale plattformer for kommunikasjon og dialog med ungdom»",
        goal_ref="1",
        responsible="SLT- koordinator",
        owner_unit="SLT-koordinator",
        deadline_text="Iverksettes fra 2020",
        priority="7",
        funding="amount",
        costs=(
            *_cost("external", dict.fromkeys((2020, 2021, 2022)), "Ekstern prosjekt-finansiering"),
            *_cost("spending", {2023: 550_000}),
        ),
        status=Status.IN_PROGRESS,
        status_on=date(2022, 3, 30),
        answered_by="SLT-koordinator",
        comment_withheld=True,
        asked_on=date(2022, 3, 28),
    ),
    Measure(
        ref="1.6",
        title="Aktiviteter og tiltak mot frafall og utenforskap. (Driv).",
        goal_ref="1",
        responsible="NAV",
        owner_unit="NAV",
        deadline_text="01.01. 2024",
        due_on=date(2024, 1, 1),
        priority="1",
        funding="external",
        costs=(
            *_cost("external", dict.fromkeys((2020, 2021, 2022)), "Ekstern prosjekt-finansiering"),
            *_cost("spending", {2023: 0}),
        ),
        asked_on=date(2022, 3, 28),
        reminded=3,
        escalated_to="Rådmannen",
    ),
    Measure(
        ref="1.7",
        title="Ungdata -ungdomsundersøkelse",
        goal_ref="1",
        responsible="SLT-koordinator",
        owner_unit="SLT-koordinator",
        deadline_text="2022",
        due_on=date(2022, 12, 31),
        priority="10",
        funding="amount",
        costs=(*_cost("spending", {2022: 150_000}), *_cost("income", {2022: 150_000})),
        status=Status.DONE,
        status_on=date(2022, 3, 30),
        answered_by="SLT-koordinator",
        report_text="Eksempel: Undersøkelsen er gjennomført på alle ungdomsskoler og på videregående skole.",
        asked_on=date(2022, 3, 28),
    ),
    Measure(
        ref="2.1",
        title="Alkoholpolitiske retningslinjer",
        goal_ref="2",
        responsible="Rådmannen",
        owner_unit="Rådmannen",
        deadline_text="2020",
        due_on=date(2020, 12, 31),
        funding="none",
        costs=_cost("spending", dict.fromkeys((2020, 2021, 2022, 2023), 0)),
        status=Status.DONE,
        status_on=date(2021, 4, 12),
        answered_by="Rådmannen",
        previous=(EarlierStatus(year=2021, status=Status.DONE),),
        report_text="Eksempel: Retningslinjene er vedtatt og tatt i bruk.",
        asked_on=date(2022, 3, 28),
    ),
    Measure(
        ref="3.1",
        title="Styrking av rustjenesten, boliger med heldøgns bemanning.",
        goal_ref="3",
        responsible="Rådmannen",
        owner_unit="Rådmannen",
        deadline_text="2022",
        due_on=date(2022, 12, 31),
        priority="4",
        funding="amount",
        costs=(*_cost("investment", {2021: 20_000_000}), *_cost("spending", {2022: 4_000_000, 2023: 4_000_000})),
        status=Status.DROPPED,
        status_on=date(2022, 4, 4),
        answered_by="Rådmannen",
        report_text="Eksempel: Tiltaket utgår som eget tiltak og tas inn i boligsosial plan.",
        asked_on=date(2022, 3, 28),
    ),
    Measure(
        ref="3.2",
        title="Miljøtjeneste",
        goal_ref="3",
        responsible="Kommunalsjef omsorg",
        owner_unit="Kommunalsjef omsorg",
        deadline_text="2021",
        due_on=date(2021, 12, 31),
        overdue=True,
        priority="3",
        funding="amount",
        costs=_cost("spending", dict.fromkeys((2021, 2022, 2023), 1_800_000)),
        status=Status.DELAYED,
        status_on=date(2022, 4, 20),
        answered_by="Kommunalsjef omsorg",
        report_text="Eksempel: To av tre stillinger er besatt. Teamet starter når den tredje er på plass.",
        proposed_deadline_text="31.12.2022",
        asked_on=date(2022, 3, 28),
        reminded=2,
    ),
    Measure(
        ref="3.3",
        title="Aktivitet og sosial plattform",
        goal_ref="3",
        responsible="Kommunalsjef omsorg",
        owner_unit="Kommunalsjef omsorg",
        deadline_text="2020",
        due_on=date(2020, 12, 31),
        overdue=True,
        priority="5",
        funding="amount",
        costs=_cost("spending", dict.fromkeys((2021, 2022, 2023), 400_000)),
        asked_on=date(2022, 3, 28),
        reminded=3,
        escalated_to="Rådmannens kontor",
    ),
)


def vefsn(**changes: Any) -> Snapshot:
    """The plan of Vefsn with made-up answers for 2022; `changes` replace fields of the snapshot."""
    fields: dict[str, Any] = {
        "municipality": "Vefsn",
        "leader_title": "rådmann",
        "plan_slug": "rusmiddelpolitisk-handlingsplan",
        "plan_title": "Rusmiddelpolitisk handlingsplan",
        "first_year": 2020,
        "last_year": 2024,
        "year": 2022,
        "version": 1,
        "made_on": MADE_ON,
        "meeting": Meeting(body="kommunestyret", date=date(2022, 5, 25), provisional=True),
        "reply_by": date(2022, 4, 22),
        "route": (
            RouteStop(body="formannskapet", meets_on=date(2022, 5, 11), papers_due=date(2022, 5, 4)),
            RouteStop(body="kommunestyret", meets_on=date(2022, 5, 25), provisional=True),
        ),
        "goals": GOALS,
        "measures": MEASURES,
        "example": True,
    }
    return Snapshot(**(fields | changes))


def with_parts() -> Snapshot:
    """The plan of Vefsn with several units in three of its measures: told, not told, kept back, not asked."""
    parts = {
        "1.5": (
            UnitsPart(
                unit="Skolene",
                status=Status.DONE,
                status_on=date(2022, 4, 7),
                report_text="Eksempel: Alle skolene er med.\nLærerne har fått kurs.",
                attachments=(Attachment(name="kursplan.pdf", size=12_345, digest="ab" * 32),),
                asked_on=date(2022, 3, 28),
            ),
            UnitsPart(unit="Helsestasjonen", asked_on=date(2022, 3, 28), reminded=1),
        ),
        "1.6": (
            UnitsPart(
                unit="Kultur",
                status=Status.DELAYED,
                status_on=date(2022, 4, 8),
                on_behalf=True,
                told_how="phone",
                told_on=date(2022, 4, 7),
                comment_withheld=True,
                asked_on=date(2022, 3, 28),
            ),
        ),
        "3.2": (UnitsPart(unit="Barnevernet"),),
    }
    return vefsn(measures=tuple(m.model_copy(update={"parts": parts.get(m.ref, ())}) for m in MEASURES))


def empty() -> Snapshot:
    """A plan with no goals and no measures, and nothing decided about its meeting."""
    return vefsn(goals=(), measures=(), meeting=None, route=(), reply_by=None, example=False)


def nobody_answered() -> Snapshot:
    """The plan of Vefsn before anybody has been asked."""
    measures = tuple(
        Measure(ref=m.ref, title=m.title, goal_ref=m.goal_ref, responsible=m.responsible) for m in MEASURES
    )
    return vefsn(measures=measures, example=False)


def all_done() -> Snapshot:
    """An approved report in which everything is answered, and one measure has left the plan."""
    measures = (
        *(
            Measure(ref=m.ref, title=m.title, goal_ref=m.goal_ref, status=Status.DONE, asked_on=date(2022, 3, 28))
            for m in MEASURES
        ),
        Measure(ref="9.9", title="Tiltak uten nummer i planen", ref_is_ours=True, archived=True),
    )
    return vefsn(measures=measures, example=False, state="approved", approved_on=date(2022, 5, 5), version=2)


def big(count: int = 1000) -> Snapshot:
    """`count` measures under forty goals at two levels."""
    statuses = [*Status, None]
    goals = tuple(
        Goal(ref=str(n), parent_ref=None if n % 4 == 1 else str(n - (n - 1) % 4), title=f"Målet med nummer {n}")
        for n in range(1, 41)
    )
    measures = tuple(
        Measure(
            ref=f"{n % 40 + 1}.{n // 40 + 1}",
            title=f"Tiltak nummer {n} i en lang plan, med en tittel av vanlig lengde",
            goal_ref=str(n % 40 + 1),
            responsible=f"Enhet {n % 17}",
            owner_unit=f"Enhet {n % 17}",
            deadline_text=str(2020 + n % 5),
            due_on=date(2020 + n % 5, 12, 31),
            funding="amount",
            costs=_cost("spending", {2021: n * 1000, 2022: n * 500}),
            status=statuses[n % 6],
            report_text=f"Eksempel: Arbeidet med tiltak {n} følger planen." if statuses[n % 6] else None,
            asked_on=date(2022, 3, 28),
        )
        for n in range(count)
    )
    return vefsn(goals=goals, measures=measures)


def nasty() -> Snapshot:
    """Everything a person may type: markup of four languages, control characters, 4,000 characters, other scripts."""
    long = (NASTY * 20)[:4000]
    unbroken = "ordutenmellomrom" * 12
    goal = Goal(ref="1 & 2 <x>", title=NASTY[:200], result_targets=(ResultTarget(text=NASTY),))
    measures = (
        Measure(
            ref="{{ 7*7 }}",
            title="<b>Tittel</b> & {{ snapshot }} #strong[x] $a$ \\ =SUM(A1)",
            goal_ref=goal.ref,
            responsible=NASTY[:300],
            owner_unit="=cmd|' /C calc'!A0",
            deadline_text="@frist #let",
            status=Status.DELAYED,
            answered_by="<i>Enhet</i> & Co",
            report_text=long,
            costs=(Cost(year=None, kind="own", text="#pengar & {{ x }}"), Cost(year=2021, kind="own", amount_nok=-5)),
        ),
        Measure(
            ref="-2", title=unbroken, goal_ref=goal.ref, responsible=unbroken, report_text=unbroken, status=Status.DONE
        ),
        Measure(ref="+3", title="+tittel", owner_unit="@enhet", escalated_to="{% endfor %}", asked_on=MADE_ON),
    )
    return vefsn(
        goals=(goal,),
        measures=measures,
        municipality="Å & <Ø>",
        plan_title="#Plan {{ x }} & <b>",
        meeting=Meeting(body="{% if %}utvalget", date=MADE_ON),
    )


def several_years() -> Snapshot:
    """The plan of Vefsn in its last year: reports of three years before, deadlines kept, late, missed and ahead."""
    order = (Status.NOT_STARTED, Status.IN_PROGRESS, Status.DELAYED, Status.DONE)
    measures = tuple(
        m.model_copy(
            update={
                "previous": tuple(
                    EarlierStatus(year=2021 + n, status=order[min((place + n) % 5, 3)])
                    for n in range(3)
                    if place % 3 or n
                )
            }
        )
        for place, m in enumerate(MEASURES)
    )
    return vefsn(measures=measures, year=2024, made_on=date(2024, 5, 3))


ODD = (
    "\uf0b7 punkt fra Word \uf0fc og \uf000\uef00\U000f0000 privat, \U0001f44d\U0001f3fd\U0001f389 bra, flagg "
    "\U0001f1f3\U0001f1f4\U0001f3f4\U000e0067\U000e0062\U000e007f, null\u200bbredde\u2060\ufeff\u200e\u200f\u00ad, "
    "Z\u0351\u036b\u0343a\u0309\u0323l\u0310g\u0489o, \u0e20\u0e32\u0e29\u0e32, \ufffd, \u2066\u202eom\u2069, "
    "e\u0301 A\u030a"
)


def odd_letters() -> Snapshot:
    """Odd Unicode everywhere a person can write: private use, emoji of several parts, zero width, stacked marks."""
    text = (ODD + ". ") * 40
    first, *rest = MEASURES
    odd = first.model_copy(update={"title": ODD, "responsible": ODD, "owner_unit": ODD, "report_text": text[:4000]})
    part = UnitsPart(unit=ODD[:60], status=Status.DELAYED, report_text=ODD, asked_on=MADE_ON)
    return vefsn(measures=(odd.model_copy(update={"parts": (part,)}), *rest), municipality=ODD[:40], plan_title=ODD)


def crowded() -> Snapshot:
    """One measure with sixty years of statuses, sixty files, sixty units that have a part, sixty amounts."""
    first, *rest = MEASURES
    statuses = list(Status)
    full = first.model_copy(
        update={
            "previous": tuple(EarlierStatus(year=1962 + n, status=statuses[n % 5]) for n in range(60)),
            "attachments": tuple(Attachment(name=f"vedlegg {n}.pdf", size=n + 1, digest="cd" * 32) for n in range(60)),
            "parts": tuple(
                UnitsPart(unit=f"Enhet {n}", status=statuses[n % 5] if n % 6 else None, report_text="Vi er i gang." * 5)
                for n in range(60)
            ),
            "costs": _cost("spending", {1990 + n: n * 1000 for n in range(60)}),
        }
    )
    return vefsn(measures=(full, *rest))
