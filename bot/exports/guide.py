"""The printable guide of a commune: its services under their kind, alphabetical, each with when it was verified.

As a Word file with page numbers, or as a page that a browser prints; what people wrote is text in both, never markup.
"""

import io
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING

from bot import offer_words
from bot.exports.paper import writable
from bot.phrases import Phrase, Reader, _, lines, many
from bot.text import shortened
from bot.understanding.spelling import fold
from bot.understanding.themes import vocabulary
from storage.offers import Offer

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
THREAD = "B92C25"
LONGEST = 700


@dataclass(frozen=True, slots=True)
class Entry:
    name: str
    partner: str
    text: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """In the words of its reader; `chapters` are (kind, entries), both alphabetical."""

    title: str
    subtitle: str
    language: str
    chapters: tuple[tuple[str, tuple[Entry, ...]], ...]


def assemble(rows: Iterable[Offer], reader: Reader, *, network: str, commune: str, now: datetime) -> Guide:
    """Offers withdrawn, or closed today for a time, are left out."""
    today = reader.today or now.date()
    # On paper a day has its year.
    reader = replace(reader, today=None)
    kinds = vocabulary().kinds
    chapters: dict[str, list[Entry]] = {}
    count = 0
    for row in rows:
        if row.closed_on(today):
            continue
        kind = kinds.get(row.kind) or kinds["other"]
        chapters.setdefault(kind.names[reader.language], []).append(_entry(row, reader, now))
        count += 1
    ordered = sorted(chapters.items(), key=lambda pair: fold(pair[0]))
    title = _("Services in {commune}", commune=commune) if commune else _("The directory of services")
    subtitle = lines(
        Phrase("{network}", {"network": network}),
        many("{n} service", "{n} services", count),
        _("as known on {day}", day=today),
        separator=" · ",
    )
    return Guide(
        writable(title.say(reader)),
        writable(subtitle.say(reader)),
        reader.language,
        tuple((name, tuple(sorted(entries, key=lambda entry: fold(entry.name)))) for name, entries in ordered),
    )


def _entry(row: Offer, reader: Reader, now: datetime) -> Entry:
    text = row.descriptions.get(reader.language) or next(iter(row.descriptions.values()), "")
    text = shortened(writable(str(text)), LONGEST)
    where = ", ".join(part for part in (row.address, f"{row.postal} {row.commune_name}".strip()) if part)
    said = [
        offer_words.ages(row),
        _("Price: {fee}", fee=row.fee) if row.fee else _("Free of charge") if row.free else None,
        _("price checked on {day}", day=row.fee_checked_on) if row.fee and row.fee_checked_on else None,
        _("Languages: {codes}", codes=", ".join(row.languages)) if row.languages else None,
        _("Hours: {hours}", hours=row.hours_text or row.hours) if row.hours_text or row.hours else None,
    ]
    facts = [
        where,
        " · ".join(phrase.say(reader) for phrase in said if phrase is not None),
        _("To reach it: {reach}", reach=reach).say(reader) if (reach := offer_words.reach(row)) else "",
        (offer_words.verified(row, now) or _("To be verified")).say(reader),
    ]
    return Entry(writable(row.name), writable(row.partner_name), text, tuple(writable(fact) for fact in facts if fact))


def docx(guide: Guide) -> bytes:
    """A Word file: a chapter for each kind, entries kept whole on a page, pages numbered."""
    from docx import Document  # noqa: PLC0415 - heavy, and of no use before it is asked for
    from docx.shared import Mm, Pt, RGBColor  # noqa: PLC0415 - heavy, and of no use before it is asked for

    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(20)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Calibri", Pt(10)
    style.paragraph_format.space_after = Pt(2)
    for name, size in (("Heading 1", 22), ("Heading 2", 15), ("Heading 3", 11)):
        document.styles[name].font.size = Pt(size)
        document.styles[name].font.color.rgb = RGBColor.from_string(THREAD if name != "Heading 3" else "222222")
    document.core_properties.title = guide.title[:250]
    document.core_properties.language = guide.language
    document.add_heading(guide.title, level=1)
    document.add_paragraph(guide.subtitle)
    for kind, entries in guide.chapters:
        document.add_heading(kind, level=2)
        for entry in entries:
            named = f"{entry.name} – {entry.partner}" if entry.partner else entry.name
            document.add_heading(named, level=3)
            parts = [part for part in (entry.text, *entry.facts) if part]
            for place, part in enumerate(parts):
                line = document.add_paragraph(part)
                line.paragraph_format.keep_together = True
                line.paragraph_format.keep_with_next = place < len(parts) - 1
    footer = page.footer.paragraphs[0]
    footer.add_run(f"{guide.title} · ")
    _page_number(footer)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _page_number(paragraph: "Paragraph") -> None:
    """A field that Word and LibreOffice count for themselves."""
    from docx.oxml import OxmlElement  # noqa: PLC0415 - heavy, and of no use before it is asked for
    from docx.oxml.ns import qn  # noqa: PLC0415 - heavy, and of no use before it is asked for

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)  # noqa: SLF001 - python-docx has no fields


def html(guide: Guide) -> bytes:
    """One page without script or address of anywhere else, paginated by the browser that prints it."""
    out = [
        f'<!DOCTYPE html>\n<html lang="{escape(guide.language)}"><head><meta charset="utf-8">',
        f"<title>{escape(guide.title)}</title><style>{_STYLE}</style></head><body>",
        f"<h1>{escape(guide.title)}</h1><p>{escape(guide.subtitle)}</p>",
    ]
    for kind, entries in guide.chapters:
        out.append(f"<section><h2>{escape(kind)}</h2>")
        for entry in entries:
            partner = f" <small>– {escape(entry.partner)}</small>" if entry.partner else ""
            told = "".join(f"<p>{escape(part)}</p>" for part in (entry.text, *entry.facts) if part)
            out.append(f"<article><h3>{escape(entry.name)}{partner}</h3>{told}</article>")
        out.append("</section>")
    out.append("</body></html>\n")
    return "\n".join(out).encode()


_STYLE = (
    "@page{size:A4;margin:18mm;@bottom-right{content:counter(page)}}body{font:10pt/1.4 Calibri,sans-serif;"
    "max-width:46em;"
    f"margin:2em auto;padding:0 1em}}h1,h2{{color:#{THREAD}}}h2{{break-after:avoid;border-bottom:1px solid #{THREAD}}}"
    "article{break-inside:avoid;margin:0 0 1em}h3{margin:.2em 0}p{margin:.1em 0;overflow-wrap:anywhere}"
    "small{font-weight:normal}"
)
