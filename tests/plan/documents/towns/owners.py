"""Plans whose measures are known by who owns them: owners merged down, cards of four columns, owners after a dash."""

from docx.document import Document

from tests.plan.documents.made import Wide
from tests.plan.documents.towns.truth import M, Town
from tests.plan.documents.towns.word_plans import table, written


# Amounts in thousands beside columns of who pays; what was built in the last period is no measure.
def _sports(d: Document) -> None:
    d.add_heading("Kommunedelplan for idrett og friluftsliv 2024-2027", 0)
    d.add_paragraph("Sandnessund kommune")
    d.add_heading("Handlingsprogram", 1)
    table(
        d,
        [
            ["Prioritet", "Anlegg/tiltak", "Ansvarlig/søker", "Kostnad (i 1000)", "Spillemidler", "Oppstart"],
            ["1", "Ny kunstgressbane", "Sandnessund IL", "8 500", "2 500", "2024"],
            ["2", "Svømmehallen pusses opp", "Kommunen v/eiendom", "12 000", "4 000", "2025"],
        ],
    )
    d.add_heading("Anlegg som er ferdigstilt i forrige periode", 1)
    table(d, [["Tiltak", "Ansvarlig", "År"], ["Skatepark", "Kommunen", "2021"], ["Ballbinge", "FAU", "2022"]])


SPORTS = Town(
    "idrett.docx",
    written(_sports),
    "Kommunedelplan for idrett og friluftsliv",
    "Sandnessund",
    (2024, 2027),
    (
        M(None, "Ny kunstgressbane", "Sandnessund IL", "2024", costs=((None, 8_500_000),), priority=1),
        M(
            None,
            "Svømmehallen pusses opp",
            "Kommunen v/eiendom",
            "2025",
            ("Kommunen", "eiendom"),
            ((None, 12_000_000),),
            priority=2,
        ),
    ),
)


# A heading that holds the word of a label, and owners merged down in the first column.
def _children(d: Document) -> None:
    d.add_heading("Barnefattigdom – handlingsplan", 0)
    d.add_paragraph("Tjøtta kommune 2023–2026")
    d.add_heading("Tiltak fordelt på ansvar", 1)
    table(
        d,
        [
            ["Ansvarlig", "Tiltak", "Når"],
            [Wide("NAV", rows=2), "Gjeldsrådgivning", "Løpende"],
            ["Aktivitetskort", "Fra 2024"],
            [Wide("Oppvekst", rows=2), "Gratis skolemat", "Høsten 2025"],
            ["Utstyrsbank", "2024"],
        ],
    )
    d.add_paragraph("Det skal legges fram en årlig rapport til kommunestyret.")


CHILDREN = Town(
    "barnefattigdom.docx",
    written(_children),
    "Barnefattigdom – handlingsplan",
    "Tjøtta",
    (2023, 2026),
    (
        M(None, "Gjeldsrådgivning", "NAV", "Løpende"),
        M(None, "Aktivitetskort", "NAV", "Fra 2024"),
        M(None, "Gratis skolemat", "Oppvekst", "Høsten 2025"),
        M(None, "Utstyrsbank", "Oppvekst", "2024"),
    ),
    (("council_report", ()),),
)


# Cards of two labels beside each other, some of them without a value.
def _extremism(d: Document) -> None:
    d.add_heading("Handlingsplan mot radikalisering", 0)
    d.add_paragraph("Bergheim kommune, 2022-2025")
    d.add_heading("Tiltak", 1)
    for number, title, owner, partner, deadline in (
        ("1", "SLT-samordning styrkes", "SLT-koordinator", "Politi", "Løpende"),
        ("2", "Varslingsrutine", "Kommunedirektør", "", "31.12.2022"),
    ):
        table(
            d,
            [
                ["Tiltak nr.", number, "Ansvarlig", owner],
                ["Tiltak", title, "Frist", deadline],
                ["Samarbeid", partner, "Status", ""],
            ],
        )
        d.add_paragraph("")


EXTREMISM = Town(
    "radikalisering.docx",
    written(_extremism),
    "Handlingsplan mot radikalisering",
    "Bergheim",
    (2022, 2025),
    (
        M("1", "SLT-samordning styrkes", "SLT-koordinator", "Løpende"),
        M("2", "Varslingsrutine", "Kommunedirektør", "31.12.2022"),
    ),
)


# Bullets under a goal that say who and when after dashes; no heading speaks of measures.
def _habilitation(d: Document) -> None:
    d.add_heading("Plan for habilitering 2025–2028", 0)
    d.add_paragraph("Nordelva kommune")
    d.add_heading("Delmål 1: Gode overganger", 1)
    for text in (
        "Koordinator til alle familier – Ansvar: Koordinerende enhet – Frist: 2025",
        "Individuell plan på nett – Ansvar: IKT – Frist: 1. halvår 2026",
    ):
        d.add_paragraph(text, style="List Bullet")
    d.add_heading("Delmål 2: Fritid for alle", 1)
    d.add_paragraph("Støttekontakt i grupper – Ansvar: Kultur – Frist: Løpende", style="List Bullet")


HABILITATION = Town(
    "habilitering.docx",
    written(_habilitation),
    "Plan for habilitering",
    "Nordelva",
    (2025, 2028),
    (
        M(None, "Koordinator til alle familier", "Koordinerende enhet", "2025", goal="Gode overganger"),
        M(None, "Individuell plan på nett", "IKT", "1. halvår 2026", goal="Gode overganger"),
        M(None, "Støttekontakt i grupper", "Kultur", "Løpende", goal="Fritid for alle"),
    ),
)

OWNERS = {"sports": SPORTS, "children": CHILDREN, "extremism": EXTREMISM, "habilitation": HABILITATION}
