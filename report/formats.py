"""The formats a report comes in, and the name of its file."""

from collections.abc import Callable

from report import page, pdf, template_check, word, workbook
from report.snapshot import Snapshot, canonical_json

WORD = "docx"
_RENDERERS: dict[str, Callable[[Snapshot], bytes]] = {
    WORD: word.render,
    "pdf": pdf.render,
    "html": lambda snapshot: page.render(snapshot).encode(),
    "xlsx": workbook.render,
    "json": canonical_json,
}

FORMATS = frozenset(_RENDERERS)


def render(
    snapshot: Snapshot,
    format: str,  # noqa: A002  # the word the command line uses
    *,
    word_template: bytes | None = None,
) -> bytes:
    """The report in one of `FORMATS`; another name raises `KeyError`.

    `word_template` is the municipality's own; one that cannot be used raises `TemplateRefused`.
    """
    if format == WORD and word_template is not None:
        return template_check.rendered(snapshot, word_template)
    return _RENDERERS[format](snapshot)


def file_name(snapshot: Snapshot, format: str) -> str:  # noqa: A002  # as above
    """`<slug>-<year>-v<n>.<ext>`."""
    return f"{snapshot.plan_slug}-{snapshot.year}-v{snapshot.version}.{format}"
