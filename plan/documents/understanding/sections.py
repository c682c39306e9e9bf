"""What the headings around a table or a list say about it: measures, or something that only looks like them."""

import re
from collections.abc import Iterable
from enum import Enum, auto

from plan.documents.understanding.goal_words import announced


class Verdict(Enum):
    """What a section holds, as its heading says it."""

    MEASURES = auto()
    EXISTING = auto()
    """What the municipality does already: services, measures that run."""
    OLD = auto()
    """An earlier plan and how it went."""
    OTHER = auto()
    """The work on the plan, who took part, background, figures."""


MIN_SENTENCE = 4

_NEW = re.compile(r"\bny[et]?\b|foreslå|planlagt|planlagde|framover|fremover|nye tiltak|videreføring", re.IGNORECASE)
_MEASURES = re.compile(
    r"tiltak|handlingsplan|handlingsdel|handlingsprogram|aktivitetsplan|oppfølgingsplan|"
    r"(?:hva|kva) (?:skal|vil) vi gj(?:øre|ere)|(?:dette|slik) (?:skal|vil) vi|(?:vi|kommunen) (?:skal|vil):?$|"
    r"satsingsområde|innsatsområde|handlingar",
    re.IGNORECASE,
)
_EXISTING = re.compile(
    r"eksisterande|eksisterende|dagens|allerede|allereie|pågående|pågåande|nåværende|noverande|"
    r"(?:tjeneste|teneste)tilb[uo]d|\bi dag\b|etablerte (?:tiltak|tilbud)|oversikt over (?:tilbud|tjenester|tenester)|"
    r"gjeldende tiltak|(?:tjenester|tilbud|tiltak) (?:vi har|kommunen har|i dag)",
    re.IGNORECASE,
)
_OLD = re.compile(
    r"forrige|førre|\bgam(?:le|mel|al)\b|ferdigstilte|arkiv|tidligere (?:handlings)?plan|"
    r"tidlegare (?:handlings)?plan|"
    r"utgående|utgåande|evaluering av (?:\w+ ){0,2}(?:tiltak|\w*plan)|måloppn|gjennomfør[td]e|fullfør[td]e|historikk|"
    r"\btiltak(?: som)?(?: (?:er|ble|blei|vart|har blitt|har vorte))? (?:gjennomført|utført|fullført)\b"
    r"(?! innen| innan)|"
    r"^(?:gjennomført|utført|fullført)(?: tiltak)?(?: (?:i )?(?:19|20)\d\d.{0,8})?$|"
    r"status (?:for|på|per|pr)\b|oppnådde|hva er gjort|kva er gjort|erfaringer fra|avslutta|avsluttede",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"arbeidsgruppe|prosjektgruppe|styringsgruppe|medlemm|planprosess|planarbeid|arbeidet med planen|arbeidet med å|"
    r"fr[ae]mdriftsplan|høring|høyring|medvirkning|medverknad|møteplan|møteoversikt|årshjul|innhold|innhald|"
    r"vedlegg(?! til)|"
    r"nasjonale|statlige|statlege|lovgrunnlag|lovverk|føring|begrep|definisjon|kunnskapsgrunnlag|statistikk|"
    r"utfordring|risiko|\bros\b|kilder|kjelder|referanser|litteratur|rapportering|evaluering av planen|organisering",
    re.IGNORECASE,
)


def verdict(heading: str) -> Verdict | None:
    """What one heading says; None for one that says nothing, or several things at once."""
    if _OLD.search(heading):
        return Verdict.OLD
    is_new = _NEW.search(heading) is not None
    if _EXISTING.search(heading):
        return None if is_new else Verdict.EXISTING
    if _MEASURES.search(heading):
        return Verdict.MEASURES
    return Verdict.OTHER if _OTHER.search(heading) else None


def nearest_verdict(headings: Iterable[str]) -> Verdict | None:
    """The verdict of the first of the headings that says something; the nearest stands first."""
    for heading in headings:
        found = verdict(heading)
        if found is Verdict.MEASURES or (found is not None and not _is_goal_sentence(heading)):
            return found
    return None


def _is_goal_sentence(heading: str) -> bool:
    """Whether a heading is a goal in so many words: "Mål: Like gode tjenester som i dag" tells of no old measures."""
    goal = announced(heading)
    return goal is not None and len(goal.title.split()) >= MIN_SENTENCE and "mål" in goal.name
