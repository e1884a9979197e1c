# ruff: noqa: SLF001 - python-docx shows most of the format only through its elements
"""A document as a Word file: real headings, real lists, a table whose headings a screen reader knows."""

import io
from functools import singledispatchmethod
from typing import Any

from docx import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from bot.exports.paper import GREY, RED, SHADE, Block, Fact, Heading, Paper, Points, Table, Words

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT = "Calibri"
EDGE = "BBB4B0"
LINE_CM = 17.0
FACT_CM = 3.4
LOGO_CM = 1.6
LOGO_WIDEST_CM = 6.0
COUNTRIES = {"fr": "FR", "nl": "NL", "de": "DE", "en": "GB"}


def write(paper: Paper) -> bytes:
    return _Writer(paper).written()


def tag(paper: Paper) -> str:
    """The language with its country, as Word names it."""
    local = (paper.language, paper.country) in {("fr", "BE"), ("nl", "BE"), ("de", "BE"), ("fr", "LU"), ("de", "LU")}
    return f"{paper.language}-{paper.country if local else COUNTRIES[paper.language]}"


class _Writer:
    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._document = Document()

    def written(self) -> bytes:
        paper, document = self._paper, self._document
        about = document.core_properties
        about.title, about.author, about.language, about.comments = paper.name, paper.organisation, tag(paper), ""
        about.created = about.modified = paper.made_at.replace(tzinfo=None)
        self._style()
        self._frame()
        self._head()
        for block in paper.blocks:
            self._draw(block)
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()

    def _style(self) -> None:
        styles = self._document.styles
        normal = styles["Normal"]
        normal.font.name, normal.font.size = FONT, Pt(11)
        normal.paragraph_format.space_after = Pt(5)
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), tag(self._paper))
        normal.element.get_or_add_rPr().append(language)
        for name, size, before in (("Title", 20, 6), ("Heading 1", 13, 14)):
            style = styles[name]
            style.font.name, style.font.size, style.font.bold = FONT, Pt(size), True
            style.font.color.rgb = RGBColor(0x22, 0x22, 0x22) if name == "Title" else RGBColor(*RED)
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qn(f"w:{theme}"), None)
            style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(4)
            style.paragraph_format.keep_with_next = True
            border = style.element.get_or_add_pPr().find(qn("w:pBdr"))
            if border is not None:
                style.element.get_or_add_pPr().remove(border)

        numbered = styles["List Number"]
        numbered.paragraph_format.space_after = Pt(5)
        together = numbered.element.get_or_add_pPr().find(qn("w:contextualSpacing"))
        if together is not None:
            numbered.element.get_or_add_pPr().remove(together)

    def _frame(self) -> None:
        """The page, its head (what it is, and the mark of a draft) and its foot (the page's number)."""
        section = self._document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2)
        section.top_margin, section.bottom_margin = Cm(2.2), Cm(2)
        section.different_first_page_header_footer = False
        head = section.header.paragraphs[0]
        stops = head.paragraph_format.tab_stops
        stops.add_tab_stop(Cm(LINE_CM), WD_TAB_ALIGNMENT.RIGHT)
        head.style = self._document.styles["Normal"]
        _run(head, self._paper.name, size=9, colour=GREY)
        if self._paper.mark:
            _run(head, f"\t{self._paper.mark}", size=9, colour=RED, bold=True)
        foot = section.footer.paragraphs[0]
        foot.style = self._document.styles["Normal"]
        foot.paragraph_format.tab_stops.add_tab_stop(Cm(LINE_CM), WD_TAB_ALIGNMENT.RIGHT)
        _run(foot, f"{self._paper.organisation}\t", size=9, colour=GREY)
        before, _blank, rest = self._paper.page.partition("{n}")
        between, _blank, after = rest.partition("{total}")
        for words, code in ((before, "PAGE"), (between, "NUMPAGES"), (after, "")):
            _run(foot, words, size=9, colour=GREY)
            if code:
                _field(foot, code)

    def _head(self) -> None:
        paper, document = self._paper, self._document
        if paper.logo is not None:
            line = document.add_paragraph()
            height = min(LOGO_CM, LOGO_WIDEST_CM * paper.logo.height / paper.logo.width)
            drawn = line.add_run().add_picture(io.BytesIO(paper.logo.content), height=Cm(height))
            drawn._inline.docPr.set("descr", paper.logo.shows)
        name = document.add_paragraph()
        name.paragraph_format.space_after = Pt(0)
        _run(name, paper.organisation, size=10, colour=RED, bold=True)
        document.add_paragraph(paper.name, style="Title")
        if paper.notice:
            _run(document.add_paragraph(), paper.notice, colour=RED if paper.mark else GREY, italic=True)

    @singledispatchmethod
    def _draw(self, block: Block) -> None:
        raise TypeError(type(block).__name__)

    @_draw.register
    def _heading(self, block: Heading) -> None:
        self._document.add_heading(block.text, level=1)

    @_draw.register
    def _words(self, block: Words) -> None:
        _run(self._document.add_paragraph(), block.text, italic=block.emphasis)

    @_draw.register
    def _fact(self, block: Fact) -> None:
        line = self._document.add_paragraph()
        line.paragraph_format.left_indent, line.paragraph_format.first_line_indent = Cm(FACT_CM), Cm(-FACT_CM)
        line.paragraph_format.tab_stops.add_tab_stop(Cm(FACT_CM))
        line.paragraph_format.space_after = Pt(2)
        _run(line, block.label, bold=True)
        _run(line, f"\t{block.text}")

    @_draw.register
    def _points(self, block: Points) -> None:
        number = self._restarted()
        for point in block.points:
            line = self._document.add_paragraph(style="List Number")
            line.paragraph_format.keep_together = True
            line.paragraph_format.left_indent, line.paragraph_format.first_line_indent = Cm(1), Cm(-1)
            properties = line._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_numId().val = number
            properties.get_or_add_ilvl().val = 0
            if point.lead:
                _run(line, f"{point.lead}\u2002", bold=True)
            _run(line, point.text)
            for note in point.notes:
                line.add_run().add_break()
                _run(line, note, italic=True, colour=GREY)

    def _restarted(self) -> int:
        """A new numbering of the list's style that counts from one again."""
        style = self._document.styles["List Number"].element.pPr.numPr.numId.val
        numbering = self._document.part.numbering_part.element
        kept = next(num for num in numbering.num_lst if num.numId == style)
        added = numbering.add_num(kept.abstractNumId.val)
        added.add_lvlOverride(0).add_startOverride(1)
        return int(added.numId)

    @_draw.register
    def _table(self, block: Table) -> None:
        drawn = self._document.add_table(rows=1, cols=len(block.headings))
        drawn.style = "Table Grid"
        self._edge(drawn)
        drawn.autofit = False
        head = drawn.rows[0]
        repeated = OxmlElement("w:tblHeader")
        head._tr.get_or_add_trPr().append(repeated)
        for cell, heading in zip(head.cells, block.headings, strict=True):
            _cell(cell, heading, bold=True)
            shade = OxmlElement("w:shd")
            shade.set(qn("w:val"), "clear")
            shade.set(qn("w:color"), "auto")
            shade.set(qn("w:fill"), f"{SHADE[0]:02X}{SHADE[1]:02X}{SHADE[2]:02X}")
            cell._tc.get_or_add_tcPr().append(shade)
        for row in block.rows:
            added = drawn.add_row()
            added._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            for cell, text in zip(added.cells, row, strict=True):
                _cell(cell, text)
        for column, share in zip(drawn.columns, block.widths, strict=True):
            column.width = Cm(LINE_CM * share)
        for row in drawn.rows:
            for cell, share in zip(row.cells, block.widths, strict=True):
                cell.width = Cm(LINE_CM * share)
        self._document.add_paragraph().paragraph_format.space_after = Pt(0)

    @staticmethod
    def _edge(drawn: Any) -> None:
        borders = OxmlElement("w:tblBorders")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
            line = OxmlElement(f"w:{side}")
            for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", EDGE)):
                line.set(qn(f"w:{name}"), value)
            borders.append(line)
        drawn._tbl.tblPr.append(borders)


def _cell(cell: Any, text: str, *, bold: bool = False) -> None:
    line = cell.paragraphs[0]
    line.paragraph_format.space_after = Pt(2)
    _run(line, text, bold=bold, size=10)


def _run(
    line: Any,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    size: int = 0,
    colour: tuple[int, int, int] | None = None,
) -> Any:
    run = line.add_run(text)
    run.bold, run.italic = bold or None, italic or None
    if size:
        run.font.size = Pt(size)
    if colour is not None:
        run.font.color.rgb = RGBColor(*colour)
    return run


def _field(line: Any, code: str) -> None:
    """A field that Word works out: the page's number, or how many there are; each of its parts in a run of its own."""
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("value", "1"), ("end", "")):
        if kind in {"begin", "separate", "end"}:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        else:
            part = OxmlElement("w:t" if kind else "w:instrText")
            part.text = text
        _run(line, "", size=9, colour=GREY)._r.append(part)
