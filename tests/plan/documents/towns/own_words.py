"""Plans that head their columns and blocks with words of their own. Municipalities and facts are invented."""

from collections.abc import Sequence
from functools import partial

from tests.plan.documents.made import Grid, Heading, Line, Made, Part, Wide, as_pdf, as_word
from tests.plan.documents.towns.truth import M, Town


def _made(title: str, *parts: Part) -> Made:
    return Made((Heading(1, title), *parts))


# Follow-up of a risk analysis: the event beside the measure, and "Gjennomføres innen".
_RISKS = _made(
    "Helhetlig ROS – oppfølgingsplan",
    Line("Havøy kommune"),
    Line("2023-2026"),
    Heading(2, "Oppfølging av tiltak"),
    Grid(
        (
            (
                "Nr.",
                "Hendelse",
                "Risikoreduserende tiltak",
                "Ansvarlig enhet",
                "Gjennomføres innen",
                "Status per 1.1.2023",
                "Merknad",
            ),
            ("1", "Svikt i vannforsyning", "Etablere reservevannkilde", "Teknisk", "2025", "Ikke påbegynt", "Avklares"),
            ("2", "Strømbrudd", "Nødstrømsaggregat på helsesenteret", "Eiendom", "01.09.2023", "Bestilt", ""),
            ("3", "Pandemi", "Oppdatere smittevernplan", "Kommuneoverlegen", "Hvert 2. år", "Utført 2022", ""),
        )
    ),
)
RISKS = (
    M("1", "Etablere reservevannkilde", "Teknisk", "2025"),
    M("2", "Nødstrømsaggregat på helsesenteret", "Eiendom", "01.09.2023"),
    M("3", "Oppdatere smittevernplan", "Kommuneoverlegen", "Hvert 2. år"),
)

# Strategies with sentences: who after a label, when after a verb.
_TRADE = _made(
    "Strategisk næringsplan 2023-2030 – handlingsprogram 2023-2026",
    Line("Innherad kommune"),
    Heading(2, "Strategi 1: Attraktivt sentrum"),
    Line("Handelen i sentrum har gått ned, og gårdeierne etterlyser en felles retning."),
    Line("1.1 Utarbeide sentrumsstrategi. Ansvar: Plan og næring. Gjennomføres 2024."),
    Line("1.2 Etablere gårdeierforum. Ansvar: Næringsforeningen/kommunen. Gjennomføres 2023."),
    Heading(2, "Strategi 2: Tilgang på arealer"),
    Line("2.1 Opparbeide byggetrinn 2 på Sletta. Ansvar: Teknisk sektor. Ferdigstilles innen 1.7.2026."),
    Line("2.2 Kartlegge ledige lokaler. Ansvar: Plan og næring. Gjennomføres fortløpende."),
)
_CENTRE, _LAND = "Attraktivt sentrum", "Tilgang på arealer"
TRADE = (
    M("1.1", "Utarbeide sentrumsstrategi.", "Plan og næring", "2024", goal=_CENTRE),
    M(
        "1.2",
        "Etablere gårdeierforum.",
        "Næringsforeningen/kommunen",
        "2023",
        ("Næringsforeningen", "kommunen"),
        goal=_CENTRE,
    ),
    M("2.1", "Opparbeide byggetrinn 2 på Sletta.", "Teknisk sektor", "innen 1.7.2026", goal=_LAND),
    M("2.2", "Kartlegge ledige lokaler.", "Plan og næring", "fortløpende", goal=_LAND),
)

# A ranked list of works with neither owner nor deadline, in thousands beside a total in kroner; other measures below.
_ROADS = _made(
    "Kommunedelplan trafikksikkerhet 2022–2033, handlingsplan 2022–2025",
    Line("Solvik kommune"),
    Heading(2, "Fysiske tiltak"),
    Grid(
        (
            ("Pri.", "Veg", "Sted", "Tiltak", "Kostnadsoverslag", "2022", "2023", "2024"),
            ("1", "Fv. 43", "Solvik skole", "Gang- og sykkelveg 350 m", "4 500 000", "", "4 500", ""),
            ("2", "Kv. 12", "Strandveien", "Fartshumper", "150 000", "150", "", ""),
            ("3", "Fv. 43", "Kryss Moen", "Belysning", "300 000", "100", "", "200"),
            (Wide("Sum", columns=4), "4 950 000", "250", "4 500", "200"),
        )
    ),
    Heading(2, "Trafikantrettede tiltak"),
    Grid(
        (
            ("Nr", "Tiltak", "Målgruppe", "Ansvar", "Tid"),
            ("A", "Trafikksikker kommune – regodkjenning", "Alle", "Kommunedirektøren", "2024"),
            ("B", "Refleksdag", "Barnehager", "Oppvekst", "Oktober hvert år"),
        )
    ),
)
ROADS = (
    M(None, "Gang- og sykkelveg 350 m", costs=((2023, 4_500_000),), priority=1),
    M(None, "Fartshumper", costs=((2022, 150_000),), priority=2),
    M(None, "Belysning", costs=((2022, 100_000), (2024, 200_000)), priority=3),
    M("A", "Trafikksikker kommune – regodkjenning", "Kommunedirektøren", "2024"),
    M("B", "Refleksdag", "Oppvekst", "Oktober hvert år"),
)

# Measure and owner in one cell.
_EQUAL = _made(
    "Handlingsplan for likestilling og mangfold",
    Line("Sjøbygd kommune, perioden 2024 til 2026"),
    Heading(2, "Tiltaksoversikt"),
    Grid(
        (
            ("Mål", "Tiltak og ansvar", "Tidsfrist"),
            ("Mangfold i rekruttering", "Anonymiserte søknader prøves ut\nAnsvar: HR", "Vår 2025"),
            (
                "Mangfold i rekruttering",
                "Opplæring av ledere i rekruttering\nAnsvar: HR i samarbeid med tillitsvalgte",
                "Årlig, første gang 2024",
            ),
            ("Universell utforming", "Kartlegge alle publikumsbygg\nAnsvar: Eiendom", "Innen utløpet av planperioden"),
        )
    ),
)
_DIVERSE = "Mangfold i rekruttering"
EQUAL = (
    M(None, "Anonymiserte søknader prøves ut", "HR", "Vår 2025", goal=_DIVERSE),
    M(
        None,
        "Opplæring av ledere i rekruttering",
        "HR i samarbeid med tillitsvalgte",
        "Årlig, første gang 2024",
        ("HR", "tillitsvalgte"),
        goal=_DIVERSE,
    ),
    M(None, "Kartlegge alle publikumsbygg", "Eiendom", "Innen utløpet av planperioden", goal="Universell utforming"),
)

# Chapters named with a word that also labels a part of a measure.
_HEALTH = _made(
    "Plan for psykisk helse og rus 2023–2026",
    Line("Ytre Sund kommune"),
    Heading(2, "5. Strategier og tiltak"),
    Heading(3, "5.1 Brukermedvirkning"),
    Line("5.1.1 Brukerråd", is_bold=True),
    Line("Det opprettes et brukerråd for tjenestene."),
    Line("Ansvarlig: Enhetsleder psykisk helse og rus"),
    Line("Når: Innen utgangen av 2023"),
    Line("5.1.2 Erfaringskonsulent", is_bold=True),
    Line("Stillingen videreføres og utvides til 100 %."),
    Line("Ansvarlig: Kommunalsjef helse"),
    Line("Når: 1.1.2024"),
    Heading(3, "5.2 Tidlig hjelp"),
    Line("5.2.1 Rask psykisk helsehjelp", is_bold=True),
    Line("Lavterskeltilbud uten henvisning."),
    Line("Ansvarlig: Enhetsleder psykisk helse og rus"),
    Line("Når: 2024-2025"),
)
HEALTH = (
    M("5.1.1", "Brukerråd", "Enhetsleder psykisk helse og rus", "Innen utgangen av 2023", goal="Brukermedvirkning"),
    M("5.1.2", "Erfaringskonsulent", "Kommunalsjef helse", "1.1.2024", goal="Brukermedvirkning"),
    M("5.2.1", "Rask psykisk helsehjelp", "Enhetsleder psykisk helse og rus", "2024-2025", goal="Tidlig hjelp"),
)

# A column of measures named by a sentence, with goals as rows over all columns.
_ARTS = _made(
    "Kulturplan for Tinden kommune 2025-2032",
    Line("Handlingsdel 2025–2028"),
    Grid(
        (
            ("Dette får vi til sammen", "Ansvar", "Tid"),
            (Wide("Delmål 1.1: Alle barn møter profesjonell kunst", columns=3),),
            ("Kulturskoletimen innføres på 1.–4. trinn", "Kulturskolen, grunnskolene", "Skoleåret 2025–26"),
            ("Skolesekken får egen koordinator i 20 % stilling", "Kultur", "2026"),
            (Wide("Delmål 1.2: Frivilligheten blomstrer", columns=3),),
            ("Gratis lån av kommunale lokaler til lag og foreninger", "Eiendom", "Fra 1.1.2025"),
        )
    ),
)
_ART = "Alle barn møter profesjonell kunst"
ARTS = (
    M(
        None,
        "Kulturskoletimen innføres på 1.–4. trinn",
        "Kulturskolen, grunnskolene",
        "Skoleåret 2025–26",
        ("Kulturskolen", "grunnskolene"),
        goal=_ART,
    ),
    M(None, "Skolesekken får egen koordinator i 20 % stilling", "Kultur", "2026", goal=_ART),
    M(
        None,
        "Gratis lån av kommunale lokaler til lag og foreninger",
        "Eiendom",
        "Fra 1.1.2025",
        goal="Frivilligheten blomstrer",
    ),
)

# Works of a water utility: where, what, and thousands of kroner in each year.
_SEWAGE = _made(
    "Hovedplan avløp 2024-2035",
    Line("Kyst kommune"),
    Heading(2, "Tiltaksplan 2024-2027"),
    Line("Alle tall i 1000 kr eks. mva."),
    Grid(
        (
            ("Tiltak nr.", "Anlegg", "Beskrivelse av tiltak", "2024", "2025", "2026", "Sum"),
            ("A01", "Nes renseanlegg", "Ny slamavvanner", "1 500", "", "", "1 500"),
            ("A02", "Ledningsnett Vika", "Separering av 1,2 km fellesledning", "", "3 000", "3 000", "6 000"),
            ("A03", "Pumpestasjoner", "Fjernovervåking av 14 stasjoner", "400", "400", "", "800"),
            ("", "", "Sum", "1 900", "3 400", "3 000", "8 300"),
        )
    ),
)
SEWAGE = (
    M("A01", "Ny slamavvanner", costs=((2024, 1_500_000),)),
    M("A02", "Separering av 1,2 km fellesledning", costs=((2025, 3_000_000), (2026, 3_000_000))),
    M("A03", "Fjernovervåking av 14 stasjoner", costs=((2024, 400_000), (2025, 400_000))),
)

# Quarters as columns, and a head with one word that names a part of a measure.
_DIGITAL = _made(
    "Digitaliseringsstrategi – handlingsplan 2025",
    Line("Elvestrand kommune"),
    Grid(
        (
            ("Initiativ", "Eier", "Q1", "Q2", "Q3", "Q4", "Estimat"),
            ("Ny nettside", "Kommunikasjon", "x", "x", "", "", "350 000"),
            ("Digital byggesak", "Plan og bygg", "", "", "x", "", "90 000"),
        )
    ),
)
DIGITAL = (
    M(None, "Ny nettside", "Kommunikasjon", "Q1, Q2", costs=((None, 350_000),)),
    M(None, "Digital byggesak", "Plan og bygg", "Q3", costs=((None, 90_000),)),
)

# Codes as numbers, and letters of a legend before the units.
_CLIMATE = _made(
    "Temaplan klimatilpasning",
    Line("Elvebyen kommune"),
    Line("Planperiode 2023-2033"),
    Heading(2, "Handlingsplan for klimatilpasning"),
    Grid(
        (
            ("Kode", "Tiltak", "Ansvarlig (A) og deltakende (D)", "Start", "Slutt"),
            ("KT 1.1", "Kartlegge flomveier i tettstedene", "A: Plan, D: VA", "2023", "2024"),
            ("KT 1.2", "Innarbeide blågrønn faktor i reguleringsplaner", "A: Plan", "2023", "Løpende"),
            ("KT 2.1", "Overvannsavgift utredes", "A: VA, D: Økonomi", "2025", "2026"),
        )
    ),
)
CLIMATE = (
    M("KT 1.1", "Kartlegge flomveier i tettstedene", "A: Plan, D: VA", "2024", ("Plan", "VA")),
    M("KT 1.2", "Innarbeide blågrønn faktor i reguleringsplaner", "A: Plan", "Løpende", ("Plan",)),
    M("KT 2.1", "Overvannsavgift utredes", "A: VA, D: Økonomi", "2026", ("VA", "Økonomi")),
)

# Each measure in a frame of its own.
_FRAMES = _made(
    "Pårørendestrategi med handlingsplan 2024 - 2027",
    Line("Havn kommune"),
    Heading(2, "Handlingsplan"),
    Grid((("Tiltak 1",), ("Pårørendekontakt på hver avdeling",), ("Ansvar: Avdelingsledere",), ("Frist: 1.9.2024",))),
    Line(""),
    Grid((("Tiltak 2",), ("Samtalegrupper for pårørende",), ("Ansvar: Rus og psykisk helse",), ("Frist: Årlig",))),
)
FRAMES = (
    M("1", "Pårørendekontakt på hver avdeling", "Avdelingsledere", "1.9.2024"),
    M("2", "Samtalegrupper for pårørende", "Rus og psykisk helse", "Årlig"),
)

# The measure's number and name on the first line of a cell, and what it is about below it; the period by dates.
_OUTDOORS = _made(
    "Temaplan for friluftsliv",
    Line("Skogvik kommune – gjelder fra 1. januar 2023 til 31. desember 2026"),
    Heading(2, "Handlingsprogram"),
    Grid(
        (
            ("Tiltak", "Ansvarlig/samarbeid", "Kostnad", "År"),
            ("1. Kartlegge turruter\nDigital kartlegging etter standard.", "Kultur / turlaget", "60 000", "2023"),
            ("2. Merking av kyststien\nSkilting av 12 km sti.", "Teknisk", "180 000", "2024–2025"),
            ("3. Fiskeplass for alle\nBrygge og parkering ved Langvatnet.", "Teknisk", "450 000", "2026"),
        ),
        widths=(3, 2, 1, 1),
    ),
)
OUTDOORS = (
    M("1", "Kartlegge turruter", "Kultur / turlaget", "2023", ("Kultur", "turlaget"), ((None, 60_000),)),
    M("2", "Merking av kyststien", "Teknisk", "2024–2025", costs=((None, 180_000),)),
    M("3", "Fiskeplass for alle", "Teknisk", "2026", costs=((None, 450_000),)),
)

# Blocks with a label that may say how as well as when.
_STREET = _made(
    "Folkehelsestrategi med tiltaksplan 2025–2028",
    Line("Dalstrøm kommune"),
    Heading(2, "Tiltaksplan"),
    Line("FH-01 Gratis kjernetid i barnehage", is_bold=True),
    Line("Familier med lav inntekt får automatisk vedtak."),
    Line("Ansvarlig enhet: Barnehagekontoret"),
    Line("Gjennomføring: 2025–2026"),
    Line("FH-02 Sommerjobb for ungdom", is_bold=True),
    Line("30 plasser i kommunale tjenester."),
    Line("Ansvarlig enhet: NAV Dalstrøm"),
    Line("Gjennomføring: Hver sommer"),
)
STREET = (
    M("FH-01", "Gratis kjernetid i barnehage", "Barnehagekontoret", "2025–2026"),
    M("FH-02", "Sommerjobb for ungdom", "NAV Dalstrøm", "Hver sommer"),
)

# Short names that a line explains, and short words in the head.
_SHORT = _made(
    "Klimaplan 2024-2030",
    Line("Fjordheim kommune"),
    Heading(2, "Tiltaksliste"),
    Line("T = Teknisk, O = Oppvekst, H = Helse og mestring"),
    Grid(
        (
            ("#", "Tiltak", "Ansv.", "Frist", "Kost"),
            ("1", "Fossilfri bilpark", "T", "2026", "2 mill"),
            ("2", "Klimavennlig mat i skoler og barnehager", "O", "Løpende", ""),
            ("3", "Gjenbruksstasjon for hjelpemidler", "H/T", "Q3 2025", "150 000"),
        )
    ),
)
SHORT = (
    M("1", "Fossilfri bilpark", "T", "2026", ("Teknisk",), ((None, 2_000_000),)),
    M("2", "Klimavennlig mat i skoler og barnehager", "O", "Løpende", ("Oppvekst",)),
    M(
        "3",
        "Gjenbruksstasjon for hjelpemidler",
        "H/T",
        "Q3 2025",
        ("Helse og mestring", "Teknisk"),
        ((None, 150_000),),
    ),
)


def _town(
    name: str,
    made: Made,
    title: str,
    municipality: str,
    period: tuple[int, int],
    measures: Sequence[M],
) -> dict[str, Town]:
    """The plan as Word and as PDF."""
    return {
        f"{name}-{kind}": Town(f"{name}.{kind}", partial(write, made), title, municipality, period, tuple(measures))
        for kind, write in (("docx", as_word), ("pdf", as_pdf))
    }


OWN_WORDS = (
    _town("risks", _RISKS, "Helhetlig ROS – oppfølgingsplan", "Havøy", (2023, 2026), RISKS)
    | _town("trade", _TRADE, "Strategisk næringsplan 2023-2030 – handlingsprogram", "Innherad", (2023, 2026), TRADE)
    | _town(
        "roads",
        _ROADS,
        "Kommunedelplan trafikksikkerhet 2022–2033, handlingsplan",
        "Solvik",
        (2022, 2025),
        ROADS,
    )
    | _town("equal", _EQUAL, "Handlingsplan for likestilling og mangfold", "Sjøbygd", (2024, 2026), EQUAL)
    | _town("health", _HEALTH, "Plan for psykisk helse og rus", "Ytre Sund", (2023, 2026), HEALTH)
    | _town("arts", _ARTS, "Kulturplan for Tinden kommune", "Tinden", (2025, 2032), ARTS)
    | _town("sewage", _SEWAGE, "Hovedplan avløp", "Kyst", (2024, 2035), SEWAGE)
    | _town("digital", _DIGITAL, "Digitaliseringsstrategi – handlingsplan", "Elvestrand", (2025, 2025), DIGITAL)
    | _town("climate", _CLIMATE, "Temaplan klimatilpasning", "Elvebyen", (2023, 2033), CLIMATE)
    | _town("outdoors", _OUTDOORS, "Temaplan for friluftsliv", "Skogvik", (2023, 2026), OUTDOORS)
    | _town("street", _STREET, "Folkehelsestrategi med tiltaksplan", "Dalstrøm", (2025, 2028), STREET)
    | _town("short", _SHORT, "Klimaplan", "Fjordheim", (2024, 2030), SHORT)
    | _town("frames", _FRAMES, "Pårørendestrategi med handlingsplan", "Havn", (2024, 2027), FRAMES)
)
