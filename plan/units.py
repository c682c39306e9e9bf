"""Who is named in a cell about responsibility: units, persons by their title, bodies outside the municipality.

A cell is split where Norwegian plans split it: at line breaks, semicolons, commas, slashes, "i samarbeid med", "v/"
and "og". Names that hold one of these themselves ("Helse og omsorg", "Barne- og familietjenesten") stay whole; which
they are is learnt from all cells of the document together, and from the words units are named by (`unit_words`).
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from plan.unit_words import BODIES, BOUND, EXTERNAL, HALF_ROLES, NOBODY, ROLES, SECTORS

SOFT_BREAK = "\u2028"
"""A line break that may only be for want of room: between two names, or within one."""

MAX_NAME = 80
MAX_WORDS = 9
MAX_CELL = 2_000
_WITH = re.compile(
    r",?\s*\b(?:i (?:nært |tett )?samarbeid med|i samspel med|i samråd med|i dialog med|saman med|sammen med|"
    r"med (?:bistand|støtte|hjelp|deltakelse|deltaking) (?:fra|frå|av)|i tillegg til|samt|"
    r"hovedansvar:?|hovudansvar:?|m/|m\. )\s*(?<=[\s/])",
    re.IGNORECASE,
)
_LED_BY = re.compile(r"\s*(?:\bv/|\bv\.|\bved\b)\s*", re.IGNORECASE)
_AND = re.compile(r"\s+(?:og|&|\+)\s+", re.IGNORECASE)
_BROKEN_HYPHEN = re.compile(r"(?<=\w)-\s+(?!(?:og|eller|samt)\b)(?=[a-zæøå])")
_HALF = re.compile(r"(\w+)\s*[-–]\s*(?=og\b|eller\b|,)", re.IGNORECASE)
_REMARK = re.compile(r"\([^)]*\)")
_WHEN = re.compile(r"\s+(?:innen|innan|fra og med|f\.o\.m\.?|senest|seinast)\s+\S*\d.*$", re.IGNORECASE)
_VERB = re.compile(r"\b(?:er|har|skal|må|bør|tar|tek|koordinerer|følger|gjennomfører|ligger|ligg)\b", re.IGNORECASE)
_THING = re.compile(r"(?:prosjekt|tiltak|arbeid|dette|det|planen|saken)", re.IGNORECASE)
_LABEL = re.compile(r"^(?:ansvarleg|ansvarlig|ansvar|hovedansvarlig|hovudansvarleg)\s*:\s*", re.IGNORECASE)
_COMPANY = re.compile(r"(?:IKS|KF|AS|ASA|SA|BA)(?!\w)")
"""What a company's name ends with; never a name of its own."""
_ROLE = re.compile(r"^[A-ZÆØÅ]\s*[:=]\s+(?=\w{2})")
"""A letter before a name that a legend explains: "A: Plan, D: VA"."""
_BULLET = re.compile(r"^[\s•●▪◦\uf0b7\uf0a7*·–-]+")


@dataclass(frozen=True)
class Named:
    """Who a cell names, in order; `has_remark` says that part of it named nobody."""

    names: tuple[str, ...] = ()
    has_remark: bool = False


def is_external(name: str) -> bool:
    """Whether the name is of a body outside the municipality, going by its words."""
    return EXTERNAL.search(name) is not None


def looks_like_unit(text: str) -> bool:
    """Whether a short text has the words of a unit, a role or an outside body, or is an abbreviation of one."""
    words = re.findall(r"[\wæøåÆØÅ-]+", text)
    if not words or len(words) > MAX_WORDS or len(text) > MAX_NAME:
        return False
    if NOBODY.search(text):
        return False
    if EXTERNAL.search(text):
        return True
    # A longer text is a name only if it begins like one: "Lage plan for …" holds a word for a field of work too.
    looked_at = words if len(words) < 4 else words[:1]
    if any(_is_unit_word(word) for word in looked_at):
        return True
    return all(re.fullmatch(r"[A-ZÆØÅ][A-ZÆØÅa-zæøå]*[A-ZÆØÅ]\w*", word) for word in words)


def _is_unit_word(word: str) -> bool:
    is_body = re.search(BODIES.pattern + r"$", word, re.IGNORECASE) is not None
    return _is_sector(word) or is_body or ROLES.fullmatch(word) is not None


@dataclass
class UnitNames:
    """What a document's own cells teach about the names of its units."""

    _alone: Counter[str] = field(default_factory=Counter)
    legend: Mapping[str, str] = field(default_factory=dict)
    """Names by the letters that the document explains."""

    @classmethod
    def learnt_from(cls, cells: Iterable[str], legend: Mapping[str, str] | None = None) -> "UnitNames":
        """Learn which names stand alone: a whole line or item without "og" or a slash."""
        known = cls(legend=legend or {})
        # Cells without soft breaks teach how to read those with them.
        for cell in sorted(cells, key=lambda each: SOFT_BREAK in each):
            for item in _items(known._settled(cell[:MAX_CELL])):
                known._alone[_folded(item)] += 1
        # What is split beyond doubt teaches how to split the rest.
        for item in [each for each in known._alone if _AND.search(each)]:
            parts = known._parted(item)
            known._alone.update(_folded(part) for part in parts if len(parts) > 1)
        return known

    def named_in(self, cell: str | None) -> Named:
        """Who a cell names."""
        names: list[str] = []
        has_remark = False
        for item in _items(self._settled((cell or "")[:MAX_CELL])):
            found = list(self._names(item))
            has_remark = has_remark or not found or NOBODY.search(item) is not None
            names.extend(found)
        return Named(tuple(dict.fromkeys(names)), has_remark)

    def _settled(self, cell: str) -> str:
        """The cell with each soft break decided: a new line where a name ends, a space within one."""
        text, *rest = cell.split(SOFT_BREAK)
        for part in rest:
            last = next(iter(list(_items(text))[-1:]), "")
            first = next(_items(part), "")
            if HALF_ROLES.fullmatch(last) and not ROLES.fullmatch(first) and not is_external(first):
                text += f" {part}"
                continue
            if _COMPANY.match(part.strip()):
                text += f" {part}"
                continue
            is_known = self._alone[_folded(last)] > 0 or self._alone[_folded(first)] > 0
            are_units = looks_like_unit(last) and looks_like_unit(first) and not ROLES.fullmatch(last)
            text += ("\n" if is_known or are_units else " ") + part
        return text

    def _names(self, item: str) -> Iterator[str]:
        """The names in one item, which may still hold "og" or a slash."""
        short = [part for part in re.split(r"\s*[/+&]\s*|\s+(?:og\s+)?", item) if part]
        if short and all(part in self.legend for part in short):
            yield from (self.legend[part] for part in short)
            return
        if NOBODY.search(item) and _AND.search(item):
            # "NAV og alle enheter" names one, and others that are nobody in particular.
            named = [part for part in _AND.split(item) if not NOBODY.search(part) and self._is_known(part)]
            if named:
                yield from named
                return
        if NOBODY.search(item) or (_VERB.search(item) and len(item.split()) > 2):
            yield from self._names_in_sentence(item)
            return
        for part in self._slashed(item):
            for name in self._parted(part):
                if 1 < len(name) <= MAX_NAME and len(name.split()) <= MAX_WORDS:
                    yield name

    def _is_known(self, text: str) -> bool:
        return self._alone[_folded(text)] > 0 or looks_like_unit(text)

    def _names_in_sentence(self, item: str) -> Iterator[str]:
        """Of a sentence: what stands before its verb if that is a name, else one it ends with ("under rådmannen")."""
        verb = _VERB.search(item)
        before = item[: verb.start()].strip(" ,") if verb else ""
        if before and self._is_known(before) and not NOBODY.search(before) and not _THING.match(before):
            yield before
            return
        under = re.search(r"\b(?:under|hos|til) ([A-ZÆØÅa-zæøå-]+)$", item)
        if under and ROLES.fullmatch(under[1]):
            yield under[1]

    def _slashed(self, item: str) -> Iterator[str]:
        parts = [part.strip() for part in re.split(r"\s*/\s*", item) if part.strip()]
        if len(parts) > 1 and all(len(part) > 1 for part in parts) and "og/eller" not in item.casefold():
            yield from parts
        else:
            yield item

    def _parted(self, part: str) -> list[str]:
        """The names in a text whose only doubt is whether its "og" joins two of them."""
        pieces = _AND.split(part)
        if len(pieces) == 1:
            return pieces
        joints = _AND.findall(part)
        names = [pieces[0]]
        for joint, piece in zip(joints, pieces[1:], strict=True):
            whole = f"{names[-1]}{joint}{piece}"
            if self._is_one(names[-1], piece, whole):
                names[-1] = whole
            else:
                names.append(piece)
        return self._with_shared_role(names)

    def _is_one(self, left: str, right: str, whole: str) -> bool:
        """Whether "left og right" is one name."""
        last, first = left.rpartition(" ")[2], right.partition(" ")[0]
        if BOUND.fullmatch(last) or last.endswith(("-", "–")) or last.casefold() == "lag":
            return True
        if _are_two(left, right, whole):
            return False
        if _is_sector(last) and _is_sector(first):
            return not self._splits_shared_role(left, right)
        if self._alone[_folded(left)] and self._alone[_folded(right)]:
            return False
        # "Lag og foreninger", "plan og utvikling": a common noun after "og" goes on with the name.
        return not first[:1].isupper() and not looks_like_unit(right) and not BODIES.search(first)

    def _splits_shared_role(self, left: str, right: str) -> bool:
        role, _, field_of_work = left.partition(" ")
        return (
            ROLES.fullmatch(role) is not None
            and bool(field_of_work)
            and self._alone[_folded(f"{role} {field_of_work}")] > 0
            and self._alone[_folded(f"{role} {right}")] > 0
        )

    def _with_shared_role(self, names: list[str]) -> list[str]:
        """ "Kommunalsjef Helse og Oppvekst" is two where both are known as "Kommunalsjef …" elsewhere."""
        role = names[0].split()[0]
        if len(names) > 1 and ROLES.fullmatch(role) and len(names[0].split()) > 1:
            return [
                f"{role} {name}" if number and self._alone[_folded(f"{role} {name}")] else name
                for number, name in enumerate(names)
            ]
        return names


def _are_two(left: str, right: str, whole: str) -> bool:
    """Whether the words around "og" cannot be one name: titles, abbreviations, numbers, inside and outside."""
    last, first = left.rpartition(" ")[2], right.partition(" ")[0]
    if ROLES.fullmatch(first) or ROLES.fullmatch(left):
        return True
    if any(letter.isdigit() for letter in left + first) or last.isupper() or (first.isupper() and len(first) > 1):
        return True
    return is_external(left) != is_external(right) and not is_external(whole.replace(left, "").strip())


def _is_sector(word: str) -> bool:
    return word.casefold().strip("-–,.") in SECTORS


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _items(cell: str) -> Iterator[str]:
    """The items of a cell: split where nothing but a border between names can be meant."""
    text = _REMARK.sub(" ", cell.replace("\u00ad", ""))
    for line in re.split(r"[\n;•●▪\uf0b7|]", text):
        for with_others in _WITH.split(_LABEL.sub("", _BULLET.sub("", line))):
            for led in _LED_BY.split(with_others):
                yield from _comma_separated(led)


def _comma_separated(text: str) -> Iterator[str]:
    whole = _BROKEN_HYPHEN.sub("-", " ".join(text.split()))
    if _is_list_of_sectors(whole) or re.match(r"[^,]*\bsom\b", whole):
        yield whole.strip(" .,")
        return
    for part in re.split(r",\s*|(?<=[a-zæøå])\.\s+(?=[A-ZÆØÅ])", whole):
        item = _ROLE.sub("", _WHEN.sub("", part).strip(" .,:–-"))
        item = re.sub(r"^(?:og|samt|eller|m\.fl\.?|m\.m\.?)\s+", "", item)
        item = re.sub(r"\s+(?:m\.?\s?fl|m\.?\s?m|o\.?\s?l|mfl)\.?$|\s+(?:og|v)$", "", item).strip(" .,")
        if item and re.search(r"[A-ZÆØÅa-zæøå]", item) and item.casefold() not in ("m.fl", "mfl", "m.m", "osv", "etc"):
            yield item


def _is_list_of_sectors(text: str) -> bool:
    """Whether it is one long name like "Helse, velferd, pleie og omsorg": small letters after each comma."""
    parts = re.split(r",\s+", text.strip(" ."))
    return (
        len(parts) > 1
        and all(part[:1].islower() for part in parts[1:])
        and " og " in parts[-1]
        and all(_is_sector(word) or word == "og" for part in parts for word in part.split())
    )
