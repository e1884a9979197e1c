"""A document as a PDF: fpdf2 with DejaVu Sans, whose letters cover every language of Europe; only those used go in.

It is for printing: fpdf2 offers no tags for headings, lists and tables, so screen readers are given .docx or .odt.
"""

import importlib.util
import logging
import pathlib
from functools import cache, singledispatchmethod
from typing import Final

from fpdf import FPDF
from fpdf.enums import Align, MethodReturnValue, TableBordersLayout, XPos, YPos
from fpdf.fonts import FontFace

from bot.exports.paper import GREY, RED, SHADE, Block, Fact, Heading, Paper, Point, Points, Table, Words
from bot.exports.paper_docx import tag

MEDIA_TYPE = "application/pdf"
FAMILY: Final = "DejaVu"
FACES: Final = {"": "DejaVuSans.ttf", "B": "DejaVuSans-Bold.ttf", "I": "DejaVuSans-Oblique.ttf"}
BLACK: Final = (0x22, 0x22, 0x22)
# In millimetres.
MARGIN, HEAD, FACT, NUMBER = 20.0, 24.0, 34.0, 9.0
LOGO, LOGO_WIDEST = 16.0, 60.0
LINE = 5.4
WIDTH = 210 - 2 * MARGIN

# A letter that the font lacks is drawn as an empty box, which says enough.
logging.getLogger("fpdf").setLevel(logging.ERROR)
logging.getLogger("fontTools").setLevel(logging.ERROR)


def write(paper: Paper) -> bytes:
    drawn = _Pages(paper)
    drawn.add_page()
    drawn.opening()
    for block in paper.blocks:
        drawn.block(block)
    return bytes(drawn.output())


@cache
def fonts() -> pathlib.Path:
    """Where matplotlib keeps the DejaVu fonts; found without importing it."""
    found = importlib.util.find_spec("matplotlib")
    if found is None or not found.submodule_search_locations:
        raise LookupError("matplotlib, which brings the fonts, is not installed")
    return pathlib.Path(found.submodule_search_locations[0]) / "mpl-data" / "fonts" / "ttf"


class _Pages(FPDF):
    def __init__(self, paper: Paper) -> None:
        super().__init__(format="A4")
        self._paper = paper
        self.set_title(paper.name)
        self.set_author(paper.organisation)
        self.set_lang(tag(paper))
        self.set_creation_date(paper.made_at)
        self.set_display_mode("fullwidth")
        self.viewer_preferences = None
        for style, file in FACES.items():
            self.add_font(FAMILY, style, fonts() / file)
        self.set_margins(MARGIN, HEAD, MARGIN)
        self.set_auto_page_break(auto=True, margin=20)

    def header(self) -> None:
        self._pen(8, colour=GREY)
        # The margin may be that of a list which goes on.
        self.set_xy(MARGIN, 12)
        self.cell(0, 5, self._shortened(self._paper.name, WIDTH - 40))
        if self._paper.mark:
            self._pen(8, "B", RED)
            self.set_x(MARGIN)
            self.cell(WIDTH, 5, self._paper.mark, align=Align.R)
        self.set_y(HEAD)

    def footer(self) -> None:
        self.set_xy(MARGIN, -14)
        self._pen(8, colour=GREY)
        self.cell(0, 5, self._paper.organisation)
        self.set_x(MARGIN)
        page = self._paper.page.replace("{n}", str(self.page_no())).replace("{total}", "{nb}")
        self.cell(WIDTH, 5, page, align=Align.R)

    def opening(self) -> None:
        paper = self._paper
        if paper.logo is not None:
            height = min(LOGO, LOGO_WIDEST * paper.logo.height / paper.logo.width)
            # With its words for the blind, fpdf2 calls the document tagged, and a screen reader finds the logo alone.
            self.image(paper.logo.content, x=MARGIN, y=HEAD, h=height)
            self.set_y(HEAD + height + 3)
        self._pen(9, "B", RED)
        self._line(paper.organisation, 5)
        self._pen(18, "B")
        self.start_section(paper.name, level=0)
        self._line(paper.name, 9)
        self.ln(1)
        if paper.notice:
            self._pen(9.5, "I", RED if paper.mark else GREY)
            self._line(paper.notice)
        self.ln(2)

    @singledispatchmethod
    def block(self, block: Block) -> None:
        raise TypeError(type(block).__name__)

    @block.register
    def _heading(self, block: Heading) -> None:
        # A heading is not left alone at the foot of a page.
        if self.will_page_break(28):
            self.add_page()
        self.ln(4)
        self._pen(12, "B", RED)
        self.start_section(block.text, level=1)
        self._line(block.text, 6.5)
        self.ln(1)

    @block.register
    def _words(self, block: Words) -> None:
        self._pen(10, "I" if block.emphasis else "")
        self._line(block.text)
        self.ln(1)

    @block.register
    def _fact(self, block: Fact) -> None:
        self._pen(10, "B")
        named = self._lines(FACT - 2, block.label)
        self._pen(10)
        height = LINE * max(named, self._lines(self.epw - FACT, block.text))
        if self.will_page_break(height) and height < self.eph:
            self.add_page()
        top = self.get_y()
        self._pen(10, "B")
        self.multi_cell(FACT - 2, LINE, block.label, align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self._pen(10)
        self.set_xy(MARGIN + FACT, top)
        self.set_left_margin(MARGIN + FACT)
        self._line(block.text)
        self.set_left_margin(MARGIN)
        if self.get_y() < top + LINE * named:
            self.set_y(top + LINE * named)
        self.ln(0.6)

    @block.register
    def _points(self, block: Points) -> None:
        for n, point in enumerate(block.points, start=1):
            self._point(n, point)

    def _point(self, n: int, point: Point) -> None:
        self._pen(10, "B")
        width = WIDTH - NUMBER - 2
        notes = sum(self._lines(width, note) for note in point.notes)
        height = LINE * (self._lines(width, f"{point.lead} {point.text}") + notes)
        if self.will_page_break(height) and height < self.eph:
            self.add_page()
        self._pen(10)
        self.cell(NUMBER, LINE, f"{n}.", align=Align.R)
        self.set_left_margin(MARGIN + NUMBER + 2)
        self.set_x(MARGIN + NUMBER + 2)
        if point.lead:
            self.set_font(FAMILY, "B", 10)
            self.write(LINE, f"{point.lead}\u2002")
            self.set_font(FAMILY, "", 10)
        self.write(LINE, point.text)
        self.ln(LINE)
        for note in point.notes:
            self._pen(9, "I", GREY)
            self._line(note, LINE - 0.6)
        self.set_left_margin(MARGIN)
        self.set_x(MARGIN)
        self.ln(1.2)

    @block.register
    def _table(self, block: Table) -> None:
        self._pen(9)
        self.set_draw_color(0xBB, 0xB4, 0xB0)
        with self.table(
            col_widths=block.widths,
            headings_style=FontFace(emphasis="BOLD", color=BLACK, fill_color=SHADE),
            borders_layout=TableBordersLayout.ALL,
            text_align=Align.L,
            line_height=LINE - 0.4,
            padding=1.2,
        ) as drawn:
            for cells in (block.headings, *block.rows):
                row = drawn.row()
                for cell in cells:
                    row.cell(cell)
        self.ln(2)

    def _pen(self, size: float, style: str = "", colour: tuple[int, int, int] = BLACK) -> None:
        self.set_font(FAMILY, style, size)
        self.set_text_color(*colour)

    def _line(self, text: str, height: float = LINE) -> None:
        self.multi_cell(0, height, text, align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _lines(self, width: float, text: str) -> int:
        """How many lines a text takes in a column of this width."""
        drawn = self.multi_cell(width, LINE, text, align=Align.L, dry_run=True, output=MethodReturnValue.LINES)
        return len(drawn) if isinstance(drawn, list) else 1

    def _shortened(self, text: str, most: float) -> str:
        if self.get_string_width(text) <= most:
            return text
        while text and self.get_string_width(f"{text}…") > most:
            text = text[:-1]
        return f"{text.rstrip()}…"
