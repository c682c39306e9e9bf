"""Plans as PDF, through Typst: tables with and without rules, over pages, two columns of text, heads of two lines."""

from collections.abc import Callable, Sequence

import typst

from tests.plan.documents.towns.truth import M, Town

_PROSE = (
    "Kommunen har over tid arbeidet systematisk med feltet. Innspill fra innbyggere, ansatte, råd og utvalg ligger til "
    "grunn for valgene, og tiltakene må ses i sammenheng med økonomiplanen. "
)


def pdf(source: str) -> Callable[[], bytes]:
    def data() -> bytes:
        made = typst.compile(source.encode("utf-8"), format="pdf")
        assert isinstance(made, bytes)
        return made

    return data


def pdf_table(widths: Sequence[float], rows: Sequence[Sequence[str]], *, ruled: bool, extra: str = "") -> str:
    columns = ", ".join(f"{width}fr" for width in widths)
    stroke = "0.5pt" if ruled else "none"
    cells = "\n".join(", ".join(_cell(each) for each in row) + "," for row in rows)
    return f"#table(columns: ({columns}), stroke: {stroke}, inset: 4pt, {extra}\n{cells}\n)\n"


def _cell(text: str) -> str:
    """A cell; "<2>text" lies over two columns, "^3^text" over three rows, "*text" is bold."""
    options, is_bold = "", text.startswith("*")
    text = text.removeprefix("*")
    if text.startswith("<"):
        span, text = text[1:].split(">", 1)
        options = f"colspan: {span}"
    elif text.startswith("^"):
        span, text = text[1:].split("^", 1)
        options = f"rowspan: {span}"
    quoted = '"' + text.replace('"', '\\"') + '"'
    weight = 700 if is_bold else 400
    return f"table.cell({options})[#text(weight: {weight}, {quoted})]"


HEAD = '#set page(paper: "a4", margin: 2cm, numbering: "1")\n#set text(size: 10pt, lang: "nb", hyphenate: false)\n'

# 18 A table without rules, its head in bold, goals as lines in bold between the tables.
NO_RULES = Town(
    "folkehelse.pdf",
    pdf(
        HEAD
        + "#text(size: 22pt)[Folkehelseplan]\n\n#text(size: 14pt)[2024–2027]\n\nDalsbygd kommune\n\n= Bakgrunn\n"
        + _PROSE * 3
        + "\n= Handlingsplan\n== Mål 1: Aktive innbyggere\n"
        + pdf_table(
            (1, 5, 3, 2),
            [
                ["*Nr", "*Tiltak", "*Ansvar", "*Frist"],
                [
                    "1.1",
                    "Frisklivsresept til voksne med lavt aktivitetsnivå i alle deler av kommunen",
                    "Helse og velferd",
                    "2024",
                ],
                ["1.2", "Turkart", "Kultur og næring", "Høsten 2025"],
                ["1.3", "Gratis utlån av utstyr gjennom en felles ordning", "Frivilligsentralen", "Løpende"],
            ],
            ruled=False,
        )
        + "\n== Mål 2: Mindre ensomhet\n"
        + pdf_table(
            (1, 5, 3, 2),
            [
                ["*Nr", "*Tiltak", "*Ansvar", "*Frist"],
                ["2.1", "Middagsfellesskap på sykehjemmet", "Institusjon", "Hver måned"],
                ["2.2", "Kartlegge ensomhet blant unge", "Oppvekst", "Innen 1. juni 2026"],
            ],
            ruled=False,
        )
    ),
    "Folkehelseplan",
    "Dalsbygd",
    (2024, 2027),
    (
        M(
            "1.1",
            "Frisklivsresept til voksne med lavt aktivitetsnivå i alle deler av kommunen",
            "Helse og velferd",
            "2024",
            goal="Aktive innbyggere",
        ),
        M("1.2", "Turkart", "Kultur og næring", "Høsten 2025", goal="Aktive innbyggere"),
        M(
            "1.3",
            "Gratis utlån av utstyr gjennom en felles ordning",
            "Frivilligsentralen",
            "Løpende",
            goal="Aktive innbyggere",
        ),
        M("2.1", "Middagsfellesskap på sykehjemmet", "Institusjon", "Hver måned", goal="Mindre ensomhet"),
        M("2.2", "Kartlegge ensomhet blant unge", "Oppvekst", "Innen 1. juni 2026", goal="Mindre ensomhet"),
    ),
)

_ROWS = tuple(
    M(
        None,
        f"Kartlegge og utbedre fuktskader i kommunal utleiebolig {number}",
        ("Eiendom og drift", "NAV", "Hjemmetjenesten")[number % 3],
        ("2023", "Innen utgangen av 2024", "1. kvartal 2025")[number % 3],
    )
    for number in range(1, 26)
)

# 19 A table with rules over three pages; rows are cut by the page break; a head that is not repeated.
CUT_ROWS = Town(
    "boligsosial plan.pdf",
    pdf(
        HEAD
        + "#text(size: 20pt)[Boligsosial handlingsplan 2023–2026]\n\nTorsvåg kommune\n\n= Innhold\n"
        + "Bakgrunn #box(width: 1fr, repeat[.]) 2\n\nTiltak #box(width: 1fr, repeat[.]) 3\n\n= Tiltak\n"
        + pdf_table(
            (4, 4, 3, 3),
            [
                ["*Tiltak", "*Beskrivelse", "*Ansvarlig", "*Tidsfrist"],
                *([each.title, _PROSE, each.responsible or "", each.deadline or ""] for each in _ROWS),
            ],
            ruled=True,
        )
    ),
    "Boligsosial handlingsplan",
    "Torsvåg",
    (2023, 2026),
    _ROWS,
)

# 20 Two columns of text, a heading for each measure, labels below.
TWO_COLUMNS = Town(
    "rusmiddelpolitisk.pdf",
    pdf(
        HEAD
        + "#text(size: 20pt)[Rusmiddelpolitisk handlingsplan]\n\nÅsgard kommune 2022–2025\n\n#columns(2)[\n= Bakgrunn\n"
        + _PROSE * 4
        + "\n= Tiltak\n"
        + "".join(
            f"== Tiltak {number} {title}\n{text}\n\n*Ansvar:* {who}\n\n*Frist:* {when}\n\n"
            for number, title, text, who, when in (
                (1, "Foreldremøter om rus", _PROSE, "Oppvekst", "Årlig"),
                (2, "Skjenkekontroll", _PROSE * 2, "Næringskontoret", "Minst 12 ganger i året"),
                (3, "Nytt rustilbud", _PROSE * 2, "Psykisk helse og rus", "Innen 31.12.2024"),
            )
        )
        + "]\n"
    ),
    "Rusmiddelpolitisk handlingsplan",
    "Åsgard",
    (2022, 2025),
    (
        M("1", "Foreldremøter om rus", "Oppvekst", "Årlig"),
        M("2", "Skjenkekontroll", "Næringskontoret", "Minst 12 ganger i året"),
        M("3", "Nytt rustilbud", "Psykisk helse og rus", "Innen 31.12.2024"),
    ),
)

# 21 Landscape; a head of two lines with a group of years; responsible merged down; a list of abbreviations.
MERGED = Town(
    "klima.pdf",
    pdf(
        '#set page(paper: "a4", flipped: true, margin: 1.5cm)\n#set text(size: 9pt, lang: "nb", hyphenate: false)\n'
        + "#text(size: 20pt)[Temaplan klima 2025–2028]\n\nFuruly kommune\n\n= Forkortelser\nTE = Teknisk etat\n\n"
        + "PN = Plan og næring\n\n= Tiltaksliste\nBeløp i 1000 kr\n"
        + pdf_table(
            (1, 5, 2, 2, 1, 1, 1, 1),
            [
                ["^2^Nr.", "^2^Tiltak", "^2^Ansvar", "^2^Frist", "<4>Kostnad"],
                ["2025", "2026", "2027", "2028"],
                ["<8>Innsatsområde 1: Areal"],
                ["1", "Arealregnskap", "^2^PN", "2025", "200", "", "", ""],
                ["2", "Kartlegge myr", "2026", "", "150", "", ""],
                ["<8>Innsatsområde 2: Forbruk"],
                ["3", "Ombruk av kontormøbler", "TE", "Fortløpende", "", "", "", ""],
                ["4", "Klimakrav i anskaffelser", "TE/PN", "Innen 2027", "", "50", "50", ""],
                ["<4>Sum", "200", "200", "50", ""],
            ],
            ruled=True,
        )
        + "\n= Utslipp i kommunen\n"
        + pdf_table(
            (2, 1, 1),
            [["*Sektor", "*2022", "*2023"], ["Veitrafikk", "21 000", "20 400"], ["Jordbruk", "9 000", "9 100"]],
            ruled=True,
        )
    ),
    "Temaplan klima",
    "Furuly",
    (2025, 2028),
    (
        M("1", "Arealregnskap", "PN", "2025", costs=((2025, 200_000),), goal="Areal"),
        M("2", "Kartlegge myr", "PN", "2026", costs=((2026, 150_000),), goal="Areal"),
        M("3", "Ombruk av kontormøbler", "TE", "Fortløpende", goal="Forbruk"),
        M(
            "4",
            "Klimakrav i anskaffelser",
            "TE/PN",
            "Innen 2027",
            ("TE", "PN"),
            ((2026, 50_000), (2027, 50_000)),
            "Forbruk",
        ),
    ),
)

# 22 A table without rules whose head takes two lines, and whose cells take several.
TWO_LINE_HEAD = Town(
    "vold.pdf",
    pdf(
        HEAD
        + "#text(size: 20pt)[Handlingsplan mot vold og overgrep]\n\nHeimly kommune\n\n"
        + "Planperiode 2021–2024\n\n= Tiltak\n"
        + pdf_table(
            (4, 2, 2, 2),
            [
                ["*Tiltak", "*Ansvarlig enhet", "*Samarbeids- partnere", "*Frist for gjennomføring"],
                [
                    "Utarbeide stafettlogg for barn det er knyttet bekymring til",
                    "Barnevern og helsestasjon",
                    "Skole",
                    "Innen 1. mai 2022",
                ],
                ["Kurs i samtaler med barn", "Oppvekst", "RVTS", "Årlig"],
                ["Informasjon på flere språk på hjemmesiden og i alle venterom", "Service og informasjon", "", "2023"],
            ],
            ruled=False,
        )
    ),
    "Handlingsplan mot vold og overgrep",
    "Heimly",
    (2021, 2024),
    (
        M(
            None,
            "Utarbeide stafettlogg for barn det er knyttet bekymring til",
            "Barnevern og helsestasjon",
            "Innen 1. mai 2022",
            ("Barnevern", "helsestasjon"),
        ),
        M(None, "Kurs i samtaler med barn", "Oppvekst", "Årlig"),
        M(None, "Informasjon på flere språk på hjemmesiden og i alle venterom", "Service og informasjon", "2023"),
    ),
)

PDF_PLANS = {
    "no rules": NO_RULES,
    "cut rows": CUT_ROWS,
    "two columns": TWO_COLUMNS,
    "merged": MERGED,
    "two-line head": TWO_LINE_HEAD,
}
