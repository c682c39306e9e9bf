"""Plans whose tables are turned, split by year or owned as a whole. Municipalities and facts are invented."""

from tests.plan.documents.made import Grid, Heading, Items, Line, Made, Wide, as_pdf, as_word, as_workbook
from tests.plan.documents.towns.truth import M, Town
from tests.plan.documents.towns.word_plans import PROSE

# Bibliotek: the corner of the turned table is empty.
_LIBRARY = Made(
    (
        Heading(1, "Bibliotekplan 2025–2028"),
        Line("Osvik kommune"),
        Line(PROSE),
        Heading(2, "Tiltak"),
        Grid(
            (
                ("", "Meråpent bibliotek", "Bokbuss til grendene"),
                ("Hva", "Åpent fra 6 til 22", "To turer i måneden"),
                ("Ansvarlig", "Biblioteksjef", "Kultursjef"),
                ("Frist", "1. september 2025", "H-26"),
                ("Kostnad", "300 000", "450 000"),
            )
        ),
    )
)
LIBRARY = Town(
    "bibliotek.docx",
    lambda: as_word(_LIBRARY),
    "Bibliotekplan",
    "Osvik",
    (2025, 2028),
    (
        M(None, "Meråpent bibliotek", "Biblioteksjef", "1. september 2025", costs=((None, 300_000),)),
        M(None, "Bokbuss til grendene", "Kultursjef", "H-26", costs=((None, 450_000),)),
    ),
)

# Kjøretøy og bygg: aims, part aims and measures in merged columns.
_ENERGY = Made(
    (
        Heading(1, "Handlingsplan for energi 2025-2027"),
        Line("Lauvnes kommune"),
        Heading(2, "Handlingsplan"),
        Grid(
            (
                ("Hovedmål", "Delmål", "Tiltak", "Ansvarlig", "Tidsramme", "Økonomi"),
                (
                    Wide("Kommunen bruker 20 % mindre energi", rows=3),
                    Wide("Bygg", rows=2),
                    "Varmestyring i alle skoler",
                    "Eiendom v/ driftsleder",
                    "2025: 3 skoler, 2026: resten",
                    "2025: 200' 2026: 300'",
                ),
                ("LED i idrettshallen", "Eiendom", "Strakstiltak", "kr 85.000,-"),
                ("Transport", "Bilpool for ansatte", "Økonomiavdelingen", "Innen 2 år", "Ikke avklart"),
            )
        ),
    )
)
ENERGY = Town(
    "energi.docx",
    lambda: as_word(_ENERGY),
    "Handlingsplan for energi",
    "Lauvnes",
    (2025, 2027),
    (
        M(
            None,
            "Varmestyring i alle skoler",
            "Eiendom v/ driftsleder",
            "2025: 3 skoler, 2026: resten",
            ("Eiendom", "driftsleder"),
            ((2025, 200_000), (2026, 300_000)),
            "Bygg",
        ),
        M(None, "LED i idrettshallen", "Eiendom", "Strakstiltak", costs=((None, 85_000),), goal="Bygg"),
        M(None, "Bilpool for ansatte", "Økonomiavdelingen", "Innen 2 år", goal="Transport"),
    ),
)

# Frivillighet: a sheet per year.
VOLUNTEERS = Town(
    "Frivillighetsplan Sørholt kommune 2025-2026.xlsx",
    lambda: as_workbook(
        {
            "2025": (
                ("Tiltak", "Beskrivelse", "Ansvar", "Status"),
                ("Frivillighetsforum", "To ganger i året", "Kultur", "Ikke startet"),
                ("Kurs i søknadsskriving", "Digitalt", "Servicetorget", "Gjennomført"),
            ),
            "2026": (
                ("Tiltak", "Beskrivelse", "Ansvar", "Status"),
                ("Tilskuddsportal", "Avtale for tre år", "Kultur", "Ikke startet"),
            ),
        }
    ),
    None,
    None,
    (2025, 2026),
    (
        M(None, "Frivillighetsforum", "Kultur"),
        M(None, "Kurs i søknadsskriving", "Servicetorget"),
        M(None, "Tilskuddsportal", "Kultur"),
    ),
)

# Universell utforming: lists by owner, each measure with its day after a dash.
_ACCESS = Made(
    (
        Heading(1, "Handlingsplan for universell utforming 2025–2027"),
        Line("Storøya kommune"),
        Line(PROSE),
        Heading(2, "Tiltak"),
        Grid(
            (
                ("Område", "Tiltak", "Kort sikt", "Lang sikt", "Ansvarlig/samarbeid"),
                ("Bygg", "Heis på rådhuset¹", "X", "", "Eiendom"),
                ("", "Teleslynge i kommunestyresalen", "X", "", "IKT / Eiendom"),
                ("Ute", "Ledelinjer på torget", "", "X", "Teknisk i samarbeid med Blindeforbundet"),
            )
        ),
        Line("¹ Forutsetter tilskudd."),
        Line("Kort sikt = 2025, lang sikt = 2026-2027."),
        Heading(2, "Dette er gjort"),
        Items(("Rampe ved biblioteket", "Automatisk døråpner på legekontoret")),
    )
)
ACCESS = Town(
    "uu.pdf",
    lambda: as_pdf(_ACCESS),
    "Handlingsplan for universell utforming",
    "Storøya",
    (2025, 2027),
    (
        M(None, "Heis på rådhuset", "Eiendom", due="2025-12-31"),
        M(None, "Teleslynge i kommunestyresalen", "IKT / Eiendom", units=("IKT", "Eiendom"), due="2025-12-31"),
        M(
            None,
            "Ledelinjer på torget",
            "Teknisk i samarbeid med Blindeforbundet",
            units=("Teknisk", "Blindeforbundet"),
            due="2027-12-31",
        ),
    ),
)

# Næring, nynorsk: sentences with the owner below, and a table that sums up.
_TRADE_ROWS = (
    ("Kommunen skal tilby etablerarkurs kvart halvår.", "Næringshagen", "Hausten 2025"),
    ("Kommunen skal leggje ut tre næringstomter.", "Teknisk", "Innan utgangen av 2026"),
    ("Kommunen skal lage ein felles lærlingordning.", "Personalavdelinga", "Medio 2027"),
)
_TRADE = Made(
    (
        Heading(1, "Strategisk næringsplan med handlingsdel 2025–2028"),
        Line("Fjellheim kommune"),
        Heading(2, "Strategi: Fleire arbeidsplassar"),
        *(part for text, owner, due in _TRADE_ROWS for part in (Line(text), Line(f"Ansvarleg: {owner}. Frist: {due}"))),
        Heading(2, "Oppsummering av tiltaka"),
        Grid((("Tiltak", "Ansvarleg", "Frist"), *((row[0].rstrip("."), *row[1:]) for row in _TRADE_ROWS))),
    )
)
TRADE = Town(
    "naering.docx",
    lambda: as_word(_TRADE),
    "Strategisk næringsplan med handlingsdel",
    "Fjellheim",
    (2025, 2028),
    tuple(M(None, text, owner, due, goal="Fleire arbeidsplassar") for text, owner, due in _TRADE_ROWS),
)

TURNED_PLANS = {"library": LIBRARY, "energy": ENERGY, "volunteers": VOLUNTEERS, "access": ACCESS, "trade": TRADE}
