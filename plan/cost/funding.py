"""What words in a plan say about money: how a measure is paid for, and what a row of costs is."""

import re

from plan.cost.amount import AmountWarning, parse_amount
from plan.draft import CostKind, Funding

_NONE = re.compile(
    r"^(?:ingen|inga|intet|kr\.? ?0|0)\b[ .,-]*$|\bkostnadsfri|\bgratis\b|\b(?:ingen|inga|uten|utan|ikke|ikkje)\b"
    r"[^.;]{0,30}\b(?:kostnad|utgift|økonomisk|meirkostnad|merkostnad|behov for midl)"
)
_EXTERNAL = re.compile(
    r"\bekstern|\bstatlig|\bstatleg|\btilskudd|\btilskot|\bfondsmid|\bsponsor"
    r"|\bspillemid|\bspelemid|\bfylkeskommun|\bstatens vegvesen|\bstatsforvalt|^stat(?:en)?$|^e$|\bskjønn?smid"
)
_PROJECT = re.compile(
    r"prosjekt-? ?(?:mid|finans|stilling)|opp?-?trappingsmid|opptappingsmid|\bsøke[rs]?\b[^.;]{0,30}mid"
    r"|\bsøknad om (?:\w+ )?mid"
)
_FRAMEWORK = re.compile(
    r"\bramm|innenfor (?:drift|budsjett|eksisterende)|\bdriftsbudsjett|\beksisterende (?:ressurs|midl|budsjett|ramme)"
    r"|allerede finansiert|\bomfordeling|\bomprioritering|dekkes av|dekkjast|egne ressurser|eigne ressursar"
    r"|\bdrift(?:en|ens|a)?\b|\bdekkes inn|ordinær(?:t|e)? (?:drift|budsjett)|i enhetens budsjett"
)


def funding(text: str | None) -> Funding:
    """How a measure is paid for, as the text says: an amount above 0 first, else the kind of money."""
    even = " ".join((text or "").lower().split())
    amount = parse_amount(text)
    if amount.amount_nok or {AmountWarning.RANGE, AmountWarning.SEVERAL} & set(amount.warnings):
        return Funding.AMOUNT
    if amount.amount_nok == 0:
        return Funding.NONE
    for pattern, kind in (
        (_NONE, Funding.NONE),
        (_EXTERNAL, Funding.EXTERNAL),
        (_PROJECT, Funding.PROJECT),
        (_FRAMEWORK, Funding.FRAMEWORK),
    ):
        if pattern.search(even):
            return kind
    return Funding.UNKNOWN


_SUM = re.compile(r"^(?:sum|totalt?|i alt|til sammen|samla|samlet|totalsum|delsum|saldo|balanse|differanse|resultat)\b")
_ROWS = (
    (
        CostKind.OWN,
        re.compile(
            r"^egen|^eigen|^eigne|^egne|^eigedel|kommunal (?:andel|del|finans)|kommunale mid|^bruk av fond|^k$|låne"
        ),
    ),
    (CostKind.EXTERNAL, re.compile(r"^ekstern(?:e|t)? (?:prosjekt|finans|mid)|^e$|^ekstern(?:e|t)?$|^prosjektmid")),
    (
        CostKind.INCOME,
        re.compile(
            r"inntekt|spillemid|spelemid|momskomp|mva-?komp|tilskudd|tilskot|refusjon|skjønn?smid|brukerbetaling|brukarbetaling|^salg|^sal\b|gave"
            r"|sponsor|^finansiering|statlige mid|statlege mid|^overføring"
        ),
    ),
    (CostKind.INVESTMENT, re.compile(r"invester|byggekost|anleggskost|^anlegg|^bygg\b")),
    (
        CostKind.SPENDING,
        re.compile(
            r"utgift|kostnad|^netto|^brutto|^løn|lønn|^drift|honorar|innkjøp|^kjøp|^reise|vikar|materiell|husleie|husleige"
            r"|prosjektled|stilling|kompetansehev|veiledning|rettleiing|opplæring|^kurs|konsulent|^annet|^anna|^diverse"
        ),
    ),
)


def row_kind(label: str | None) -> CostKind | None:
    """Which side of the accounts a row of a cost table is on; None for sums and unknown labels."""
    even = " ".join((label or "").lower().replace("\xad", "").split()).strip(" :.")
    if is_sum(label):
        return None
    return next((kind for kind, pattern in _ROWS if pattern.search(even)), None)


def is_sum(label: str | None) -> bool:
    """Whether a row adds up others."""
    return _SUM.search(" ".join((label or "").lower().split())) is not None
