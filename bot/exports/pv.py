"""The minutes of a meeting as files: Word and Markdown, from values alone."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.document import Document as DocumentType

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
THREAD = (0xB9, 0x2C, 0x25)


@dataclass(frozen=True, slots=True)
class Draft:
    """All in the words of its readers; `labels` names the parts."""

    network: str
    title: str
    body: str
    when: str
    place: str
    # (label, names)
    people: tuple[tuple[str, tuple[str, ...]], ...]
    points: tuple[str, ...]
    # (reference, text)
    decisions: tuple[tuple[str, str], ...]
    agreements: tuple[tuple[str, str], ...]
    # (reference, who, what, by when)
    commitments: tuple[tuple[str, str, str, str], ...]
    approved: str
    labels: Mapping[str, str]


def docx(draft: Draft) -> bytes:
    """A Word file in the house's style."""
    from docx import Document  # noqa: PLC0415 - heavy, and of no use before it is asked for
    from docx.shared import Pt, RGBColor  # noqa: PLC0415 - heavy, and of no use before it is asked for

    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Calibri", Pt(11)
    head = document.add_paragraph()
    run = head.add_run(draft.network)
    run.font.color.rgb, run.font.size = RGBColor(*THREAD), Pt(10)
    document.add_heading(f"{draft.labels['minutes']} – {draft.title}", level=1)
    document.add_paragraph(" · ".join(part for part in (draft.when, draft.place) if part))
    status = document.add_paragraph()
    status.add_run(draft.approved).italic = True
    for label, names in draft.people:
        line = document.add_paragraph()
        line.add_run(f"{label}\u00a0: ").bold = True
        line.add_run(", ".join(names))
    if draft.points:
        document.add_heading(draft.labels["agenda"], level=2)
        for point in draft.points:
            document.add_paragraph(point, style="List Number")
    for name, rows in (("decisions", draft.decisions), ("agreements", draft.agreements)):
        if rows or name == "decisions":
            _listed(document, draft.labels[name], rows, draft.labels["none"])
    document.add_heading(draft.labels["commitments"], level=2)
    _table(document, draft)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _listed(document: "DocumentType", label: str, rows: tuple[tuple[str, str], ...], none: str) -> None:
    document.add_heading(label, level=2)
    for ref, text in rows:
        line = document.add_paragraph()
        line.add_run(f"{ref}\u2002").bold = True
        line.add_run(text)
    if not rows:
        document.add_paragraph(none)


def _table(document: "DocumentType", draft: Draft) -> None:
    if not draft.commitments:
        document.add_paragraph(draft.labels["none"])
        return
    table = document.add_table(rows=1, cols=4)
    table.style = "Light Grid Accent 1"
    for cell, label in zip(table.rows[0].cells, ("", "who", "what", "when"), strict=True):
        cell.text = draft.labels.get(label, "")
    for row in draft.commitments:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def markdown(draft: Draft) -> str:
    """The same as text."""
    lines = [f"# {draft.labels['minutes']} – {escaped(draft.title)}", ""]
    lines += [escaped(" · ".join(part for part in (draft.network, draft.when, draft.place) if part)), ""]
    lines += [f"*{escaped(draft.approved)}*", ""]
    lines += [f"**{label}**: {escaped(', '.join(names))}  " for label, names in draft.people]
    if draft.points:
        lines += ["", f"## {draft.labels['agenda']}", ""]
        lines += [f"{n}. {escaped(point)}" for n, point in enumerate(draft.points, start=1)]
    for name, rows in (("decisions", draft.decisions), ("agreements", draft.agreements)):
        if rows or name == "decisions":
            lines += ["", f"## {draft.labels[name]}", ""]
            lines += [f"- **{ref}** {escaped(text)}" for ref, text in rows] or [draft.labels["none"]]
    lines += ["", f"## {draft.labels['commitments']}", ""]
    if draft.commitments:
        lines += [f"| | {draft.labels['who']} | {draft.labels['what']} | {draft.labels['when']} |", "|---|---|---|---|"]
        lines += ["| " + " | ".join(escaped(cell) for cell in row) + " |" for row in draft.commitments]
    else:
        lines.append(draft.labels["none"])
    return "\n".join(lines) + "\n"


def escaped(text: str) -> str:
    """What a person wrote, as Markdown shows it unchanged."""
    kept = "".join(f"\\{letter}" if letter in "\\`*_{}[]<>|#!" else letter for letter in text)
    return " ".join(kept.split())
