"""What the plan promises about itself: reports, evaluations, reviews, revisions, controls, and when."""

import re
from collections.abc import Iterable, Iterator

from plan.documents.blocks import Paragraph
from plan.documents.understanding.outline import Placed
from plan.documents.understanding.sections import Verdict, nearest_verdict
from plan.draft import Measure, ReportingDate, ReportingKind, YearlyRule
from plan.yearly import is_regular as is_regular_in
from plan.yearly import rules_of

MAX_SENTENCE = 400
_KINDS: tuple[tuple[ReportingKind, str], ...] = (
    (ReportingKind.CONTROL, r"kontroller(?:es|ast)\b|gjennomfør(?:es|ast)?\b.{0,40}\bkontroll(?:er|ar)?\b"),
    (
        ReportingKind.COUNCIL_REPORT,
        r"(?:status|års|framdrifts|fremdrifts)rapport|"
        r"(?:avgi\w*|gis|legges fram|leggast fram|skriftlig|skriftleg|årlig|årleg)"
        r"\b.{0,40}\b(?:rapport|melding|orientering)|rapporter(?:er|es|ast|ing|e)\b.{0,80}\b(?:kommunestyre|formannskap|utval|"
        r"politisk|råd)|"
        r"rapporter(?:er|es|ast|ing)\b.{0,60}\b(?:tertial|års(?:rapport|melding|beretning))\w*|"
        r"(?:status|tiltak\w*|planen)\b.{0,60}\b(?:rapporter(?:es|ast)|meldes til)|"
        r"\w*(?:rapport|status|melding|orientering|sak|regnskap|rekneskap)\w*\b.{0,60}\b(?:legges|leggast|legg[ej]r?|lagt|fremmes|fremjast|sendes|"
        r"presenteres|presenterast)\b.{0,40}\b(?:kommunestyre|heradsstyre|formannskap|\w*utval|politisk)|"
        r"\blegg(?:[ej]r?|es)?\b.{0,30}\bfr[ae]m\b.{0,40}\b\w*(?:rapport|status|melding|orientering)\w*\b.{0,60}"
        r"\b(?:kommunestyre|heradsstyre|formannskap|\w*utval|politisk)|"
        r"(?:kommunestyre|heradsstyre|formannskap|\w*utval)\w*\b.{0,30}\b(?:får|mottar|mottek|orienteres|"
        r"(?:blir|vert) orientert)\b.{0,40}(?:rapport|status|melding|orienter)",
    ),
    (ReportingKind.REVISION, r"rull(?:eres|erast|ering|ere)\b|revider(?:es|ast|t|e|ing)\b|revisjon"),
    (ReportingKind.EVALUATION, r"evaluer"),
    (ReportingKind.BUDGET, r"økonomiplan|budsjett|handlingsprogram"),
    (
        ReportingKind.REVIEW,
        r"gjennomgang|gjennomgåast|gjennomgås|(?:går|gå|gjeng)\s+gjennom|oppdater(?:es|ast)|vurder(?:es|ast)",
    ),
)
_CONTEXT = re.compile(r"\b(?:må|skal|bør)\b.{0,20}\b(?:ses|sees|sjåast)\b", re.IGNORECASE)
"""A sentence that only says what the plan is to be read together with."""
_FOLLOW_UP = re.compile(
    r"rapporter|oppfølging|evaluer|rull?er|revisjon|revider|gjennomføring|implementer|iverksett", re.IGNORECASE
)
_IMPERSONAL = re.compile(
    r"(?:det (?:skal|blir|vert|legges|leggast|fremmes|fremjast|gis|avgis)|kommunedirektøren|rådmannen|status|"
    r"(?:(?:en|ein|ei)\s+)?(?:(?:årlig|årleg)\s+)?(?:rapport|sak|melding|orientering)\w*(?!\s+(?:fra|frå|om)\b))\b"
    r".*\b(?:kommunestyre|heradsstyre|bystyre)",
    re.IGNORECASE,
)
"""A report whose subject is not named is one about the plan it is promised in."""
_CLAUSE = re.compile(
    r",?\s+(?:og|samt)\s+(?=\w*(?:rul+er|revider|evaluer|rapporter|oppdater)(?:es|ast)\b)|"
    r",\s+(?:og|samt)\s+(?=(?:\w+\s+){1,3}(?:legges|leggj?ast|skal|blir|vert|får|orienteres|orienterast|(?:rul+er|revider|evaluer|rapporter)(?:es|ast))\b)",
    re.IGNORECASE,
)
_COMPILED = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _KINDS)
_PROMISE = re.compile(
    r"\bskal\b|\bvil\b|\brapporterer\b|\bblir\b|\bvert\b|\bmå\b|\bavgis\b|\bgis\b|\bfremmer\b|\bhver[t]?\b|\bkvar[t]?\b|\bårli?e?g\b|\bskjer\b|"
    r"(?:er|ul+er|id|ull|rap+ort|evalu|kontrol+)er(?:es|ast)\b|leggast|legges|behov for|"
    r"gjennomgå(?:s|ast)\b|(?:fremm|innarbeid|spill|meld|gjennomfør)(?:es)\b|(?:fremj|innarbeid|spel|meld|gjennomfør)ast\b",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"\bplan(?:en|a|ens)?\b|handlingsplan|tiltak|økonomiplan|handlingsdel", re.IGNORECASE)
_NAME = re.compile(r"\w{3,}(?:plan|strategi|program)\b", re.IGNORECASE)
_HISTORY = re.compile(
    r"\bble\b|\bvart\b|\bhar vært\b|\bhar vore\b|\bhar blitt\b|vedtok\b|\bnedsatte\b|utredning", re.IGNORECASE
)


def promises_in(placed: Iterable[Placed], used: set[int], title: str | None = None) -> list[ReportingDate]:
    """The promises in running text, each sentence once. Blocks that are part of a measure are left out.

    A sentence about "Demensplanen" is about this plan if `title` calls it "Demensplan".
    """
    own_name = _own_name(title or "")
    found: dict[str, list[ReportingDate]] = {}
    for index, each in enumerate(placed):
        if index in used or not isinstance(each.block, Paragraph) or each.level is not None:
            continue
        if nearest_verdict(each.around.headings) in (Verdict.OLD, Verdict.EXISTING):
            continue
        is_follow_up = any(_FOLLOW_UP.search(heading) for heading in each.around.headings)
        for sentence in sentences(each.block.text):
            if sentence not in found:
                is_about = own_name is not None and own_name.search(sentence) is not None
                found[sentence] = list(promises(sentence, is_follow_up=is_follow_up, is_about=is_about))
    return [date for dates in found.values() for date in dates]


def _own_name(title: str) -> re.Pattern[str] | None:
    """What sentences call a plan by its title: the word in it for a plan, with its article."""
    names = [re.escape(name) for name in _NAME.findall(title)]
    return re.compile(rf"\b(?:{'|'.join(names)})(?:en|a|et|met)?s?\b", re.IGNORECASE) if names else None


def promises_of(measures: Iterable[Measure], title: str | None) -> Iterator[ReportingDate]:
    """Measures that are a promise about this plan itself ("Evaluering av handlingsplanen")."""
    for measure in measures:
        speaks_of_plan = re.search(r"handlingsplanen|planen\b|denne plan", measure.title, re.IGNORECASE) is not None
        if not speaks_of_plan and not (title and title.casefold() in measure.title.casefold()):
            continue
        kind = _kind(measure.title)
        if kind is not None and kind is not ReportingKind.BUDGET:
            yield from _dates(kind, measure.title, rules_of(measure.deadline.text))


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


def promises(sentence: str, *, is_follow_up: bool = False, is_about: bool = False) -> Iterator[ReportingDate]:
    """The reporting dates one sentence promises.

    `is_follow_up`: it stands where the plan tells of its follow-up; `is_about`: it calls this plan by its name.
    """
    if len(sentence) > MAX_SENTENCE or not _PROMISE.search(sentence) or _HISTORY.search(sentence):
        return
    clauses = _CLAUSE.split(sentence)
    for number, clause in enumerate(clauses):
        kind = _kind(clause) if len(clauses) > 1 else _kind(sentence)
        # "Planen evalueres og rulleres hvert fjerde år": a clause that ends with its verb shares the time.
        shares = number + 1 < len(clauses) and re.search(r"(?:es|ast)$", clause) is not None
        if kind is not None and (kind is not ReportingKind.BUDGET or not _CONTEXT.search(sentence)):
            yield from _promised(
                kind, sentence, sentence if shares else clause, is_follow_up=is_follow_up, is_about=is_about
            )


def _promised(
    kind: ReportingKind, sentence: str, clause: str, *, is_follow_up: bool, is_about: bool
) -> Iterator[ReportingDate]:
    """The dates of one kind in a sentence; `clause` is the part of it that says when."""
    rules = rules_of(clause)
    is_regular = is_regular_in(sentence)
    is_to_council = kind is ReportingKind.COUNCIL_REPORT and is_regular and _IMPERSONAL.match(sentence) is not None
    is_about = is_about or _ABOUT.search(sentence) is not None or (is_follow_up and bool(rules)) or is_to_council
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
