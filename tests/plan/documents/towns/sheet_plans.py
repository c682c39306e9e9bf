"""Plans as spreadsheets: workbooks with several sheets, real dates and numbers, and files of separated values."""

import io
from collections.abc import Callable, Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.plan.documents.towns.truth import M, Town

Value = str | int | float | date | None


def workbook(build: Callable[[Workbook], None]) -> Callable[[], bytes]:
    def data() -> bytes:
        book = Workbook()
        book.remove(book.worksheets[0])
        build(book)
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    return data


def fill(sheet: Worksheet, rows: Sequence[Sequence[Value]], start: int = 1) -> None:
    for number, row in enumerate(rows, start):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column, value)


# 13 A front sheet, a sheet for each area, a sheet of lists; real dates, hidden rows, a column of status to leave.
def _climate(book: Workbook) -> None:
    front = book.create_sheet("Forside")
    fill(
        front,
        [
            ["Klima- og energiplan"],
            ["Vestfjorden kommune"],
            ["Handlingsdel 2023-2026"],
            [],
            ["Sist endret", date(2023, 2, 1)],
        ],
    )
    head: list[Value] = [
        "Tiltaksnr",
        "Tiltak",
        "Beskrivelse",
        "Ansvarlig",
        "Startdato",
        "Sluttdato",
        "Kostnad (kr)",
        "Status",
        "Kommentar",
    ]
    transport = book.create_sheet("Transport")
    fill(
        transport,
        [
            ["Satsingsområde: Transport"],
            [],
            head,
            [
                "T-1",
                "Nullutslippsbiler i hjemmetjenesten",
                "Bytte ut 12 biler",
                "Helse og mestring",
                date(2023, 3, 1),
                date(2024, 12, 31),
                1800000,
                "I gang",
                "Levering forsinket",
            ],
            [
                "T-2",
                "Sykkelparkering ved skolene",
                None,
                "Eiendom",
                date(2023, 5, 1),
                date(2023, 10, 1),
                240000,
                "Ikke startet",
                None,
            ],
            ["T-9", "Gammelt tiltak som er skjult", None, "Eiendom", None, date(2023, 1, 1), None, "Utgår", None],
        ],
    )
    transport.row_dimensions[6].hidden = True
    energy = book.create_sheet("Energi i bygg")
    fill(
        energy,
        [
            ["Satsingsområde: Energi i bygg"],
            [],
            head,
            [
                "E-1",
                "Energimerking av formålsbygg",
                "Alle bygg over 500 m2",
                "Eiendom",
                date(2024, 1, 1),
                date(2026, 6, 30),
                95000.0,
                "Ikke startet",
                None,
            ],
            [None, None, None, None, None, "Sum", "=SUM(G4:G4)", None, None],
        ],
    )
    lists = book.create_sheet("Lister")
    fill(
        lists,
        [["Status", "Ansvarlig"], ["Ikke startet", "Eiendom"], ["I gang", "Helse og mestring"], ["Ferdig", "Plan"]],
    )


CLIMATE = Town(
    "Klimaplan.xlsx",
    workbook(_climate),
    "Klima- og energiplan",
    "Vestfjorden",
    (2023, 2026),
    (
        M(
            "T-1",
            "Nullutslippsbiler i hjemmetjenesten",
            "Helse og mestring",
            "31.12.2024",
            costs=((None, 1_800_000),),
            goal="Transport",
            due="2024-12-31",
        ),
        M(
            "T-2",
            "Sykkelparkering ved skolene",
            "Eiendom",
            "01.10.2023",
            costs=((None, 240_000),),
            goal="Transport",
            due="2023-10-01",
        ),
        M("T-9", "Gammelt tiltak som er skjult", "Eiendom", "01.01.2023", goal="Transport", due="2023-01-01"),
        M(
            "E-1",
            "Energimerking av formålsbygg",
            "Eiendom",
            "30.06.2026",
            costs=((None, 95_000),),
            goal="Energi i bygg",
            due="2026-06-30",
        ),
    ),
)


# 14 One sheet; the title above the head; goals merged down; marks for years; the period only in the name of the file.
def _school(book: Workbook) -> None:
    sheet = book.create_sheet("Ark1")
    fill(
        sheet,
        [
            ["Handlingsplan for oppvekstmiljø – Granvin kommune"],
            ["Oppdatert av: Oppvekstkontoret"],
            [],
            ["Mål", "Tiltak", "Ansvarleg", 2024, 2025, 2026, "Kostnad (tal i heile tusen)"],
            ["Trygge overgangar", "Felles overgangsrutine", "Barnehage og skule", "x", None, None, None],
            [None, "Besøksdagar", "Rektor/styrar", "x", "x", "x", 15],
            ["Aktiv fritid", "BUA-sentral", "Kultur", None, "x", None, 350],
            [None, "Leksekafé på biblioteket", "Biblioteket", None, "x", "x", 40.5],
        ],
        1,
    )
    sheet.merge_cells("A1:G1")
    sheet.merge_cells("A5:A6")
    sheet.merge_cells("A7:A8")


SCHOOL_SHEET = Town(
    "Handlingsplan oppvekstmiljø 2024-2026.xlsx",
    workbook(_school),
    "Handlingsplan for oppvekstmiljø",
    "Granvin",
    (2024, 2026),
    (
        M(None, "Felles overgangsrutine", "Barnehage og skule", "2024", goal="Trygge overgangar", due="2024-12-31"),
        M(
            None,
            "Besøksdagar",
            "Rektor/styrar",
            "2024, 2025, 2026",
            ("Rektor", "styrar"),
            ((None, 15_000),),
            "Trygge overgangar",
            due="2026-12-31",
        ),
        M(None, "BUA-sentral", "Kultur", "2025", costs=((None, 350_000),), goal="Aktiv fritid", due="2025-12-31"),
        M(
            None,
            "Leksekafé på biblioteket",
            "Biblioteket",
            "2025, 2026",
            costs=((None, 40_500),),
            goal="Aktiv fritid",
            due="2026-12-31",
        ),
    ),
)


# 15 Budget years as numbers, the goal as a row over the whole width, text and numbers mixed, a sheet with statistics.
def _roads(book: Workbook) -> None:
    sheet = book.create_sheet("Tiltak 2025-2028")
    fill(
        sheet,
        [
            ["Trafikksikkerhetsplan Ulvik kommune", None, None, None, None, None, None, None],
            ["Nr", "Tiltak", "Sted", "Ansvar", "Kostnader i 1000 kr", None, None, None],
            [None, None, None, None, 2025, 2026, 2027, 2028],
            ["1. Skoleveier"],
            [1.1, "Fortau", "Lia–Ulvik skole", "Teknisk drift", 500, 1500, None, None],
            [1.2, "Hjertesone", "Alle skoler", "Oppvekst, FAU", None, 50, None, None],
            ["2. Kryss"],
            [2.1, "Siktrydding", "Fv. 572", "Vestland fylkeskommune", None, None, None, None],
            [2.2, "Rundkjøring", "Sentrum", "Vestland fylkeskommune og Teknisk drift", None, None, 4000, 6000],
            ["SUM", None, None, None, 500, 1550, 4000, 6000],
        ],
    )
    sheet.merge_cells("E2:H2")
    sheet.merge_cells("A4:H4")
    sheet.merge_cells("A7:H7")
    numbers = book.create_sheet("Ulykker")
    fill(
        numbers,
        [["År", "Sted", "Type", "Antall"], [2021, "Fv. 572", "Utforkjøring", 2], [2022, "Sentrum", "Påkjørsel", 1]],
    )


ROADS = Town(
    "trafikk.xlsx",
    workbook(_roads),
    "Trafikksikkerhetsplan Ulvik kommune",
    "Ulvik",
    (2025, 2028),
    (
        M("1.1", "Fortau", "Teknisk drift", costs=((2025, 500_000), (2026, 1_500_000)), goal="Skoleveier"),
        M("1.2", "Hjertesone", "Oppvekst, FAU", None, ("Oppvekst", "FAU"), ((2026, 50_000),), "Skoleveier"),
        M("2.1", "Siktrydding", "Vestland fylkeskommune", goal="Kryss"),
        M(
            "2.2",
            "Rundkjøring",
            "Vestland fylkeskommune og Teknisk drift",
            None,
            ("Vestland fylkeskommune", "Teknisk drift"),
            ((2027, 4_000_000), (2028, 6_000_000)),
            "Kryss",
        ),
    ),
)

_SEMICOLONS = """Handlingsplan for universell utforming;;;;;;
Søndre Vik kommune;;;;;;
;;;;;;
Løpenr;Tiltak;Målgruppe;Ansvarlig enhet;Frist;Beløp;Prioritet
1;Teleslynge i møterom;Hørselshemmede;Eiendom og IKT;30.06.2025;45 000;Høy
2;"Skilting; ny mal for alle bygg";Alle;Servicetorg;høst 2025;;Middels
4;Håndlist på begge sider;Eldre;Eiendomsavdelingen;Løpende;12.500,-;Lav
"""

SEMICOLONS = Town(
    "UU tiltak 2025-2027.csv",
    lambda: _SEMICOLONS.replace("\n", "\r\n").encode("latin-1"),
    "Handlingsplan for universell utforming",
    "Søndre Vik",
    (2025, 2027),
    (
        M(
            "1",
            "Teleslynge i møterom",
            "Eiendom og IKT",
            "30.06.2025",
            ("Eiendom", "IKT"),
            ((None, 45_000),),
            priority="Høy",
        ),
        M("2", "Skilting; ny mal for alle bygg", "Servicetorg", "høst 2025", priority="Middels"),
        M("4", "Håndlist på begge sider", "Eiendomsavdelingen", "Løpende", costs=((None, 12_500),), priority="Lav"),
    ),
)

_COMMAS = """Nummer,Mål,Tiltak,Hvem,Når,Kostnad
1.1,Ung deltakelse,"Ungdomsråd får budsjett","Kommunedirektør, ungdomsråd",innen 1.3.26,"50 000"
1.2,Ung deltakelse,Folkevalgtopplæring for unge,Politisk sekretariat,Etter hvert valg,
2.1,Trygg hverdag,"Nattevandring
med frivillige",FAU og politiet,Hver helg,Dugnad
"""

COMMAS = Town(
    "tiltak.csv",
    lambda: b"\xef\xbb\xbf" + _COMMAS.encode(),
    None,
    None,
    None,
    (
        M(
            "1.1",
            "Ungdomsråd får budsjett",
            "Kommunedirektør, ungdomsråd",
            "innen 1.3.26",
            ("Kommunedirektør", "ungdomsråd"),
            ((None, 50_000),),
            "Ung deltakelse",
        ),
        M("1.2", "Folkevalgtopplæring for unge", "Politisk sekretariat", "Etter hvert valg", goal="Ung deltakelse"),
        M(
            "2.1",
            "Nattevandring med frivillige",
            "FAU og politiet",
            "Hver helg",
            ("FAU", "politiet"),
            goal="Trygg hverdag",
        ),
    ),
)

SHEET_PLANS = {
    "climate": CLIMATE,
    "school sheet": SCHOOL_SHEET,
    "roads": ROADS,
    "semicolons": SEMICOLONS,
    "commas": COMMAS,
}
