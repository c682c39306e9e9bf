"""The words in which Norwegian plans state time, in bokmål and nynorsk, with their abbreviations.

All in lower case. A new word belongs here and nowhere else; the grammar knows them by table.
"""

from collections import defaultdict
from collections.abc import Mapping
from enum import Enum, auto
from itertools import chain
from typing import Generic, TypeVar

from plan.deadline.model import DeadlineWarning, Every
from plan.deadline.stretch import Bound, Edge, Named, Season

T = TypeVar("T")


class Phrases(Generic[T]):
    """A table whose keys are runs of words; the longest run that fits is found first."""

    def __init__(self, table: Mapping[str, T]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], T]]] = defaultdict(list)
        for phrase, value in table.items():
            run = tuple(phrase.split())
            self._by_first[run[0]].append((run, value))
        for runs in self._by_first.values():
            runs.sort(key=lambda entry: -len(entry[0]))
        self.words = frozenset(chain.from_iterable(phrase.split() for phrase in table))

    def beginning_with(self, word: str) -> list[tuple[tuple[str, ...], T]]:
        """The runs that begin with the word, longest first."""
        return self._by_first.get(word, [])


def _set_of(words: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(words.split())


def _phrase_set(phrases: str) -> frozenset[str]:
    """The phrases of a list, divided by commas."""
    return frozenset(" ".join(phrase.split()) for phrase in phrases.split(","))


def _listed(*entries: tuple[str, T]) -> dict[str, T]:
    """One entry per word of a list of words that share a value."""
    return {word: value for words, value in entries for word in words.split()}


def _phrased(*entries: tuple[str, T]) -> Phrases[T]:
    """One entry per phrase of a list of phrases, divided by commas, that share a value."""
    return Phrases({phrase.strip(): value for phrases, value in entries for phrase in phrases.split(",")})


# Parts of the calendar ---------------------------------------------------------------------------

MONTHS = _listed(
    ("januar jan", 1),
    ("februar feb febr", 2),
    ("mars mar", 3),
    ("april apr", 4),
    ("mai", 5),
    ("juni jun", 6),
    ("juli", 7),
    ("august aug", 8),
    ("september sept sep", 9),
    ("oktober okt", 10),
    ("november nov", 11),
    ("desember des", 12),
)
MONTH_NOUNS = _set_of("måned måneden mnd månad månaden")
NEW_YEAR_MONTH = _set_of("nyåret nyår")  # nyåret is January

SEASONS = _listed(
    ("vinter vinteren vintersemesteret vinterhalvåret", Season.WINTER),
    ("vår våren vårhalvåret", Season.SPRING),
    ("sommer sommeren sommar sommaren", Season.SUMMER),
    ("høst høsten haust hausten høsthalvåret", Season.AUTUMN),
)
EDGED_SEASONS = _listed(
    ("forsommer forsommeren forsommar forsommaren", (Season.SUMMER, Edge.START)),
    ("ettersommer ettersommeren ettersommar ettersommaren sensommer sensommeren", (Season.SUMMER, Edge.END)),
    ("senhøst senhøsten seinhaust seinhausten seinhøsten", (Season.AUTUMN, Edge.END)),
    ("tidligvår tidligvåren", (Season.SPRING, Edge.START)),
    ("senvinter senvinteren seinvinter seinvinteren ettervinter ettervinteren", (Season.WINTER, Edge.END)),
)
HALF_NAMES = _listed(
    ("vårsemester vårsemesteret vårsemesteret vårhalvår", 1),
    ("høstsemester høstsemesteret haustsemester haustsemesteret høsthalvår hausthalvår", 2),
)

QUARTERS = _set_of("kvartal kvartalet kvartals kv kvt kvartaler")
TERTIALS = _set_of("tertial tertialet tertiale tert tertialer")
HALVES = _set_of("halvår halvåret halvdel halvdelen halvdelar halvpart halvparten")
WEEKS = _set_of("uke uka uken ukene uker veke veka vekene u")

# A number after one of these is a place in a paper, not a day.
REFERENCES = _set_of(
    "tiltak tiltaka kap kapittel pkt punkt mål delmål hovedmål nr nummer avsnitt side s vedlegg tabell figur §"
)

SCHOOL_YEARS = _set_of("""skoleår skoleåret skuleår skuleåret barnehageår barnehageåret undervisningsåret
    opplæringsåret studieåret skolåret skoleårets skuleårets barnehageårets skuleårets""")
YEARS = _set_of("""år året kalenderår kalenderåret budsjettår budsjettåret driftsår driftsåret regnskapsåret
    rekneskapsåret årets""")

WEEKDAYS = _listed(
    ("mandag måndag man", 0),
    ("tirsdag tysdag tir", 1),
    ("onsdag ons", 2),
    ("torsdag tor", 3),
    ("fredag fre", 4),
    ("lørdag laurdag lør", 5),
    ("søndag sundag søn", 6),
)

# What may follow "vår" where it is the season and not "our".
AFTER_SPRING = (
    _set_of("""og eller til i av hver hvert kvar kvart årlig årleg halvår halvåret samt ca for på innen""")
    | frozenset(SEASONS)
    | frozenset(MONTHS)
)

NAMED = _listed(
    ("påske påska påsken påskeferien", Named.EASTER),
    ("pinse pinsa pinsen", Named.WHITSUN),
    ("sankthans jonsok", Named.MIDSUMMER),
    ("jul jula julen julaften juleaften jolaftan jol jola", Named.CHRISTMAS),
    ("romjul romjula romjulen juleferie juleferien", Named.CHRISTMAS_WEEK),
    ("årsskiftet årsskifte årsslutt nyttår nyttårsaften", Named.TURN_OF_YEAR),
    (
        "sommerferie sommerferien sommarferie sommarferien fellesferien skoleferien skuleferien",
        Named.SUMMER_HOLIDAYS,
    ),
    ("høstferie høstferien haustferie haustferien", Named.AUTUMN_HOLIDAYS),
    ("vinterferie vinterferien", Named.WINTER_HOLIDAYS),
    ("skolestart skulestart barnehagestart skoleårsstart skuleårsstart", Named.SCHOOL_START),
    ("skoleslutt skuleslutt skoleårsslutt skuleårsslutt", Named.SCHOOL_END),
    ("semesterstart studiestart", Named.SEMESTER_START),
)

PLAN_PERIODS = _set_of("""planperiode planperioden planperiodens perioden periode periodens handlingsplanperioden
    handlingsprogramperioden virkeperioden virketiden tidsperioden planperioda perioda gyldighetsperioden
    tiltaksperioden plantida plantiden""")
# Periods of something else than the plan; when they end is not known.
OTHER_PERIODS = _set_of(
    "økonomiplanperioden økonomiplanperiode prosjektperioden prosjektperiode prosjekttiden prosjekttida avtaleperioden"
)
ELECTION_PERIODS = _set_of("""valgperiode valgperioden valgperiodens valperiode valperioden kommunestyreperiode
    kommunestyreperioden fylkestingsperioden bystyreperioden""")

ORDINALS = _listed(
    ("første fyrste første", 1),
    ("andre annen annet annan anna", 2),
    ("tredje", 3),
    ("fjerde", 4),
    ("femte", 5),
    ("sjette", 6),
    ("sjuende syvende", 7),
    ("åttende", 8),
    ("niende", 9),
    ("tiende", 10),
    ("siste", -1),
)
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
NUMBERS = _listed(
    ("en én ein éin ett ei ett én", 1),
    ("to", 2),
    ("tre", 3),
    ("fire", 4),
    ("fem", 5),
    ("seks", 6),
    ("sju syv", 7),
    ("åtte", 8),
    ("ni", 9),
    ("ti", 10),
    ("tolv", 12),
)
# Durations of half years, in months.
HALF_YEARS = {
    "et halvt år": 6,
    "ett halvt år": 6,
    "eit halvt år": 6,
    "et halvår": 6,
    "eit halvår": 6,
    "halvannet år": 18,
    "halvanna år": 18,
    "halvtanna år": 18,
    "ett og et halvt år": 18,
    "eitt og eit halvt år": 18,
}

# What stands before and after a time ---------------------------------------------------------------


class Lead(Enum):
    """A lead that is no bound: an edge of what follows, or nothing at all."""

    EMPTY = auto()
    NEXT = auto()
    THIS = auto()


LEADS: Phrases[Bound | Edge | Lead] = _phrased(
    (
        """i, innenfor, i løpet av, iløpet av, i løpe av, i laupet av, ila, på, på den, per, pr, ved, ved et,
        for, under, om, resten av, i resten av, ut resten av, i tidsrommet, i perioden fra, ut på,
        utover, utpå, i hele, gjennom, i det, den, av""",
        Bound.WITHIN,
    ),
    (
        """innen, innan, inna, inne, senest, seinast, seinest, senest innen, seinast innan, til, frist,
        tidsfrist, ikke senere enn, ikkje seinare enn, by, innen den, senest i løpet av, innen
        fristen, deadline, innen for, senest ved, utsatt til, utsettes til, utsettast til, utsett
        til, forskyves til, forskjøvet til""",
        Bound.BY,
    ),
    (
        """frem til, fram til, inntil, til og med, tom, ut, fram til og med, frem til og med, ut i, forlenget
        til, siste gang, siste gang i, siste gong, siste gong i, gjelder til, gjelder ut, varer til,
        videreføres til, videreført til""",
        Bound.UNTIL,
    ),
    ("før, i forkant av, forut for, i god tid før, innen starten av neste", Bound.BEFORE),
    (
        """fra, frå, fra og med, frå og med, fom, fra den, med virkning fra, med verknad frå, gjeldende fra,
        gjeldande frå, tidligst, tidlegast, fra og med den, fra starten av, med oppstart, med start,
        første gang, fyrste gong, første gang i, med første gang, neste gang, neste gong, starter opp""",
        Bound.FROM,
    ),
    ("etter, i etterkant av", Bound.AFTER),
    (
        """utgangen av, ved utgangen av, slutten av, slutten på, utløpet av, utløp av, enden av, siste del av,
        ultimo, sent i, sent på, sein, sen, seint i, seint på, sist i, sist på, utgang av, utgangen
        på, sent, seint, i slutten av, mot slutten av, utg av, ved utg av""",
        Edge.END,
    ),
    (
        """starten av, starten på, begynnelsen av, begynnelsen på, byrjinga av, byrjinga på, tidlig, tidlig i,
        tidlig på, tidleg, tidleg i, tidleg på, primo, første del av, fyrste del av, først i, først
        på, oppstarten av, i begynnelsen av, i starten av""",
        Edge.START,
    ),
    ("midten av, medio, midt i, midt på, midtveis i, midtvegs i", Edge.MIDDLE),
    ("inneværende, denne, dette, innverande, noverande, nåværende, gjeldende, samme, hele, heile", Lead.THIS),
    ("neste, kommende, komande, førstkommende, nærmeste, påfølgende", Lead.NEXT),
)
RANGE_JOINERS: Phrases[bool] = _phrased(
    ("til og med, fram til og med, frem til og med, fram til, frem til, til, tom, ut, og ut", True),
)
LIST_JOINERS: Phrases[bool] = _phrased(
    ("og, samt, og i, og på, og innen, deretter, og deretter, så", False), ("eller", True)
)
# Said between "pågår" and a time: then that is when it ends.
FINISHING = _set_of(
    """ferdig ferdigstilles ferdigstillast ferdigstilt sluttføres sluttførast fullføres fullførast
        avsluttes avsluttast frist slutt avslutning"""
)
BETWEEN = frozenset({"mellom", "imellom"})
ONWARD: Phrases[bool] = _phrased(
    (
        """og fremover, og framover, fremover, framover, og utover, og videre, og vidare, videre, vidare, og
        senere, og seinare, og videre fremover, ff, og etter, og årene fremover, og åra framover, d
        d, dd, dags dato""",
        True,
    ),
)
THEN = _set_of("deretter så derpå siden sidan etterpå og")

# Whether the start lies behind already: without a time, what has begun is ongoing.
STARTS: Phrases[bool] = _phrased(
    (
        """oppstart, oppstarten, oppstarter, start, starter, startar, startes, startast, starte, startdato,
        planlagt oppstart, planlagt start, start opp, starter opp, startes opp, iverksettes,
        iverksette, iverksetting, iverksettast, iverksetjast, iverksettelse, igangsettes,
        igangsette, igangsetting, igangsettast, igangsetjast, settes i gang, setjast i gang, sette i
        gang, settes i verk, setjast i verk, settast i verk, settast i gang, påbegynnes, påbegynne,
        påbyrjast, begynner, begynne, byrjar, byrje, trer i kraft, gjelder fra, gjeld frå, innføres
        fra, vert sett i gang, blir satt i gang, driftsstart, arbeidet starter, arbeidet starter opp""",
        False,
    ),
    (
        """startet, starta, startet opp, iverksatt, igangsatt, iverksett, igangsett, påbegynt, i gang fra, i
        gang frå, i drift fra, i drift frå, satt i gang, satt i verk, er startet, er påbegynt, er
        igangsatt""",
        True,
    ),
)

# Recurrence -------------------------------------------------------------------------------------------

A_FEW: Phrases[bool] = _phrased(("flere, fleire, noen, nokre, et par, eit par, x antall", True))
EACH = _set_of("hver hvert kvar kvart hverje alle")
EACH_SECOND = _set_of(
    "annenhver annenhvert annethvert annahver annahvert annakvar annakvart annankvar annankvart annakvart"
)
PARITIES: dict[str, int] = {
    **dict.fromkeys(("partallsår", "partalsår", "partallsårene", "partalsåra", "partallår", "partallsåret"), 0),
    **dict.fromkeys(("oddetallsår", "oddetalsår", "oddetallsårene", "oddetalsåra", "oddetallår", "oddetallsåret"), 1),
}
"""Years told apart by whether two divides them."""

LAST: frozenset[str] = _set_of("siste")
UNITS: Phrases[Every] = _phrased(
    ("år, året, årene, kalenderår, åra, budsjettår, åring, annum", Every("year")),
    ("halvår, halvåret, semester, semesteret", Every("month", 6)),
    ("tertial, tertialet, tert", Every("month", 4)),
    ("kvartal, kvartalet, kv", Every("month", 3)),
    ("måned, måneden, månedene, mnd, månad, månaden, md", Every("month")),
    ("uke, uka, uken, veke, veka, helg, helga", Every("week")),
    ("skoleår, skoleåret, skuleår, skuleåret, barnehageår, barnehageåret", Every("year", 1, 1, (7,))),
    (
        """valgperiode, valgperioden, valperiode, valperioden, kommunestyreperiode, kommunestyreperioden,
        fireårsperiode, fireårsperioden""",
        Every("year", 4),
    ),
)
ADVERBS: Phrases[Every] = _phrased(
    (
        """årlig, årlige, årleg, årlege, årvisst, årviss, årlegvis, per annum, år om annet, årligen, årligt, en
        gang årlig""",
        Every("year"),
    ),
    (
        "halvårlig, halvårlige, halvårleg, halvårlege, halvårsvis, halvårsvise, semestervis, hvert halvår",
        Every("month", 6),
    ),
    ("tertialvis, tertialvise, tertialsvis, tertialvist, tertialsvise, tertialrapportering", Every("month", 4)),
    ("kvartalsvis, kvartalsvise, kvartalvis, kvartalsvist, kvartalsmessig", Every("month", 3)),
    ("månedlig, månedlige, månadleg, månadlege, månedsvis, månadsvis, månedleg, månedlege", Every("month")),
    ("ukentlig, ukentlige, vekentleg, vekentlege, ukevis, vekevis", Every("week")),
    ("toårlig, toårig, annetårlig", Every("year", 2)),
    ("treårlig, treårig", Every("year", 3)),
    ("fireårlig, fireårig", Every("year", 4)),
)
TIMES = _set_of("gang ganger gangar gong gonger gongar g x ggr")
# What is never the thing counted in "3 møter pr. år".
NOT_COUNTED = _set_of(
    "år års uke uker veke veker måned måneder månad månader mnd dag dager og eller til av i på pr per"
)
PER: Phrases[bool] = _phrased(("per, pr, om, for hvert, for hver, for kvart, per hvert", True))
# After "to ganger" these count too; alone, "i løpet av året" is a time and "i år" is this year.
PER_AFTER_COUNT: Phrases[bool] = _phrased(
    ("per, pr, i, om, for, i løpet av, ila, gjennom, a, på, per hvert, innen, innenfor", True),
)


# Marks: no time, but a meaning ------------------------------------------------------------------------


class Mark(Enum):
    """A phrase that is no time of the calendar but says something about time."""

    ONGOING = auto()
    AS_NEEDED = auto()
    IMMEDIATE = auto()
    VAGUE = auto()
    DONE = auto()
    DITTO = auto()
    APPROXIMATE = auto()
    UNCERTAIN = auto()
    MEETING = auto()
    ELSEWHERE = auto()


MARKS: Phrases[Mark] = _phrased(
    (
        """løpende, løpande, laupande, kontinuerlig, kontinuerleg, kontinuerlege, kontinuerlige, fortløpende,
        fortlaupande, fortløpande, pågående, pågåande, pågår, pågår kontinuerlig, pågår fortløpende,
        daglig drift, dagleg drift, gjennomgående, gjennomgåande, hele perioden, heile perioden,
        hele planperioden, heile planperioden, hele tiden, heile tida, gjennom hele planperioden,
        gjennom heile planperioden, gjennom hele perioden, gjennom heile perioden, gjennom
        planperioden, i hele planperioden, i heile planperioden, i hele perioden, i heile perioden,
        hele året, heile året, helårig, heilårig, helårs, heilårs, gjennom hele året, gjennom heile året,
        gjennom året, året rundt, året gjennom, i gang, igang, er i gang, er igang, allerede i gang, under arbeid, under
        gjennomføring, daglig, dagleg, vedvarende, varig, permanent, stadig, til enhver tid, til ei
        kvar tid, til ein kvar tid, hver dag, kvar dag, regelmessig, jevnlig, jamnleg, jevnlige, jamleg, jamlege,
        regelmessige, rutinemessig, ordinær drift, i drift, drift, eksisterende tiltak,
        videreføring, videreføres, vidareførast, vidareføring, systematisk, jamt, løpende i hele
        planperioden, etter hvert, etter kvart, etterhvert, etterkvart, suksessivt, gradvis, hele
        skoleåret, gjennom skoleåret, gjennom hele skoleåret, fast, kontinuerlig arbeid, ongoing,
        alltid, i hele planens periode""",
        Mark.ONGOING,
    ),
    (
        """etter behov, ved behov, ved trong, etter trong, når behov, når behovet oppstår, når behov oppstår,
        når behovet melder seg, når det er behov, når det er behov for det, når det trengs, når det
        trengst, når det trengs, om nødvendig, om nødvendig, ved nødvendighet, dersom behov, hvis
        behov, om det er behov, dersom det er behov, hvis det er behov, ut fra behov, ut ifra behov,
        utfra behov, behovsstyrt, behovsprøvd, på forespørsel, ved forespørsel, på førespurnad, ved
        førespurnad, etter ønske, ved ønske, ad hoc, adhoc, ved eventuelt behov, etter eventuelt
        behov, i forhold til behov, alt etter behov, dersom nødvendig, hvis nødvendig, dersom
        naudsynt, om naudsynt, ved oppståtte behov, som nødvendig, når nødvendig""",
        Mark.AS_NEEDED,
    ),
    (
        """straks, snarlig, snarleg, så fort som råd, så fort som råd er, med en gang, med det samme,
        strakstiltak, haster, hastar, umiddelbart, umiddelbar, snarest, snarest mulig, snarast, snarast mogleg,
        snarast råd, så
        snart som mulig, så snart som mogleg, så snart som råd, så fort som mulig, så fort som
        mogleg, så raskt som mulig, så raskt som mogleg, asap, omgående, omgåande, nå, no, så snart
        det lar seg gjøre, så snart det let seg gjere, så snart råd er, først mulig, hurtigst mulig,
        raskest mulig, raskest mogleg, tidligst mulig, tidlegast mogleg, akutt, haster, med éin
        gong, med ein gong, straks oppstart""",
        Mark.IMMEDIATE,
    ),
    (
        """på sikt, på kort sikt, på lang sikt, på mellomlang sikt, på lengre sikt, på litt sikt, kort sikt,
        lang sikt, mellomlang sikt, lengre sikt, langsiktig, kortsiktig, kortsiktig tiltak,
        langsiktig tiltak, på noe sikt, i fremtiden, i framtida, etter planperioden, senere,
        seinare, ved anledning, ved høve, når det passer, ved leilighet, når tiden tillater det,
        snart""",
        Mark.VAGUE,
    ),
    (
        """gjennomført, utført, ferdig, ferdigstilt, avsluttet, avslutta, ok, fullført, levert, utgår, utgått,
        ikke startet, ikke påbegynt, vedtatt, ja, nei, gjort, avsluttes""",
        Mark.DONE,
    ),
    ("samme som over, som over, se over, sjå over, same som over, ditto, do, samme, samme frist, dito", Mark.DITTO),
    (
        "ca, cirka, omkring, omlag, om lag, omtrent, rundt, anslagsvis, foreløpig, førebels, stipulert, estimert",
        Mark.APPROXIMATE,
    ),
    (
        """muligens, kanskje, eventuelt, evt, ev, helst, fortrinnsvis, mulig, mogleg, kan hende, om mulig, om
        mogleg, hvis mulig, dersom mulig, dersom mogleg, tentativt, tentativ, usikkert, usikker,
        usikkert om, forventet, forventa, målsetting, så langt det lar seg gjøre, tilstrebes,
        ambisjon""",
        Mark.UNCERTAIN,
    ),
    (
        """i henhold til, ihht, iht, i h t, i hht, i tråd med, i samsvar med, jf, jfr, jamfør, etter plan,
        følger, følgjer, i følge, ifølge, ifølgje, etter årsplan, etter egen plan, etter eigen plan,
        etter framdriftsplan, etter fremdriftsplan, ihh til, se egen, se eigen, sjå eigen, se, sjå,
        etter årshjul, etter oppsatt plan, etter nærmere plan, etter egen fremdriftsplan, etter egen
        framdriftsplan, i følgje, etter gjeldende""",
        Mark.ELSEWHERE,
    ),
)

NOT_GIVEN = _phrase_set(
    """avklares, avklares senere, må avklares, skal avklares, avklarast, avklarast seinare, ikke avklart,
    ikkje avklart, uavklart, settes senere, settes, fastsettes senere, fastsettes, fastsettast,
    fastsettast seinare, ikke fastsatt, ikke fastsatt ennå, ikkje fastsett, ikke satt, ikkje sett,
    ikke bestemt, ikkje bestemt, ubestemt, bestemmes senere, ikke tidfestet, ikkje tidfesta,
    tidfestes senere, ikke oppgitt, ikkje oppgitt, ikke angitt, ikkje gitt, ikke gitt, ingen, ingen
    frist, inga frist, ingen dato, ingen frist fastsatt, ingen tidsfrist, uten frist, utan frist, åpen, open, ukjent,
    ukjend, ikke aktuelt, ikkje aktuelt, ikke relevant, uaktuelt, tba, tbd, na, n a, i a, ia, ikke
    klart, ikke klar, kommer, kommer senere, kjem seinare, kommer tilbake til, planlegges,
    planleggast, ikke planlagt, under avklaring, til avklaring, under planlegging, under vurdering,
    vurderes, vurderast, må vurderes, vurderes senere, utredes, frist avklares, frist settes senere,
    frist ikke satt, frist ikke fastsatt, tidspunkt avklares, tidspunkt ikke fastsatt, dato
    avklares, dato settes senere, dato ikke fastsatt, ikke dato, x, xx, xxx, xxxx, tom, blank, ikke
    frist, ikkje frist, frist ikkje sett, uspesifisert, ikke spesifisert, ikkje spesifisert,
    spesifiseres senere, ikke definert, ikkje definert, ikke estimert, gjenstår, må fastsettes, skal
    fastsettes, avventes, avventer, venter, på vent, ikke prioritert, ikke tidsbestemt, ikkje
    tidsbestemt, ikke tidsatt, ikke tidfesta, mangler, manglar, blir avklart senere, blir avklart,
    vert avklart seinare, vert avklart, avklares nærmere, frist mangler, ikke avklart ennå, ikkje
    avklart enno, uviss, uvisst"""
)

# Conditions ----------------------------------------------------------------------------------------------


class Opener(Enum):
    """What opens a condition: always, on an event in time, or only where a meeting follows."""

    STRONG = auto()
    EVENT = auto()
    WEAK = auto()


OPENERS: Phrases[Opener] = _phrased(
    (
        """forutsatt, føresett, forutsetter, føreset, forutsetning, under forutsetning av, under føresetnad av,
        med forutsetning om, under forutsetning, under føresetnad, dersom, hvis, viss, når, så
        snart, så fremt, såfremt, så framt, såframt, så sant, gitt, betinget, betinga, betinget av,
        betinga av, på betingelse av, avhengig av, avhenger av, avhengig, avheng av, med forbehold
        om, med forbehold, med atterhald om, med etterhald om, i tilfelle, i påvente av, innenfor
        rammen av, innen rammen av, så lenge, mot at, krever, krev, etter, etter at, så snart som, i
        etterkant av, umiddelbart etter, snarest etter, straks etter, dagen etter, med en gang, så
        fort, før, i forkant av""",
        Opener.STRONG,
    ),
    (
        """ved, i forbindelse med, i samband med, ifm, ifb med, ifbm, ifb, samtidig med, samtidig som,
        samstundes med, parallelt med, som del av, som ledd i, i tilknytning til, i sammenheng med,
        i samheng med, mens, medan, sammen med, saman med""",
        Opener.EVENT,
    ),
    (
        """til, innen, innan, under, med, fra, frå, i løpet av, i, på, gjennom, senest, seinast, inntil, frem
        til, fram til, første, fyrste, neste, hver, hvert, kvar, kvart""",
        Opener.WEAK,
    ),
)
MEETING_STEMS = (
    "budsjett",
    "økonomiplan",
    "kommunestyr",
    "formannskap",
    "formannskapet",
    "bystyre",
    "fylkesting",
    "hovedutvalg",
    "hovudutval",
    "utvalgsmøt",
    "utvalsmøt",
    "kommunestyremøt",
    "rullering",
    "planstrategi",
    "årsmelding",
    "årsrapport",
    "årsberetning",
    "årsmøte",
    "årsoppgjør",
    "årsregnskap",
    "tertialrapport",
    "kvartalsrapport",
    "handlingsprogram",
    "handlingsplan",
    "kommuneplan",
    "kommunedelplan",
    "samfunnsdel",
    "arealdel",
    "virksomhetsplan",
    "verksemdsplan",
    "statsbudsjett",
    "regnskap",
    "rekneskap",
    "revidering",
    "revisjon",
    "høp",
    "møte",
    "planprosess",
    "medarbeidersamtal",
)
# Bodies of the municipality: to report to one is no time, its meeting is.
BODY_STEMS = ("kommunestyr", "formannskap", "bystyre", "fylkesting", "hovedutvalg", "hovudutval")
# "Budsjett 2022" is made in 2021: the year belongs to the thing, it is not the time of the work.
YEARED_STEMS = (
    "budsjett",
    "årsbudsjett",
    "økonomiplan",
    "handlingsprogram",
    "årsmelding",
    "årsrapport",
    "årsberetning",
    "regnskap",
    "rekneskap",
    "høp",
)
NEED_STEMS = ("behov", "trong", "nødvendig", "naudsynt")

# Words that say what is done by then, not when --------------------------------------------------------------

FILLERS = _set_of("""ferdig ferdigstilles ferdigstille ferdigstillast ferdigstilt ferdigstillelse ferdigstilling
        gjennomføres gjennomføre gjennomførast gjennomført gjennomføring planlagt planlegges
        planleggast frist fristen tidsfrist deadline rapport rapporteres rapporterast rapportere
        rapportering avklaring avklares avklarast avklart utarbeides utarbeide utarbeidast
        utarbeidet utarbeidelse skal må bør kan vil være vere er blir vert på plass klar klart klare
        kl kl. minst minimum maks maksimum inntil senest seinast innen innan evalueres evaluerast
        evaluering evaluere rulleres rullerast rullering revideres reviderast revisjon revidering
        oppdateres oppdaterast oppdatering behandles behandlast behandling vedtas vedtakast vedtatt
        legges leggast fram frem sluttføres sluttførast sluttført avsluttes avsluttast avsluttet
        slutt etableres etablerast etablert etablering opprettes opprettast opprettet utføres
        utførast utført tiltak tiltaket arbeid arbeidet arbeides arbeider prosess prosessen prosjekt
        prosjektet prosjektperiode oppfølging oppfølgjing følges følgjast opp vurderes vurderast
        vurdering starter start oppstart dato tid tidspunkt tidsrom tidsramme periode perioden år
        året i på av til og det den de dette en et ei ein eit som for med per pr ved plan planen
        planperioden fullføres fullførast fullført levert leveres leverast implementeres
        implementerast implementering implementert innføres innførast innføring innført avholdes
        avhaldast holdes haldast arrangeres første andre gang ganger gong deretter så siden etterpå
        videre vidare også samt men dessuten ellers høring vedtak utgang utløp ende skjer gjøres gjerast tas takast
        kontroll måling målt måles igangsettes iverksettes settes i gang verk kartlegging kartlegges
        status gjelder gjeld årlig årleg utredning utredes utgreiast drift daglig dagleg jevnlig
        systematisk gjennom hele heile bevilgning innarbeides bestilles utlyses ansettes anskaffes
        bygges forventet forventa ambisjon mål målet målsetting milepæl milepæler fase del delmål
        trinn steg etappe uka uke dag dager møte møter vår løpende kontinuerlig fortløpende tidlig
        sen snarest mulig sendes sendt ut innspill utkast forslag høringsutkast pågår pågående også
        hovedsakelig primært hovedsak hovudsak særlig spesielt normalt vanligvis ordinært ifølge
        hensiktsmessig formålstjenlig avtale avtales sammen saman både""")
# Words that may turn a phrase around: a rest that holds one of them is never harmless.
TURNING = _set_of("""ikke ikkje aldri ingen inga uten utan unntatt unntak eller men kun bare berre enten
        verken hverken kanskje trolig truleg usikkert utsatt utsettes utsett avlyst utgår etter før""")
# Where a rest after "årlig" begins with one of these, it says when or where, not what.
PLACING = _set_of("på ved i til fra frå før etter innen innan under om mellom hver hvert kvar kvart")
JOINERS = _set_of("og eller samt til")

CALENDAR = frozenset(
    chain(MONTHS, SEASONS, EDGED_SEASONS, HALF_NAMES, QUARTERS, TERTIALS, HALVES, WEEKS, NAMED, WEEKDAYS)
)
VOCABULARY = frozenset(
    chain(
        (word for word in CALENDAR if len(word) > 3),
        SCHOOL_YEARS,
        YEARS,
        PLAN_PERIODS,
        ELECTION_PERIODS,
        (word for word in ORDINALS if len(word) > 3),
        *((word for word in table.words if len(word) > 4) for table in (LEADS, STARTS, ADVERBS, MARKS, OPENERS, UNITS)),
        FILLERS,
    )
)

WARNING_OF_MARK = {
    Mark.APPROXIMATE: DeadlineWarning.APPROXIMATE,
    Mark.UNCERTAIN: DeadlineWarning.UNCERTAIN,
    Mark.IMMEDIATE: DeadlineWarning.IMMEDIATE,
    Mark.VAGUE: DeadlineWarning.VAGUE,
    Mark.DONE: DeadlineWarning.STATUS_NOT_DEADLINE,
    Mark.DITTO: DeadlineWarning.SAME_AS_ABOVE,
    Mark.ELSEWHERE: DeadlineWarning.DEFINED_ELSEWHERE,
}
