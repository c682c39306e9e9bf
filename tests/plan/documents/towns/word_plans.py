"""Plans in Word as municipalities make them: each with what is in it. Municipalities and facts are invented."""

import io
from collections.abc import Callable, Sequence

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.table import Table, _Cell

from tests.plan.documents.made import Grid, Wide
from tests.plan.documents.towns.truth import M, Town

PROSE = (
    "Kommunen har over tid arbeidet systematisk med feltet. Innspill fra innbyggere, ansatte, råd og utvalg ligger til "
    "grunn for valgene, og tiltakene må ses i sammenheng med økonomiplanen."
)


def written(build: Callable[[Document], None]) -> Callable[[], bytes]:
    def data() -> bytes:
        document = docx.Document()
        document.core_properties.title = ""
        document.core_properties.author = ""
        build(document)
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()

    return data


def table(where: Document | _Cell, rows: Sequence[Sequence[str | Wide]]) -> Table:
    grid = Grid(rows)
    made = where.add_table(len(rows), grid.width)
    made.style = "Table Grid"
    for row, column, cell in grid.placed():
        target = made.cell(row, column)
        if cell.rows > 1 or cell.columns > 1:
            target = target.merge(made.cell(row + cell.rows - 1, column + cell.columns - 1))
        target.text = cell.text
    return made


def bold(document: Document, text: str) -> None:
    document.add_paragraph().add_run(text).bold = True


def bulleted(cell: _Cell, items: Sequence[str]) -> None:
    """A cell that is a list with Word's bullets, so that no sign stands in the text."""
    cell.paragraphs[0].text = items[0]
    cell.paragraphs[0].style = "List Bullet"
    for item in items[1:]:
        cell.add_paragraph(item, style="List Bullet")


def landscape(document: Document) -> None:
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width


# 1 Nynorsk; landscape tables with a row of title above the head; measures of the last plan and accidents are none.
def _traffic(d: Document) -> None:
    d.add_paragraph("TRAFIKKTRYGGINGSPLAN", style="Title")
    d.add_paragraph("2023–2026", style="Subtitle")
    d.add_paragraph("Sundfjord kommune")
    d.add_heading("Innhald", 1)
    for text in ("1 Innleiing\t3", "2 Ulukkessituasjonen\t4", "3 Evaluering av førre plan\t6", "4 Handlingsplan\t8"):
        d.add_paragraph(text)
    d.add_heading("1 Innleiing", 1)
    d.add_paragraph(PROSE)
    table(
        d,
        [
            ["Arbeidsgruppe", "Representerer"],
            ["Einingsleiar teknisk", "Administrasjonen"],
            ["Lensmannen", "Politiet"],
        ],
    )
    d.add_heading("2 Ulukkessituasjonen", 1)
    table(
        d,
        [
            ["År", "Drepne", "Hardt skadde", "Lettare skadde"],
            ["2020", "0", "2", "7"],
            ["2021", "1", "1", "4"],
            ["Sum", "1", "3", "11"],
        ],
    )
    d.add_heading("3 Evaluering av førre plan", 1)
    table(
        d,
        [
            ["Tiltak", "Ansvarleg", "Status"],
            ["Gangfelt ved Coop", "Teknisk", "Gjennomført"],
            ["Fartsdempar Skulevegen", "Teknisk", "Ikkje gjennomført"],
        ],
    )
    landscape(d)
    d.add_heading("4 Handlingsplan", 1)
    table(
        d,
        [
            [Wide("Fysiske tiltak", columns=6)],
            ["Nr", "Tiltak", "Ansvarleg", "Tidsplan", "Kostnad", "Finansiering"],
            ["F1", "Gang- og sykkelveg Bruland–skulen", "Teknisk og eigedom", "2024", "kr 2 500 000", "Kommunal/fylke"],
            ["F2", "Fartshumpar i Strandgata", "Teknisk og eigedom", "Hausten 2023", "80.000,-", "Drift"],
            ["F3", "Betre lys ved busstopp", "Statens vegvesen", "Innan utgangen av 2026", "", "Stat"],
        ],
    )
    d.add_paragraph("")
    table(
        d,
        [
            [Wide("Trafikantretta tiltak", columns=6)],
            ["Nr", "Tiltak", "Ansvarleg", "Tidsplan", "Kostnad", "Finansiering"],
            ["H1", "Refleksaksjon", "Skule og barnehage", "Kvart år i oktober", "10 000", "Trygg Trafikk"],
            ["H2", "Sykkelopplæring i 6. klasse", "Rektor", "Årleg", "", ""],
        ],
    )
    d.add_heading("5 Rullering", 1)
    d.add_paragraph("Handlingsplanen skal rullerast årleg i samband med budsjettet.")
    d.add_paragraph("Kommunestyret får ei statusmelding kvart år i mars.")


TRAFFIC = Town(
    "Trafikktryggingsplan.docx",
    written(_traffic),
    "TRAFIKKTRYGGINGSPLAN",
    "Sundfjord",
    (2023, 2026),
    (
        M("F1", "Gang- og sykkelveg Bruland–skulen", "Teknisk og eigedom", "2024", costs=((None, 2_500_000),)),
        M("F2", "Fartshumpar i Strandgata", "Teknisk og eigedom", "Hausten 2023", costs=((None, 80_000),)),
        M("F3", "Betre lys ved busstopp", "Statens vegvesen", "Innan utgangen av 2026"),
        M("H1", "Refleksaksjon", "Skule og barnehage", "Kvart år i oktober", costs=((None, 10_000),)),
        M("H2", "Sykkelopplæring i 6. klasse", "Rektor", "Årleg"),
    ),
    (("revision", ()), ("council_report", (3,))),
)


# 2 Questions as heads, a table for each goal with the goal as its first merged row, no numbers.
def _dementia(d: Document) -> None:
    d.add_paragraph("Demensplan 2024 - 2028", style="Title")
    d.add_paragraph("Ytre Nordvik kommune")
    d.add_heading("Dagens tilbud", 1)
    table(
        d,
        [
            ["Tilbud", "Hvem har ansvar?", "Omfang"],
            ["Dagsenter", "Hjemmetjenesten", "10 plasser"],
            ["Pårørendeskole", "Hukommelsesteam", "Årlig"],
        ],
    )
    d.add_heading("Mål og tiltak", 1)
    head = ["Hva skal vi gjøre?", "Hvem har ansvar?", "Når?"]
    table(
        d,
        [
            [Wide("Mål 1: Personer med demens får tidlig diagnose", columns=3)],
            head,
            ["Ansette demenskoordinator i 50 % stilling", "Leder helse og mestring", "1. halvår 2025"],
            ["Utarbeide rutine for utredning sammen med fastlegene", "Hukommelsesteam og fastleger", "2024"],
        ],
    )
    d.add_paragraph("")
    table(
        d,
        [
            [Wide("Mål 2: Pårørende får avlastning og støtte", columns=3)],
            head,
            ["Pårørendeskole på kveldstid", "Hukommelsesteam i samarbeid med Nasjonalforeningen", "Hver vår"],
            ["Øke dagaktivitetstilbudet fra to til fire dager", "Hjemmetjenesten", "Fra høsten 2026"],
            ["Informasjonsmøte for politikere", "Kommunalsjef helse", "Snarest"],
        ],
    )
    d.add_heading("Evaluering", 1)
    d.add_paragraph("Planen evalueres midtveis i perioden, og rulleres i 2028.")


DEMENTIA = Town(
    "demensplan.docx",
    written(_dementia),
    "Demensplan",
    "Ytre Nordvik",
    (2024, 2028),
    (
        M(
            None,
            "Ansette demenskoordinator i 50 % stilling",
            "Leder helse og mestring",
            "1. halvår 2025",
            goal="Personer med demens får tidlig diagnose",
        ),
        M(
            None,
            "Utarbeide rutine for utredning sammen med fastlegene",
            "Hukommelsesteam og fastleger",
            "2024",
            ("Hukommelsesteam", "fastleger"),
            goal="Personer med demens får tidlig diagnose",
        ),
        M(
            None,
            "Pårørendeskole på kveldstid",
            "Hukommelsesteam i samarbeid med Nasjonalforeningen",
            "Hver vår",
            ("Hukommelsesteam", "Nasjonalforeningen"),
            goal="Pårørende får avlastning og støtte",
        ),
        M(
            None,
            "Øke dagaktivitetstilbudet fra to til fire dager",
            "Hjemmetjenesten",
            "Fra høsten 2026",
            goal="Pårørende får avlastning og støtte",
        ),
        M(
            None,
            "Informasjonsmøte for politikere",
            "Kommunalsjef helse",
            "Snarest",
            goal="Pårørende får avlastning og støtte",
        ),
    ),
    (("evaluation", ()), ("revision", ())),
)


# 3 A start and an end as columns; goals and responsible merged down; a budget beside.
def _growing_up(d: Document) -> None:
    d.add_paragraph("Oppvekstplan", style="Title")
    d.add_paragraph("Vedtatt i kommunestyret 14. desember 2022, sak 98/22")
    d.add_paragraph("Gjelder for perioden 2023-2027")
    d.add_paragraph("Storelva kommune – et godt sted å vokse opp")
    d.add_heading("Økonomiske rammer", 1)
    table(
        d,
        [
            ["Ansvar", "Tekst", "Budsjett 2023", "Budsjett 2024"],
            ["2010", "Barnehager", "12 000", "12 400"],
            ["2020", "Skoler", "30 000", "31 000"],
        ],
    )
    d.add_heading("Handlingsdel", 1)
    table(
        d,
        [
            ["Delmål", "Aktivitet", "Ansvar/deltakere", "Oppstart", "Ferdig", "Økonomi"],
            [
                Wide("1.1 Alle barn opplever tilhørighet", rows=3),
                "Innføre felles opplegg for overganger",
                Wide("Barnehage og skole", rows=2),
                "01.08.2023",
                "31.12.2023",
                "Innenfor ramme",
            ],
            ["Foreldremøter om inkludering", "Høst 2023", "Vår 2024", "25 000"],
            ["Åpen hall på lørdager", "Kultur og idrett", "2024", "2027", "120 000 per år"],
            [
                Wide("1.2 Tidlig innsats", rows=2),
                "Opprette tverrfaglig team",
                "Barnevern, PPT, helsestasjon",
                "Januar 2024",
                "Løpende",
                "Krever ny finansiering",
            ],
            ["Kurs i BTI-modellen", "Kommunalsjef oppvekst", "", "Juni 2024", "Prosjektmidler"],
        ],
    )


GROWING_UP = Town(
    "Oppvekstplan vedtatt.docx",
    written(_growing_up),
    "Oppvekstplan",
    "Storelva",
    (2023, 2027),
    (
        M(
            None,
            "Innføre felles opplegg for overganger",
            "Barnehage og skole",
            "31.12.2023",
            goal="Alle barn opplever tilhørighet",
            due="2023-12-31",
        ),
        M(
            None,
            "Foreldremøter om inkludering",
            "Barnehage og skole",
            "Vår 2024",
            costs=((None, 25_000),),
            goal="Alle barn opplever tilhørighet",
            due="2024-05-31",
        ),
        M(
            None,
            "Åpen hall på lørdager",
            "Kultur og idrett",
            "2027",
            costs=((None, 120_000),),
            goal="Alle barn opplever tilhørighet",
            due="2027-12-31",
        ),
        M(
            None,
            "Opprette tverrfaglig team",
            "Barnevern, PPT, helsestasjon",
            "Løpende",
            ("Barnevern", "PPT", "helsestasjon"),
            goal="Tidlig innsats",
        ),
        M(None, "Kurs i BTI-modellen", "Kommunalsjef oppvekst", "Juni 2024", goal="Tidlig innsats", due="2024-06-30"),
    ),
)


# 4 A card for each measure, its title merged over the first row; a card for the abbreviations.
def _violence(d: Document) -> None:
    d.add_heading("Handlingsplan mot vold i nære relasjoner", 0)
    d.sections[0].header.paragraphs[0].text = "Handlingsplan mot vold i nære relasjoner 2022-2026"
    d.add_paragraph("Myrland kommune")
    d.add_heading("Begreper og forkortelser", 1)
    table(d, [["BVT", "Barneverntjenesten"], ["HST", "Helsestasjonen"], ["NAV", "Arbeids- og velferdsforvaltningen"]])
    d.add_heading("Tiltak i planperioden", 1)
    for number, name, what, who, partners, when, price in (
        ("1", "Kompetanseheving for ansatte", "Årlig fagdag", "BVT/HST", "RVTS", "Årlig", "20 000 kr"),
        ("2", "Tverrfaglig konsultasjonsteam", "Møte hver måned", "HST", "Politi, NAV", "Innen 01.03.2023", "Ingen"),
        ("3", "Oppdatert informasjon på nettsiden", "Knapp på forsiden", "Servicetorg", "", "2022", ""),
    ):
        table(
            d,
            [
                [Wide(f"Tiltak {number}: {name}", columns=2)],
                ["Beskrivelse", what],
                ["Ansvarlig", who],
                ["Samarbeidspartnere", partners],
                ["Tidsperspektiv", when],
                ["Ressurser/kostnad", price],
            ],
        )
        d.add_paragraph("")


VIOLENCE = Town(
    "handlingsplan vold.docx",
    written(_violence),
    "Handlingsplan mot vold i nære relasjoner",
    "Myrland",
    (2022, 2026),
    (
        M("1", "Kompetanseheving for ansatte", "BVT/HST", "Årlig", ("BVT", "HST"), ((None, 20_000),)),
        M("2", "Tverrfaglig konsultasjonsteam", "HST", "Innen 01.03.2023"),
        M("3", "Oppdatert informasjon på nettsiden", "Servicetorg", "2022"),
    ),
)


# 5 Word's own numbering, headings by bold alone, owner and deadline in brackets at the end of each item.
def _culture(d: Document) -> None:
    bold(d, "Kulturplan for Bjørkelid kommune 2021–2025")
    d.add_paragraph(PROSE)
    bold(d, "Hovedmål")
    d.add_paragraph("Kulturlivet skal være mangfoldig og åpent for alle.")
    bold(d, "Tiltak")
    for item in (
        "Utrede samlokalisering av bibliotek og kulturskole (Ansvar: Kultur og oppvekst. Frist: 2022)",
        "Etablere øvingslokale for band (Ansvar: Eiendom. Frist: 1.9.2023)",
        "Digital kulturkalender (Ansvar: Servicekontoret. Frist: løpende)",
    ):
        d.add_paragraph(item, style="List Number")
    bold(d, "Oppfølging")
    d.add_paragraph("Tiltakene rapporteres til kommunestyret i årsmeldingen.")


CULTURE = Town(
    "kulturplan.docx",
    written(_culture),
    "Kulturplan for Bjørkelid kommune",
    "Bjørkelid",
    (2021, 2025),
    (
        M("1", "Utrede samlokalisering av bibliotek og kulturskole", "Kultur og oppvekst", "2022"),
        M("2", "Etablere øvingslokale for band", "Eiendom", "1.9.2023"),
        M("3", "Digital kulturkalender", "Servicekontoret", "løpende"),
    ),
    (("council_report", ()),),
)


# 6 Two lines of head with a group of years, sums in thousands, rows that are headings, a sum, a text box beside.
def _subplan(d: Document) -> None:
    d.add_heading("Kommunedelplan for helse og omsorg 2024–2035", 0)
    d.add_heading("Handlingsdel 2024–2027", 1)
    d.add_paragraph("Hamnes kommune")
    box = parse_xml(
        f'<w:p {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:r><w:pict><v:shape><v:textbox><w:txbxContent>'
        "<w:p><w:r><w:t>Visste du at hver femte innbygger blir over 67 år?</w:t></w:r></w:p>"
        "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    )
    d.element.body.insert(2, box)
    d.add_paragraph("Tall i 1000 kroner.")
    table(
        d,
        [
            [
                Wide("Nr.", rows=2),
                Wide("Tiltak", rows=2),
                Wide("Ansvarlig", rows=2),
                Wide("Økonomiplan", columns=4),
                Wide("Merknad", rows=2),
            ],
            ["2024", "2025", "2026", "2027"],
            [Wide("Satsingsområde A – Bo trygt hjemme", columns=8)],
            ["A-1", "Velferdsteknologi i hjemmetjenesten", "Hjemmebaserte tjenester", "350", "350", "200", "", ""],
            ["A-2", "Hverdagsrehabilitering", "Rehabilitering og mestring", "", "600", "600", "600", "Ny stilling"],
            [Wide("Satsingsområde B – Kompetanse", columns=8)],
            ["B-1", "Heltidskultur", "Personal", "-", "-", "-", "-", "Innenfor ramma"],
            ["B-4", "Lærlingplasser", "Personal", "100", "100", "100", "100", ""],
            [Wide("Sum", columns=3), "450", "1 050", "900", "700", ""],
        ],
    )
    d.add_heading("Driftsbudsjett", 1)
    table(
        d,
        [
            ["Tjeneste", "2023", "2024", "Endring"],
            ["Sykehjem", "40 000", "41 500", "1 500"],
            ["Hjemmetjeneste", "22 000", "24 000", "2 000"],
        ],
    )


SUBPLAN = Town(
    "KDP helse og omsorg.docx",
    written(_subplan),
    "Kommunedelplan for helse og omsorg",
    "Hamnes",
    (2024, 2035),
    (
        M(
            "A-1",
            "Velferdsteknologi i hjemmetjenesten",
            "Hjemmebaserte tjenester",
            costs=((2024, 350_000), (2025, 350_000), (2026, 200_000)),
            goal="Bo trygt hjemme",
        ),
        M(
            "A-2",
            "Hverdagsrehabilitering",
            "Rehabilitering og mestring",
            costs=((2025, 600_000), (2026, 600_000), (2027, 600_000)),
            goal="Bo trygt hjemme",
        ),
        M("B-1", "Heltidskultur", "Personal", goal="Kompetanse"),
        M(
            "B-4",
            "Lærlingplasser",
            "Personal",
            costs=((2024, 100_000), (2025, 100_000), (2026, 100_000), (2027, 100_000)),
            goal="Kompetanse",
        ),
    ),
)


# 7 Several measures as bullets in one cell, a goal in each row: each bullet is a measure with the row's owner.
def _housing(d: Document) -> None:
    d.add_heading("Boligsosial handlingsplan", 0)
    d.add_paragraph("Lillefoss kommune 2022–2025")
    d.add_heading("Tiltaksoversikt", 1)
    made = table(
        d,
        [
            ["Mål", "Tiltak", "Ansvarlig", "Tidsfrist"],
            ["Flere skal eie egen bolig", "", "NAV", "2023"],
            ["Trygge bomiljøer", "", "Eiendom og NAV", "Innen 31.12.2025"],
            ["God samordning", "Fast møte mellom tjenestene", "Kommunalsjef velferd", "Løpende"],
        ],
    )
    bulleted(made.cell(1, 1), ["Aktiv bruk av startlån", "Økonomisk rådgivning til unge"])
    bulleted(
        made.cell(2, 1),
        ["Vaktmester på kveldstid", "Felles uteområde i Fossveien", "Bomiljøarbeider i 100 % stilling"],
    )


HOUSING = Town(
    "boligsosial.docx",
    written(_housing),
    "Boligsosial handlingsplan",
    "Lillefoss",
    (2022, 2025),
    (
        M(None, "Aktiv bruk av startlån", "NAV", "2023", goal="Flere skal eie egen bolig"),
        M(None, "Økonomisk rådgivning til unge", "NAV", "2023", goal="Flere skal eie egen bolig"),
        *(
            M(None, title, "Eiendom og NAV", "Innen 31.12.2025", ("Eiendom", "NAV"), goal="Trygge bomiljøer")
            for title in (
                "Vaktmester på kveldstid",
                "Felles uteområde i Fossveien",
                "Bomiljøarbeider i 100 % stilling",
            )
        ),
        M(None, "Fast møte mellom tjenestene", "Kommunalsjef velferd", "Løpende", goal="God samordning"),
    ),
)


# 8 Numbered bold lines of three levels with labels below, tracked changes, a content control, a ranking at the end.
def _integration(d: Document) -> None:
    d.add_paragraph("Plan for integrering og inkludering", style="Title")
    d.add_paragraph("Kråkvåg kommune")
    d.add_paragraph("Planperiode: 2023 – 2026")
    bold(d, "2 Arbeid og utdanning")
    bold(d, "2.1 Flere i arbeid")
    bold(d, "2.1.1 Språkpraksis i alle enheter")
    d.add_paragraph("Alle enheter skal tilby minst én plass.")
    d.add_paragraph("Ansvar: NAV Kråkvåg")
    d.add_paragraph("Frist: 1. januar 2024")
    bold(d, "2.1.3 Mentorordning")
    d.add_paragraph("Ordningen bygges opp sammen med næringslivet.")
    paragraph = d.add_paragraph("Ansvar: Voksenopplæringen")
    for tag, text, child in (("w:del", " og Servicetorget", "w:delText"), ("w:ins", " og NAV Kråkvåg", "w:t")):
        change = OxmlElement(tag)
        change.set(qn("w:id"), "1")
        change.set(qn("w:author"), "Saksbehandler")
        run, words = OxmlElement("w:r"), OxmlElement(child)
        words.text = text
        words.set(qn("xml:space"), "preserve")
        run.append(words)
        change.append(run)
        paragraph._p.append(change)
    d.add_paragraph("Frist: Høsten 2024")
    d.add_paragraph("Kostnad: kr 150.000,- per år")
    bold(d, "2.2 Fritid")
    control = parse_xml(
        f"<w:sdt {nsdecls('w')}><w:sdtPr/><w:sdtContent><w:p><w:r><w:rPr><w:b/></w:rPr>"
        "<w:t>2.2.1 Fritidskort for barn</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>Ansvar: Kultur</w:t></w:r></w:p><w:p><w:r><w:t>Frist: Løpende</w:t></w:r></w:p>"
        "</w:sdtContent></w:sdt>"
    )
    d.element.body.insert(len(d.element.body) - 1, control)
    bold(d, "3 Prioriterte tiltak")
    table(
        d,
        [
            ["Prioritet", "Tiltak"],
            ["1", "2.1.3 Mentorordning"],
            ["2", "2.2.1 Fritidskort for barn"],
            ["3", "2.1.1 Språkpraksis i alle enheter"],
        ],
    )


INTEGRATION = Town(
    "integrering.docx",
    written(_integration),
    "Plan for integrering og inkludering",
    "Kråkvåg",
    (2023, 2026),
    (
        M(
            "2.1.1",
            "Språkpraksis i alle enheter",
            "NAV Kråkvåg",
            "1. januar 2024",
            goal="Flere i arbeid",
            priority=3,
        ),
        M(
            "2.1.3",
            "Mentorordning",
            "Voksenopplæringen og NAV Kråkvåg",
            "Høsten 2024",
            ("Voksenopplæringen", "NAV Kråkvåg"),
            ((None, 150_000),),
            "Flere i arbeid",
            1,
        ),
        M("2.2.1", "Fritidskort for barn", "Kultur", "Løpende", goal="Fritid", priority=2),
    ),
)


# 9 The measure table lies inside a cell of a table that only makes the layout; marks show the years.
def _competence(d: Document) -> None:
    d.add_heading("Strategisk kompetanseplan 2024-2027", 0)
    d.add_paragraph("Tindvik kommune")
    d.add_heading("Høringsuttalelser", 1)
    table(
        d,
        [
            ["Avsender", "Innspill", "Kommunedirektørens kommentar"],
            ["Fagforbundet", "Flere tiltak for assistenter", "Tatt inn"],
            ["Utdanningsforbundet", "Tydeligere frister", "Tas til orientering"],
        ],
    )
    d.add_heading("Tiltaksplan", 1)
    layout = d.add_table(1, 1)
    cell = layout.cell(0, 0)
    table(
        cell,
        [
            ["Nr", "Tiltak", "Målgruppe", "Ansvarlig", "2024", "2025", "2026", "2027"],
            ["1", "Lederopplæring", "Enhetsledere", "HR", "x", "x", "", ""],
            ["2", "Fagbrev på jobb", "Assistenter", "HR og enhetene", "", "x", "x", "x"],
            ["3", "Digital grunnopplæring", "Alle", "IKT", "x", "x", "x", "x"],
        ],
    )
    cell.add_paragraph("")


COMPETENCE = Town(
    "kompetanse.docx",
    written(_competence),
    "Strategisk kompetanseplan",
    "Tindvik",
    (2024, 2027),
    (
        M("1", "Lederopplæring", "HR", "2024, 2025", due="2025-12-31"),
        M("2", "Fagbrev på jobb", "HR og enhetene", "2025, 2026, 2027", ("HR", "enhetene"), due="2027-12-31"),
        M("3", "Digital grunnopplæring", "IKT", "2024, 2025, 2026, 2027", due="2027-12-31"),
    ),
)


# 10 Number and title in one cell, rows that go on below, footnotes, other headings, a column of status to leave.
def _drugs(d: Document) -> None:
    d.add_heading("Alkoholpolitisk og ruspolitisk handlingsplan", 0)
    d.add_paragraph("Nordås kommune")
    d.add_paragraph("2020–2024")
    d.add_heading("Skjenketider", 1)
    table(d, [["Type", "Ukedager", "Helg"], ["Øl og vin", "08–01", "08–02"], ["Brennevin", "13–01", "13–02"]])
    d.add_heading("Eksisterende tiltak", 1)
    table(
        d,
        [
            ["Tiltak", "Målgruppe", "Ansvarlig"],
            ["Ruskonsulent", "Voksne", "Psykisk helse og rus"],
            ["Utekontakt", "Ungdom", "Oppvekst"],
        ],
    )
    d.add_heading("Nye tiltak", 1)
    table(
        d,
        [
            ["Tiltak/oppgave", "Ansvarlig¹", "Medvirkende", "Tidsrom", "Kostnad/finansiering", "Status"],
            [
                "T1 Innføre «Unge og rus» på 9. trinn",
                "Ungdomsskolen",
                "Helsesykepleier",
                "Skoleåret 2020/21",
                "Kr. 15 000,- (skjønnsmidler)",
                "Påbegynt",
            ],
            [
                "T2 Ansvarlig vertskap",
                "Næring og skjenk",
                "Politi\nSkjenkesteder",
                "To ganger i året",
                "Innenfor budsjett",
                "",
            ],
            ["T4 Rusfri arena for ungdom 16–20 år", "Kultur", "Ungdomsråd", "2021 - 2024", "100 000 årlig", "Utsatt"],
        ],
    )
    d.add_paragraph("¹ Ansvarlig enhet per 1. januar 2020.")
    d.add_heading("Rapportering", 1)
    d.add_paragraph(
        "Rådmannen legger fram rapport for kommunestyret hvert år innen utgangen av april. "
        "Planen evalueres høsten 2023."
    )


DRUGS = Town(
    "rusplan.docx",
    written(_drugs),
    "Alkoholpolitisk og ruspolitisk handlingsplan",
    "Nordås",
    (2020, 2024),
    (
        M(
            "T1",
            "Innføre «Unge og rus» på 9. trinn",
            "Ungdomsskolen",
            "Skoleåret 2020/21",
            costs=((None, 15_000),),
        ),
        M("T2", "Ansvarlig vertskap", "Næring og skjenk", "To ganger i året"),
        M(
            "T4",
            "Rusfri arena for ungdom 16–20 år",
            "Kultur",
            "2021 - 2024",
            costs=((2021, 100_000), (2022, 100_000), (2023, 100_000), (2024, 100_000)),
        ),
    ),
    (("council_report", (4,)), ("evaluation", (9, 10, 11))),
)


# 11 The year is the row above the measures, and no column holds a deadline.
def _yearly(d: Document) -> None:
    d.add_heading("Handlingsplan for universell utforming", 0)
    d.add_paragraph("Skogstad kommune | 2023–2025")
    d.add_heading("Handlingsprogram", 1)
    table(
        d,
        [
            ["Prioritet", "Tiltak", "Ansvar", "Kostnadsoverslag"],
            [Wide("2023", columns=4)],
            ["1", "Rampe ved kulturhuset", "Eiendom", "150 000"],
            ["2", "Ledelinjer på torget", "Vei og park", "0,4 mill."],
            [Wide("2024", columns=4)],
            ["1", "Heis på rådhuset", "Eiendom", "2,1 mill. kr"],
            ["2", "Lydanlegg i kommunestyresalen", "IKT", "kr 90 000,-"],
            [Wide("2025", columns=4)],
            ["1", "Universelt utformet lekeplass i Parkveien", "Vei og park", "ca. 700 000"],
        ],
    )


YEARLY = Town(
    "uu-plan.docx",
    written(_yearly),
    "Handlingsplan for universell utforming",
    "Skogstad",
    (2023, 2025),
    (
        M(None, "Rampe ved kulturhuset", "Eiendom", "2023", costs=((None, 150_000),), priority=1),
        M(None, "Ledelinjer på torget", "Vei og park", "2023", costs=((None, 400_000),), priority=2),
        M(None, "Heis på rådhuset", "Eiendom", "2024", costs=((None, 2_100_000),), priority=1),
        M(None, "Lydanlegg i kommunestyresalen", "IKT", "2024", costs=((None, 90_000),), priority=2),
        M(
            None,
            "Universelt utformet lekeplass i Parkveien",
            "Vei og park",
            "2025",
            costs=((None, 700_000),),
            priority=1,
        ),
    ),
)


# 12 Strategies and measures in one table, numbers under the goal, nynorsk, responsible by colon inside the cell.
def _public_health(d: Document) -> None:
    d.add_heading("Folkehelseplan for Øyane kommune", 0)
    d.add_paragraph("Vedteken i kommunestyret 20.06.2024 – gjeld 2024–2028")
    d.add_heading("Mål, strategiar og tiltak", 1)
    d.add_heading("Delmål 1 Gode nærmiljø", 2)
    d.add_paragraph("Vi skal leggje til rette for møteplassar i alle bygdene.")
    table(
        d,
        [
            ["Nr.", "Strategi", "Tiltak", "Ansvarleg eining", "Samarbeidspartnarar", "Tidsramme", "Ressursar"],
            [
                "1.1",
                "Fleire møteplassar",
                "Opne gymsalar to kveldar i veka",
                "Oppvekst og kultur",
                "Idrettsråd",
                "Frå hausten 2024",
                "60 000 pr. år",
            ],
            [
                "1.2",
                "Fleire turstiar",
                "Merke og rydde gamle ferdselsvegar",
                "Landbruk og miljø",
                "Bygdelag",
                "Innan 2027",
                "Tilskot",
            ],
        ],
    )
    d.add_heading("Delmål 2 Aktive og trygge eldre", 2)
    table(
        d,
        [
            ["Nr.", "Strategi", "Tiltak", "Ansvarleg eining", "Samarbeidspartnarar", "Tidsramme", "Ressursar"],
            [
                "2.1",
                "Førebygging",
                "Heimebesøk til alle over 75 år",
                "Heimetenesta",
                "",
                "Årleg",
                "Innanfor eksisterande rammer",
            ],
        ],
    )
    d.add_heading("Oppfølging", 1)
    d.add_paragraph("Status for tiltaka blir lagt fram for kommunestyret annakvart år, første gong våren 2025.")


PUBLIC_HEALTH = Town(
    "folkehelseplan.docx",
    written(_public_health),
    "Folkehelseplan for Øyane kommune",
    "Øyane",
    (2024, 2028),
    (
        M(
            "1.1",
            "Opne gymsalar to kveldar i veka",
            "Oppvekst og kultur",
            "Frå hausten 2024",
            costs=((None, 60_000),),
            goal="Gode nærmiljø",
        ),
        M("1.2", "Merke og rydde gamle ferdselsvegar", "Landbruk og miljø", "Innan 2027", goal="Gode nærmiljø"),
        M("2.1", "Heimebesøk til alle over 75 år", "Heimetenesta", "Årleg", goal="Aktive og trygge eldre"),
    ),
    (("council_report", (3, 4, 5)),),
)

WORD_PLANS = {
    "traffic": TRAFFIC,
    "dementia": DEMENTIA,
    "growing up": GROWING_UP,
    "violence": VIOLENCE,
    "culture": CULTURE,
    "subplan": SUBPLAN,
    "housing": HOUSING,
    "integration": INTEGRATION,
    "competence": COMPETENCE,
    "drugs": DRUGS,
    "yearly": YEARLY,
    "public health": PUBLIC_HEALTH,
}
