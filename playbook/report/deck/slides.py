"""The parts of a slide: titles, paragraphs, tables and native charts, each with the room it has."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from playbook.report.unprintable import Unprintable, printable

from .look import DeckLook, cut, fitted

#: In points: a slide of 16 to 9, and its margins.
WIDE, TALL = 960.0, 540.0
LEFT, TOP, BOTTOM = 48.0, 104.0, 500.0
INK, SOFT = "1A2233", "5B6475"
BELOW, USUAL = "C2410C", "94A3B8"
_LARGEST_LOGO = 6_000
MISSING = (
    "Slides need a package that is not here: pip install 'live-traffic-playbook[deck]', or pip install python-pptx."
)


def installed() -> bool:
    """Whether slides can be made here."""
    from importlib.util import find_spec

    return find_spec("pptx") is not None


class Slides:
    """A deck in the making. Raises Unprintable where python-pptx is missing."""

    def __init__(self, look: DeckLook, foot: str) -> None:
        try:
            from pptx import Presentation
            from pptx.util import Pt
        except ImportError as error:
            raise Unprintable(MISSING) from error
        self.pt: Any = Pt
        self.made: Any = Presentation()
        self.made.slide_width, self.made.slide_height = Pt(WIDE), Pt(TALL)
        self.look, self.foot = look, foot
        self.slide: Any = None

    def new(self, title: str) -> None:
        """A slide with a title, the foot that says whose it is, and its number."""
        self.slide = self.made.slides.add_slide(self.made.slide_layouts[6])
        self._bar()
        self.words([title], LEFT, 26, WIDE - 2 * LEFT - (110 if self.look.logo else 0), 64, 26, 16, bold=True)
        self.words([cut(self.foot, 150)], LEFT, 510, WIDE - 2 * LEFT - 60, 20, 9, 8, colour=SOFT)
        self.words([str(len(self.made.slides))], WIDE - LEFT - 40, 510, 40, 20, 9, 8, colour=SOFT)
        self._logo(WIDE - LEFT - 96, 24, 96, 48)

    def front(self, title: str, lines: Sequence[str]) -> None:
        """The first slide."""
        self.slide = self.made.slides.add_slide(self.made.slide_layouts[6])
        self._bar(tall=TALL, wide=24)
        self._logo(WIDE - LEFT - 180, 40, 180, 90)
        self.words([self.look.agency], LEFT + 16, 60, 560, 30, 16, 12, colour=SOFT)
        self.words([title], LEFT + 16, 150, WIDE - 2 * LEFT - 32, 180, 38, 20, bold=True)
        self.words(list(lines), LEFT + 16, 346, WIDE - 2 * LEFT - 32, 110, 18, 11)

    def words(  # noqa: PLR0913 - a box has four sides
        self, texts: list[str], left: float, top: float, wide: float, tall: float, largest: float, smallest: float,
        *, bold: bool = False, colour: str = INK,
    ) -> None:  # fmt: skip
        """Paragraphs in a box, as large as fits."""
        from pptx.dml.color import RGBColor

        given = [printable(each) for each in texts if each.strip()]
        if not given:
            return
        size, kept = fitted(given, wide, tall, largest, smallest)
        box = self.slide.shapes.add_textbox(*(self.pt(each) for each in (left, top, wide, tall)))
        frame = box.text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        for index, each in enumerate(kept):
            paragraph = frame.paragraphs[0] if index == 0 else frame.add_paragraph()
            paragraph.space_after = self.pt(size * 0.4)
            run = paragraph.add_run()
            run.text = each
            run.font.size, run.font.bold = self.pt(size), bold
            run.font.color.rgb = RGBColor.from_string(colour)

    def table(self, rows: Sequence[Sequence[str]], top: float, shares: Sequence[float], tall: float = 26.0) -> None:
        """A table over the whole line, its first row the head; a cell holds one line."""
        from pptx.dml.color import RGBColor
        from pptx.enum.text import MSO_ANCHOR

        whole = WIDE - 2 * LEFT
        shape = self.slide.shapes.add_table(
            len(rows), len(shares), self.pt(LEFT), self.pt(top), self.pt(whole), self.pt(tall * len(rows))
        )
        made = shape.table
        for column, share in enumerate(shares):
            made.columns[column].width = self.pt(whole * share / sum(shares))
        for at, row in enumerate(rows):
            made.rows[at].height = self.pt(tall)
            for column, text in enumerate(row):
                cell = made.cell(at, column)
                cell.margin_left = cell.margin_right = self.pt(5)
                cell.vertical_anchor = MSO_ANCHOR.MIDDLE
                cell.margin_top = cell.margin_bottom = self.pt(3)
                room = (whole * shares[column] / sum(shares) - 12) / 12
                cell.text = cut(printable(text), room)
                cell.fill.solid()
                cell.fill.fore_color.rgb = RGBColor.from_string(self.look.colour if at == 0 else "FFFFFF")
                run = cell.text_frame.paragraphs[0].runs
                if run:
                    run[0].font.size, run[0].font.bold = self.pt(12), at == 0
                    run[0].font.color.rgb = RGBColor.from_string("FFFFFF" if at == 0 else INK)

    def chart(
        self, kind: str, names: Sequence[str], series: Sequence[tuple[str, Sequence[float | None]]], left: float,
        top: float, wide: float, tall: float, form: str = "#,##0",
    ) -> None:  # fmt: skip
        """A native chart, which a double click edits: bars (`bars`), columns (`columns`) or lines (`lines`)."""
        from pptx.chart.data import CategoryChartData
        from pptx.dml.color import RGBColor
        from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION

        data = CategoryChartData(number_format=form)
        data.categories = [cut(printable(each), 22) for each in names]
        for name, values in series:
            data.add_series(name, list(values))
        kinds = {
            "bars": XL_CHART_TYPE.BAR_CLUSTERED, "columns": XL_CHART_TYPE.COLUMN_CLUSTERED, "lines": XL_CHART_TYPE.LINE,
        }  # fmt: skip
        box = (self.pt(each) for each in (left, top, wide, tall))
        made = self.slide.shapes.add_chart(kinds[kind], *box, data).chart
        made.has_title = False
        made.font.size = self.pt(11)
        made.font.color.rgb = RGBColor.from_string(INK)
        made.has_legend = len(series) > 1
        if made.has_legend:
            made.legend.position, made.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        if kind == "bars":
            made.category_axis.reverse_order = True
        made.value_axis.major_gridlines.format.line.color.rgb = RGBColor.from_string("DDE2EA")
        made.value_axis.tick_labels.number_format, made.value_axis.tick_labels.number_format_is_linked = form, False
        _low_labels(made)
        for index, each in enumerate(made.plots[0].series):
            colour = RGBColor.from_string((self.look.colour, USUAL)[index % 2])
            if kind == "lines":
                each.format.line.color.rgb, each.format.line.width, each.smooth = colour, self.pt(2), False
            else:
                each.format.fill.solid()
                each.format.fill.fore_color.rgb = colour
                each.invert_if_negative = False

    def bytes(self) -> bytes:
        """The file, PowerPoint's."""
        out = io.BytesIO()
        self.made.save(out)
        return out.getvalue()

    def _bar(self, tall: float = 8.0, wide: float = WIDE) -> None:
        from pptx.dml.color import RGBColor
        from pptx.enum.shapes import MSO_SHAPE

        bar = self.slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, 0, 0, self.pt(wide), self.pt(tall))
        bar.fill.solid()
        bar.fill.fore_color.rgb = RGBColor.from_string(self.look.colour)
        bar.line.fill.background()

    def _logo(self, left: float, top: float, wide: float, tall: float) -> None:
        """The logo as large as fits into the box, at its right end."""
        if self.look.logo is None:
            return
        picture_is_fine(self.look.logo)
        picture = self.slide.shapes.add_picture(io.BytesIO(self.look.logo), 0, 0)
        share = min(self.pt(wide) / picture.width, self.pt(tall) / picture.height)
        picture.width, picture.height = int(picture.width * share), int(picture.height * share)
        picture.left, picture.top = int(self.pt(left + wide) - picture.width), int(self.pt(top))


def picture_is_fine(logo: bytes) -> None:
    """Raises Unprintable for what is no PNG or JPEG, or larger than anybody's logo."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(logo), formats=("PNG", "JPEG")) as picture:
            if max(picture.size) > _LARGEST_LOGO:
                raise Unprintable(f"The logo has more than {_LARGEST_LOGO:,} dots on a side: take a smaller one.")
            picture.load()
    except (OSError, ValueError, SyntaxError) as error:
        raise Unprintable("The logo is no picture that slides can hold: take a PNG or JPEG.") from error


def _low_labels(chart: Any) -> None:
    """Names of the rows beside the chart, not over bars that go below zero."""
    from pptx.enum.chart import XL_TICK_LABEL_POSITION

    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    chart.category_axis.has_major_gridlines = False
