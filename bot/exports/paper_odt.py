"""A document as an OpenDocument text: real headings, real lists, a table whose headings a screen reader knows."""

import io
from functools import singledispatchmethod
from typing import Any

from odf import dc, draw, meta, style, svg, table, text
from odf.element import Element
from odf.opendocument import OpenDocumentText

from bot.exports.paper import GREY, RED, SHADE, Block, Fact, Heading, Paper, Points, Table, Words
from bot.exports.paper_docx import FACT_CM, LINE_CM, LOGO_CM, LOGO_WIDEST_CM, tag

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
FONT = "Calibri, Carlito, Liberation Sans, sans-serif"


def write(paper: Paper) -> bytes:
    return _Writer(paper).written()


def _hex(colour: tuple[int, int, int]) -> str:
    return f"#{colour[0]:02x}{colour[1]:02x}{colour[2]:02x}"


class _Writer:
    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._document = OpenDocumentText()
        self._tables = 0

    def written(self) -> bytes:
        paper, about = self._paper, self._document.meta
        about.addElement(dc.Title(text=paper.name))
        about.addElement(dc.Language(text=tag(paper)))
        about.addElement(meta.InitialCreator(text=paper.organisation))
        about.addElement(meta.CreationDate(text=paper.made_at.strftime("%Y-%m-%dT%H:%M:%S")))
        self._styles()
        self._frame()
        self._head()
        for block in paper.blocks:
            self._draw(block)
        out = io.BytesIO()
        self._document.write(out)
        return out.getvalue()

    def _styles(self) -> None:
        language, _dash, country = tag(self._paper).partition("-")
        default = style.DefaultStyle(family="paragraph")
        default.addElement(style.TextProperties(fontfamily=FONT, fontsize="11pt", language=language, country=country))
        self._document.styles.addElement(default)
        grey, red = _hex(GREY), _hex(RED)
        self._paragraph("Standard", {"marginbottom": "0.18cm"}, {})
        self._paragraph("Organisation", {}, {"fontsize": "10pt", "fontweight": "bold", "color": red})
        self._paragraph("Title", {"margintop": "0.2cm", "marginbottom": "0.15cm", "keepwithnext": "always"},
                        {"fontsize": "20pt", "fontweight": "bold"})  # fmt: skip
        self._paragraph("Heading_20_1", {"margintop": "0.5cm", "marginbottom": "0.15cm", "keepwithnext": "always"},
                        {"fontsize": "13pt", "fontweight": "bold", "color": red}, outline="1")  # fmt: skip
        self._paragraph("Notice", {"marginbottom": "0.2cm"}, {"fontstyle": "italic",
                        "color": red if self._paper.mark else grey})  # fmt: skip
        self._paragraph("Emphasis", {"marginbottom": "0.18cm"}, {"fontstyle": "italic"})
        self._paragraph("Fact", {"marginleft": f"{FACT_CM}cm", "textindent": f"-{FACT_CM}cm",
                        "marginbottom": "0.07cm"}, {}, tab=0.0)  # fmt: skip
        self._paragraph("Cell", {"margintop": "0.03cm", "marginbottom": "0.03cm"}, {"fontsize": "10pt"})
        self._paragraph("CellHead", {"margintop": "0.03cm", "marginbottom": "0.03cm"},
                        {"fontsize": "10pt", "fontweight": "bold"})  # fmt: skip
        self._paragraph("Edge", {}, {"fontsize": "9pt", "color": grey}, tab=LINE_CM)
        for name, properties in (
            ("Strong", {"fontweight": "bold"}),
            ("Mark", {"fontweight": "bold", "color": red}),
            ("Note", {"fontstyle": "italic", "color": grey}),
        ):
            added = style.Style(name=name, family="text")
            added.addElement(style.TextProperties(**properties))
            self._document.styles.addElement(added)
        numbered = text.ListStyle(name="Numbered")
        level = text.ListLevelStyleNumber(level="1", numformat="1", numsuffix=".")
        level.addElement(style.ListLevelProperties(spacebefore="0.4cm", minlabelwidth="0.7cm"))
        numbered.addElement(level)
        self._document.styles.addElement(numbered)

    def _paragraph(
        self, name: str, looks: dict[str, str], letters: dict[str, str], *, outline: str = "", tab: float | None = None
    ) -> None:
        more = {"defaultoutlinelevel": outline} if outline else {}
        added = style.Style(name=name, displayname=name.replace("_20_", " "), family="paragraph", **more)
        properties = style.ParagraphProperties(**looks, orphans="2", widows="2")
        if tab is not None:
            stops = style.TabStops()
            # A fact's own stop counts from its indent, the edge's from the margin.
            stops.addElement(style.TabStop(position=f"{tab}cm", type="right" if tab else "left"))
            properties.addElement(stops)
        added.addElement(properties)
        if letters:
            added.addElement(style.TextProperties(**letters))
        self._document.styles.addElement(added)

    def _frame(self) -> None:
        """The page, its head (what it is, and the mark of a draft) and its foot (the page's number)."""
        paper = self._paper
        layout = style.PageLayout(name="Page")
        layout.addElement(
            style.PageLayoutProperties(
                pagewidth="21cm", pageheight="29.7cm", margintop="1.2cm", marginbottom="1.2cm",
                marginleft="2cm", marginright="2cm", printorientation="portrait",
            )
        )  # fmt: skip
        for edge, side in ((style.HeaderStyle(), "marginbottom"), (style.FooterStyle(), "margintop")):
            edge.addElement(style.HeaderFooterProperties(minheight="0.8cm", **{side: "0.4cm"}))
            layout.addElement(edge)
        self._document.automaticstyles.addElement(layout)
        page = style.MasterPage(name="Standard", pagelayoutname=layout)
        head = text.P(stylename="Edge", text=paper.name)
        if paper.mark:
            head.addElement(text.Tab())
            head.addElement(text.Span(stylename="Mark", text=paper.mark))
        top = style.Header()
        top.addElement(head)
        page.addElement(top)
        foot = text.P(stylename="Edge", text=paper.organisation)
        foot.addElement(text.Tab())
        before, _blank, rest = paper.page.partition("{n}")
        between, _blank, after = rest.partition("{total}")
        foot.addText(before)
        foot.addElement(text.PageNumber(selectpage="current", text="1"))
        foot.addText(between)
        foot.addElement(text.PageCount(text="1"))
        foot.addText(after)
        bottom = style.Footer()
        bottom.addElement(foot)
        page.addElement(bottom)
        self._document.masterstyles.addElement(page)

    def _head(self) -> None:
        paper, body = self._paper, self._document.text
        if paper.logo is not None:
            height = min(LOGO_CM, LOGO_WIDEST_CM * paper.logo.height / paper.logo.width)
            width = height * paper.logo.width / paper.logo.height
            frame = draw.Frame(width=f"{width:.2f}cm", height=f"{height:.2f}cm", anchortype="as-char", name="Logo")
            frame.addElement(
                draw.Image(
                    href=self._document.addPictureFromString(paper.logo.content, "image/png"),
                    type="simple", show="embed", actuate="onLoad",
                )
            )  # fmt: skip
            frame.addElement(svg.Title(text=paper.logo.shows))
            line = text.P(stylename="Standard")
            line.addElement(frame)
            body.addElement(line)
        body.addElement(text.P(stylename="Organisation", text=paper.organisation))
        body.addElement(text.P(stylename="Title", text=paper.name))
        if paper.notice:
            body.addElement(text.P(stylename="Notice", text=paper.notice))

    @singledispatchmethod
    def _draw(self, block: Block) -> None:
        raise TypeError(type(block).__name__)

    @_draw.register
    def _heading(self, block: Heading) -> None:
        self._document.text.addElement(text.H(outlinelevel="1", stylename="Heading_20_1", text=block.text))

    @_draw.register
    def _words(self, block: Words) -> None:
        name = "Emphasis" if block.emphasis else "Standard"
        self._document.text.addElement(text.P(stylename=name, text=block.text))

    @_draw.register
    def _fact(self, block: Fact) -> None:
        line = text.P(stylename="Fact")
        line.addElement(text.Span(stylename="Strong", text=block.label))
        line.addElement(text.Tab())
        line.addText(block.text)
        self._document.text.addElement(line)

    @_draw.register
    def _points(self, block: Points) -> None:
        numbered = text.List(stylename="Numbered")
        for point in block.points:
            line = text.P(stylename="Standard")
            if point.lead:
                line.addElement(text.Span(stylename="Strong", text=f"{point.lead}\u2002"))
            line.addText(point.text)
            for note in point.notes:
                line.addElement(text.LineBreak())
                line.addElement(text.Span(stylename="Note", text=note))
            item = text.ListItem()
            item.addElement(line)
            numbered.addElement(item)
        self._document.text.addElement(numbered)

    @_draw.register
    def _table(self, block: Table) -> None:
        self._tables += 1
        drawn = table.Table(name=f"Table{self._tables}", stylename=self._automatic(
            "table", f"T{self._tables}", style.TableProperties(width=f"{LINE_CM}cm", align="margins")))  # fmt: skip
        for n, share in enumerate(block.widths):
            wide = style.TableColumnProperties(columnwidth=f"{LINE_CM * share:.2f}cm")
            drawn.addElement(table.TableColumn(stylename=self._automatic("table-column", f"T{self._tables}C{n}", wide)))
        edge = {"border": "0.5pt solid #bbb4b0", "padding": "0.08cm"}
        plain = self._automatic("table-cell", f"T{self._tables}P", style.TableCellProperties(**edge))
        shaded = self._automatic(
            "table-cell", f"T{self._tables}H", style.TableCellProperties(**edge, backgroundcolor=_hex(SHADE))
        )
        heads = table.TableHeaderRows()
        heads.addElement(_row(block.headings, shaded, "CellHead"))
        drawn.addElement(heads)
        for cells in block.rows:
            drawn.addElement(_row(cells, plain, "Cell"))
        self._document.text.addElement(drawn)
        self._document.text.addElement(text.P(stylename="Standard"))

    def _automatic(self, family: str, name: str, properties: Element) -> Any:
        added = style.Style(name=name, family=family)
        added.addElement(properties)
        self._document.automaticstyles.addElement(added)
        return added


def _row(cells: tuple[str, ...], looks: Any, paragraph: str) -> Element:
    row = table.TableRow()
    for words in cells:
        cell = table.TableCell(stylename=looks, valuetype="string")
        cell.addElement(text.P(stylename=paragraph, text=words))
        row.addElement(cell)
    return row
