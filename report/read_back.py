"""Reads a Word draft back: what stands in its content controls, against what stood there and what is stored now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from plan.refusal import Refused
from report import draft_fields, legible
from report.case_parts import shown_ref
from report.snapshot import Snapshot
from report.wording import build, sayer

MOST_BYTES = 20_000_000
MOST_UNPACKED = 100_000_000
IDENTIFIER = "sha256:"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NOT_READ = {f"{_W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "tblPr", "instrText")} | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}
_TRACKED = {f"{_W}{name}" for name in ("ins", "del", "moveFrom", "moveTo")}
_AS_TEXT = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": " ", f"{_W}noBreakHyphen": "\N{NON-BREAKING HYPHEN}"}


class ReadBackRefused(Refused):
    """A file cannot be read back. `code` is "read_back.…" of a sentence in `templates/cli/`; `data` fills it."""


@dataclass(frozen=True)
class Draft:
    """What stands in a Word file: the digest of the report it was made from, and its texts by the fields' tags.

    A text is None where nobody has written. `tracked`: there were tracked changes in a text; they count as accepted.
    """

    digest: str
    texts: dict[str, str | None]
    tracked: bool


@dataclass(frozen=True)
class Written:
    """A field somebody has changed: what stands in the file, and what is stored now.

    `kind` is "measure", with its `ref` as `name`, "part", with the `unit` too, "unit", with its name, or one of the
    office's texts (`storage.written_texts`). `also_changed`: the text, or the answer it is about, is not what it was
    in the draft.
    """

    kind: str
    name: str | None
    title: str
    before: str | None
    after: str | None
    also_changed: bool
    unit: str | None = None


@dataclass(frozen=True)
class Comparison:
    """What a file says otherwise than what is stored; `missing` are the titles of fields it has no more."""

    changes: tuple[Written, ...]
    missing: tuple[str, ...]


def read(content: bytes) -> Draft:
    """What stands in a Word file; nothing where it has no field. Raises `ReadBackRefused` where it is not of ours."""
    from docx import Document  # heavy: only where a document is read

    _refuse_what_is_no_archive(content)
    try:
        document = Document(BytesIO(content))
        body, identifier = document.element.body, document.core_properties.identifier or ""
    except (BadZipFile, KeyError, ValueError, SyntaxError, AttributeError):
        raise ReadBackRefused("read_back.not_word") from None
    if not identifier.startswith(IDENTIFIER):
        raise ReadBackRefused("read_back.not_ours")
    texts: dict[str, str | None] = {}
    tracked = False
    for control in body.iter(f"{_W}sdt"):
        tag = _value(control, "tag")
        if tag is None or not tag.startswith(draft_fields.PREFIX):
            continue
        text = _text(control, _between(tag))
        if tag in texts and texts[tag] != text:
            raise ReadBackRefused("read_back.twice", title=_value(control, "alias") or tag)
        texts[tag] = text
        tracked = tracked or any(node.tag in _TRACKED for node in control.iter())
    return Draft(identifier.removeprefix(IDENTIFIER), texts, tracked)


def _refuse_what_is_no_archive(content: bytes) -> None:
    if len(content) > MOST_BYTES:
        raise ReadBackRefused("read_back.too_large", size=len(content), most=MOST_BYTES)
    try:
        with ZipFile(BytesIO(content)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except BadZipFile:
        raise ReadBackRefused("read_back.not_word") from None
    if unpacked > MOST_UNPACKED:
        raise ReadBackRefused("read_back.too_large", size=unpacked, most=MOST_UNPACKED)


def _value(control: Any, name: str) -> str | None:
    found = control.find(f"{_W}sdtPr/{_W}{name}")
    return None if found is None else found.get(f"{_W}val")


def _text(control: Any, between: str) -> str | None:
    if control.find(f"{_W}sdtPr/{_W}showingPlcHdr") is not None:
        return None
    inside = control.find(f"{_W}sdtContent")
    if inside is None:
        return None
    return legible.text("".join(_pieces(inside, between))) or None


def _pieces(node: Any, between: str) -> Iterator[str]:
    """The text under an element, tracked changes accepted; each paragraph begins with what parts it from the last."""
    joined = False
    for child in node:
        if child.tag in _NOT_READ:
            continue
        if child.tag == f"{_W}p":
            if not joined:
                yield between
            # A paragraph whose end was deleted goes on in the next one.
            joined = child.find(f"{_W}pPr/{_W}rPr/{_W}del") is not None
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _AS_TEXT:
            yield _AS_TEXT[child.tag]
        else:
            yield from _pieces(child, between)


@dataclass(frozen=True)
class _Slot:
    """A field of a draft: what stands in it, what of that is stored, and what the text is about.

    They are not the same for a decision nobody has written: then ours stands there.
    """

    kind: str
    name: str | None
    title: str
    shown: str | None
    stored: str | None
    about: object = None
    unit: str | None = None


def compare(draft: Draft, made_from: Snapshot, now: Snapshot) -> Comparison:
    """What the file says otherwise. `made_from` is the report it was made from, `now` the report as of now."""
    slots, slots_now = _slots(made_from), _slots(now)
    changes, missing = [], []
    for tag, slot in slots.items():
        if tag not in draft.texts:
            missing.append(slot.title)
            continue
        current, after = slots_now.get(tag), draft.texts[tag]
        stored = current.stored if current else None
        if after in {slot.shown, stored}:
            continue
        also_changed = current is None or (current.stored, current.about) != (slot.stored, slot.about)
        before = current.shown if current else None
        changes.append(Written(slot.kind, slot.name, slot.title, before, after, also_changed, slot.unit))
    return Comparison(tuple(changes), tuple(missing))


def _slots(snapshot: Snapshot) -> dict[str, _Slot]:
    content = build(snapshot)
    if content.fields is None:
        return {}
    found = {}
    office = draft_fields.office_texts(snapshot)
    for kind, field in (
        ("decision", content.fields.decision),
        ("summary", content.fields.summary),
        ("assessment", content.fields.assessment),
    ):
        shown = _joined(field.tag, field.lines)
        found[field.tag] = _Slot(kind, None, field.title, shown, shown if office[field.tag] else None)
    for unit, part in zip(snapshot.unit_texts, content.unit_texts, strict=True):
        if part.field is not None:
            shown = _joined(part.field.tag, part.paragraphs)
            found[part.field.tag] = _Slot("unit", unit.unit, part.field.title, shown, shown)
    say = sayer(snapshot.language)
    for tag, measure in draft_fields.measures_by_tag(snapshot).items():
        shown = legible.text(measure.report_text or "") or None
        title = say("field_measure", ref=shown_ref(measure))
        about = (measure.status, measure.status_on, measure.answered_by)
        found[tag] = _Slot("measure", measure.ref, title, shown, shown, about)
    for tag, (measure, told) in draft_fields.parts_by_tag(snapshot).items():
        shown = legible.text(told.report_text or "") or None
        title = say("field_part", ref=shown_ref(measure), unit=told.unit)
        found[tag] = _Slot("part", measure.ref, title, shown, shown, (told.status, told.status_on), told.unit)
    return found


def _joined(tag: str, pieces: Sequence[str]) -> str | None:
    return legible.text(_between(tag).join(pieces)) or None


def _between(tag: str) -> str:
    """What parts the paragraphs of a field: an empty line, but where each is a point or a line of its own."""
    has_lines = tag in (draft_fields.DECISION, draft_fields.SUMMARY)
    return "\n" if has_lines else "\n\n"
