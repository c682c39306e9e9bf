"""More plans, with the traps of real ones: schedules of the planning work, stacked tables, two weights of type."""

from docx.document import Document
from openpyxl import Workbook

from tests.plan.documents.made import Wide
from tests.plan.documents.towns.pdf_plans import HEAD, pdf, pdf_table
from tests.plan.documents.towns.sheet_plans import fill, workbook
from tests.plan.documents.towns.truth import M, Town
from tests.plan.documents.towns.word_plans import PROSE, bold, table, written


# 23 The work on the plan as a table that looks like measures; the title in bold over its description in one cell.
def _meeting_places(d: Document) -> None:
    d.add_heading("Kulturplan 2025–2029", 0)
    d.add_paragraph("Høgset kommune")
    d.add_heading("Om planarbeidet", 1)
    table(
        d,
        [
            ["Aktivitet", "Ansvarlig", "Tidspunkt"],
            ["Oppstart", "Kommunedirektør", "Januar 2024"],
            ["Folkemøte", "Kultursjef", "Mars 2024"],
            ["Vedtak", "Kommunestyret", "Desember 2024"],
        ],
    )
    d.add_heading("Satsingsområder", 1)
    d.add_heading("Møteplasser", 2)
    made = table(
        d,
        [
            ["Tiltak", "Ansvar", "Gjennomføring"],
            ["", "Kultur og idrett", "2025–2026"],
            ["", "Biblioteket", "Årlig fra 2025"],
            ["", "Kultur og idrett\nEiendom", "Innen utgangen av 2027"],
        ],
    )
    for row, (title, text) in enumerate(
        (
            ("Ungdommens kulturhus", "Gamle Samfunnshuset settes i stand."),
            ("Litteraturfestival", "To dager i september sammen med videregående skole."),
            ("Scene i parken", "Fast scene med strøm. Må ses sammen med parkplanen."),
        ),
        1,
    ):
        cell = made.cell(row, 0)
        cell.paragraphs[0].add_run(title).bold = True
        cell.add_paragraph(text)


MEETING_PLACES = Town(
    "kulturplan 2.docx",
    written(_meeting_places),
    "Kulturplan",
    "Høgset",
    (2025, 2029),
    (
        M(None, "Ungdommens kulturhus", "Kultur og idrett", "2025–2026", goal=None),
        M(None, "Litteraturfestival", "Biblioteket", "Årlig fra 2025"),
        M(
            None,
            "Scene i parken",
            "Kultur og idrett Eiendom",
            "Innen utgangen av 2027",
            ("Kultur og idrett", "Eiendom"),
        ),
    ),
)


# 24 Word's own numbers in the first column, a wheel of the year that is none, owner and deadline in one cell.
def _school_health(d: Document) -> None:
    d.add_heading("Plan for psykososialt miljø", 0)
    d.add_paragraph("Lundevik kommune, 2023-2025")
    d.add_heading("Årshjul", 1)
    table(
        d,
        [
            ["Måned", "Aktivitet", "Ansvarlig"],
            ["August", "Oppstartsmøte", "Rektor"],
            ["September", "Foreldremøte", "Kontaktlærer"],
            ["Januar", "Elevsamtaler", "Kontaktlærer"],
        ],
    )
    d.add_heading("Tiltak", 1)
    made = table(
        d,
        [
            ["Nr", "Tiltak", "Målgruppe", "Ansvar og frist"],
            ["", "Kartlegging av trivsel", "Elever 5.–10. trinn", "Rektor\nNovember 2023"],
            ["", "Felles regler for pauser", "Alle elever", "FAU og rektor\n1.3.2024"],
            ["", "Kurs i klasseledelse", "Lærere", "Oppvekstkontoret\nVåren 2025"],
        ],
    )
    for row in (1, 2, 3):
        made.cell(row, 0).paragraphs[0].style = "List Number"


SCHOOL_HEALTH = Town(
    "psykososialt.docx",
    written(_school_health),
    "Plan for psykososialt miljø",
    "Lundevik",
    (2023, 2025),
    (
        M("1", "Kartlegging av trivsel", "Rektor", "November 2023"),
        M("2", "Felles regler for pauser", "FAU og rektor", "1.3.2024", ("FAU", "Rektor")),
        M("3", "Kurs i klasseledelse", "Oppvekstkontoret", "Våren 2025"),
    ),
)


# 25 The goal and the subgoal as rows above the head of each table; the unit of the amounts below the table.
def _energy(d: Document) -> None:
    d.add_heading("Handlingsplan for energi og klima", 0)
    d.add_paragraph("Straumen kommune")
    d.add_paragraph("Vedtatt i kommunestyret 21.09.2023. Planen gjelder 2024–2027.")
    for goal, sub, rows in (
        (
            "Hovedmål 1: Utslippene skal halveres",
            "Delmål 1.1: Fossilfri transport",
            [
                ["1.1.1", "Elbiler i alle enheter", "Teknisk", "400", "400", "", "", "Egne midler"],
                ["1.1.2", "Sykkelstamveg", "Teknisk/Statens vegvesen", "", "2 000", "2 000", "", "Tilskudd"],
            ],
        ),
        (
            "Hovedmål 2: Mindre energibruk",
            "Delmål 2.1: Bedre bygg",
            [
                ["2.1.1", "Etterisolere rådhuset", "Eiendom", "", "", "1 250", "", ""],
                ["2.1.2", "Opplæring av vaktmestere", "Eiendom", "50", "50", "50", "50", "Drift"],
            ],
        ),
    ):
        table(
            d,
            [
                [Wide(goal, columns=8)],
                [Wide(sub, columns=8)],
                ["Nr.", "Tiltak", "Ansvarlig", "2024", "2025", "2026", "2027", "Finansiering"],
                *rows,
            ],
        )
        d.add_paragraph("Alle beløp i hele 1000 kroner.")
    d.add_paragraph("Planen følges opp årlig i tertialrapport 2 og i årsmeldingen.")


ENERGY = Town(
    "energi.docx",
    written(_energy),
    "Handlingsplan for energi og klima",
    "Straumen",
    (2024, 2027),
    (
        M(
            "1.1.1",
            "Elbiler i alle enheter",
            "Teknisk",
            costs=((2024, 400_000), (2025, 400_000)),
            goal="Fossilfri transport",
        ),
        M(
            "1.1.2",
            "Sykkelstamveg",
            "Teknisk/Statens vegvesen",
            None,
            ("Teknisk", "Statens vegvesen"),
            ((2025, 2_000_000), (2026, 2_000_000)),
            "Fossilfri transport",
        ),
        M("2.1.1", "Etterisolere rådhuset", "Eiendom", costs=((2026, 1_250_000),), goal="Bedre bygg"),
        M(
            "2.1.2",
            "Opplæring av vaktmestere",
            "Eiendom",
            costs=((2024, 50_000), (2025, 50_000), (2026, 50_000), (2027, 50_000)),
            goal="Bedre bygg",
        ),
    ),
)


# 26 Labels on one line with tabs, bullets below, headings "Tiltak 2.1"; services under a heading that says nothing.
def _care(d: Document) -> None:
    d.add_heading("Handlingsplan mot selvmord og selvskading", 0)
    d.add_paragraph("2022–2026")
    d.add_paragraph("Nordeidet kommune")
    d.add_heading("Hjelpeapparatet", 1)
    table(
        d,
        [
            ["Tjeneste", "Beskrivelse", "Ansvarlig"],
            ["Fastlege", "Første kontakt", "Legekontoret"],
            ["Kommunepsykolog", "Lavterskel", "Helse og mestring"],
        ],
    )
    d.add_heading("Tiltak 2.1 Opplæring i å se faresignaler", 2)
    d.add_paragraph("Ansvar: Helse og mestring\tFrist: 01.10.2022")
    d.add_paragraph("Opplæringen består av:")
    d.add_paragraph("kurs for ledere", style="List Bullet")
    d.add_paragraph("e-læring for alle", style="List Bullet")
    d.add_heading("Tiltak 2.2 Rutine for etterlatte", 2)
    d.add_paragraph("Ansvar: Kommuneoverlegen\tFrist: Snarest")
    d.add_paragraph("Rutinen skal omfatte skole, arbeidsplass og familie.")
    d.add_heading("Tiltak 2.4 Felles varslingsnummer", 2)
    d.add_paragraph("Ansvar: Legevakta i samarbeid med politiet\tFrist: 2024")
    d.add_heading("Evaluering og rullering", 1)
    d.add_paragraph("Planen rulleres hvert fjerde år, og evalueres første gang i 2024.")


CARE = Town(
    "selvmord.docx",
    written(_care),
    "Handlingsplan mot selvmord og selvskading",
    "Nordeidet",
    (2022, 2026),
    (
        M("2.1", "Opplæring i å se faresignaler", "Helse og mestring", "01.10.2022"),
        M("2.2", "Rutine for etterlatte", "Kommuneoverlegen", "Snarest"),
        M("2.4", "Felles varslingsnummer", "Legevakta i samarbeid med politiet", "2024", ("Legevakta", "politiet")),
    ),
    (("evaluation", ()), ("revision", ())),
)


# 27 Numbers typed in the text of goal and measure, goal beside measure; the last plan's measures before the new.
def _nature(d: Document) -> None:
    d.add_heading("Kommunedelplan for naturmangfald", 0)
    d.add_paragraph("Vassdalen kommune 2024 – 2034")
    d.add_heading("Status for tiltak i planen 2018–2022", 1)
    table(
        d,
        [
            ["Tiltak", "Ansvar", "Frist", "Status"],
            ["Kartlegge elvemusling", "Landbruk", "2019", "Utført"],
            ["Fjerne framande artar", "Landbruk", "2020", "Delvis"],
        ],
    )
    d.add_heading("Handlingsprogram 2024–2027", 1)
    table(
        d,
        [
            ["Mål", "Tiltak", "Ansvar", "Tid", "Økonomi"],
            [
                Wide("1. Ta vare på trua artar", rows=2),
                "1.1 Skjøtselsplan for slåttemark",
                "Landbruk og miljø",
                "2025",
                "Ca. kr 60 000,-",
            ],
            ["1.2 Overvake elvemusling", "Statsforvaltaren", "Kvart 3. år", "Eksterne midlar"],
            [
                Wide("2. Stoppe framande artar", rows=2),
                "2.1 Dugnad mot lupin",
                "Lag og organisasjonar",
                "Kvar sommar",
                "20 000",
            ],
            ["2.2 Informasjon til hageeigarar", "Landbruk og miljø, servicetorget", "Våren 2024", "-"],
        ],
    )


NATURE = Town(
    "natur.docx",
    written(_nature),
    "Kommunedelplan for naturmangfald",
    "Vassdalen",
    (2024, 2034),
    (
        M(
            "1.1",
            "Skjøtselsplan for slåttemark",
            "Landbruk og miljø",
            "2025",
            costs=((None, 60_000),),
            goal="Ta vare på trua artar",
        ),
        M("1.2", "Overvake elvemusling", "Statsforvaltaren", "Kvart 3. år", goal="Ta vare på trua artar"),
        M(
            "2.1",
            "Dugnad mot lupin",
            "Lag og organisasjonar",
            "Kvar sommar",
            costs=((None, 20_000),),
            goal="Stoppe framande artar",
        ),
        M(
            "2.2",
            "Informasjon til hageeigarar",
            "Landbruk og miljø, servicetorget",
            "Våren 2024",
            ("Landbruk og miljø", "servicetorget"),
            goal="Stoppe framande artar",
        ),
    ),
)


# 28 Two columns only; a plain heading; a list of challenges beside; a note below with an asterisk.
def _seniors(d: Document) -> None:
    bold(d, "LEVE HELE LIVET")
    bold(d, "Handlingsplan 2021-2023")
    d.add_paragraph("Sør-Halden kommune")
    d.add_paragraph(PROSE)
    bold(d, "Utfordringer")
    for text in ("Flere eldre", "Færre hender", "Lange avstander"):
        d.add_paragraph(text, style="List Bullet")
    bold(d, "Hva skal vi gjøre?")
    table(
        d,
        [
            ["Tiltak", "Ansvarlig"],
            ["Måltidsverter på omsorgssenteret*", "Kjøkken og omsorg"],
            ["Aktivitetsvenn", "Frivilligsentralen"],
            ["Bruke livshistorieskjema", "Alle avdelinger"],
        ],
    )
    d.add_paragraph("*Tilskudd er innvilget for 2021.")


SENIORS = Town(
    "leve hele livet.docx",
    written(_seniors),
    "Handlingsplan",
    "Sør-Halden",
    (2021, 2023),
    (
        M(None, "Måltidsverter på omsorgssenteret*", "Kjøkken og omsorg"),
        M(None, "Aktivitetsvenn", "Frivilligsentralen"),
        M(None, "Bruke livshistorieskjema", "Alle avdelinger", units=()),
    ),
)


# 29 Tables one below another on a sheet, each with its own head and a blank row between; a note at the end.
def _stacked(book: Workbook) -> None:
    sheet = book.create_sheet("Handlingsplan")
    head = [
        "Nr.",
        "Tiltak",
        "Ansvarlig\n(enhet)",
        "Medansvarlig",
        "Frist\n(kvartal/år)",
        "Kostnad\n(tkr)",
        "Status per 1.1.",
    ]
    fill(
        sheet,
        [
            ["HANDLINGSPLAN FOLKEHELSE", None, None, None, None, None, None],
            ["Eidsbygda kommune 2022-2025"],
            [],
            ["Mål 1: God psykisk helse"],
            head,
            [1.1, "Livsmestring i skolen", "Oppvekst", "Helsesykepleier", "3. kv. 2022", 40, "Påbegynt"],
            [1.2, "Åpent hus", "Kultur", None, "Løpende", None, None],
            [],
            ["Mål 2: Aktive liv"],
            head,
            [2.1, "Turkart", "Kultur", "Turlag", "2. kv. 2023", 15.5, None],
            ["2.10", "Aktivitetsdag", "Oppvekst", None, "Årlig", 10, None],
            [],
            ["* Forutsetter tilskudd fra fylkeskommunen"],
        ],
    )


STACKED = Town(
    "folkehelse stablet.xlsx",
    workbook(_stacked),
    "HANDLINGSPLAN FOLKEHELSE",
    "Eidsbygda",
    (2022, 2025),
    (
        M("1.1", "Livsmestring i skolen", "Oppvekst", "3. kv. 2022", costs=((None, 40_000),), goal="God psykisk helse"),
        M("1.2", "Åpent hus", "Kultur", "Løpende", goal="God psykisk helse"),
        M("2.1", "Turkart", "Kultur", "2. kv. 2023", costs=((None, 15_500),), goal="Aktive liv"),
        M("2.10", "Aktivitetsdag", "Oppvekst", "Årlig", costs=((None, 10_000),), goal="Aktive liv"),
    ),
)

_TABS = (
    "Satsingsområde\tTiltaksnr.\tHva skal gjøres?\tHvem har ansvaret?\tNår?\tHva koster det?\r\n"
    "Inkludering\tA1\tSpråkkafé hver uke\tBiblioteket og Røde Kors\tFra januar 2024\t0\r\n"
    "Inkludering\tA2\tFadderordning\tFrivilligsentralen\tInnen sommeren 2024\t5000\r\n"
    "Arbeid\tB1\tPraksisplasser\tNAV og alle enheter\tKontinuerlig\tInnenfor rammen\r\n"
)

TABS = Town(
    "Integreringsplan 2024-2026.csv",
    lambda: _TABS.encode("utf-16"),
    None,
    None,
    (2024, 2026),
    (
        M(
            "A1",
            "Språkkafé hver uke",
            "Biblioteket og Røde Kors",
            "Fra januar 2024",
            ("Biblioteket", "Røde Kors"),
            ((None, 0),),
        ),
        M("A2", "Fadderordning", "Frivilligsentralen", "Innen sommeren 2024", costs=((None, 5_000),)),
        M("B1", "Praksisplasser", "NAV og alle enheter", "Kontinuerlig", ("NAV",)),
    ),
)

_ROWS = [
    ["*Tiltak", "*Ansvar", "*Samarbeid", "*Tidsfrist"],
    ["Bygge ut heldøgns bemannede boliger for unge med utviklingshemming", "Helse og omsorg", "Eiendom", "2026"],
    ["Informasjon om startlån på nettsiden", "NAV", "Servicetorg", "Høsten 2023"],
    ["Kartlegge bostedsløshet", "NAV", "", "Hvert år"],
    [
        "Etablere boligkontor med ansatte fra flere tjenester",
        "Kommunalsjef velferd",
        "NAV, eiendom",
        "Innen 1. juli 2024",
    ],
]
_MEASURES = (
    M(None, "Bygge ut heldøgns bemannede boliger for unge med utviklingshemming", "Helse og omsorg", "2026"),
    M(None, "Informasjon om startlån på nettsiden", "NAV", "Høsten 2023"),
    M(None, "Kartlegge bostedsløshet", "NAV", "Hvert år"),
    M(None, "Etablere boligkontor med ansatte fra flere tjenester", "Kommunalsjef velferd", "Innen 1. juli 2024"),
)
_COVER = HEAD + "#text(size: 22pt)[Boligsosial plan 2023–2027]\n\nKvamsø kommune\n\n= Tiltak\n" + PROSE + "\n\n"


# 30 Rules between the rows only; 31 bands of colour and no rules; 32 rules around the head alone.
HORIZONTAL = Town(
    "vannrett.pdf",
    pdf(
        _COVER
        + "#set table(stroke: (x: none, y: 0.5pt))\n"
        + pdf_table((4, 2, 2, 2), _ROWS, ruled=False).replace("stroke: none, ", "")
    ),
    "Boligsosial plan",
    "Kvamsø",
    (2023, 2027),
    _MEASURES,
)
BANDS = Town(
    "striper.pdf",
    pdf(
        _COVER
        + pdf_table(
            (4, 2, 2, 2),
            _ROWS,
            ruled=False,
            extra="fill: (_, y) => if calc.odd(y) { luma(230) } else if y == 0 { blue.lighten(60%) },",
        )
    ),
    "Boligsosial plan",
    "Kvamsø",
    (2023, 2027),
    _MEASURES,
)
HEAD_RULE = Town(
    "strek.pdf",
    pdf(
        _COVER
        + pdf_table((4, 2, 2, 2), _ROWS, ruled=False, extra="table.hline(y: 0), table.hline(y: 1), table.hline(y: 5),")
    ),
    "Boligsosial plan",
    "Kvamsø",
    (2023, 2027),
    _MEASURES,
)

# 33 A PDF of running text: bullets under "Tiltak:", with owner and deadline at the end over a line break.
RUNNING = Town(
    "frivillig.pdf",
    pdf(
        HEAD
        + "#text(size: 20pt)[Frivillighetsplan 2024–2028]\n\nTrollnes kommune\n\n= Satsingsområder\n== Rekruttering\n"
        + PROSE
        + "\n\nTiltak:\n"
        + "- Årlig samling for alle lag og foreninger der vi deler erfaringer og gir råd om søknader. "
        + "Ansvar: Kultur og fritid. Frist: Årlig i november\n"
        + "- Opplæring av nye styrer. Ansvar: Idrettsrådet. Frist: 2025\n"
        + "\n== Lokaler\n"
        + PROSE
        + "\n\nTiltak:\n"
        + "- Digital booking av alle kommunale lokaler. Ansvar: IKT og eiendom. Frist: Innen 1. mars 2025\n"
        + "\n= Vedlegg\nLag og foreninger i kommunen:\n- Idrettslaget\n- Korpset\n"
    ),
    "Frivillighetsplan",
    "Trollnes",
    (2024, 2028),
    (
        M(
            None,
            "Årlig samling for alle lag og foreninger der vi deler erfaringer og gir råd om søknader.",
            "Kultur og fritid",
            "Årlig i november",
        ),
        M(None, "Opplæring av nye styrer.", "Idrettsrådet", "2025"),
        M(
            None,
            "Digital booking av alle kommunale lokaler.",
            "IKT og eiendom",
            "Innen 1. mars 2025",
            ("IKT", "eiendom"),
        ),
    ),
)

TRAPS = {
    "meeting places": MEETING_PLACES,
    "school health": SCHOOL_HEALTH,
    "energy": ENERGY,
    "care": CARE,
    "nature": NATURE,
    "seniors": SENIORS,
    "stacked": STACKED,
    "tabs": TABS,
    "horizontal": HORIZONTAL,
    "bands": BANDS,
    "head rule": HEAD_RULE,
    "running": RUNNING,
}
