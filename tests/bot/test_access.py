"""Every command and every kind of button against every role: who may gets an answer, who may not gets a refusal.

One walk for each of the two tables. Nothing is changed by whoever is refused.
"""

from collections.abc import Callable
from dataclasses import dataclass

import templates
from bot.access import Command, Use
from bot.commands import COMMANDS, PRESSES
from emulator import Person
from storage.database import Database
from storage.people import Role
from tests.bot.acting import ROUND_OPENS, Cast, cast, data_of, dump, measure_id, press, say, values

STRANGER = "Denne boten er for "
NOT_YOURS = "Dette hører ikke til din rolle eller din enhet. Ingenting er endret."

# What an allowed person reads after each use of `bot.commands.COMMANDS`, which are walked in that order.
READS = {
    "/start": "Du er med i Tiltaksvakt",
    "/hjelp": "Dette kan du gjøre",
    "/hjelp tiltak": "Se listen over tiltak",
    "/mine": "Tiltakene dine",
    "/status": "Ingenting venter på svar fra deg",
    "/status 1.6": "Hva er status nå?",
    "/tiltak": "Send /tiltak og et nummer",
    "/tiltak 1.6": "Aktiviteter og tiltak",
    "/tiltak ny 9.9 Kurs; frist: våren 2024; oppfølging: NAV": "Lagt til i",
    "/tiltak endre 1.6 tittel: Aktiviteter og tilbud": "Aktiviteter og tilbud",
    "/tiltak arkiver 1.6": "tas ut av bruk?",
    "/oversikt": "13 tiltak",
    "/oversikt rus": "13 tiltak",
    "/mangler": "tiltak mangler svar",
    "/purr": "tiltak mangler svar",
    "/purr 1.6": "Ingenting venter på svar for «1.6».",
    "/purr NAV": "Ingenting venter på svar for «NAV».",
    "/purr alle": "Skal jeg purre på alle",
    "/runde": "runden 2021",
    "/runde rus 2022 møte formannskap 12.5.2022": "Formannskap møtes 12. mai 2022.",
    "/runde rus 2022 svarfrist 20.4.2022": "og er nå 20. april 2022.",
    "/runde rus 2022 papirer formannskap 28.4.2022": "Sakspapirene",
    "/runde rus 2022 gjenoppta": "Runden 2022 er ikke avlyst.",
    "/runde rus 2022 avlys": "Skal runden 2022 avlyses?",
    "/registrer": "Hvilket tiltak vil du skrive ned svar om?",
    "/registrer 1.6": "Du svarer for NAV.",
    "/registrer 1.6 i gang: Kurset er planlagt": "Kurset er planlagt",
    "/frigi": "Ingen kommentarer venter",
    "/frigi 1.6": "Det siste svaret har ingen kommentar å frigi.",
    "/forslag": "Ingen forslag venter",
    "/arshjul": "Årshjul",
    "/arshjul rus 2021": "Runden 2021 åpner",
    "/okonomiplan": "Til økonomiplanen 2022–2025",
    "/okonomiplan rus 2022": "Til økonomiplanen 2022–2025",
    "/rapport": "2021",
    "/rapport 2020": "2020",
    "/rapport 2020 xlsx": "2020",
    "/rapport 2020 godkjenn": "Se på dette før du godkjenner",
    "/rapport 2020 rettelse": "er godkjent, så det er ingenting å rette",
    "/tekst": "Tekster til statusrapport 2021",
    "/tekst 2020 vurdering": "Skriv vurderingen i en melding",
    "/tekst 2020 sammendrag: Det meste er i gang.": "er lagret",
    "/avsnitt": "Skriv om enhetens del av planen",
    "/avsnitt 2020: Vi er godt i gang.": "er lagret",
    "/inviter leder Testperson, NAV": "Testperson som leder for NAV",
    "/inviter kontor Testperson": "Testperson på kontoret",
    "/inviter admin Testperson": "Testperson som administrator",
    "/inviter": "Hvilken rolle skal den du inviterer, ha?",
    "/inviter stedfortreder Testperson, NAV": "Testperson som stedfortreder for NAV",
    "/inviter liste": "Invitasjoner som ikke er brukt",
    "/plan": "Periode: ",
    "/plan mål ny rus; nummer: 44; tittel: Trygge møteplasser": "Mål 44 Trygge møteplasser er lagt til.",
    "/plan mål flytt rus; mål: 44; under: 1": "Under mål: – → 1 ",
    "/plan mål oppfølging rus; mål: 44; enhet: NAV": "Oppfølging: – → NAV",
    "/plan resultatmål ny rus; mål: 44; tekst: Tre møteplasser er åpne": "NAV blir spurt om det er nådd.",
    "/plan resultatmål endre rus; mål: 44; resultatmål: 1; tekst: Fire møteplasser er åpne": "→ Fire møteplasser",
    "/plan resultatmål fjern rus; mål: 44; resultatmål: 1": "Skal dette resultatmålet tas ut av mål 44?",
    "/plan rapportering ny rus; hva: evaluering; når: annethvert år i mai": "Evaluering: hvert 2. år i mai",
    "/plan rapportering endre rus; hvilken: 1; når: hver desember": "hvert år i desember",
    "/plan rapportering fjern rus; hvilken: 1": "tas ut av Rusmiddelpolitisk handlingsplan?",
    "/plan mål slå sammen rus; mål: 44; med: 1": "Skal mål 44 Trygge møteplasser gå opp i mål 1?",
    "/plan endre tittel rus til Plan mot rus": "→ Plan mot rus",
    "/plan ny": "Hva heter den nye planen?",
    "/tiltak bytt plan 1.6 til ungdom; mål: 2": "Det er bare én plan",
    "/plan slå sammen rus2022 med rus": "Jeg er ikke sikker på hvilken plan du mener.",
    "/folk slå sammen Testperson SLT med Testperson NAV": "Skal disse to slås sammen til én person?",
    "/plan arkiver rus": "Skal Plan mot rus tas ut av bruk?",
    "/logg": "Loggen",
    "/logg 1.6": "Loggen om 1.6",
    "/innstillinger": "Innstillinger for",
    "/innstillinger rus frister 60 14": "Påminnelser før frist: 60 og 14 dager → 60 og 14 dager",
    "/innstillinger kommune ferie 28-30": "Stille uker: ingen → 28, 29, 30",
    "/tiltak ansvarlig 1.6 til NAV": "Oppfølging: NAV → NAV",
    "/tiltak flytt 1.6 til 1": "Mål: ",
    "/tiltak ansvarlig 1.5 1.7 til NAV": "Skal 2 tiltak endres slik?",
    "/tiltak flytt 1.5 1.6 til 2": "Skal 2 tiltak endres slik?",
    "/tiltak slå sammen 1.6 med 1.5": "Skal kostnadene i 1.6 legges til dem i 1.5?",
    "/enhet": "enheter",
    "/enhet NAV": "Følger opp tiltak",
    "/enhet ny Frivilligsentralen; overordnet: NAV": "Frivilligsentralen er lagt til",
    "/enhet endre navn Frivilligsentralen til Frivilligsenteret": "Frivilligsentralen → Frivilligsenteret",
    "/enhet flytt SLT-koordinator under NAV": "Overordnet enhet: Rådmannen → NAV",
    "/enhet slå sammen SLT-koordinator med NAV": "Skal NAV overta for SLT-koordinator?",
    "/enhet arkiver SLT-koordinator": "Hvem skal følge dem opp fra nå av?",
    "/folk": "4 personer er med",
    "/folk Testperson NAV": "Leder for NAV",
    "/folk rolle Testperson NAV til kontor": "Skal Testperson NAV få rollen kontor",
    "/folk sett Testperson NAV i SLT-koordinator; som: stedfortreder": "være stedfortreder for SLT-koordinator?",
    "/folk flytt Testperson NAV; fra: NAV; til: SLT-koordinator": "svare for SLT-koordinator i stedet for NAV?",
    "/folk ta Testperson NAV fra NAV": "ikke svare for NAV lenger?",
    "/folk fjern Testperson NAV": "Skal Testperson NAV fjernes?",
    "/spraak": "Hvilket språk",
    "/spraak bokmål": "skriver jeg bokmål til deg",
    "/personvern": "Dette er lagret om deg",
    "/import": "Send meg planen som en fil",
    "/eksport": "kommer nå som regneark",
    "/eksport mal": "En tom mal kommer nå",
    "/maal": "esultatmål",
    "/maal 1 delvis: vi nådde 60 %": "esultatmål",
    "/utsett": "Ingenting venter på svar fra deg",
    "/utsett 1.6 fredag": "ingenting å utsette",
    "/fravaer": "Skriv fra når til når",
    "/fravaer uke 28": "Hvem skal svare i den tiden?",
    "/fravaer ferdig": "ingenting å avslutte",
    "/avbryt": "vbr",  # "Avbrutt", or that there is nothing to "avbryte"
}

EVERY_USE = [(command, use) for command in COMMANDS for use in command.uses]


@dataclass
class Somebody:
    """A person of the walk: what they are, and whether measure 1.6 is their unit's."""

    name: str
    person: Person
    roles: frozenset[Role]
    owns: bool = False


async def everybody(place: Cast) -> list[Somebody]:
    stranger = place.town.stranger()
    await say(place.town, stranger, "Hei")
    return [
        Somebody("admin", place.admin, frozenset({Role.ADMIN})),
        Somebody("office", place.office, frozenset({Role.OFFICE})),
        Somebody("leader", place.nav, frozenset({Role.LEADER}), owns=True),
        Somebody("leader of another unit", place.slt, frozenset({Role.LEADER})),
        Somebody("stranger", stranger, frozenset()),
    ]


def test_every_command_and_button_is_walked_and_told_of() -> None:
    assert set(READS) == {line_of(command, use) for command, use in EVERY_USE}
    assert set(PRESSES_MADE) == {entry.prefix for entry in PRESSES}
    labels = {label for entry in PRESSES for label in entry.labels}
    assert labels == {name.removeprefix("button.") for name in templates.words.names() if name.startswith("button.")}
    said = {use.says for command in COMMANDS for use in command.uses if use.says}
    assert said == {name.removeprefix("use.") for name in templates.words.names() if name.startswith("use.")}
    told = {name.removeprefix("press.") for name in templates.words.names() if name.startswith("press.")}
    assert told == set(PRESSES_MADE)


def line_of(command: Command, use: Use) -> str:
    return f"/{command.name} {use.words}".strip()


async def test_a_command_answers_those_who_may_and_refuses_the_rest_without_a_trace(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        people = await everybody(place)
        before = await dump(sqlite)
        for command, use in EVERY_USE:
            line = line_of(command, use)
            roles = command.roles if use.roles is None else use.roles
            for somebody in people:
                many = len(somebody.person.messages) + 1
                await say(place.town, somebody.person, line)
                seen = "\n".join(message.text for message in somebody.person.messages[many:])
                told = f"{somebody.name}: {line}: {seen}"
                if not somebody.roles:
                    assert STRANGER in seen, told
                elif roles and not roles & somebody.roles:
                    wanted = f"Du har ikke tilgang til {refused(command, use, somebody)}. "
                    assert seen == f"{wanted}Send /hjelp for å se hva du kan gjøre.", told
                elif use.words.split()[:1] == ["1.6"] and somebody.roles == {Role.LEADER} and not somebody.owns:
                    assert "hører ikke til enheten din" in seen, told
                else:
                    assert READS[line] in seen, told
                    before = await dump(sqlite)
                    continue
                assert await dump(sqlite) == before, told


def refused(command: Command, use: Use, somebody: Somebody) -> str:
    """The command as the refusal names it: with its word where it is that which is refused."""
    word = next((word for word in use.words.split() if not word.isdecimal()), "")
    is_the_word = use.roles is not None and command.roles & somebody.roles
    return f"/{command.name} {word}" if is_the_word else f"/{command.name}"


# The data of a press of each kind, from the ids of measure 1.6, its request and an answer about it; and who may.
Data = Callable[[int, int, int], str]
PRESSES_MADE: dict[str, tuple[Data, set[str]]] = {
    "st": (lambda measure, request, _reply: f"st:ip:{measure}:{request}:0:0:0:0:0", {"leader"}),
    "fx": (lambda _measure, _request, reply: f"fx:{reply}", {"leader"}),
    "fv": (lambda *_: "fv:e:1", {"admin", "leader"}),
    "ut": (lambda measure, *_: f"ut:m:{measure}", {"leader"}),
    "mo": (lambda *_: "mo:t:1", {"admin", "office"}),
    "nx": (lambda *_: "nx:0:0", {"leader", "leader of another unit"}),
    "lo": (lambda measure, request, _reply: f"lo:{measure}:{request}", {"leader"}),
    "ru": (lambda *_: "ru:v:1", {"admin", "office"}),
    "sb": (lambda _measure, _request, reply: f"sb:{reply}", {"admin", "office"}),
    "mg": (lambda _measure, request, _reply: f"mg:o:r{request}", {"admin", "office"}),
    "re": (lambda _measure, _request, reply: f"re:ok:{reply}", {"office"}),
    "fo": (lambda *_: "fo:go:0", {"office"}),
    "ov": (lambda *_: "ov:1", {"admin", "office"}),
    "aa": (lambda *_: "aa:0:2021", {"admin", "office"}),
    "ok": (lambda *_: "ok:0:2022", {"admin", "office"}),
    "od": (lambda *_: "od:0:2022", {"admin", "office"}),
    "os": (lambda *_: "os:all", {"admin", "office"}),
    "du": (lambda *_: "du:d:0", set()),  # of no due date; whose they are: test_counted_duties.py
    "rd": (lambda *_: "rd:w:1", {"admin", "office"}),
    "at": (lambda measure, *_: f"at:li:{measure}", {"admin", "office", "leader"}),
    "rf": (lambda *_: "rf:all:1", {"office"}),
    "rp": (lambda *_: "rp:1:1900", {"admin", "office"}),
    "te": (lambda *_: "te:v:1:2021", {"office"}),
    "tb": (lambda *_: "tb:no:1", {"office"}),
    "av": (lambda *_: "av:u:1:2021:2", {"leader of another unit"}),  # whose unit the second is
    "ra": (lambda *_: "ra:sh:1:2021", {"office"}),
    "rg": (lambda measure, *_: f"rg:{measure}", {"admin", "office"}),
    "an": (lambda measure, *_: f"an:{measure}", {"leader"}),
    "mi": (lambda *_: "mi:0", {"leader", "leader of another unit"}),
    "tl": (lambda *_: "tl:0", {"admin", "office", "leader", "leader of another unit"}),
    "ti": (lambda measure, *_: f"ti:{measure}", {"admin", "office", "leader"}),
    "ex": (lambda *_: "ex:1", {"admin"}),
    "ar": (lambda measure, *_: f"ar:n:{measure}", {"admin"}),
    "pi": (lambda *_: "pi:su:1", {"admin"}),
    "in": (lambda *_: "in:0", {"admin"}),
    "dg": (lambda *_: "dg:0", {"admin", "office", "leader", "leader of another unit"}),
    "nt": (lambda *_: "nt:1", set()),  # whoever else it was for
    "pl": (lambda *_: "pl:s:1", {"admin"}),
    "lg": (lambda *_: "lg:a0:0", {"admin"}),
    "ow": (lambda measure, *_: f"ow:{measure}", {"admin"}),
    "ua": (lambda *_: "ua:go:0", {"admin"}),
    "wz": (lambda *_: "", {"admin"}),  # the button that is there by then
    "ad": (lambda *_: "ad:un:0", {"admin"}),
    "vi": (lambda *_: "vi:ul:0", {"admin"}),
    "iv": (lambda *_: "iv:1", {"admin"}),
    "il": (lambda *_: "il:0", {"admin"}),
    "ir": (lambda *_: "ir:1", {"admin"}),
    "pv": (lambda *_: "pv:keep", {"admin", "office", "leader", "leader of another unit"}),
    "sp": (lambda *_: "sp:nb", {"admin", "office", "leader", "leader of another unit"}),
}


async def test_a_button_works_for_those_who_may_and_refuses_the_rest_without_a_trace(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        people = await everybody(place)
        measure = await measure_id(sqlite, "1.6")
        await say(place.town, place.nav, "/status 1.6")
        await press(place.town, place.nav, "🔵 I gang")
        await say(place.town, place.nav, "Kurset er holdt")
        await press(place.town, place.nav, "Lagre")
        reply = int(data_of(place.nav.last if place.nav.last.buttons else place.nav.messages[-2], "Rett")[3:])
        await place.town.go_to(ROUND_OPENS)
        [(request,)] = await values(sqlite, f"SELECT id FROM status_request WHERE measure_id = {measure}")
        assert isinstance(request, int)
        await say(place.town, place.nav, "/fravaer uke 28")
        await press(place.town, place.nav, "Ingen stedfortreder")
        for entry in sorted(PRESSES, key=lambda each: each.prefix != "lo"):
            if entry.prefix == "lo":
                await say(place.town, place.nav, "løse ord")
            make, allowed = PRESSES_MADE[entry.prefix]
            data = make(measure, request, reply)
            if entry.prefix == "wz":
                await say(place.town, place.admin, "/enhet ny")
                data = data_of(place.admin.last, "Avbryt")
            before = await dump(sqlite)
            for somebody in sorted(people, key=lambda each: each.name in allowed):
                many = len(somebody.person.messages)
                answer = await press(place.town, somebody.person, data=data)
                told = f"{somebody.name}: {entry.prefix}: {answer}\n{somebody.person.transcript()[-500:]}"
                if somebody.name in allowed:
                    assert STRANGER not in answer.text, told
                    assert answer.text != NOT_YOURS, told
                    assert "gjelder ikke lenger" not in answer.text, told
                    continue
                refused = answer.show_alert and answer.text
                assert refused or "hører ikke til enheten din" in somebody.person.last.text, told
                assert (STRANGER in answer.text) == (somebody.name == "stranger"), told
                assert await dump(sqlite) == before, told
                if refused:
                    assert len(somebody.person.messages) == many, told


async def test_a_leader_never_answers_for_a_unit_as_the_office_does(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        measure = await measure_id(sqlite, "1.6")
        before = await dump(sqlite)
        for somebody in (place.nav, place.slt):
            answer = await press(place.town, somebody, data=f"st:ip:{measure}:0:0:1:0:0:0")
            assert answer.text == NOT_YOURS
        assert await dump(sqlite) == before
