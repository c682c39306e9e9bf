"""The words by which Norwegian plans name the parts of a measure, in bokmål and nynorsk.

They stand in the head of a column ("Ansvarleg eining") or before a colon ("Tidsfrist: …"). A new word goes into
`_WORDS`; the first pattern that is found decides.
"""

import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache


class Part(Enum):
    """A part of a measure that a column or a label can hold."""

    REF = auto()
    TITLE = auto()
    DESCRIPTION = auto()
    GOAL = auto()
    RESULT = auto()
    RESPONSIBLE = auto()
    ALSO_AFFECTED = auto()
    DEADLINE = auto()
    START = auto()
    COST = auto()
    YEAR = auto()
    TERM = auto()
    """Short, middle or long term, a month or a quarter: a column that is marked."""
    UNIT = auto()
    """A unit that names a column, which is marked where it answers or takes part."""
    FUNDING = auto()
    PRIORITY = auto()
    CATEGORY = auto()
    STATUS = auto()
    COMMENT = auto()
    IGNORED = auto()
    """A part we know and do not keep."""
    FOREIGN = auto()
    """A part no measure has: it belongs to a list of people, a risk analysis, a table of numbers."""


@dataclass(frozen=True)
class Meaning:
    """What a word names. `is_weak` says that the word is also used for other things ("hva", "aktivitet")."""

    part: Part
    is_weak: bool = False
    year: int | None = None


_YEAR = r"(?:19|20)\d\d"
_MONTHS = (
    r"jan(?:uar)?|feb(?:ruar)?|mars?|apr(?:il)?|mai|juni?|juli?|aug(?:ust)?|sept?(?:ember)?|okt(?:ober)?|"
    r"nov(?:ember)?|des(?:ember)?"
)
_WORDS: tuple[tuple[Part, bool, str], ...] = (
    (
        Part.FOREIGN,
        False,
        r"sannsyn|^konsekvens(?:er|ar)?$|risiko(?!-?(?:reduser|demp|begrens|avgrens))|^hendelse|^hending|uønsk",
    ),
    (Part.FOREIGN, False, r"telefon|^tlf|epost|adresse|^navn$|^namn$|^rolle$|stilling$|representant|^medlem"),
    (Part.FOREIGN, False, r"^antall|^antal|\bandel|prosent|^liter|begrep|^lov|paragraf|^§|^møte|kilde|^kjelde|^vedtak"),
    (
        Part.DEADLINE,
        False,
        r"^(?:skal )?(?:være |vere )?(?:gjennomfør|ferdigstil|fullfør|utfør|realiser|iverksett|klar)\w* "
        r"(?:innen|innan|i løpet av|senest|seinast|når|år|dato)\b",
    ),
    (Part.IGNORED, False, r"informeres|informerast|\butslipp|\btonn\b|\bco2|\bkwh\b|^tilstandsgrad|^tg$"),
    (Part.IGNORED, False, r"helårs|heilårs|nye midler|^sum$|^totalt?$|^i alt$|avkryss|^sign"),
    (Part.TITLE, False, r"^(?:actions?|measures?|activit(?:y|ies)|initiatives?)$"),
    (Part.RESPONSIBLE, False, r"^(?:owner|responsible|accountable|lead)$"),
    (Part.DEADLINE, False, r"^(?:deadline|due(?: date)?|timeline|timing|end(?: date)?)$"),
    (Part.RESULT, False, r"^(?:deliverables?|outcomes?|outputs?|kpi)$"),
    (Part.COST, False, r"^(?:budget|costs?)$"),
    (Part.TERM, False, rf"^(?:{_MONTHS})$|^q[1-4]$"),
    (Part.TERM, False, r"^(?:på )?(?:kort|mellomlang|middels lang|lang) sikt\b.{0,20}$"),
    (Part.REF, False, r"^(?:tiltaks?)? ?(?:nr|nummer|id|no|kode|løpenr|løpenummer|ref|referanse|#|pkt|punkt)$"),
    (Part.REF, False, r"^(?:nr|nummer|id) (?:på )?tiltak(?:et)?$|^(?:mål|delmål) ?nr$|^#$|^løpenr$|^tiltak ?#$"),
    (Part.TITLE, False, r"^tiltak\w* ?(?:/|og|med|\+|&) ?(?:hoved|hovud)?ansvar\w*$"),
    (Part.TITLE, False, r"^tiltak(?:ene|et|a)?(?! ?(?:nr|start|frist|#))\b(?!.*ansvar)"),
    (Part.RESPONSIBLE, False, r"^(?:hoved|hovud)?ansvar\w* ?(?:/|og|\+) ?(?:samarbeid|medvirk|medverk|deltak)"),
    (
        Part.ALSO_AFFECTED,
        False,
        r"samarbeid|samhandling|medvirk|medverk|medansvar|berørt|involver|^delta[kg]\w*$|bidrag|konsulter|rådfør",
    ),
    (Part.ALSO_AFFECTED, False, r"støttespill|^andre aktør|^aktør|partn[ae]r|^bistand"),
    (Part.RESPONSIBLE, False, r"\bansvar|^ansv$|(?:hoved|hovud|oppfølgings|gjennomførings|med|tiltaks)ansvar"),
    (Part.RESPONSIBLE, False, r"^(?:tiltaks?|oppgave|prosess|prosjekt|mål|anleggs?)?(?:eier|eigar)$"),
    (
        Part.RESPONSIBLE,
        False,
        r"^(?:vei|veg)(?:eier|eigar)$|utbygger|utbyggjar|^byggherre|^tiltakshaver|^tiltakshavar|^(?:søker|søkjar)(?:/(?:eier|eigar))?$|^(?:eier|eigar)/(?:søker|søkjar|drift\w*)$",
    ),
    (
        Part.RESPONSIBLE,
        False,
        r"utfør(?:es|ast|ende|ande|er)\b|^hvem|^kven|følge[rs]? opp$",
    ),
    (Part.RESPONSIBLE, True, r"^(?:enhet|eining|avdeling|virksomhet|verksemd|tjeneste|teneste|sektor|etat)(?:er)?$"),
    (Part.PRIORITY, False, r"priorit|^pri$|rangering|^viktighet"),
    (Part.START, False, r"^(?:opp)?start(?:dato)?$|^startes|^iverksett(?:es|ing|ast)?$|^frå$|^fra$"),
    (
        Part.DEADLINE,
        False,
        r"frist|^tids|^tid$|tidspunkt|tidsrom|^når|ferdig(?!(?:stilt)?e\b)|fullfør|^innan$|^innen$|^slutt|^til$",
    ),
    (Part.DEADLINE, False, r"^periode$|^år$|^dato$|gjennomføringstid|^gjennomføres$|^start[ /og-]+slutt|tidsplan"),
    (Part.DEADLINE, False, r"^(?:søknads|søkar|bygge|byggje|oppstarts|gjennomførings|utførings)år$"),
    (Part.DEADLINE, False, r"^planlagt (?:gjennomfør|utfør|ferdig|bygg|år|dato|tid)\w*$"),
    (Part.DEADLINE, True, r"^fr[ae]mdrift(?:splan)?$|^gjennomføring$"),
    (Part.COST, False, r"kostnad\w*\W+(?:og )?(?:finansier|inndekning|inndekking|ressurs)"),
    (
        Part.FUNDING,
        False,
        r"spillemid|spelemid|finansier|tilskudd|tilskot|inndekning|inndekking|^dekning|^lån$|^salg$|^sal$|^annet$|^anna$",
    ),
    (
        Part.COST,
        False,
        r"kostnad|kostn?(?:er|ar)?\b|økonomi|ressurs|budsjett|^pris|beløp|utgift|^kr(?:oner)?$|investering|^middel|midlar|midler|ramme$",
    ),
    (
        Part.COST,
        False,
        r"^estimat|^(?:1000|tusen) ?kr|^egenandel|^eigendel|^eigenandel|^kommunal andel",
    ),
    (Part.STATUS, False, r"status|oppnåd|oppnåing|^utført|^gjennomført|^gjort|^evaluering|^resultat(?: per| så|et|$)"),
    (Part.COMMENT, False, r"kommentar|merknad|^merknadar|notat|anmerk|^obs$"),
    (
        Part.RESULT,
        False,
        r"resultatmål|^mål (?:for|med|ved) (?:dette )?tiltak|"
        r"indikator|effekt|forvent|suksess|kriteri|måles|kjennetegn|^resultat",
    ),
    (
        Part.GOAL,
        False,
        r"^(?:hoved|hovud|del|under)?mål(?!gruppe)(?:et)?(?:set[nt]?[ij]n?g|setjing)?(?:[ea]?r)?\b(?!.*tiltak)",
    ),
    (Part.GOAL, True, r"^strategi"),
    (Part.DESCRIPTION, True, r"^utfordring|^behov"),
    (
        Part.CATEGORY,
        False,
        r"kategori|^tema|fokusområde|målgruppe|innsatsområde|sats[ni]*ingsområde|område$|aldersgruppe",
    ),
    (Part.CATEGORY, True, r"^(?:sted|stad|strekning|strekke|lokalitet|(?:vei|veg)(?:strekning|strekke)?)$"),
    (Part.DESCRIPTION, False, r"^problem(?:stilling|beskrivelse)?$|^dagens situasjon$|^situasjon(?:sbeskrivelse)?$"),
    (Part.CATEGORY, False, r"^type|^nivå|^fase|^arena|^kapittel|^gruppe|^område"),
    (Part.DESCRIPTION, False, r"beskriv|skildring|omtale|^hvordan|^korleis|utdyp|framgangsmåte|fremgangsmåte|metode"),
    (Part.DESCRIPTION, False, r"^innhold|^innhald|forklaring|^beskr|begrunn|grunngj|bakgrunn|^hvorfor|^kvifor|^se kap"),
    (Part.TITLE, False, r"tiltak|^hva (?:skal|vil|gjør)|^kva (?:skal|vil|gjer)|^hva gjøres"),
    (
        Part.TITLE,
        True,
        r"^hva$|^kva$|^slik gj(?:ør|er) vi|^initiativ(?:er)?$|"
        r"^(?:aktivitet|oppg[aå]ve|handling|prosjekt|anlegg|gjøremål|gjeremål|innsats)(?:e?r|ar)?(?:$|[ /])",
    ),
    (Part.TITLE, True, r"^benevn|^tittel|^overskrift"),
)
_COMPILED = tuple((part, is_weak, re.compile(pattern)) for part, is_weak, pattern in _WORDS)
_ONE_YEAR = re.compile(
    r"(?:år |budsjett |kost(?:nad(?:er)?)? |utgift(?:er)? |beløp |midler |midlar |kr |øk\.?plan )?"
    rf"({_YEAR})(?: kr| kost(?:nad)?)?"
)
_THOUSANDS = re.compile(
    r"(?:i |kr(?:oner)? ?(?:i )?)?(?:hele )?(?:1[ .]?000|tusen)(?:[ .-]*(?:kr|nok)\w*)?|\btkr\b|\btnok\b|\bt\.? ?kr\b"
)
_MILLIONS = re.compile(r"\bmill?(?:ioner|\.)?\b")
LONGEST = 70
LONGEST_LOOKED_AT = 500
"""Characters, with what is in brackets."""


def folded(text: str) -> str:
    """A label as it is looked up: small letters, words broken at a line or a hyphen mended, no signs at its ends."""
    joined = re.sub(r"(?<=\w)[-\u00ad\u2010\u2011][ \n]?(?=[a-zæøå])", "", text)
    bare = re.sub(r"\([^)]*\)|[*?:«»\"]", " ", joined.casefold())
    return " ".join(bare.replace("\u00a0", " ").split()).strip(" .,;-–/")


def meaning_of(text: str) -> Meaning | None:
    """What a label or the head of a column names; None for one that is not known, or too long to be one."""
    return _meaning_of(text) if len(text) <= LONGEST_LOOKED_AT else None


@lru_cache(maxsize=2_000)
def _meaning_of(text: str) -> Meaning | None:
    # The same label is looked up for every line around it.
    label = folded(text)
    if not label or len(label) > LONGEST:
        return None
    year = _ONE_YEAR.fullmatch(label)
    if year:
        return Meaning(Part.YEAR, year=int(year[1]))
    for part, is_weak, pattern in _COMPILED:
        if pattern.search(label):
            return Meaning(part, is_weak)
    return None


def is_year(text: str) -> bool:
    """Whether a text is a year or a range of them and nothing else."""
    return re.fullmatch(rf"{_YEAR}(?: ?[-–/] ?(?:{_YEAR}|\d\d))?", text.strip()) is not None


def is_month(text: str) -> bool:
    """Whether a text is the name of a month and nothing else."""
    return re.fullmatch(_MONTHS, folded(text)) is not None


_NOTE = re.compile(r"\b(?:tall|beløp|sum|summer|kostnad|kroner|utgift|budsjett)\w*", re.IGNORECASE)


def unit_of_note(text: str) -> int:
    """What a line beside a table says its amounts are to be multiplied with ("Tall i 1000 kroner"); else 1."""
    if len(text) > 200 or not _NOTE.search(text):
        return 1
    label = " ".join(text.casefold().split())
    if re.search(r"(?:\bi|\(|:)\s*(?:nok |kr\.? |hele )?mill?(?:ioner|\.)? ?(?:kr|nok|\))", label):
        return 1_000_000
    found = re.search(r"(?:\bi|\(|:)\s*(?:nok |kr\.? |hele )?(?:1[ .]?000|tusen)|\bt\.? ?kr\b|\btnok\b", label)
    return 1_000 if found else 1


def unit_of_amounts(text: str) -> int:
    """What amounts under this head are to be multiplied with: 1,000 for thousands of kroner, else 1."""
    label = " ".join(text.casefold().split())
    if _THOUSANDS.search(label):
        return 1_000
    return 1_000_000 if _MILLIONS.search(label) and "kr" in label else 1
