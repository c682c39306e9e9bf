"""More plans of one subject each, in layouts of their own. Municipalities and facts are invented."""

from docx.document import Document

from tests.plan.documents.made import Grid, Heading, Items, Line, Made, Wide, as_pdf, as_word, as_workbook
from tests.plan.documents.towns.truth import M, Town
from tests.plan.documents.towns.word_plans import PROSE, bold, table, written

# Barnefattigdom: each measure a heading and a text in which a sentence says who and when.
_POVERTY_TEXTS = (
    (
        "1",
        "BUA utstyrssentral",
        "Utstyrssentralen åpnes i det gamle biblioteket. Ansvarlig er Kultur og fritid, og fristen er 1.6.2025.",
        "Kultur og fritid",
        "1.6.2025",
    ),
    (
        "2",
        "Aktivitetskort for alle barn",
        "Alle barn får et kort med verdi 1 000 kroner i halvåret. Ansvarlig er NAV, og fristen er høsten 2025.",
        "NAV",
        "høsten 2025",
    ),
    (
        "3",
        "Gratis skolemåltid",
        "Ordningen prøves ut på to skoler. Ansvarlig er Skolesjefen, og fristen er skoleåret 2026/27.",
        "Skolesjefen",
        "skoleåret 2026/27",
    ),
)


def _poverty(document: Document) -> None:
    document.add_heading("Handlingsplan mot barnefattigdom 2025–2028", 0)
    document.add_paragraph("Rossvik kommune")
    document.add_heading("Dagens situasjon", 1)
    document.add_paragraph(PROSE)
    table(document, (("År", "Andel barn i lavinntekt"), ("2020", "9,1 %"), ("2023", "10,4 %")))
    document.add_heading("Tiltak", 1)
    for number, title, text, _, _ in _POVERTY_TEXTS:
        document.add_heading(f"Tiltak {number} – {title}", 2)
        document.add_paragraph(text)
    document.add_heading("Økonomi", 1)
    document.add_paragraph("Planen finansieres innenfor rammene til enhetene.")


POVERTY = Town(
    "barnefattigdom.docx",
    written(_poverty),
    "Handlingsplan mot barnefattigdom",
    "Rossvik",
    (2025, 2028),
    tuple(M(ref, title, owner, due) for ref, title, _, owner, due in _POVERTY_TEXTS),
)


# Demensplan, nynorsk: one table under each aim, with questions as heads.
_DEMENTIA = Made(
    (
        Heading(1, "Demensplan 2025–2029"),
        Line("Solfjord kommune"),
        Line(PROSE),
        Heading(2, "Delmål 1: Tidleg utgreiing"),
        Grid(
            (
                ("Kva", "Korleis", "Kven har ansvar", "Når"),
                ("Hukommelsesteam i heile kommunen", "To stillingar, jf. kap. 3", "Leiar heimetenesta", "Haust 2025"),
                ("Samarbeid med fastlegane", "Fire møte i året", "Kommuneoverlegen", "Fortløpande"),
            )
        ),
        Heading(2, "Delmål 2: Gode dagar"),
        Grid(
            (
                ("Kva", "Korleis", "Kven har ansvar", "Når"),
                ("Dagaktivitetstilbod på gard", "Avtale med gardbrukar", "Bu- og servicetenesta", "Innan 01.09.26"),
                ("Aktivitetsvenn", "Kurs for frivillige", "Frivilligsentralen", "Medio 2026"),
                ("Pårørandeskule", "Kvar haust", "Hukommelsesteamet", "Årleg"),
            )
        ),
        Heading(2, "Rullering"),
        Line("Planen skal reviderast kvart fjerde år."),
    ),
)
DEMENTIA = Town(
    "demensplan.docx",
    lambda: as_word(_DEMENTIA),
    "Demensplan",
    "Solfjord",
    (2025, 2029),
    (
        M(None, "Hukommelsesteam i heile kommunen", "Leiar heimetenesta", "Haust 2025", goal="Tidleg utgreiing"),
        M(None, "Samarbeid med fastlegane", "Kommuneoverlegen", "Fortløpande", goal="Tidleg utgreiing"),
        M(None, "Dagaktivitetstilbod på gard", "Bu- og servicetenesta", "Innan 01.09.26", goal="Gode dagar"),
        M(None, "Aktivitetsvenn", "Frivilligsentralen", "Medio 2026", goal="Gode dagar"),
        M(None, "Pårørandeskule", "Hukommelsesteamet", "Årleg", goal="Gode dagar"),
    ),
    (("revision", ()),),
)


# Landbruk: strategies in merged cells, terms in words with a legend below.
_FARMING = Made(
    (
        Heading(1, "Landbruksplan for Tveitdal kommune 2025–2035"),
        Heading(2, "Status for landbruket"),
        Grid((("Produksjon", "Antall bruk", "Dekar"), ("Melk", "23", "4 100"), ("Sau", "41", "2 900"))),
        Heading(2, "Strategier og tiltak"),
        Grid(
            (
                ("Strategi", "Tiltak", "Ansvar", "Samarbeidspartnere", "Tidshorisont"),
                (Wide("Ta vare på matjorda", rows=2), "Jordvernstrategi", "Landbrukskontoret", "Bondelaget", "K"),
                ("Kartlegge jord i drift", "Landbrukskontoret", "NIBIO", "M"),
                (
                    Wide("Rekruttere unge bønder", rows=2),
                    "Mentorordning",
                    "Næringssjefen",
                    "Tveitdal bondelag",
                    "2026",
                ),
                ("Velkomstmøte for nye eiere", "Ordfører", "", "Årlig"),
            )
        ),
        Line("K = kort sikt (1–2 år), M = mellomlang sikt (3–5 år), L = lang sikt"),
    ),
)
FARMING = Town(
    "landbruk.docx",
    lambda: as_word(_FARMING),
    "Landbruksplan for Tveitdal kommune",
    "Tveitdal",
    (2025, 2035),
    (
        M(None, "Jordvernstrategi", "Landbrukskontoret", "K", goal="Ta vare på matjorda"),
        M(None, "Kartlegge jord i drift", "Landbrukskontoret", "M", goal="Ta vare på matjorda"),
        M(None, "Mentorordning", "Næringssjefen", "2026", goal="Rekruttere unge bønder"),
        M(None, "Velkomstmøte for nye eiere", "Ordfører", "Årlig", goal="Rekruttere unge bønder"),
    ),
)


# Kompetanse: the months of one year as columns with a cross.
SKILLS = Town(
    "Kompetanseplan 2025.xlsx",
    lambda: as_workbook(
        {
            "Plan": (
                ("Kompetanseplan 2025 – Haugvik kommune",),
                (None,),
                ("Tiltak", "Målgruppe", "Ansvarlig", "Jan", "Feb", "Mar", "Apr", "Mai", "Jun", "Kostnad"),
                ("Førstehjelp for alle ansatte", "Alle", "HMS-rådgiver", None, "x", None, None, None, None, 40_000),
                ("Lederskole", "Mellomledere", "HR-sjef", "x", "x", "x", "x", "x", "x", 150_000),
                ("Fagdag velferdsteknologi", "Hjemmetjenesten", "Fagkoordinator", None, None, None, None, "x", None, 0),
            )
        }
    ),
    "Kompetanseplan",
    "Haugvik",
    (2025, 2025),
    (
        M(None, "Førstehjelp for alle ansatte", "HMS-rådgiver", due="2025-02-28", costs=((None, 40_000),)),
        M(None, "Lederskole", "HR-sjef", due="2025-06-30", costs=((None, 150_000),)),
        M(None, "Fagdag velferdsteknologi", "Fagkoordinator", due="2025-05-31", costs=((None, 0),)),
    ),
)


# Boligsosial: a sheet for each goal, money of several years in one cell, status of last year.
HOMES = Town(
    "boligsosial.xlsx",
    lambda: as_workbook(
        {
            "Om planen": (
                ("Boligsosial handlingsplan 2025-2028",),
                ("Kystvåg kommune",),
                ("Planen er rullert av formannskapet 4.3.2025",),
            ),
            "Mål 1 Egnet bolig": (
                ("Tiltaksnr", "Tiltak", "Eier", "Medvirkende", "Tidsplan", "Økonomi", "Status pr. 1.1.2025"),
                (
                    "1.1",
                    "Kjøpe åtte gjennomgangsboliger",
                    "Eiendomssjef",
                    "NAV",
                    "2025-26",
                    "2025: 4 mill. 2026: 4 mill.",
                    "Ny",
                ),
                ("1.2", "Leie før eie med Husbanken", "Boligkontoret", "Husbanken", "fom. aug 2025", "", "Påbegynt"),
            ),
            "Mål 2 Oppfølging": (
                ("Tiltaksnr", "Tiltak", "Eier", "Medvirkende", "Tidsplan", "Økonomi", "Status pr. 1.1.2025"),
                ("2.1", "Booppfølging på kveld", "Leder psykisk helse", "", "Q4 2025", "500'", "Ny"),
                ("2.2", "Rutine ved utkastelse", "NAV-leder", "Namsmannen", "31/12-25", "Innenfor rammen", "Ny"),
                ("2.3", "Boskole", "Flyktningtjenesten", "", "H25/V26", "kr 60 000,-", "Utgår"),
            ),
        }
    ),
    "Boligsosial handlingsplan",
    "Kystvåg",
    (2025, 2028),
    (
        M(
            "1.1",
            "Kjøpe åtte gjennomgangsboliger",
            "Eiendomssjef",
            "2025-26",
            costs=((2025, 4_000_000), (2026, 4_000_000)),
            goal="Egnet bolig",
        ),
        M("1.2", "Leie før eie med Husbanken", "Boligkontoret", "fom. aug 2025", goal="Egnet bolig"),
        M(
            "2.1",
            "Booppfølging på kveld",
            "Leder psykisk helse",
            "Q4 2025",
            costs=((None, 500_000),),
            goal="Oppfølging",
        ),
        M("2.2", "Rutine ved utkastelse", "NAV-leder", "31/12-25", goal="Oppfølging"),
        M("2.3", "Boskole", "Flyktningtjenesten", "H25/V26", costs=((None, 60_000),), goal="Oppfølging"),
    ),
)


# Hovedplan vann: amounts in millions under years, one owner stated for the whole table.
_WATER = Made(
    (
        Heading(1, "Hovedplan vann og avløp 2025–2028"),
        Line("Elvebakken kommune"),
        Line(PROSE),
        Heading(2, "Handlingsplan"),
        Line("Alle beløp i mill. kroner. Teknisk er ansvarlig for alle tiltakene."),
        Grid(
            (
                ("Tiltak nr.", "Tiltak", "2025", "2026", "2027", "2028", "Sum"),
                ("V1", "Reservevannkilde Storvatnet", "1,5", "6,0", "", "", "7,5"),
                ("V2", "Nytt høydebasseng", "", "", "12,0", "3,0", "15,0"),
                ("A1", "Separering i Fabrikkgata", "2,2", "", "", "", "2,2"),
                ("", "Sum", "3,7", "6,0", "12,0", "3,0", "24,7"),
            ),
            widths=(2, 6, 2, 2, 2, 2, 2),
        ),
    ),
)
WATER = Town(
    "vann.pdf",
    lambda: as_pdf(_WATER),
    "Hovedplan vann og avløp",
    "Elvebakken",
    (2025, 2028),
    (
        M("V1", "Reservevannkilde Storvatnet", costs=((2025, 1_500_000), (2026, 6_000_000))),
        M("V2", "Nytt høydebasseng", costs=((2027, 12_000_000), (2028, 3_000_000))),
        M("A1", "Separering i Fabrikkgata", costs=((2025, 2_200_000),)),
    ),
)


# Kultur: bullets under aims, with owner and year in a bracket.
_CULTURE = Made(
    (
        Heading(1, "Kulturplan 2026–2029"),
        Line("Bergnes kommune"),
        Line(PROSE),
        Heading(2, "Vårt kulturliv i dag"),
        Items(("Biblioteket har 31 000 besøk i året", "Kulturskolen har 210 elever")),
        Heading(2, "Mål 1: Alle barn møter kunst"),
        Line("Slik gjør vi det:"),
        Items(
            (
                "Vi lager en lokal kulturell skolesekk (Ansvar: Kultur, frist: 2026)",
                "Vi tilbyr instrument til låns (Ansvar: Kulturskolen, frist: høsten 2026)",
            )
        ),
        Heading(2, "Mål 2: Frivilligheten vokser"),
        Line("Slik gjør vi det:"),
        Items(
            (
                "Vi holder et dugnadsforum hver vår (Ansvar: Frivilligsentralen, frist: årlig)",
                "Vi rydder i tilskuddene (Ansvar: Kultur, frist: Q1 2027)",
            )
        ),
    ),
)
CULTURE = Town(
    "kultur.pdf",
    lambda: as_pdf(_CULTURE),
    "Kulturplan",
    "Bergnes",
    (2026, 2029),
    (
        M(None, "Vi lager en lokal kulturell skolesekk", "Kultur", "2026", goal="Alle barn møter kunst"),
        M(None, "Vi tilbyr instrument til låns", "Kulturskolen", "høsten 2026", goal="Alle barn møter kunst"),
        M(None, "Vi holder et dugnadsforum hver vår", "Frivilligsentralen", "årlig", goal="Frivilligheten vokser"),
        M(None, "Vi rydder i tilskuddene", "Kultur", "Q1 2027", goal="Frivilligheten vokser"),
    ),
)


# Smart kommune: English loan heads, and what became of the former plan.
def _smart(document: Document) -> None:
    document.add_heading("Digitaliseringsstrategi med handlingsplan 2025–2027", 0)
    document.add_paragraph("Nyland kommune")
    document.add_heading("Evaluering av forrige handlingsplan", 1)
    table(
        document,
        (
            ("Action", "Owner", "Deadline", "Resultat"),
            ("Nye nettsider", "Kommunikasjon", "2022", "Levert"),
            ("Chatbot", "Servicesenter", "2023", "Stoppet"),
        ),
    )
    document.add_heading("Handlingsplan", 1)
    bold(document, "Brukerorientering")
    table(
        document,
        (
            ("ID", "Action", "Owner", "Deadline", "Deliverable", "Budget"),
            ("A1", "Én innbyggerportal", "Servicesenter", "Q2 2026", "Portal i drift", "700 000"),
            ("A2", "Klart språk i alle brev", "Kommunikasjon", "Ultimo 2025", "Maler", "0"),
        ),
    )
    bold(document, "Data")
    table(
        document,
        (
            ("ID", "Action", "Owner", "Deadline", "Deliverable", "Budget"),
            ("A3", "Datakatalog", "IKT", "2025/2026", "Katalog", "1,2 mill"),
            ("A4", "Sensorer i vannmålere", "Teknisk / IKT", "Innen 2 år", "1 500 målere", "3 mill. kr"),
        ),
    )


SMART = Town(
    "digitalisering.docx",
    written(_smart),
    "Digitaliseringsstrategi med handlingsplan",
    "Nyland",
    (2025, 2027),
    (
        M("A1", "Én innbyggerportal", "Servicesenter", "Q2 2026", costs=((None, 700_000),)),
        M("A2", "Klart språk i alle brev", "Kommunikasjon", "Ultimo 2025", costs=((None, 0),)),
        M("A3", "Datakatalog", "IKT", "2025/2026", costs=((None, 1_200_000),)),
        M("A4", "Sensorer i vannmålere", "Teknisk / IKT", "Innen 2 år", ("Teknisk", "IKT"), ((None, 3_000_000),)),
    ),
)


# Kriseplan for skolemiljø: number and title under one head, footnote marks, and owners by role.
def _school(document: Document) -> None:
    document.add_heading("Plan for et trygt skolemiljø 2025-2026", 0)
    document.add_paragraph("Åsmarka kommune – vedtatt i utvalg for oppvekst")
    document.add_heading("Tiltak", 1)
    made = table(
        document,
        (
            ("Nr./tiltak", "Hvem", "Innen", "Oppfølging"),
            ("1. Trivselsledere i friminuttene", "Sosiallærer", "Uke 34", "FAU orienteres"),
            ("2. Innsatsteam mot mobbing", "Rektor og PPT", "1. oktober 2025", "Månedlig"),
            ("3. Elevundersøkelsen på 5.–10. trinn", "Kontaktlærer", "Nov/des 2025", "Skolemiljøutvalget"),
            ("4. Besøk av MOT", "Rektor", "V-26", ""),
        ),
    )
    mark = made.cell(2, 0).paragraphs[0].add_run("1")
    mark.font.superscript = True
    document.add_paragraph("1 Teamet bistår alle skoler.")


SCHOOL = Town(
    "skolemiljo.docx",
    written(_school),
    "Plan for et trygt skolemiljø",
    "Åsmarka",
    (2025, 2026),
    (
        M("1", "Trivselsledere i friminuttene", "Sosiallærer", "Uke 34"),
        M("2", "Innsatsteam mot mobbing", "Rektor og PPT", "1. oktober 2025", units=("Rektor", "PPT")),
        M("3", "Elevundersøkelsen på 5.–10. trinn", "Kontaktlærer", "Nov/des 2025"),
        M("4", "Besøk av MOT", "Rektor", "V-26"),
    ),
)


MORE_OFFICE_PLANS = {
    "poverty": POVERTY,
    "dementia": DEMENTIA,
    "farming": FARMING,
    "skills": SKILLS,
    "homes": HOMES,
    "water": WATER,
    "culture": CULTURE,
    "smart": SMART,
    "skolemiljo": SCHOOL,
}
