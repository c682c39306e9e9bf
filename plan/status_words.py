"""What somebody says of a measure in their own words: which measure, which status, and what is left as a comment.

"1.4 er ferdig, kurset ble holdt i mars" is done, with a comment. Bokmål and nynorsk. A status is only understood where
the words leave no doubt; what is understood is shown to the person before anything comes of it.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from plan.status import Status


@dataclass(frozen=True)
class Said:
    """What was said of one measure. `ref`: its number, where one was named. `status`: None where it is not clear.

    `unchanged`: that nothing has changed since last time. `comment`: the words, without the number, and without what
    only named the status.
    """

    ref: str | None
    status: Status | None
    comment: str
    unchanged: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said: a number alone."""
        return self.status is None and not self.unchanged and not self.comment


NOT_STARTED, IN_PROGRESS, DELAYED, DONE, DROPPED = Status

# Each phrase with the status it says, and the one it says after "ikke" (None: only that it is not the first).
_PHRASES: tuple[tuple[str, Status, Status | None], ...] = (
    (r"i\s?gang|igangsatt|igangsett|påbegynt|påbegynte|påbyrja|begynt|byrja|startet|starta", IN_PROGRESS, NOT_STARTED),
    (r"pågår|under arbeid|underveis|undervegs|halvveis|halvvegs|halvferdig", IN_PROGRESS, None),
    (r"i rute", IN_PROGRESS, DELAYED),
    (r"forsinket|forsinka|forsinkede|utsatt|på etterskudd|på etterskot|etter skjema", DELAYED, None),
    (r"ferdig|ferdige|ferdigstilt|ferdigstilte|fullført|fullførte|gjennomført|gjennomførte|gjennomførd", DONE, None),
    (r"avsluttet|avsluttede|avslutta|utført|utførte|i mål|i havn", DONE, None),
    (r"utgår|utgått|utgåtte|faller bort|falt bort|fell bort|falle bort|går ut", DROPPED, None),
    (r"droppet|droppa|avlyst|skrinlagt|gjennomføres ikke|vert ikkje gjennomført|blir ikkje? noe av", DROPPED, None),
    (r"blir ikke noe av|blir ikkje noko av|ikke aktuelt|ikkje aktuelt|ikke lenger aktuelt", DROPPED, None),
)
_MENTION = re.compile(r"(?<!\w)(?:" + "|".join(f"({phrase})" for phrase, _, _ in _PHRASES) + r")(?!\w)")
_NOT = re.compile(r"(?<!\w)(?:ikke|ikkje|aldri|langt fra|langt frå|ingen|ingenting|verken)(?!\w)")
_AHEAD = re.compile(
    r"(?<!\w)(?:blir|bli|vert|verte|skal|skulle|vil|ville|kan|kunne|bør|må|når|hvis|dersom|om|før|til|håper|håpar|"
    r"regner|reknar|planlagt|planlegger|planlegg|ønsker|ynskjer|venter|ventar|snart|nesten)(?!\w)"
)
_PARTLY = re.compile(
    r"(?<!\w)(?:nesten|snart|delvis|delvist|halvt|halve|halvparten|deler|dels|mesteparten|så godt som|stort sett|"
    r"for det meste|i hovedsak|i hovudsak|bortimot|prosent|del)(?!\w)|(?<!100)(?<!100 )%"
)
_HALF = re.compile(
    r"\s+med\s+(?:\w+\s+)?(?:halvparten|deler|delar|del|mesteparten|det meste|fase|noe|noko|litt|første)"
)
_WHOLE = re.compile(r"\s+med\s+(?:tiltaket|dette|det|alt|alle|denne|heile|hele)(?!\w)")
_AFTER_DONE = re.compile(
    r"(?:\s+(?:nå|no|allerede|allereie|i dag|i går|i fjor|for lengst|for lengi sidan|med god margin))?\s*(?:$|og(?!\w))"
)
_LEFT = re.compile(
    r"(?<!\w)(?:men|gjenstår|attstår|står igjen|står att|mangler|manglar|unntatt|bortsett fra|bortsett frå)(?!\w)"
)
_UNCHANGED = re.compile(
    r"(?<!\w)(?:uendret|uendra|som før|som sist|ingen endring|ingen endringer|inga endring|ingen endringar|"
    r"ikke noe nytt|ikkje noko nytt|ingenting nytt)(?!\w)"
)
_CLAUSE_ENDS = re.compile(r"[,.;:!\n()]|\s[–-]\s|(?<!\w)(?:men|fordi|siden|sidan|ettersom|grunnet|grunna)(?!\w)")
_PURE_END = re.compile(r"[,.;:!\n]|\s[–-]\s")
# Not the sign of a number: "i gang: -5 %".
_BETWEEN = re.compile(r"\A(?:[\s,;:]|[–-](?!\d))+")
_FILLING = re.compile(
    r"er|har|blitt|vorte|blei|ble|vart|det|dette|tiltaket|tiltak|vi|me|nå|no|status|også|òg|helt|heilt|allerede|"
    r"allereie|fortsatt|framleis|fremdeles|godt|kommet|komne|kome|satt|sett|ikke|ikkje|ennå|enno|enda|jeg|eg|og|"
    r"dessverre|diverre"
)
_UNITS = r"(?:mill|million|millioner|millionar|mrd|kr|kroner|kroners|prosent|%|ganger|gonger|timer|timar|stk|årsverk)"
_GREETING = re.compile(r"(?:hei|hallo|heisann|god\s?(?:morgen|dag|kveld)|morn|takk)\b[^\n]{0,30}", re.IGNORECASE)


def read(text: str, refs: Collection[str]) -> list[Said]:
    """What a message says, one for each measure it names, in its order; without a number, one for the whole.

    `refs`: the numbers of the measures the person can mean. A line without a number belongs to the one before it.
    """
    found = list(_parts(text, refs))
    if not found:
        return [_said(None, text)]
    before = text[: found[0][1]].strip()
    said = []
    for place, (numbers, _start, rest) in enumerate(found):
        words = rest if place or not before or _GREETING.fullmatch(before) else f"{before}\n{rest}"
        said += [_said(number, words) for number in numbers]
    return said


_NUMBERED = re.compile(
    r"\s*(?P<word>tiltak(?:et)?\s+(?:nr\.?\s*)?|nr\.?\s*)?(?P<ref>\d+(?:\.\d+)*[a-zæøå]?)(?![\w]|[.,]\d)", re.IGNORECASE
)


def unknown_number(text: str) -> str | None:
    """The number a message begins with, where it can only be a measure's; None where it may count anything.

    "9.9 er ferdig" names 9.9 whether there is such a measure or not; "9.9 millioner er brukt" names nothing.
    """
    begins = _NUMBERED.match(text)
    if begins is None:
        return None
    said = read(text, [begins["ref"]])[0]
    says = said.status is not None or said.unchanged or (begins["word"] and said.comment)
    return begins["ref"] if said.ref is not None and says else None


def _parts(text: str, refs: Collection[str]) -> Iterator[tuple[tuple[str, ...], int, str]]:
    """Where measures are named: their numbers, where that begins, and the words up to the next."""
    known = {ref.lower(): ref for ref in refs if ref}
    if not known:
        return
    one = "|".join(re.escape(ref) for ref in sorted(known, key=len, reverse=True))
    named = re.compile(
        rf"(?:^|(?<=[\n;!?])|(?<=[.]\s))[ \t•*–-]*(?P<word>tiltak(?:et)?\s+(?:nr\.?\s*)?|nr\.?\s*)?"
        rf"(?P<refs>(?:{one})(?:(?:\s*,\s*|\s+og\s+)(?:{one})(?![\w.]*\d))*)"
        rf"(?![\w]|[.,]\d)(?P<mark>\s*[.:)–-]+)?(?=\s|$)(?!\s*{_UNITS}(?!\w))",
        re.IGNORECASE,
    )
    matches = [match for match in named.finditer(text) if _is_a_number_of(match)]
    if not matches:
        return
    ends = [*(match.start() for match in matches[1:]), len(text)]
    for match, end in zip(matches, ends, strict=True):
        numbers = re.findall(rf"(?<![\w.])(?:{one})(?![\w])", match["refs"], re.IGNORECASE)
        named_ones = dict.fromkeys(known[number.lower()] for number in numbers if number.lower() in known)
        yield tuple(named_ones), match.start(), text[match.end() : end]


def _is_a_number_of(match: re.Match[str]) -> bool:
    """Whether what looks like a measure's number is one: a bare "2" can count anything, "2:" and "tiltak 2" cannot."""
    if match["word"] or not match["refs"].isdigit():
        return True
    following = match.string[match.end() :].split(maxsplit=1)
    return ":" in (match["mark"] or "") or (bool(following) and following[0].lower() in {"er", "har", "utgår", "blir"})


def _said(ref: str | None, words: str) -> Said:
    words = _bare(words) if ref is not None else words.strip()
    low = words.lower()
    head = _head(low)
    unchanged = bool(_UNCHANGED.search(head))
    status = None if unchanged or "?" in words else _status(low, head)
    if (status is None and not unchanged) or not _only_names_the_status(head):
        return Said(ref, status, _begun(words) if ref is not None else words, unchanged)
    rest = words[len(head) :]
    ends = _PURE_END.match(rest)
    if rest and ends is None:
        return Said(ref, status, _begun(words) if ref is not None else words, unchanged)
    return Said(ref, status, _begun(_bare(rest[ends.end() if ends else 0 :])), unchanged)


def _bare(words: str) -> str:
    """Words without what stands between them and a number or a status before them."""
    return _BETWEEN.sub("", words).rstrip(" \t\n,;:–-")


def _begun(words: str) -> str:
    """Words that begin like a sentence."""
    return words[:1].upper() + words[1:]


def _head(low: str) -> str:
    """The first clause."""
    end = _CLAUSE_ENDS.search(low)
    return low[: end.start()] if end else low


def _only_names_the_status(head: str) -> bool:
    left = _UNCHANGED.sub(" ", _MENTION.sub(" ", head))
    return all(_FILLING.fullmatch(word) for word in re.findall(r"[^\W_]+", left))


def _status(low: str, head: str) -> Status | None:
    """The status the words leave no doubt of; what the first clause says goes before what is told after it."""
    first, not_first = _mentions(head)
    all_of, not_all = _mentions(low)
    if len(first) == 1 and not first & not_first:
        (found,) = first
        if DELAYED in all_of and found in {IN_PROGRESS, NOT_STARTED}:
            return DELAYED
        doubtful = found is DONE and (all_of - {DONE} or DONE in not_all or _LEFT.search(low))
        return None if doubtful else found
    if first:
        return DELAYED if DELAYED in first and DONE not in first and DROPPED not in first else None
    if DELAYED in all_of:
        all_of -= {IN_PROGRESS, NOT_STARTED}
    left = all_of - not_all
    if len(all_of) != 1 or left != all_of:
        return None
    (found,) = all_of
    return None if found is DONE and _LEFT.search(low) else found


def _mentions(low: str) -> tuple[set[Status], set[Status]]:
    """The statuses that are said, and those that are said not to be."""
    said: set[Status] = set()
    denied: set[Status] = set()
    for clause in re.split(_CLAUSE_ENDS, low):
        for match in _MENTION.finditer(clause):
            _, status, negated = _PHRASES[(match.lastindex or 1) - 1]
            is_said, found = _meant(clause, match, status, negated)
            (said if is_said else denied).add(found)
    return said, denied


def _meant(clause: str, match: re.Match[str], status: Status, negated: Status | None) -> tuple[bool, Status]:
    """Whether a phrase says a status in its clause, and which."""
    before, after = clause[: match.start()], clause[match.end() :]
    if status is not DROPPED and _NOT.search(before):
        return (True, negated) if negated is not None else (False, status)
    if status is DONE:
        return _how_done(match.group(), before, after)
    if status is IN_PROGRESS and _AHEAD.search(before):
        return False, status
    return True, status


def _how_done(phrase: str, before: str, after: str) -> tuple[bool, Status]:
    """ "Nesten ferdig" is in progress, "blir ferdig i mai" and "ferdig planlagt" leave it open."""
    if _PARTLY.search(before) or _HALF.match(after):
        return True, IN_PROGRESS
    if _AHEAD.search(before):
        return False, DONE
    if phrase.startswith("ferdig") and not (_WHOLE.match(after) or _AFTER_DONE.match(after)):
        return False, DONE
    return True, DONE
