"""Plans of one subject each, as the office that owns the subject writes them. Municipalities and facts are invented."""

from docx.document import Document

from tests.plan.documents.made import Grid, Heading, Items, Line, Made, Wide, as_pdf, as_word, as_workbook
from tests.plan.documents.towns.truth import M, Town
from tests.plan.documents.towns.word_plans import PROSE, bold, table, written


def _italic(document: Document, text: str) -> None:
    document.add_paragraph().add_run(text).italic = True


# Rusmiddelpolitisk handlingsplan: the rules for licences first, the measures at the back under rows that group them.
_ALCOHOL = Made(
    (
        Heading(1, "Rusmiddelpolitisk handlingsplan 2024–2028"),
        Line("Fjordvik kommune"),
        Line("Vedtatt av kommunestyret 20.06.2024, sak 41/24"),
        Heading(2, "1 Innledning"),
        Line(PROSE),
        Heading(2, "2 Lovgrunnlag"),
        Line("Alkoholloven § 1-7d pålegger kommunen å utarbeide en alkoholpolitisk handlingsplan."),
        Heading(2, "3 Salgs- og skjenketider"),
        Grid(
            (
                ("Type", "Hverdager", "Dag før helligdag"),
                ("Salg gruppe 1", "08.00–20.00", "08.00–18.00"),
                ("Skjenking gruppe 1 og 2", "08.00–01.00", "08.00–02.00"),
            )
        ),
        Line("Bevilling gis for fire år, og senest til 30. september året etter at nytt kommunestyre tiltrer."),
        Heading(2, "4 Status for bevillinger"),
        Grid((("År", "Salg", "Skjenking", "Ambulerende"), ("2021", "7", "11", "3"), ("2023", "8", "12", "4"))),
        Heading(2, "5 Mål"),
        Items(
            (
                "Barn og unge skal vokse opp uten skader av rusmidler",
                "Salg og skjenking skal skje etter loven",
            )
        ),
        Heading(2, "6 Tiltaksplan"),
        Grid(
            (
                ("Tiltak", "Ansvarlig", "Når", "Ressurser"),
                (Wide("Forebygging blant barn og unge", 4),),
                (
                    "Ungdata gjennomføres på ungdomstrinnet og i videregående skole",
                    "Folkehelsekoordinator",
                    "Hvert tredje år, første gang V26",
                    "Dekkes innenfor eksisterende budsjett",
                ),
                ("Foreldremøter om rus på 8. trinn (jf. kap. 3)", "Rektor", "H-25", "kr 15 000 per år"),
                ("MOT-program i alle klasser på ungdomstrinnet", "Ungdomsskolene", "Løpende fra 2024", "120 000,-"),
                (Wide("Salg og skjenking", 4),),
                ("Ansvarlig vertskap-kurs for alle skjenkesteder", "Skatt og salg", "Q2 2025", "Egenfinansieres"),
                ("Skjenkekontroll minst tre ganger per sted i året", "Kommuneadvokaten", "Årlig", "kr 85 000"),
                (Wide("Tidlig innsats", 4),),
                ("Rutine for samtale om rus i svangerskapet", "Jordmortjenesten", "31/12-25", ""),
                ("Ruskontrakt som alternativ til bot", "SLT-koordinator", "Ultimo 2026", "Innenfor rammen"),
            )
        ),
        Heading(2, "7 Evaluering"),
        Line("Planen rulleres i 2028."),
    ),
)
ALCOHOL = Town(
    "rusmiddelpolitisk_plan.docx",
    lambda: as_word(_ALCOHOL),
    "Rusmiddelpolitisk handlingsplan",
    "Fjordvik",
    (2024, 2028),
    (
        M(
            None,
            "Ungdata gjennomføres på ungdomstrinnet og i videregående skole",
            "Folkehelsekoordinator",
            "Hvert tredje år, første gang V26",
            category="Forebygging blant barn og unge",
        ),
        M(None, "Foreldremøter om rus på 8. trinn (jf. kap. 3)", "Rektor", "H-25", costs=((None, 15_000),)),
        M(
            None,
            "MOT-program i alle klasser på ungdomstrinnet",
            "Ungdomsskolene",
            "Løpende fra 2024",
            costs=((None, 120_000),),
        ),
        M(None, "Ansvarlig vertskap-kurs for alle skjenkesteder", "Skatt og salg", "Q2 2025"),
        M(
            None,
            "Skjenkekontroll minst tre ganger per sted i året",
            "Kommuneadvokaten",
            "Årlig",
            costs=((None, 85_000),),
        ),
        M(None, "Rutine for samtale om rus i svangerskapet", "Jordmortjenesten", "31/12-25"),
        M(None, "Ruskontrakt som alternativ til bot", "SLT-koordinator", "Ultimo 2026"),
    ),
    (("revision", ()),),
)


# Vold i nære relasjoner: "Tiltak 1 – name" with running text, and a table at the end that repeats every measure.
_VIOLENCE_ROWS = (
    ("1", "Handlingsveileder for ansatte", "Barnevernstjenesten", "1. mars 2025"),
    ("2", "Kurs i den viktige samtalen", "Oppvekstsjefen", "Q4 2025"),
    ("3", "Samarbeidsavtale med krisesenteret", "Leder NAV", "Innen 2 år"),
    ("4", "Informasjon på kommunens nettsider", "Servicetorget", "Strakstiltak"),
    ("5", "Traumebevisst tilnærming i barnehagene", "Virksomhetsleder barnehage v/ pedagogisk team", "Høsten 2026"),
)


def _violence(document: Document) -> None:
    document.add_heading("Handlingsplan mot vold i nære relasjoner", 0)
    document.add_paragraph("Granheim kommune 2025 – 2028")
    document.add_heading("Innhold", 1)
    for line in ("1 Bakgrunn\t3", "2 Begreper\t4", "3 Tiltak\t6", "4 Oppsummering av tiltak\t9"):
        document.add_paragraph(line)
    document.add_heading("1 Bakgrunn", 1)
    document.add_paragraph(PROSE)
    document.add_heading("2 Begreper", 1)
    for line in ("Fysisk vold: slag, spark og lugging", "Psykisk vold: trusler og kontroll"):
        document.add_paragraph(line, style="List Bullet")
    document.add_heading("3 Tiltak", 1)
    texts = (
        "Mange er usikre på hva de skal gjøre når de får mistanke. Veilederen beskriver trinn for trinn hvem som gjør "
        "hva, og revideres hvert år.",
        "Ansatte i skole og barnehage får opplæring i å snakke med barn om vanskelige tema.",
        "Kommunen kjøper plasser av Indre krisesenter. Avtalen skal beskrive oppfølging etter opphold.",
        "Telefonnumre og råd skal finnes på flere språk.",
        "Barnehagene innfører felles rutiner, og veiledes av pedagogisk-psykologisk tjeneste.",
    )
    for (number, title, owner, due), text in zip(_VIOLENCE_ROWS, texts, strict=True):
        document.add_heading(f"Tiltak {number} – {title}", 2)
        document.add_paragraph(text)
        _italic(document, f"Ansvarlig: {owner}")
        _italic(document, f"Frist: {due}")
    document.add_heading("4 Oppsummering av tiltak", 1)
    table(document, (("Nr", "Tiltak", "Ansvarlig", "Frist"), *_VIOLENCE_ROWS))
    document.add_heading("Hvor kan du få hjelp", 1)
    table(document, (("Tjeneste", "Telefon"), ("Legevakt", "116 117"), ("Alarmtelefonen", "116 111")))


VIOLENCE = Town(
    "vold.docx",
    written(_violence),
    "Handlingsplan mot vold i nære relasjoner",
    "Granheim",
    (2025, 2028),
    tuple(
        M(*row, units=("Virksomhetsleder barnehage", "pedagogisk team") if "v/" in row[2] else None)
        for row in _VIOLENCE_ROWS
    ),
)


# Trafikksikkerhetsplan: physical measures with place and cost in thousands, campaigns, and what became of the old plan.
_TRAFFIC = Made(
    (
        Heading(1, "Trafikksikkerhetsplan for Myrdal kommune 2025-2029"),
        Line(PROSE),
        Heading(2, "Ulykkessituasjonen"),
        Grid((("År", "Drept", "Hardt skadd", "Lettere skadd"), ("2020", "0", "2", "7"), ("2021", "1", "1", "5"))),
        Heading(2, "Evaluering av forrige plan"),
        Grid(
            (
                ("Tiltak", "Ansvar", "Status", "Kommentar"),
                ("Gatelys Elvebakken", "Teknisk", "Gjennomført", "2022"),
                ("Gangfelt ved kirka", "Statens vegvesen", "Ikke gjennomført", "Avslått"),
            )
        ),
        Heading(2, "Holdningsskapende tiltak"),
        Grid(
            (
                ("Nr.", "Tiltak", "Ansvarlig", "Tidspunkt", "Kostnad"),
                ("H1", "Sykkelopplæring på 6. trinn", "Skolene", "Medio mai", "20.000 kr"),
                ("H2", "Refleksaksjon", "Barnehagene og FAU", "Uke 42", "Innenfor drift"),
                ("H3", "Trafikksikker kommune – regodkjenning", "Kommunedirektøren", "2026", "-"),
            )
        ),
        Heading(2, "Fysiske tiltak"),
        Line("Kostnad i 1000 kr."),
        Grid(
            (
                ("Prioritet", "Veg", "Sted/strekning", "Tiltak", "Kostnad (i 1000)", "Ansvarlig"),
                ("1", "Fv. 714", "Kroken – skolen", "Gang- og sykkelveg", "4 500", "Trøndelag fylkeskommune"),
                ("2", "Kv. 12", "Åsvegen", "Fartshumper", "150", "Teknisk drift"),
                ("3", "Kv. 3", "Sentrum", "Opphøyd gangfelt", "320", "Teknisk drift"),
                ("4", "E6", "Myrdal sør", "Busslomme og belysning", "1 800", "Statens vegvesen"),
            ),
            widths=(2, 2, 3, 4, 2, 3),
        ),
    ),
)
TRAFFIC = Town(
    "trafikksikkerhet.docx",
    lambda: as_word(_TRAFFIC),
    "Trafikksikkerhetsplan for Myrdal kommune",
    "Myrdal",
    (2025, 2029),
    (
        M("H1", "Sykkelopplæring på 6. trinn", "Skolene", "Medio mai", costs=((None, 20_000),)),
        M("H2", "Refleksaksjon", "Barnehagene og FAU", "Uke 42", units=("Barnehagene", "FAU")),
        M("H3", "Trafikksikker kommune – regodkjenning", "Kommunedirektøren", "2026"),
        M(None, "Gang- og sykkelveg", "Trøndelag fylkeskommune", costs=((None, 4_500_000),), priority=1),
        M(None, "Fartshumper", "Teknisk drift", costs=((None, 150_000),), priority=2),
        M(None, "Opphøyd gangfelt", "Teknisk drift", costs=((None, 320_000),), priority=3),
        M(None, "Busslomme og belysning", "Statens vegvesen", costs=((None, 1_800_000),), priority=4),
    ),
)


# Folkehelseplan: strategies as paragraphs, each with sentences that are the measures and an owner in italics after.
def _health(document: Document) -> None:
    document.add_heading("Folkehelseplan 2024–2027", 0)
    document.add_paragraph("Storskog kommune")
    document.add_heading("Forord", 1)
    document.add_paragraph("Kommunen skal være et godt sted å leve hele livet. " + PROSE)
    document.add_heading("Utfordringsbildet", 1)
    document.add_paragraph("Andelen ensomme har økt fra 14 til 19 prosent siden 2017.")
    document.add_heading("Satsingsområde 1: Sosial støtte", 1)
    bold(document, "Mål: Færre skal være ensomme")
    document.add_paragraph("Strategi: Skape møteplasser på tvers av generasjoner")
    document.add_paragraph("Kommunen skal etablere en møteplass for eldre og barnehagebarn på Solsia.")
    _italic(document, "Ansvarlig: Enhet for hjemmetjenester. Frist: 2025")
    document.add_paragraph("Kommunen skal innføre aktivitetsvenner i alle grender.")
    _italic(document, "Ansvarlig: Frivilligsentralen. Frist: Løpende fra 2024")
    document.add_heading("Satsingsområde 2: Aktivt liv", 1)
    bold(document, "Mål: Flere skal være i bevegelse hver dag")
    document.add_paragraph("Strategi: Gjøre det enkelt å gå og sykle")
    document.add_paragraph("Kommunen skal merke fem nærturer.")
    _italic(document, "Ansvarlig: Kultur og fritid. Frist: Innen sommeren 2025")
    document.add_paragraph("Kommunen skal søke om midler til sykkelparkering ved skolene.")
    _italic(document, "Ansvarlig: Plan og utvikling. Frist: Ved neste rullering")
    document.add_heading("Oppfølging", 1)
    document.add_paragraph("Planen skal rulleres hvert fjerde år.")


HEALTH = Town(
    "folkehelse.docx",
    written(_health),
    "Folkehelseplan",
    "Storskog",
    (2024, 2027),
    (
        M(
            None,
            "Kommunen skal etablere en møteplass for eldre og barnehagebarn på Solsia.",
            "Enhet for hjemmetjenester",
            "2025",
            goal="Færre skal være ensomme",
        ),
        M(
            None,
            "Kommunen skal innføre aktivitetsvenner i alle grender.",
            "Frivilligsentralen",
            "Løpende fra 2024",
            goal="Færre skal være ensomme",
        ),
        M(
            None,
            "Kommunen skal merke fem nærturer.",
            "Kultur og fritid",
            "Innen sommeren 2025",
            goal="Flere skal være i bevegelse hver dag",
        ),
        M(
            None,
            "Kommunen skal søke om midler til sykkelparkering ved skolene.",
            "Plan og utvikling",
            "Ved neste rullering",
            goal="Flere skal være i bevegelse hver dag",
        ),
    ),
    (("revision", ()),),
)


# SLT: the tables lie on their side, fields as rows and measures as columns.
def _slt(document: Document) -> None:
    document.add_heading("SLT-handlingsplan 2025-2026", 0)
    document.add_paragraph("Bjørkåsen kommune – samordning av lokale rus- og kriminalitetsforebyggende tiltak")
    document.add_heading("Organisering", 1)
    table(
        document,
        (("Nivå", "Hvem", "Møter"), ("Styringsgruppe", "Kommunedirektør, lensmann", "2 per år")),
    )
    document.add_heading("Innsatsområde 1: Trygt ungdomsmiljø", 1)
    table(
        document,
        (
            ("Tiltak", "Natteravner i sentrum", "Åpen ungdomsklubb fredager", "Bekymringssamtaler"),
            ("Beskrivelse", "Foreldre går i sentrum", "For 8. trinn til VG1", "Politi og hjem"),
            ("Ansvarlig", "FAU", "Kultur", "Politiet"),
            ("Frist", "Fra 1. september 2025", "H25", "Løpende"),
            ("Kostnad", "10 000", "180 000", "0"),
        ),
    )
    document.add_heading("Innsatsområde 2: Digital hverdag", 1)
    table(
        document,
        (
            ("Tiltak", "Foreldreguide om spill", "Nettvettkurs på mellomtrinnet"),
            ("Beskrivelse", "Brosjyre", "To skoletimer per klasse"),
            ("Ansvarlig", "SLT-koordinator", "Skolene"),
            ("Frist", "Uke 40 2025", "Vinteren 2026"),
            ("Kostnad", "5 000", "Innenfor rammen"),
        ),
    )


SLT = Town(
    "slt.docx",
    written(_slt),
    "SLT-handlingsplan",
    "Bjørkåsen",
    (2025, 2026),
    (
        M(
            None,
            "Natteravner i sentrum",
            "FAU",
            "Fra 1. september 2025",
            costs=((None, 10_000),),
            goal="Trygt ungdomsmiljø",
        ),
        M(None, "Åpen ungdomsklubb fredager", "Kultur", "H25", costs=((None, 180_000),), goal="Trygt ungdomsmiljø"),
        M(None, "Bekymringssamtaler", "Politiet", "Løpende", costs=((None, 0),), goal="Trygt ungdomsmiljø"),
        M(
            None,
            "Foreldreguide om spill",
            "SLT-koordinator",
            "Uke 40 2025",
            costs=((None, 5_000),),
            goal="Digital hverdag",
        ),
        M(None, "Nettvettkurs på mellomtrinnet", "Skolene", "Vinteren 2026", goal="Digital hverdag"),
    ),
)


# Nynorsk: one small table per measure, with what is to be done as a field of its own.
_MIND_CARDS = (
    ("1.1", "Lågterskeltilbod for ungdom", "Helsestasjonen", "Innan utgangen av 2025", "Ein dag i veka", "250 000 kr"),
    ("1.2", "Rask psykisk helsehjelp", "Leiar for psykisk helse og rus", "Haust 2026", "To stillingar", "1,4 mill."),
    ("2.1", "Bustad først", "NAV Nordre", "Fortløpande", "Tre bustader i året", "Innanfor budsjett"),
    ("2.2", "Aktivitetshus", "Kultureininga", "Våren 2027", "Leige av lokale", "400.000,-"),
)


def _mind(document: Document) -> None:
    document.add_heading("Plan for psykisk helse og rus 2025–2028", 0)
    document.add_paragraph("Høgdal kommune")
    document.add_heading("Kvifor ein plan", 1)
    document.add_paragraph("Planen bygger på medverknad frå brukarar og pårørande.")
    for chapter, goal, cards in (
        ("Born og unge", "Born og unge skal få hjelp tidleg", _MIND_CARDS[:2]),
        ("Vaksne", "Vaksne skal meistre eige liv", _MIND_CARDS[2:]),
    ):
        document.add_heading(chapter, 1)
        document.add_paragraph(f"Mål: {goal}")
        for ref, title, owner, due, how, cost in cards:
            table(
                document,
                (
                    (f"Tiltak {ref}", title),
                    ("Gjennomføring", how),
                    ("Ansvarleg", owner),
                    ("Tidsfrist", due),
                    ("Kostnad", cost),
                ),
            )
            document.add_paragraph()


MIND = Town(
    "psykisk_helse.docx",
    written(_mind),
    "Plan for psykisk helse og rus",
    "Høgdal",
    (2025, 2028),
    tuple(
        M(
            ref,
            title,
            owner,
            due,
            costs=costs,
            goal="Born og unge skal få hjelp tidleg" if ref < "2" else "Vaksne skal meistre eige liv",
        )
        for (ref, title, owner, due, _, _), costs in zip(
            _MIND_CARDS, (((None, 250_000),), ((None, 1_400_000),), (), ((None, 400_000),)), strict=True
        )
    ),
)


# Likestilling og mangfold: the duty to act, with risk, cause and aim beside the measure.
_EQUALITY = Made(
    (
        Heading(1, "Likestilling og mangfold"),
        Line("Handlingsplan for Sandnesøya kommune som arbeidsgiver 2025–2027"),
        Heading(2, "Tilstand for kjønnslikestilling"),
        Grid((("Stillingsgruppe", "Kvinner", "Menn", "Lønn i % av menns"), ("Ledere", "14", "11", "97"))),
        Heading(2, "Aktivitetsplikten"),
        Grid(
            (
                (
                    "Personalområde",
                    "Bakgrunn for tiltak",
                    "Beskrivelse av tiltak",
                    "Mål for tiltaket",
                    "Ansvarlig",
                    "Frist/status",
                ),
                (
                    "Rekruttering",
                    "Få søkere med innvandrerbakgrunn",
                    "Alle utlysninger får mangfoldserklæring",
                    "Flere søkere",
                    "HR-avdelingen",
                    "Primo 2025",
                ),
                (
                    "Lønn",
                    "Forskjeller i tekniske stillinger",
                    "Lønnskartlegging annethvert år",
                    "Lik lønn",
                    "HR-avdelingen, tillitsvalgte",
                    "Annethvert år",
                ),
                (
                    "Heltid",
                    "Mange i ufrivillig deltid",
                    "Årsturnus prøves ut på to sykehjem",
                    "70 % heltid",
                    "Enhetsleder sykehjem",
                    "1. halvår 2026",
                ),
                (
                    "Tilrettelegging",
                    "",
                    "Rutine for gravide arbeidstakere",
                    "",
                    "Alle ledere",
                    "I løpet av 2025",
                ),
            ),
        ),
    ),
)
EQUALITY = Town(
    "likestilling.docx",
    lambda: as_word(_EQUALITY),
    "Handlingsplan for Sandnesøya kommune som arbeidsgiver",
    "Sandnesøya",
    (2025, 2027),
    (
        M(None, "Alle utlysninger får mangfoldserklæring", "HR-avdelingen", "Primo 2025"),
        M(
            None,
            "Lønnskartlegging annethvert år",
            "HR-avdelingen, tillitsvalgte",
            "Annethvert år",
            units=("HR-avdelingen", "tillitsvalgte"),
        ),
        M(None, "Årsturnus prøves ut på to sykehjem", "Enhetsleder sykehjem", "1. halvår 2026"),
        M(None, "Rutine for gravide arbeidstakere", "Alle ledere", "I løpet av 2025", units=()),
    ),
)


# Idrett: facilities by priority with who applies, when, and how it is paid; finished ones on a sheet of their own.
SPORT = Town(
    "Handlingsprogram idrett 2025-2028.xlsx",
    lambda: as_workbook(
        {
            "Ordinære anlegg": (
                ("Prioriterte ordinære anlegg – Elvestad kommune", None, None, None, None, None, None),
                (None,),
                (
                    "Pri.",
                    "Anlegg",
                    "Søker/utbygger",
                    "Kostnad",
                    "Spillemidler",
                    "Egenandel kommune",
                    "Søknadsår",
                ),
                (1, "Kunstgress Elvestad stadion", "Elvestad IL", 8_200_000, 2_500_000, 1_000_000, 2025),
                (2, "Rehabilitering svømmehall", "Elvestad kommune", 14_000_000, 4_000_000, 10_000_000, 2026),
                (3, "Lysløype Tverrlia", "Tverrlia skilag", 1_900_000, 600_000, 250_000, 2027),
                ("Sum", None, None, 24_100_000, 7_100_000, 11_250_000, None),
            ),
            "Nærmiljøanlegg": (
                ("Pri.", "Anlegg", "Søker/utbygger", "Kostnad", "Spillemidler", "Egenandel kommune", "Søknadsår"),
                (1, "Ballbinge Moen skole", "FAU Moen", 450_000, 225_000, None, 2025),
                (2, "Sykkelløype Haugen", "Haugen velforening", 380_000, 190_000, 50_000, 2026),
            ),
            "Ferdigstilte anlegg": (
                ("Anlegg", "Ferdig", "Kostnad"),
                ("Skatepark sentrum", 2022, 2_100_000),
                ("Klatrevegg", 2023, 900_000),
            ),
        },
        {"Ordinære anlegg": ("A1:G1",)},
    ),
    None,
    "Elvestad",
    (2025, 2028),
    (
        M(
            None,
            "Kunstgress Elvestad stadion",
            "Elvestad IL",
            "2025",
            costs=((None, 8_200_000), (None, 1_000_000)),
            priority=1,
        ),
        M(
            None,
            "Rehabilitering svømmehall",
            "Elvestad kommune",
            "2026",
            costs=((None, 14_000_000), (None, 10_000_000)),
            priority=2,
        ),
        M(
            None,
            "Lysløype Tverrlia",
            "Tverrlia skilag",
            "2027",
            costs=((None, 1_900_000), (None, 250_000)),
            priority=3,
        ),
        M(
            None,
            "Ballbinge Moen skole",
            "FAU Moen",
            "2025",
            costs=((None, 450_000),),
            priority=1,
        ),
        M(
            None,
            "Sykkelløype Haugen",
            "Haugen velforening",
            "2026",
            costs=((None, 380_000), (None, 50_000)),
            priority=2,
        ),
    ),
)


# Vedlikehold: buildings as rows that group, amounts in thousands under years.
UPKEEP = Town(
    "vedlikeholdsplan.xlsx",
    lambda: as_workbook(
        {
            "Vedlikehold 2025-2028": (
                ("Vedlikeholdsplan kommunale bygg 2025–2028",),
                ("Lia kommune – beløp i hele tusen",),
                (None,),
                ("Bygg / tiltak", "Tilstandsgrad", "Ansvarlig", 2025, 2026, 2027, 2028),
                ("Lia barneskole", None, None, None, None, None, None),
                ("Skifte vinduer i fløy B", "TG3", "Eiendom", 650, 400, None, None),
                ("Male utvendig", "TG2", "Eiendom", None, None, 300, None),
                ("Rådhuset", None, None, None, None, None, None),
                ("Ny ventilasjon i 2. etasje", "TG3", "Eiendom", None, 1_250, None, None),
                ("Utbedre brannskiller", "TG3", "Brann og redning", 90, None, None, None),
                ("Sykehjemmet", None, None, None, None, None, None),
                ("Bytte tak", "TG2", "Eiendom", None, None, 1_000, 1_500),
                ("Sum", None, None, 740, 1_650, 1_300, 1_500),
            )
        }
    ),
    "Vedlikeholdsplan kommunale bygg",
    "Lia",
    (2025, 2028),
    (
        M(None, "Skifte vinduer i fløy B", "Eiendom", costs=((2025, 650_000), (2026, 400_000))),
        M(None, "Male utvendig", "Eiendom", costs=((2027, 300_000),)),
        M(None, "Ny ventilasjon i 2. etasje", "Eiendom", costs=((2026, 1_250_000),)),
        M(None, "Utbedre brannskiller", "Brann og redning", costs=((2025, 90_000),)),
        M(None, "Bytte tak", "Eiendom", costs=((2027, 1_000_000), (2028, 1_500_000))),
    ),
)


# Beredskap: what the risk analysis found, with the follow-up on a sheet of its own.
READINESS = Town(
    "beredskapsplan.xlsx",
    lambda: as_workbook(
        {
            "Forside": (
                ("Helhetlig ROS – oppfølgingsplan 2025-2028",),
                ("Vågsund kommune",),
                ("Behandlet i kommunestyret 12.12.2024",),
            ),
            "Risikomatrise": (
                ("Nr", "Uønsket hendelse", "Sannsynlighet", "Konsekvens", "Risiko"),
                (1, "Langvarig strømbrudd", 4, 4, 16),
                (2, "Kvikkleireskred", 2, 5, 10),
            ),
            "Oppfølging": (
                ("Hendelse", "Risikoreduserende tiltak", "Ansvarlig enhet", "Frist", "Status"),
                (
                    "1 Langvarig strømbrudd",
                    "Kjøpe aggregat til sykehjemmet",
                    "Teknisk",
                    "31.12.2025",
                    "Påbegynt",
                ),
                (None, "Øve evakuering av hjemmeboende", "Hjemmetjenesten", "Hvert annet år", "Ikke startet"),
                (
                    "2 Kvikkleireskred",
                    "Kartlegge skredfare i Vikabukta",
                    "Plan og byggesak / NVE",
                    "2025/2026",
                    "Bestilt",
                ),
                (
                    "3 Pandemi",
                    "Oppdatere smittevernplanen",
                    "Kommuneoverlegen",
                    "Q3 2025",
                    None,
                ),
            ),
        }
    ),
    "Helhetlig ROS – oppfølgingsplan",
    "Vågsund",
    (2025, 2028),
    (
        M(None, "Kjøpe aggregat til sykehjemmet", "Teknisk", "31.12.2025"),
        M(None, "Øve evakuering av hjemmeboende", "Hjemmetjenesten", "Hvert annet år"),
        M(
            None,
            "Kartlegge skredfare i Vikabukta",
            "Plan og byggesak / NVE",
            "2025/2026",
            units=("Plan og byggesak", "NVE"),
        ),
        M(None, "Oppdatere smittevernplanen", "Kommuneoverlegen", "Q3 2025"),
    ),
)


# IKT: projects with the four roles of a responsibility matrix and start and end.
DIGITAL = Town(
    "IKT-handlingsplan.xlsx",
    lambda: as_workbook(
        {
            "Prosjekter": (
                ("IKT-handlingsplan 2025–2027 for Nordmarka kommune",),
                (
                    "ID",
                    "Prosjekt",
                    "Ansvarlig (A)",
                    "Utfører (R)",
                    "Konsulteres (C)",
                    "Informeres (I)",
                    "Oppstart",
                    "Ferdig",
                    "Kost 2025",
                    "Kost 2026",
                ),
                (
                    "P-01",
                    "Ny sak- og arkivløsning",
                    "Organisasjonssjef",
                    "IKT-drift",
                    "Arkivet",
                    "Alle enheter",
                    "Q1 2025",
                    "Q4 2026",
                    "400'",
                    "250'",
                ),
                (
                    "P-02",
                    "Flerfaktor for alle ansatte",
                    "IKT-sjef",
                    "IKT-drift",
                    "Tillitsvalgte",
                    "Alle ansatte",
                    "Q1 2025",
                    "Q2 2025",
                    "60'",
                    None,
                ),
                (
                    "P-03",
                    "Digital hjemmeoppfølging",
                    "Helsesjef",
                    "Hjemmetjenesten",
                    "Fastlegene",
                    "Pårørende",
                    "Q3 2025",
                    "Q2 2027",
                    "150'",
                    "300'",
                ),
            ),
            "Begreper": (("Begrep", "Forklaring"), ("RACI", "Ansvarsmatrise"), ("SSO", "Felles pålogging")),
        }
    ),
    "IKT-handlingsplan 2025–2027 for Nordmarka kommune",
    "Nordmarka",
    (2025, 2027),
    (
        M(
            "P-01",
            "Ny sak- og arkivløsning",
            "Organisasjonssjef",
            costs=((2025, 400_000), (2026, 250_000)),
            due="2026-12-31",
        ),
        M("P-02", "Flerfaktor for alle ansatte", "IKT-sjef", costs=((2025, 60_000),), due="2025-06-30"),
        M(
            "P-03",
            "Digital hjemmeoppfølging",
            "Helsesjef",
            costs=((2025, 150_000), (2026, 300_000)),
            due="2027-06-30",
        ),
    ),
)


# Klimabudsjett: tonnes and kroner under the same years, with a head of two rows.
_CLIMATE = Made(
    (
        Heading(1, "Klimabudsjett 2025–2026"),
        Line("Strandby kommune"),
        Line(PROSE),
        Heading(2, "Utslipp i dag"),
        Grid((("Sektor", "2015", "2022"), ("Veitrafikk", "12 400", "10 900"), ("Jordbruk", "7 700", "7 600"))),
        Heading(2, "Tiltak"),
        Grid(
            (
                (
                    Wide("Nr", rows=2),
                    Wide("Tiltak", rows=2),
                    Wide("Utslippskutt (tonn CO2)", 2),
                    Wide("Kostnad (1000 kr)", 2),
                    Wide("Ansvarlig", rows=2),
                ),
                ("2025", "2026", "2025", "2026"),
                ("K1", "Elbiler i hjemmetjenesten", "40", "80", "300", "300", "Innkjøp"),
                ("K2", "Fossilfri byggeplass", "15", "30", "500", "700", "Eiendom"),
                ("K3", "Ladepunkt i Storgata", "5", "5", "250", "", "Teknisk"),
            ),
            widths=(1, 4, 2, 2, 2, 2, 2),
        ),
    ),
    is_landscape=True,
)
CLIMATE = Town(
    "klimabudsjett.pdf",
    lambda: as_pdf(_CLIMATE),
    "Klimabudsjett",
    "Strandby",
    (2025, 2026),
    (
        M("K1", "Elbiler i hjemmetjenesten", "Innkjøp", costs=((2025, 300_000), (2026, 300_000))),
        M("K2", "Fossilfri byggeplass", "Eiendom", costs=((2025, 500_000), (2026, 700_000))),
        M("K3", "Ladepunkt i Storgata", "Teknisk", costs=((2025, 250_000),)),
    ),
)


# HMS: what, who and when, and the wheel of the year, which is no measure.
_SAFETY = Made(
    (
        Heading(1, "HMS-handlingsplan 2025"),
        Line("Overordnet plan for Tindvik kommune"),
        Heading(2, "Årshjul"),
        Grid(
            (
                ("Måned", "Aktivitet"),
                ("Januar", "Årsmøte i AMU"),
                ("Mars", "Vernerunde"),
                ("Oktober", "Rapportering av sykefravær"),
            )
        ),
        Heading(2, "Handlingsplan"),
        Grid(
            (
                ("Hva skal gjøres", "Hvordan", "Hvem", "Når", "Utført"),
                (
                    "Kartlegge støy på verksted",
                    "Måling ved bedriftshelsetjenesten",
                    "Avdelingsleder teknisk",
                    "1.3.2025",
                    "",
                ),
                ("Grunnkurs for verneombud", "40 timer digitalt", "Hovedverneombud", "Innen 1. juni", ""),
                ("Risikovurdering av alenearbeid", "Felles skjema", "Enhetslederne", "V25", ""),
                ("Avvikssystem tas i bruk av alle", "Opplæring i personalmøter", "HR", "Strakstiltak", ""),
            ),
            widths=(4, 4, 3, 2, 2),
        ),
    ),
)
SAFETY = Town(
    "hms.pdf",
    lambda: as_pdf(_SAFETY),
    "HMS-handlingsplan",
    "Tindvik",
    (2025, 2025),
    (
        M(None, "Kartlegge støy på verksted", "Avdelingsleder teknisk", "1.3.2025"),
        M(None, "Grunnkurs for verneombud", "Hovedverneombud", "Innen 1. juni"),
        M(None, "Risikovurdering av alenearbeid", "Enhetslederne", "V25"),
        M(None, "Avvikssystem tas i bruk av alle", "HR", "Strakstiltak"),
    ),
)


# Integrering: every head in North Sámi and Norwegian.
_SETTLING = Made(
    (
        Heading(1, "Bosettings- og integreringsplan 2025–2028"),
        Line("Bákti suohkan / Berget kommune"),
        Line(PROSE),
        Heading(2, "Doaibmabijut / Tiltak"),
        Grid(
            (
                (
                    "Nr.",
                    "Doaibmabidju / Tiltak",
                    "Ovddasvástádus / Ansvarlig",
                    "Áigemearri / Frist",
                    "Gollu / Kostnad",
                ),
                ("1", "Norskopplæring på kveldstid", "Voksenopplæringen", "Høst 2025", "120 000"),
                ("2", "Språkpraksis i kommunale virksomheter", "NAV og alle enheter", "Kontinuerlig", ""),
                ("3", "Flyktningguider", "Røde Kors i samarbeid med flyktningtjenesten", "1.2.26", "30 000"),
                ("4", "Samisk språkkafé", "Biblioteket", "Hver måned", "15 000"),
            ),
            widths=(1, 4, 4, 2, 2),
        ),
    ),
)
SETTLING = Town(
    "integrering.pdf",
    lambda: as_pdf(_SETTLING),
    "Bosettings- og integreringsplan",
    "Berget",
    (2025, 2028),
    (
        M("1", "Norskopplæring på kveldstid", "Voksenopplæringen", "Høst 2025", costs=((None, 120_000),)),
        M(
            "2",
            "Språkpraksis i kommunale virksomheter",
            "NAV og alle enheter",
            "Kontinuerlig",
            units=("NAV",),
        ),
        M(
            "3",
            "Flyktningguider",
            "Røde Kors i samarbeid med flyktningtjenesten",
            "1.2.26",
            units=("Røde Kors", "flyktningtjenesten"),
            costs=((None, 30_000),),
        ),
        M("4", "Samisk språkkafé", "Biblioteket", "Hver måned", costs=((None, 15_000),)),
    ),
)


# Temaplan: short, middle and long term as columns with a cross, explained in a legend above the table.
_TERMS = Made(
    (
        Heading(1, "Temaplan naturmangfold med handlingsdel 2025–2036"),
        Line("Ytterholmen kommune"),
        Line(PROSE),
        Heading(2, "Handlingsdel"),
        Line("Kort sikt: 2025–2026. Mellomlang sikt: 2027–2030. Lang sikt: 2031–2036."),
        Grid(
            (
                ("Tiltak", "Ansvarlig", "Kort sikt", "Mellomlang sikt", "Lang sikt"),
                ("Kartlegge myr i kommuneskogen", "Landbrukskontoret", "x", "", ""),
                ("Fjerne fremmede arter langs elva", "Park og idrett", "x", "x", ""),
                ("Gjenåpne Kvernbekken", "Vann og avløp", "", "x", ""),
                ("Arealnøytral kommuneplan", "Planavdelingen", "", "", "x"),
            )
        ),
    ),
)
TERMS = Town(
    "naturmangfold.docx",
    lambda: as_word(_TERMS),
    "Temaplan naturmangfold med handlingsdel",
    "Ytterholmen",
    (2025, 2036),
    (
        M(None, "Kartlegge myr i kommuneskogen", "Landbrukskontoret", due="2026-12-31"),
        M(None, "Fjerne fremmede arter langs elva", "Park og idrett", due="2030-12-31"),
        M(None, "Gjenåpne Kvernbekken", "Vann og avløp", due="2030-12-31"),
        M(None, "Arealnøytral kommuneplan", "Planavdelingen", due="2036-12-31"),
    ),
)


OFFICE_PLANS = {
    "alcohol": ALCOHOL,
    "violence": VIOLENCE,
    "traffic": TRAFFIC,
    "health": HEALTH,
    "slt": SLT,
    "mind": MIND,
    "equality": EQUALITY,
    "sport": SPORT,
    "upkeep": UPKEEP,
    "readiness": READINESS,
    "digital": DIGITAL,
    "climate": CLIMATE,
    "safety": SAFETY,
    "settling": SETTLING,
    "terms": TERMS,
}
