"""Plans in layouts of our own, each with what a careful reader finds in it. Municipalities and plans are invented."""

from dataclasses import dataclass

from tests.plan.documents.made import Grid, Heading, Items, Line, Made, Wide


@dataclass(frozen=True)
class Expected:
    """A measure as it should be read. `ref` is None where the plan has no number."""

    ref: str | None
    title: str
    responsible: str | None = None
    deadline: str | None = None
    units: tuple[str, ...] = ()
    costs: tuple[tuple[int | None, int], ...] = ()
    goal: str | None = None


@dataclass(frozen=True)
class OwnPlan:
    """A plan and its measures; `formats` are those in which it makes sense."""

    made: Made
    municipality: str | None
    period: tuple[int, int] | None
    measures: tuple[Expected, ...]
    formats: tuple[str, ...] = ("docx", "pdf")


PROSE = (
    "Planen bygger på en bred gjennomgang av situasjonen i kommunen. Innbyggere, ansatte og frivillige har kommet med "
    "innspill underveis, og mange av dem peker på de samme utfordringene. "
)

# 1. Nynorsk, a table for each goal, with a table of services and a budget that are no measures.
NYNORSK = OwnPlan(
    Made(
        [
            Heading(1, "Handlingsplan for folkehelse 2022–2026"),
            Line("Kvamsdal kommune"),
            Line("Vedteken av kommunestyret 16. juni 2022"),
            Heading(1, "1 Bakgrunn"),
            Line(PROSE),
            Heading(2, "1.1 Tenester vi har i dag"),
            Grid(
                [
                    ["Tiltak", "Ansvarleg", "Skildring"],
                    ["Frisklivssentral", "Helse og omsorg", "Tilbod til vaksne"],
                    ["Open barnehage", "Oppvekst", "To dagar i veka"],
                ]
            ),
            Heading(1, "2 Tiltak i planperioden"),
            Heading(2, "Mål 1: Fleire er fysisk aktive"),
            Grid(
                [
                    ["Tiltak", "Ansvarleg eining", "Samarbeid", "Tidsfrist", "Kostnad"],
                    ["Merke ti turløyper", "Teknisk", "Turlaget", "Hausten 2023", "kr 120 000"],
                    ["Gruppe for aktive eldre", "Helse og omsorg", "Frivilligsentralen", "Innan 1. mars 2024", "Ramme"],
                ]
            ),
            Heading(2, "Mål 2: Færre er einsame"),
            Grid(
                [
                    ["Tiltak", "Ansvarleg eining", "Samarbeid", "Tidsfrist", "Kostnad"],
                    ["Møteplass for unge vaksne", "Oppvekst og kultur", "Ungdomsrådet", "Kvart år", "50 000"],
                    ["Besøksvenn", "Frivilligkoordinator", "Raude Kors", "2025", ""],
                ]
            ),
            Heading(1, "3 Økonomi"),
            Grid([["Post", "2022", "2023"], ["Løn", "100", "200"], ["Sum", "100", "200"]]),
            Heading(1, "4 Oppfølging"),
            Line("Planen skal rullerast kvart fjerde år."),
            Line("Det skal rapporterast årleg til kommunestyret i juni om tiltaka."),
        ],
        title="Handlingsplan for folkehelse",
    ),
    "Kvamsdal",
    (2022, 2026),
    (
        Expected(None, "Merke ti turløyper", "Teknisk", "Hausten 2023", ("Teknisk",), ((None, 120_000),), "1"),
        Expected(
            None,
            "Gruppe for aktive eldre",
            "Helse og omsorg",
            "Innan 1. mars 2024",
            ("Helse og omsorg",),
            goal="1",
        ),
        Expected(
            None,
            "Møteplass for unge vaksne",
            "Oppvekst og kultur",
            "Kvart år",
            ("Oppvekst og kultur",),
            ((None, 50_000),),
            "2",
        ),
        Expected(None, "Besøksvenn", "Frivilligkoordinator", "2025", ("Frivilligkoordinator",), goal="2"),
    ),
)

# 2. A table over several pages, its head repeated by the program or not at all.
_LONG = tuple(
    Expected(
        f"{1 + number // 10}.{1 + number % 10}",
        f"Gjennomføre kartlegging nummer {number + 1} av støy ved skoler og barnehager i sentrum",
        ("Plan og miljø", "Oppvekst", "Kommuneoverlege", "Teknisk drift")[number % 4],
        ("2024", "Løpende", "1. halvår 2025", "31.12.2026")[number % 4],
        (("Plan og miljø", "Oppvekst", "Kommuneoverlege", "Teknisk drift")[number % 4],),
    )
    for number in range(30)
)


def _long_table(repeats_head: bool) -> OwnPlan:
    head = ["Nr.", "Hva skal gjøres", "Beskrivelse", "Ansvarlig", "Frist"]
    rows = [
        [each.ref or "", each.title, PROSE if number % 3 else "", each.responsible or "", each.deadline or ""]
        for number, each in enumerate(_LONG)
    ]
    return OwnPlan(
        Made(
            [
                Heading(1, "Handlingsplan mot støy 2024-2027"),
                Line("Strandvik kommune"),
                Heading(1, "Arbeidsgruppe"),
                Grid(
                    [
                        ["Navn", "Rolle", "Enhet"],
                        ["Leder", "Prosjektleder", "Plan og miljø"],
                        ["Medlem", "Rådgiver", "NAV"],
                    ]
                ),
                Heading(1, "Handlingsdel"),
                Line(PROSE),
                Grid([head, *rows], widths=(1, 4, 4, 2, 2), repeats_head=repeats_head),
            ],
            title="Handlingsplan mot støy",
            footer="Handlingsplan mot støy 2024-2027",
        ),
        "Strandvik",
        (2024, 2027),
        _LONG,
    )


ACROSS_PAGES = _long_table(repeats_head=False)
ACROSS_PAGES_WITH_HEAD = _long_table(repeats_head=True)

# 3. Units and roles as abbreviations, with a list of what they mean.
ABBREVIATIONS = OwnPlan(
    Made(
        [
            Heading(1, "Plan for vold i nære relasjoner 2021–2024"),
            Line("Fjelldal kommune"),
            Heading(2, "Forkortelser"),
            Grid(
                [
                    ["Forkortelse", "Betydning"],
                    ["HO", "Helse og omsorg"],
                    ["OK", "Oppvekst og kultur"],
                    ["KD", "Kommunedirektør"],
                    ["PPT", "Pedagogisk-psykologisk tjeneste"],
                ]
            ),
            Heading(2, "Tiltak"),
            Grid(
                [
                    ["Tiltak nr.", "Tiltak", "Ansvar", "Når"],
                    ["T1", "Oppdatere varslingsrutinene", "HO/OK", "Innen 01.06.21"],
                    ["T2", "Kurs for alle ansatte", "KD, HO og OK", "Høsten 2021"],
                    ["T3", "Samarbeidsavtale om overgrepsmottak", "KD i samarbeid med politiet", "2022-2023"],
                    ["T5", "Traumebevisst praksis i skolen", "PPT + OK", "Løpende"],
                ]
            ),
            Heading(2, "Risikovurdering"),
            Grid(
                [
                    ["Risiko", "Sannsynlighet", "Konsekvens", "Tiltak", "Ansvar"],
                    ["Turnover", "Høy", "Stor", "Opplæring", "HO"],
                ]
            ),
        ],
    ),
    "Fjelldal",
    (2021, 2024),
    (
        Expected("T1", "Oppdatere varslingsrutinene", "HO/OK", "Innen 01.06.21", ("HO", "OK")),
        Expected("T2", "Kurs for alle ansatte", "KD, HO og OK", "Høsten 2021", ("KD", "HO", "OK")),
        Expected(
            "T3",
            "Samarbeidsavtale om overgrepsmottak",
            "KD i samarbeid med politiet",
            "2022-2023",
            ("KD", "politiet"),
        ),
        Expected("T5", "Traumebevisst praksis i skolen", "PPT + OK", "Løpende", ("PPT", "OK")),
    ),
)

# 4. A plain list: lettered under each goal, with neither owner nor deadline, and other lists around it.
PLAIN_LIST = OwnPlan(
    Made(
        [
            Heading(1, "Handlingsplan for frivillighet 2023-2026"),
            Line("Elvedal kommune"),
            Heading(1, "Innledning"),
            Line("I arbeidet med planen har gruppen sett på:"),
            Items(["hva lag og foreninger ønsker", "hva andre kommuner gjør"]),
            Heading(1, "Delmål 1: Lett å være frivillig"),
            Line("Delmålet handler om tilgang til lokaler og utstyr."),
            Heading(2, "Tiltak"),
            Items(
                [
                    "Gratis lån av kommunale lokaler for barn og unge",
                    "En felles kalender for arrangementer",
                    "Utstyrssentral på biblioteket",
                ],
                "letter",
            ),
            Heading(1, "Delmål 2: Flere møteplasser"),
            Heading(2, "Tiltak"),
            Items(["Åpent ungdomshus to kvelder i uka", "Språkkafé i samarbeid med Røde Kors"], "letter"),
            Heading(1, "Vedlegg: tilbud i kommunen i dag"),
            Items(["Frivilligsentral", "Kulturskole"]),
        ],
    ),
    "Elvedal",
    (2023, 2026),
    (
        Expected("1a", "Gratis lån av kommunale lokaler for barn og unge", goal="1"),
        Expected("1b", "En felles kalender for arrangementer", goal="1"),
        Expected("c", "Utstyrssentral på biblioteket", goal="1"),
        Expected("2a", "Åpent ungdomshus to kvelder i uka", goal="2"),
        Expected("2b", "Språkkafé i samarbeid med Røde Kors", goal="2"),
    ),
)

# 5. School style: what, how, who, when; a wheel of the year that is none.
SCHOOL = OwnPlan(
    Made(
        [
            Heading(1, "Handlingsplan mot mobbing"),
            Line("Solheim skole, Bakkedal kommune, skoleåret 2022/2023"),
            Heading(2, "Forebygging"),
            Grid(
                [
                    ["Hva", "Hvordan", "Hvem", "Når"],
                    ["Trivselsledere", "Elever leder lek i storefri", "Sosiallærer", "Hele skoleåret"],
                    ["Klassemøter", "Fast time hver fredag", "Kontaktlærer", "Ukentlig"],
                    ["Foreldremøte om nettvett", "Innleder utenfra", "Rektor og FAU", "Oktober 2022"],
                ]
            ),
            Heading(2, "Avdekking"),
            Grid(
                [
                    ["Hva", "Hvordan", "Hvem", "Når"],
                    ["Trivselsundersøkelse", "Digitalt skjema", "Sosiallærer", "November og april"],
                    ["Inspeksjon", "Gule vester", "Alle ansatte", "Daglig"],
                ]
            ),
            Heading(2, "Årshjul for skolen"),
            Grid([["Måned", "Hva", "Ansvar"], ["August", "Planleggingsdager", "Rektor"], ["Mai", "17. mai", "Komité"]]),
        ],
    ),
    "Bakkedal",
    (2022, 2023),
    (
        Expected(None, "Trivselsledere", "Sosiallærer", "Hele skoleåret", ("Sosiallærer",)),
        Expected(None, "Klassemøter", "Kontaktlærer", "Ukentlig", ("Kontaktlærer",)),
        Expected(None, "Foreldremøte om nettvett", "Rektor og FAU", "Oktober 2022", ("Rektor", "FAU")),
        Expected(None, "Trivselsundersøkelse", "Sosiallærer", "November og april", ("Sosiallærer",)),
        Expected(None, "Inspeksjon", "Alle ansatte", "Daglig", ()),
    ),
)

# 6. A wide table with goals merged down, two lines of head, years as columns in thousands, and a sum.
WIDE = OwnPlan(
    Made(
        [
            Heading(1, "Handlingsprogram for klima og energi 2023–2026"),
            Line("Havnes kommune"),
            Heading(1, "Tiltaksplan"),
            Grid(
                [
                    [
                        Wide("Delmål", rows=2),
                        Wide("Nr", rows=2),
                        Wide("Tiltak", rows=2),
                        Wide("Ansvar", rows=2),
                        Wide("Frist", rows=2),
                        Wide("Kostnad (1000 kr)", columns=3),
                        Wide("Pri.", rows=2),
                    ],
                    ["2023", "2024", "2025"],
                    [
                        Wide("1. Mindre utslipp fra transport", rows=3),
                        "1.1",
                        "Ladestasjoner ved kommunale bygg",
                        "Eiendom",
                        "Q4 2024",
                        "250",
                        "250",
                        "",
                        "1",
                    ],
                    ["1.2", "Sykkelveg til skolen", "Teknisk\nStatens vegvesen", "2025", "", "1 200", "800", "2"],
                    ["1.10", "Reiseråd for ansatte", "Personal", "", "", "", "", "5"],
                    [
                        Wide("2. Energi i bygg", rows=2),
                        "2.1",
                        "Solceller på sykehjemmet",
                        "Eiendom",
                        "31.12.2025",
                        "",
                        "",
                        "3 500",
                        "3",
                    ],
                    ["2.2", "Bytte oljefyr", "Eiendom", "Utsatt", "", "", "", "4"],
                    [Wide("Sum", columns=5), "250", "1 450", "4 300", ""],
                ],
                widths=(3, 1, 4, 3, 2, 1, 1, 1, 1),
            ),
            Heading(1, "Utslipp"),
            Grid(
                [["Sektor", "2019", "2020", "2021"], ["Veitrafikk", "120", "115", "110"], ["Sum", "120", "115", "110"]]
            ),
        ],
        is_landscape=True,
    ),
    "Havnes",
    (2023, 2026),
    (
        Expected(
            "1.1",
            "Ladestasjoner ved kommunale bygg",
            "Eiendom",
            "Q4 2024",
            ("Eiendom",),
            ((2023, 250_000), (2024, 250_000)),
            "1",
        ),
        Expected(
            "1.2",
            "Sykkelveg til skolen",
            "Teknisk Statens vegvesen",
            "2025",
            ("Teknisk", "Statens vegvesen"),
            ((2024, 1_200_000), (2025, 800_000)),
            "1",
        ),
        Expected("1.10", "Reiseråd for ansatte", "Personal", None, ("Personal",), goal="1"),
        Expected("2.1", "Solceller på sykehjemmet", "Eiendom", "31.12.2025", ("Eiendom",), ((2025, 3_500_000),), "2"),
        Expected("2.2", "Bytte oljefyr", "Eiendom", "Utsatt", ("Eiendom",), goal="2"),
    ),
    ("docx", "pdf", "xlsx"),
)

# 7. Headings "Tiltak 1:" over prose with labels, a summary table at the end that ranks the same measures.
PROSE_WITH_LABELS = OwnPlan(
    Made(
        [
            Heading(1, "Boligsosial handlingsplan 2020-2023"),
            Line("Lundby kommune"),
            Heading(1, "Utfordringer"),
            Line("Tiltakene i forrige plan er gjennomført:"),
            Items(["Startlån til unge", "Bemannet bolig"]),
            Heading(1, "Tiltak"),
            Heading(2, "Tiltak 1: Kartlegge behovet for boliger"),
            Line(PROSE),
            Line("Ansvarlig: Enhet for bolig og eiendom"),
            Line("Frist: innen utgangen av 2020"),
            Line("Kostnad: 75 000 kroner"),
            Heading(2, "Tiltak 2: Booppfølging på kveldstid"),
            Line("Ansvar: Helse og velferd. Tidsfrist: fra 1. januar 2021. Kostnad: Innenfor rammen"),
            Line(PROSE),
            Line("Det finnes i dag to ansatte i tjenesten, og behovet øker."),
            Heading(2, "Tiltak 4: Robuste boliger"),
            Line("Beskrivelse:", is_bold=True),
            Line("Kommunen bygger fire robuste boliger på egen tomt."),
            Line("Ansvarlig enhet:", is_bold=True),
            Line("Teknisk sektor"),
            Line("Gjennomføres:", is_bold=True),
            Line("2022–2023"),
            Heading(1, "Prioritering"),
            Grid(
                [
                    ["Prioritet", "Tiltak nr", "Tittel"],
                    ["1", "4", "Robuste boliger"],
                    ["2", "1", "Kartlegge behovet for boliger"],
                    ["3", "2", "Booppfølging på kveldstid"],
                ]
            ),
            Heading(1, "Evaluering"),
            Line("Handlingsplanen evalueres hvert annet år."),
            Line("Kommunestyret får en skriftlig rapport om tiltakene i november hvert år."),
        ],
    ),
    "Lundby",
    (2020, 2023),
    (
        Expected(
            "1",
            "Kartlegge behovet for boliger",
            "Enhet for bolig og eiendom",
            "innen utgangen av 2020",
            ("Enhet for bolig og eiendom",),
            ((None, 75_000),),
        ),
        Expected("2", "Booppfølging på kveldstid", "Helse og velferd", "fra 1. januar 2021", ("Helse og velferd",)),
        Expected("4", "Robuste boliger", "Teknisk sektor", "2022–2023", ("Teknisk sektor",)),
    ),
)

# 8. A table with numbers and no head row.
WITHOUT_HEAD = OwnPlan(
    Made(
        [
            Heading(1, "Tiltaksplan for trafikksikkerhet 2019–2022"),
            Line("Myrvik kommune"),
            Heading(2, "Ulykker i perioden"),
            Grid([["2016", "4", "1"], ["2017", "3", "0"], ["2018", "5", "2"]]),
            Heading(2, "Tiltak"),
            Grid(
                [
                    ["1", "Fartshumper ved Myrvik skole", "Teknisk", "2019"],
                    ["2", "Refleksdag i alle barnehager", "Oppvekst", "Hver høst"],
                    ["3", "Gatelys langs fylkesveien", "Teknisk og fylkeskommunen", "Innen 2021"],
                    ["5", "Opplæring av trafikkontakter", "Rektor", "Årlig"],
                ],
                widths=(1, 5, 3, 2),
            ),
        ],
    ),
    "Myrvik",
    (2019, 2022),
    (
        Expected("1", "Fartshumper ved Myrvik skole", "Teknisk", "2019", ("Teknisk",)),
        Expected("2", "Refleksdag i alle barnehager", "Oppvekst", "Hver høst", ("Oppvekst",)),
        Expected(
            "3",
            "Gatelys langs fylkesveien",
            "Teknisk og fylkeskommunen",
            "Innen 2021",
            ("Teknisk", "fylkeskommunen"),
        ),
        Expected("5", "Opplæring av trafikkontakter", "Rektor", "Årlig", ("Rektor",)),
    ),
)

# 9. A small table for each measure, with a label in each row.
FORMS = OwnPlan(
    Made(
        [
            Heading(1, "Handlingsplan for integrering 2024-2027"),
            Line("Øvre Sandnes kommune"),
            Heading(1, "Tiltak"),
            Grid(
                [
                    ["Tiltak 1", "Språktrening på arbeidsplassen"],
                    ["Mål", "Flere i arbeid"],
                    ["Beskrivelse", "Deltakere får praksis i kommunale enheter"],
                    ["Ansvarlig", "NAV"],
                    ["Samarbeid", "Voksenopplæringen, næringslivet"],
                    ["Frist", "1.9.2024"],
                ],
                widths=(1, 3),
            ),
            Line("Om det neste tiltaket:"),
            Grid(
                [
                    ["Tiltak 2", "Flyktningguide"],
                    ["Mål", "Nettverk for alle"],
                    ["Beskrivelse", "En frivillig guide til hver familie"],
                    ["Ansvarlig", "Kultur og frivillighet"],
                    ["Samarbeid", "Røde Kors"],
                    ["Frist", "Fortløpende"],
                ],
                widths=(1, 3),
            ),
            Heading(1, "Kontakt"),
            Grid([["Avdeling", "Telefon"], ["Servicetorget", "00 00 00 00"]]),
        ],
    ),
    "Øvre Sandnes",
    (2024, 2027),
    (
        Expected("1", "Språktrening på arbeidsplassen", "NAV", "1.9.2024", ("NAV",)),
        Expected("2", "Flyktningguide", "Kultur og frivillighet", "Fortløpende", ("Kultur og frivillighet",)),
    ),
)

# 10. A table whose rows of goals reach over its whole width, with columns in an unusual order.
GOAL_ROWS = OwnPlan(
    Made(
        [
            Heading(1, "Temaplan psykisk helse 2025-2028"),
            Line("Granli kommune"),
            Heading(1, "Handlingsdel"),
            Grid(
                [
                    ["Tidsplan", "Ansvarlig", "Aktivitet/tiltak", "Finansiering", "Nr."],
                    [Wide("Mål 1 Tidlig hjelp til barn og unge", columns=5)],
                    ["2025", "Barne- og familietjenesten", "Lavterskel samtaletilbud", "Tilskudd", "1"],
                    ["2026, 2. kvartal", "Helsestasjonen og PPT", "Foreldrekurs", "Innenfor ramme", "2"],
                    [Wide("Mål 2 Trygge overganger", columns=5)],
                    ["Løpende", "Psykisk helse og rus,\nNAV", "Felles rutine ved utskriving", "", "3"],
                ],
                widths=(2, 3, 3, 2, 1),
            ),
        ],
    ),
    "Granli",
    (2025, 2028),
    (
        Expected(
            "1",
            "Lavterskel samtaletilbud",
            "Barne- og familietjenesten",
            "2025",
            ("Barne- og familietjenesten",),
            goal="1",
        ),
        Expected("2", "Foreldrekurs", "Helsestasjonen og PPT", "2026, 2. kvartal", ("Helsestasjonen", "PPT"), goal="1"),
        Expected(
            "3",
            "Felles rutine ved utskriving",
            "Psykisk helse og rus, NAV",
            "Løpende",
            ("Psykisk helse og rus", "NAV"),
            goal="2",
        ),
    ),
    ("docx", "pdf", "xlsx"),
)

OWN_PLANS = {
    "nynorsk": NYNORSK,
    "across pages": ACROSS_PAGES,
    "across pages with its head repeated": ACROSS_PAGES_WITH_HEAD,
    "abbreviations": ABBREVIATIONS,
    "plain list": PLAIN_LIST,
    "school": SCHOOL,
    "wide": WIDE,
    "prose with labels": PROSE_WITH_LABELS,
    "without head": WITHOUT_HEAD,
    "forms": FORMS,
    "goal rows": GOAL_ROWS,
}
