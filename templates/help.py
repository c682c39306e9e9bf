"""The help of the command line: what each command, argument and option is for.

Jinja and Babel are not imported, since help must be quick. `N_` marks a text for the catalogues.
"""

from typing import NamedTuple

from templates import catalogues

N_ = str


class Parameter(NamedTuple):
    """An argument or option: what stands for its value in a command line, and what it is for."""

    metavar: str
    text: str


PLAN = Parameter(
    N_("PLAN"), N_("Kortnavnet til planen, eller begynnelsen av det. «tiltaksvakt plan list» viser kortnavnene.")
)
FILE = Parameter(N_("FIL"), N_("Filen med planen."))
TEMPLATE_FILE = Parameter(N_("FIL"), N_("Word-malen (.docx)."))
TEMPLATE_LANGUAGE = Parameter(
    "nb|nn|en",
    N_("Språket malen er for. Uten valg det som står i filnavnet (statusrapport.nn.docx), ellers kommunens."),
)
JSON = Parameter("", N_("Skriv svaret som JSON."))
DRY_RUN = Parameter("", N_("Vis hva som ville skjedd, uten å lagre noe."))

COMMANDS = {
    "": N_("Spør kommunens enheter om status for tiltakene i en handlingsplan, og lag rapporten til kommunestyret."),
    "run": N_("Kjør tjenesten: ta imot svar, minn om frister og send meldinger. Stopp den med Ctrl+C."),
    "tick": N_("Gå gjennom det som har forfalt, én gang, og vis hvem som får beskjed om hva."),
    "invite": N_("Lag en invitasjon til én person. Lenken virker én gang, i 14 dager."),
    "report": N_(
        "Lag statusrapporten for et år. Er noe endret siden sist, blir det en ny versjon. Er rapporten godkjent, får "
        "du den godkjente."
    ),
    "report read-back": N_("Les tekstene kontoret har skrevet i Word-utkastet, vis hva som er endret, og lagre det."),
    "report verify": N_("Sjekk at rapportene er uendret: de lagrede versjonene for et år, eller en fil noen har fått."),
    "calendar": N_("Vis datoene en plan lover, eller skriv dem til en kalenderfil."),
    "deadline": N_("Vis hvordan en frist blir forstått."),
    "simulate": N_("Se hvor mange meldinger en plan gir, måned for måned, uten at noen får dem."),
    "publish": N_("Lag nettsider av de godkjente statusrapportene, til kommunens nettsted."),
    "backup": N_("Skriv alt databasen inneholder, til én fil. Tjenesten kan gå imens."),
    "restore": N_("Gjenopprett databasen fra en sikkerhetskopi. Stopp tjenesten først."),
    "doctor": N_("Sjekk innstillinger, database, bot og planer, og vis hva som må gjøres."),
    "init": N_("Sett opp tjenesten: spør om det som trengs, skriv filen .env og inviter den første administratoren."),
    "demo": N_("Se et år med en eksempelplan på et halvt minutt."),
    "try": N_("Prøv boten uten Telegram: en nettside på denne maskinen, der du er leder, kontor og administrator."),
    "plan": N_("Importer og vis handlingsplaner."),
    "plan import": N_(
        "Importer en plan fra en fil: gå gjennom den og lagre den. Er planen kjent fra før, vises endringene."
    ),
    "plan export": N_(
        "Skriv en plan til en fil: et regneark (.xlsx) som kan endres og importeres igjen, eller en planfil (.yaml)."
    ),
    "plan template": N_("Lag et tomt regneark å skrive en plan i, med forklaringer, eksempler og lister å velge fra."),
    "plan read": N_("Les en plan fra en fil og vis hva som ble forstått. Ingenting blir lagret."),
    "plan list": N_("Vis planene."),
    "plan show": N_("Vis tiltakene og rundene i en plan."),
    "unit": N_("Legg inn og vis kommunens enheter."),
    "unit set": N_("Legg inn en enhet, eller endre den som har dette navnet."),
    "unit list": N_("Vis enhetene, hvilken enhet de ligger under, og hvem som svarer for dem."),
    "template": N_("Hent, prøv og ta i bruk kommunens egen Word-mal for rapporten."),
    "template export": N_("Skriv Word-malen som er i bruk, til en fil du kan endre i Word."),
    "template check": N_("Prøv en Word-mal på rapporter av alle slag, uten å ta den i bruk."),
    "template install": N_(
        "Prøv en Word-mal, og bruk den fra nå av. Kan den ikke brukes, gjelder den forrige fortsatt."
    ),
    "template reset": N_("Bruk igjen Word-malen som følger med."),
    "meeting": N_("Legg inn møtene der rapporten behandles."),
    "meeting set": N_("Sett datoen for et møte. Datoen erstatter en tidligere dato for samme organ og år."),
}

PARAMETERS: dict[str, dict[str, Parameter]] = {
    "run": {},
    "tick": {
        "at": Parameter(
            N_("TID"),
            N_("Tidspunktet det gjelder, som 2021-03-15T08:00. Uten forskyvning fra UTC gjelder kommunens tidssone."),
        ),
        "dry_run": DRY_RUN,
        "as_json": JSON,
    },
    "invite": {
        "role": Parameter("admin|office|leader", N_("Administrator, kommunedirektørens kontor eller enhetsleder.")),
        "name": Parameter(N_("NAVN"), N_("Navnet på personen.")),
        "unit": Parameter(N_("ENHET"), N_("Enheten en enhetsleder svarer for.")),
        "as_json": JSON,
    },
    "report": {
        "plan": PLAN,
        "year": Parameter(N_("ÅR"), N_("Året rapporten gjelder.")),
        "formats": Parameter(
            "docx|pdf|html|xlsx|json",
            N_("Formatet på rapporten. Kan oppgis flere ganger. Uten valg lages docx, pdf og html."),
        ),
        "out": Parameter(N_("MAPPE"), N_("Mappen rapporten legges i. Uten valg brukes mappen du står i.")),
    },
    "report read-back": {
        "file": Parameter(N_("FIL"), N_("Word-utkastet (.docx).")),
        "yes": Parameter("", N_("Lagre uten å spørre først.")),
        "dry_run": DRY_RUN,
        "person": Parameter(
            N_("NAVN"), N_("Hvem ved kontoret som har skrevet. Kan utelates når kontoret er én person.")
        ),
    },
    "report verify": {
        "what": Parameter(N_("FIL|PLAN"), N_("Filen som skal sjekkes, eller kortnavnet til planen.")),
        "year": Parameter(N_("ÅR"), N_("Året rapporten gjelder, når det er versjonene av en plan som skal sjekkes.")),
    },
    "template export": {
        "out": Parameter(N_("MAPPE"), N_("Mappen malen legges i. Uten valg brukes mappen du står i.")),
        "language": TEMPLATE_LANGUAGE,
        "original": Parameter("", N_("Hent malen som følger med, selv om kommunen har tatt i bruk sin egen.")),
    },
    "template check": {"file": TEMPLATE_FILE, "language": TEMPLATE_LANGUAGE},
    "template install": {"file": TEMPLATE_FILE, "language": TEMPLATE_LANGUAGE},
    "template reset": {"language": TEMPLATE_LANGUAGE},
    "calendar": {
        "plan": PLAN,
        "year": Parameter(N_("ÅR"), N_("Året det gjelder. Uten år vises de tolv månedene fra i dag.")),
        "ics": Parameter(N_("FIL"), N_("Skriv datoene til denne kalenderfilen, som Outlook og andre kan lese.")),
        "as_json": JSON,
    },
    "deadline": {
        "phrase": Parameter(N_("FRIST"), N_("Fristen slik den står i planen, i anførselstegn.")),
        "period": Parameter("2020-2024", N_("Planperioden, som fristen kan vise til.")),
        "as_json": JSON,
    },
    "simulate": {
        "plan": PLAN,
        "first": Parameter(
            N_("DATO"),
            N_("Første dag. Uten valg i dag. Ligger den før i dag, begynner planen på nytt den dagen."),
        ),
        "last": Parameter(N_("DATO"), N_("Siste dag. Uten valg et år etter den første.")),
        "answers": Parameter(
            "nobody|half|everybody", N_("Hvem som svarer samme dag: ingen, annenhver enhet eller alle.")
        ),
        "as_json": JSON,
    },
    "publish": {
        "folder": Parameter(N_("MAPPE"), N_("Mappen nettsidene skrives til: en tom mappe, eller den fra sist.")),
    },
    "backup": {
        "file": Parameter(
            N_("FIL"), N_("Filen sikkerhetskopien skrives til. Uten valg en ny fil i mappen data/backup.")
        )
    },
    "restore": {
        "file": Parameter(N_("FIL"), N_("Sikkerhetskopien, laget av «tiltaksvakt backup».")),
        "yes": Parameter("", N_("Erstatt det som står i databasen. Det blir først skrevet til en fil i data/backup.")),
    },
    "doctor": {
        "health": Parameter("", N_("Se ikke på det som tar tid og ikke kan stanse tjenesten: Word-malene.")),
    },
    "init": {
        "municipality": Parameter(N_("KOMMUNE"), N_("Navnet på kommunen.")),
        "leader_title": Parameter("kommunedirektør|rådmann", N_("Hva kommunen kaller sin øverste leder.")),
        "token": Parameter(
            N_("NØKKEL"),
            N_("Nøkkelen fra BotFather. Andre på maskinen kan se den mens kommandoen kjører. Bruk heller en fil."),
        ),
        "token_file": Parameter(N_("FIL"), N_("En fil som inneholder nøkkelen fra BotFather.")),
        "database_url": Parameter(
            N_("ADRESSE"), N_("Databasen, som postgresql://bruker@vert/navn. Uten valg brukes en fil i mappen data.")
        ),
        "name": Parameter(N_("NAVN"), N_("Navnet på den første administratoren.")),
        "overwrite": Parameter("", N_("Erstatt filen .env hvis den finnes.")),
    },
    "demo": {"out": Parameter(N_("MAPPE"), N_("Mappen rapporten legges i. Uten valg brukes mappen demo."))},
    "try": {
        "port": Parameter("TALL", N_("Porten siden svarer på. Uten valg brukes 8765.")),
        "data": Parameter(N_("MAPPE"), N_("Mappen samtalene ligger i til neste gang. Uten valg brukes mappen try.")),
        "fresh": Parameter("", N_("Begynn på nytt: det som er gjort før, blir slettet.")),
        "empty": Parameter("", N_("Begynn uten plan, for å importere din egen. Klokken står da på i dag.")),
        "no_browser": Parameter("", N_("Ikke åpne nettleseren.")),
    },
    "plan import": {
        "file": FILE,
        "into": Parameter(
            N_("PLAN"),
            N_(
                "Kortnavnet til planen dokumentet er en ny utgave av, når tittelen eller perioden er endret. Uten valg "
                "brukes planen med samme tittel og periode."
            ),
        ),
        "yes": Parameter("", N_("Lagre uten å spørre.")),
        "dry_run": DRY_RUN,
    },
    "plan export": {
        "plan": PLAN,
        "file": Parameter(N_("FIL"), N_("Filen planen skrives til, med endelsen .xlsx eller .yaml.")),
    },
    "plan template": {"file": Parameter(N_("FIL"), N_("Regnearket som skal lages, med endelsen .xlsx."))},
    "plan read": {"file": FILE, "as_json": JSON},
    "plan list": {},
    "plan show": {"plan": PLAN},
    "unit set": {
        "name": Parameter(N_("NAVN"), N_("Navnet på enheten.")),
        "superior": Parameter(N_("ENHET"), N_("Enheten den ligger under.")),
        "external": Parameter("", N_("Utenfor kommunen, som politi og fastleger. Slike enheter blir ikke spurt.")),
    },
    "unit list": {},
    "meeting set": {
        "plan": PLAN,
        "date_": Parameter(N_("DATO"), N_("Datoen for møtet, som 12.05.2021 eller 2021-05-12.")),
        "body": Parameter(
            N_("ORGAN"), N_("Organet som møtes. Uten valg gjelder organet i planen, ellers kommunestyret.")
        ),
        "papers": Parameter(N_("DATO"), N_("Dagen sakspapirene skal ut. Uten valg telles den tilbake fra møtet.")),
    },
}

USAGE = N_("Bruk")
ARGUMENTS = N_("Oppgi")
OPTIONS = N_("Valg")
COMMANDS_HEADING = N_("Kommandoer")
OPTIONS_WORD = N_("[VALG]")
COMMAND_WORD = N_("KOMMANDO")
HELP = N_("Vis denne hjelpen.")


class Help:
    """The texts in one language; commands are named as they are typed ("plan import"), "" is the program."""

    def __init__(self, language: str) -> None:
        self._translate = catalogues.translations(language).gettext

    def command(self, name: str) -> str:
        """What a command does. Raises `KeyError` for one that has no text."""
        return self._translate(COMMANDS[name])

    def parameter(self, command: str, name: str) -> str:
        """What an argument or option is for. Raises `KeyError` for one that has no text."""
        return self._translate(PARAMETERS[command][name].text)

    def metavar(self, command: str, name: str) -> str:
        """What stands for the value of an argument or option."""
        return self._translate(PARAMETERS[command][name].metavar)

    @property
    def usage(self) -> str:
        """The word before a usage line."""
        return self._translate(USAGE)

    @property
    def arguments(self) -> str:
        """The heading of the arguments."""
        return self._translate(ARGUMENTS)

    @property
    def options(self) -> str:
        """The heading of the options."""
        return self._translate(OPTIONS)

    @property
    def commands(self) -> str:
        """The heading of the commands below a command."""
        return self._translate(COMMANDS_HEADING)

    @property
    def options_word(self) -> str:
        """What stands for options in a usage line."""
        return self._translate(OPTIONS_WORD)

    @property
    def command_word(self) -> str:
        """What stands for a command in a usage line."""
        return self._translate(COMMAND_WORD)

    @property
    def help(self) -> str:
        """What `--help` is for."""
        return self._translate(HELP)
