"""What the plan promises about itself: reports, evaluations, reviews, revisions, controls, and when."""

import re
from collections.abc import Iterable, Iterator

from plan.documents.blocks import Paragraph
from plan.documents.understanding.outline import Placed
from plan.documents.understanding.sections import Verdict, nearest_verdict
from plan.draft import Measure, ReportingDate, ReportingKind, YearlyRule

MAX_SENTENCE = 400
_KINDS: tuple[tuple[ReportingKind, str], ...] = (
    (ReportingKind.CONTROL, r"kontroller(?:es|ast)\b"),
    (
        ReportingKind.COUNCIL_REPORT,
        r"(?:status|års|framdrifts|fremdrifts)rapport|"
        r"(?:avgi\w*|gis|legges fram|leggast fram|skriftlig|skriftleg|årlig|årleg)"
        r"\b.{0,40}\b(?:rapport|melding|orientering)|rapporter(?:er|es|ast|ing|e)\b.{0,80}\b(?:kommunestyre|formannskap|utval|"
        r"politisk|råd)|(?:status|tiltak\w*|planen)\b.{0,60}\b(?:rapporter(?:es|ast)|meldes til)|"
        r"(?:rapport|status|melding|orientering|sak)\w*\b.{0,60}\b(?:legges|leggast|legg[ej]r?|lagt|fremmes|fremjast|sendes|"
        r"presenteres|presenterast)\b.{0,40}\b(?:kommunestyre|heradsstyre|formannskap|\w*utval|politisk)|"
        r"\blegg(?:[ej]r?|es)?\b.{0,30}\bfr[ae]m\b.{0,40}\b\w*(?:rapport|status|melding|orientering)\w*\b.{0,60}"
        r"\b(?:kommunestyre|heradsstyre|formannskap|\w*utval|politisk)|"
        r"(?:kommunestyre|heradsstyre|formannskap|\w*utval)\w*\b.{0,30}\b(?:får|mottar|mottek|orienteres|"
        r"(?:blir|vert) orientert)\b.{0,40}(?:rapport|status|melding|orienter)",
    ),
    (ReportingKind.REVISION, r"rull(?:eres|erast|ering|ere)\b|revider(?:es|ast|t|e|ing)\b|revisjon"),
    (ReportingKind.EVALUATION, r"evaluer"),
    (ReportingKind.BUDGET, r"økonomiplan|budsjett|handlingsprogram"),
    (ReportingKind.REVIEW, r"gjennomgang|gjennomgåast|gjennomgås|oppdater(?:es|ast)|vurder(?:es|ast)"),
)
_CONTEXT = re.compile(r"\b(?:må|skal|bør)\b.{0,20}\b(?:ses|sees|sjåast)\b", re.IGNORECASE)
"""A sentence that only says what the plan is to be read together with."""
_FOLLOW_UP = re.compile(
    r"rapporter|oppfølging|evaluer|rull?er|revisjon|revider|gjennomføring|implementer|iverksett", re.IGNORECASE
)
_IMPERSONAL = re.compile(
    r"(?:det (?:skal|blir|vert)|kommunedirektøren|rådmannen|status)\b.*\b(?:kommunestyre|heradsstyre|bystyre)",
    re.IGNORECASE,
)
"""A report whose subject is not named is one about the plan it is promised in."""
_CLAUSE = re.compile(
    r",?\s+(?:og|samt)\s+(?=\w*(?:rul+er|revider|evaluer|rapporter|oppdater)(?:es|ast)\b)|"
    r",\s+(?:og|samt)\s+(?=(?:\w+\s+){1,3}(?:legges|leggast|skal|blir|vert|(?:rul+er|revider|evaluer|rapporter)(?:es|ast))\b)",
    re.IGNORECASE,
)
_COMPILED = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _KINDS)
_PROMISE = re.compile(
    r"\bskal\b|\bvil\b|\bblir\b|\bvert\b|\bmå\b|\bavgis\b|\bgis\b|\bfremmer\b|\bhver[t]?\b|\bkvar[t]?\b|\bårli?e?g\b|"
    r"(?:er|ul+er|id|ull|rap+ort|evalu|kontrol+)er(?:es|ast)\b|leggast|legges|behov for",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"\bplan(?:en|a|ens)?\b|handlingsplan|tiltak|økonomiplan|handlingsdel", re.IGNORECASE)
_HISTORY = re.compile(
    r"\bble\b|\bvart\b|\bhar vært\b|\bhar vore\b|\bhar blitt\b|vedtok\b|\bnedsatte\b|utredning", re.IGNORECASE
)
_NUMBERS = {"to": 2, "andre": 2, "tre": 3, "tredje": 3, "fire": 4, "fjerde": 4, "femte": 5, "annet": 2, "annethvert": 2}
_NUMBER = r"(\d{1,2}|to|tre|fire|andre|annet|tredje|fjerde|femte)"
_EVERY = re.compile(
    rf"\b(?:hver|kvar)[t]?\s+{_NUMBER}\.?\s*år\b|\b(?P<other>ann(?:et|en|a)[- ]?(?:hvert|hver|kvart))\s+år\b",
    re.IGNORECASE,
)
_TIMES = re.compile(
    rf"\b{_NUMBER}\s+gang\w*\s+(?:pr\.?|per|i|om|for)\s+(?:år|året)\b|\b(?P<half>halvårlig|halvårleg)\b|"
    r"\b(?P<third>tertialvis|(?:hvert|kvart) tertial|tertialrapport\w*)|"
    r"\b(?P<quarter>kvartalsvis|(?:hvert|kvart) kvartal)\b",
    re.IGNORECASE,
)
_YEARLY = re.compile(
    r"\bårlig\w*|\bårleg\w*|\b(?:hvert|kvart|per|pr\.?) (?:kalender)?år\b|\b(?:hver|kvar) (?:vår|høst|haust)\b",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"(?:første gang|fyrste gong|første gong|fra og med|f\.o\.m\.?)\s+(?:\w+\s+)?(20\d\d)", re.IGNORECASE
)
_ONCE = re.compile(
    r"\b(?:(?:innen|innan|i løpet av|i|senest|seinast)\s+(?:[\w.]+ ){0,3}?|"
    r"(?:vår|høst|haust|sommar|sommer|vinter)(?:en)?\s+)(20\d\d)\b",
    re.IGNORECASE,
)
_MONTHS = (
    "januar",
    "februar",
    "mars",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "desember",
)
_MONTH = re.compile(rf"\b({'|'.join(_MONTHS)})\b", re.IGNORECASE)
_QUARTER = re.compile(r"\b([1-4]\.|første|fyrste|andre|tredje|fjerde|siste)\s*kvartal", re.IGNORECASE)
_HALF = re.compile(r"\b([12]\.|første|andre)\s*halvår", re.IGNORECASE)
_ORDER = {"første": 1, "fyrste": 1, "andre": 2, "tredje": 3, "fjerde": 4, "siste": 4}
_SEASONS = (("vår", (3, 4, 5)), ("høst|haust", (9, 10, 11)))
_BODY = re.compile(
    r"\b(kommunestyret|kommunestyre|formannskapet|formannskap|heradsstyret|bystyret|hovedutvalget|hovudutvalet|[\w-]*utvalget|"
    r"[\w-]*utvalet)s?\b",
    re.IGNORECASE,
)
_COUNCIL = {"kommunestyre": "kommunestyret", "formannskap": "formannskapet"}


def promises_in(placed: Iterable[Placed], used: set[int]) -> list[ReportingDate]:
    """The promises in running text, each sentence once. Blocks that are part of a measure are left out."""
    found: dict[str, list[ReportingDate]] = {}
    for index, each in enumerate(placed):
        if index in used or not isinstance(each.block, Paragraph) or each.level is not None:
            continue
        if nearest_verdict(each.around.headings) in (Verdict.OLD, Verdict.EXISTING):
            continue
        is_follow_up = any(_FOLLOW_UP.search(heading) for heading in each.around.headings)
        for sentence in sentences(each.block.text):
            if sentence not in found:
                found[sentence] = list(promises(sentence, is_follow_up=is_follow_up))
    return [date for dates in found.values() for date in dates]


def promises_of(measures: Iterable[Measure], title: str | None) -> Iterator[ReportingDate]:
    """Measures that are a promise about this plan itself ("Evaluering av handlingsplanen")."""
    for measure in measures:
        speaks_of_plan = re.search(r"handlingsplanen|planen\b|denne plan", measure.title, re.IGNORECASE) is not None
        if not speaks_of_plan and not (title and title.casefold() in measure.title.casefold()):
            continue
        kind = _kind(measure.title)
        if kind is not None and kind is not ReportingKind.BUDGET:
            yield from _dates(kind, measure.title, _rules(measure.deadline.text))


def sentences(text: str) -> Iterator[str]:
    """The sentences of a paragraph. A full stop after a number or an abbreviation ends none."""
    for line in text.split("\n"):
        for sentence in re.split(
            r"(?<=[a-zæøåA-ZÆØÅ)»”\"][.!?])(?<!\bpr\.)(?<!\bjf\.)(?<!\bca\.)\s+(?=[A-ZÆØÅ«])|(?<=\d{4}\.)\s+(?=[A-ZÆØÅ])",
            line,
        ):
            bare = re.sub(r"^(?:\d{1,2}[.)]|[•\uf0b7-])\s*", "", sentence.strip())
            if bare:
                yield bare


def promises(sentence: str, *, is_follow_up: bool = False) -> Iterator[ReportingDate]:
    """The reporting dates one sentence promises; `is_follow_up`: it stands where the plan tells of its follow-up."""
    if len(sentence) > MAX_SENTENCE or not _PROMISE.search(sentence) or _HISTORY.search(sentence):
        return
    clauses = _CLAUSE.split(sentence)
    for number, clause in enumerate(clauses):
        kind = _kind(clause) if len(clauses) > 1 else _kind(sentence)
        # "Planen evalueres og rulleres hvert fjerde år": a clause that ends with its verb shares the time.
        shares = number + 1 < len(clauses) and re.search(r"(?:es|ast)$", clause) is not None
        if kind is not None and (kind is not ReportingKind.BUDGET or not _CONTEXT.search(sentence)):
            yield from _promised(kind, sentence, sentence if shares else clause, is_follow_up)


def _promised(kind: ReportingKind, sentence: str, clause: str, is_follow_up: bool) -> Iterator[ReportingDate]:
    """The dates of one kind in a sentence; `clause` is the part of it that says when."""
    rules = _rules(clause)
    is_regular = bool(_YEARLY.search(sentence) or _EVERY.search(sentence) or _TIMES.search(sentence))
    is_to_council = kind is ReportingKind.COUNCIL_REPORT and is_regular and _IMPERSONAL.match(sentence) is not None
    is_about = _ABOUT.search(sentence) is not None or (is_follow_up and bool(rules)) or is_to_council
    if not is_about and not (kind is ReportingKind.CONTROL and is_regular):
        return
    if (
        kind in (ReportingKind.BUDGET, ReportingKind.REVIEW)
        and not rules
        and not re.search(r"tiltak|denne plan|planen", sentence, re.IGNORECASE)
    ):
        return
    yield from _dates(kind, sentence, rules)


def _dates(kind: ReportingKind, text: str, rules: list[YearlyRule]) -> Iterator[ReportingDate]:
    if not rules:
        yield ReportingDate(kind=kind, text=text)
    for rule in rules:
        yield ReportingDate(kind=kind, text=text, rule=rule)


def _kind(text: str) -> ReportingKind | None:
    return next((kind for kind, pattern in _COMPILED if pattern.search(text)), None)


def _rules(text: str) -> list[YearlyRule]:
    """When: once in each rule. Several times a year are as many rules; a text without a time has none."""
    body_found = _BODY.search(text)
    body = body_found[1].casefold() if body_found else None
    body = _COUNCIL.get(body or "", body)
    first = _FIRST.search(text)
    first_year = int(first[1]) if first else None
    several = _TIMES.search(text)
    if several:
        named = {"half": 2, "third": 3, "quarter": 4}.get(several.lastgroup or "")
        times = named or _count(several[1])
        if times not in (1, 2, 3, 4, 6):
            return []
        span = 12 // times
        parts = [tuple(range(1 + span * part, 1 + span * (part + 1))) for part in range(times)]
        return [YearlyRule(months=months if times > 1 else (), first_year=first_year, body=body) for months in parts]
    months = _months(text)
    every = _EVERY.search(text)
    n = 0 if every is None else 2 if every["other"] else _count(every[1])
    if n:
        return [YearlyRule(months=months, n=n, first_year=first_year, body=body)]
    if _YEARLY.search(text):
        return [YearlyRule(months=months, first_year=first_year, body=body)]
    once = _ONCE.search(text)
    if once:
        return [YearlyRule(months=months, first_year=int(once[1]), last_year=int(once[1]), body=body)]
    return []


def _count(text: str) -> int:
    return int(text) if text.isdigit() and 0 < int(text) <= 20 else _NUMBERS.get(text.casefold(), 0)


def _months(text: str) -> tuple[int, ...]:
    month = _MONTH.search(text)
    if month:
        return (_MONTHS.index(month[1].casefold()) + 1,)
    quarter = _QUARTER.search(text)
    if quarter:
        number = _ordinal(quarter[1])
        return tuple(range(number * 3 - 2, number * 3 + 1))
    half = _HALF.search(text)
    if half:
        number = _ordinal(half[1])
        return tuple(range(number * 6 - 5, number * 6 + 1))
    for pattern, months in _SEASONS:
        if re.search(
            rf"\b(?:hver|kvar|på|om|til|i|hver)\s+(?:{pattern})\w*\b|\b(?:{pattern})en\b", text, re.IGNORECASE
        ):
            return months
    return ()


def _ordinal(text: str) -> int:
    return int(text[0]) if text[0].isdigit() else _ORDER[text.casefold()]
