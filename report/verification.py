"""Whether a report is what it says: stored versions against their digests and the log, a file against the versions."""

import hashlib
import re
from dataclasses import dataclass, field
from io import BytesIO
from typing import Literal
from zipfile import BadZipFile, ZipFile

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from report.approval import KEPT_FORMATS, Stored, content_of, draft_digest, read
from storage import reports
from storage.ids import id_of
from storage.tables import AuditEntry, Report

MAX_BYTES = 50_000_000
_DIGEST = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
_WORDS = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")

Found = Literal["same", "same_words", "other", "draft"]


class NotAReport(Exception):
    """A file that cannot be read as any format a report comes in."""


@dataclass(frozen=True)
class Version:
    """A stored version and what does not match: "snapshot", "log", or a format that was kept ("pdf", "html")."""

    report: Report
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Named:
    """The version a file says it is of, and how it compares with what that version is.

    same: byte for byte. same_words: the same words in a file that was saved again. other: not what we make of that
    version. draft: it is of that version before it was approved.
    """

    report: Report
    found: Found


async def of_year(session: AsyncSession, plan_id: int, year: int) -> list[Version]:
    """Every version of a year's report, oldest first, with what does not match."""
    rows = await reports.of_year(session, plan_id, year)
    logged = await _logged(session, [id_of(row) for row in rows])
    return [Version(row, await _faults(session, row, logged.get(id_of(row)))) for row in reversed(rows)]


async def _faults(session: AsyncSession, row: Report, logged: str | None) -> list[str]:
    faults = []
    if hashlib.sha256(row.snapshot.encode()).hexdigest() != row.digest:
        faults.append("snapshot")
    if logged != row.digest:
        faults.append("log")
    if row.state == reports.APPROVED:
        kept = {each.format: each for each in await reports.kept(session, id_of(row))}
        for form in KEPT_FORMATS:
            if form not in kept or hashlib.sha256(kept[form].content).hexdigest() != kept[form].digest:
                faults.append(form)
    return faults


async def _logged(session: AsyncSession, report_ids: list[int]) -> dict[int, str]:
    """The digest each version was last written down with in the log, which nothing can change."""
    rows = await session.exec(
        select(AuditEntry)
        .where(AuditEntry.subject == "report", col(AuditEntry.subject_id).in_(report_ids))
        .order_by(col(AuditEntry.id))
    )
    return {row.subject_id: row.after["digest"] for row in rows if row.after and "digest" in row.after}


async def of_file(session: AsyncSession, content: bytes) -> list[Named]:
    """The versions a file is of, or says it is of, the nearest first; none where we have no such version.

    Raises `NotAReport`.
    """
    form = form_of(content)
    named = digests_in(form, content)
    own = hashlib.sha256(content).hexdigest()
    found = []
    for row in await reports.everyone(session):
        kept = await reports.kept(session, id_of(row))
        if own in {each.digest for each in kept} or row.digest in named:
            found.append(Named(row, compare(await read(session, row), form, content)))
        elif row.state == reports.APPROVED and draft_digest(row.snapshot) in named:
            found.append(Named(row, "draft"))
    # A correction names the version it corrects as well as its own.
    order = {"same": 0, "same_words": 1, "other": 2, "draft": 3}
    return sorted(found, key=lambda each: (order[each.found], -id_of(each.report)))


def compare(stored: Stored, form: str, content: bytes) -> Found:
    """A file against what a version is in its format."""
    if form == "json":
        return "same" if hashlib.sha256(content.strip()).hexdigest() == stored.report.digest else "other"
    ours = content_of(stored, form)[1]
    if ours == content:
        return "same"
    return "same_words" if form in {"docx", "xlsx"} and _words(form, ours) == _words(form, content) else "other"


def form_of(content: bytes) -> str:
    """What format a file is in, from its first bytes. Raises `NotAReport`."""
    start = content.lstrip()[:200].lower()
    if content.startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(b"PK"):
        names = _names(content)
        for form, part in (("docx", "word/document.xml"), ("xlsx", "xl/workbook.xml")):
            if part in names:
                return form
    elif start.startswith(b"{"):
        return "json"
    elif start.startswith((b"<!doctype html", b"<html")):
        return "html"
    raise NotAReport


def digests_in(form: str, content: bytes) -> set[str]:
    """Every SHA-256 that a file names: in its properties, or where it is printed."""
    match form:
        case "pdf":
            return set(_DIGEST.findall(_keywords(content)))
        case "docx" | "xlsx":
            parts = ("docProps/core.xml", "word/document.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml")
            return {found for part in parts for found in _DIGEST.findall(_part(content, part))}
        case "json":
            return {hashlib.sha256(content.strip()).hexdigest()}
        case _:
            return set(_DIGEST.findall(content.decode(errors="replace")))


def _keywords(content: bytes) -> str:
    """The keywords of a PDF, and what stands on its last page."""
    import pdfplumber  # heavy: only where a PDF is read

    try:
        with pdfplumber.open(BytesIO(content)) as document:
            return f"{document.metadata.get('Keywords', '')} {document.pages[-1].extract_text()}"
    except Exception as error:  # the library raises what it meets in a file that is broken
        raise NotAReport from error


def _names(content: bytes) -> list[str]:
    try:
        with ZipFile(BytesIO(content)) as archive:
            return archive.namelist()
    except BadZipFile as error:
        raise NotAReport from error


def _part(content: bytes, name: str) -> str:
    """A part of an office file as text; empty where it has none. Raises `NotAReport`."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            if name not in archive.namelist() or archive.getinfo(name).file_size > MAX_BYTES:
                return ""
            return archive.read(name).decode(errors="replace")
    except (BadZipFile, OSError, RuntimeError, NotImplementedError) as error:
        raise NotAReport from error


def _words(form: str, content: bytes) -> object:
    """What a document says, whatever program saved it."""
    if form == "docx":
        return "".join(_WORDS.findall(_part(content, "word/document.xml")))
    from openpyxl import load_workbook  # heavy: only where a workbook is read

    book = load_workbook(BytesIO(content), read_only=True)
    return [[tuple(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets]
