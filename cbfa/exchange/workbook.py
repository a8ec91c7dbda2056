"""A workbook for Excel: the answer of a command as a person reads it, and its records with filters.

The same order gives the same bytes: the moment of creation is the as-of date.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from itertools import dropwhile, takewhile
from typing import TYPE_CHECKING, cast

from cbfa.core.journal import Entry, Retraction
from cbfa.core.state import Progress
from cbfa.core.tally import by_workstream, by_year
from cbfa.exchange.grid import safe_text, utf16_units
from cbfa.exchange.order import Order
from cbfa.exchange.records import changes, entries, occurrences, repealed, retractions
from cbfa.exchange.sheet import LINE, Book, Gap, Place, Written, write_blocks, write_records
from cbfa.messages import Message
from cbfa.views.formal import as_lines
from cbfa.views.looks import BAR, CLASS, PROGRESS, term
from cbfa.views.page import Bar, BarPart, Block, Cell, Column, Counts, Group, Heading, Item, Page, Table, Tone
from cbfa.views.pages.amendments import AMENDMENTS
from cbfa.views.pages.figures import pieces_of
from cbfa.views.pages.history import NO_LONGER_PLANNED
from cbfa.views.pages.parts import as_of, workstream_name
from cbfa.views.pages.status import tally_bar

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart
    from xlsxwriter.worksheet import Worksheet

RECORDS = ("overdue", "upcoming", "list", "timeline", "show", "report")
"""The pages whose occurrences have a sheet of their own, if the file has no other pages."""
AMENDED = ("list", "timeline", "report", "amendments")
"""The pages that have the amendments beside them, if the file has no other pages."""
NAMES = {
    "status": Message("Summary"),
    "report": Message("Summary"),
    "document": Message("Report"),
    "overdue": Message("Overdue"),
    "upcoming": Message("Due next"),
    "list": Message("List"),
    "show": Message("Milestone"),
    "agencies": Message("Agencies"),
    "timeline": Message("Timeline"),
    "log": Message("Journal"),
    "amendments": Message("Summary"),
    "pending": Message("Requests for more time"),
    "diff": Message("What changed"),
}
"""The sheet of each page. Excel allows 31 characters, none of them [ ] : * ? / \\."""
IN_ORDER = ("show", "log", "document", "amendments")
"""The pages whose tables keep the order of their columns. Elsewhere the flexible column, the title, comes first."""
CHART_ROWS, FEWEST_ROWS = 18, 9
PARTS = {
    BarPart.DONE: "#00755a",
    BarPart.UNDER_WAY: "#2f6db0",
    BarPart.OVERDUE: "#b43c00",
    BarPart.REST: "#cfcdc7",
}
_SHADES = ("#00755a", "#6aa892", "#2f6db0", "#b43c00", "#767c85", "#b87a00", "#cfcdc7")
COLOURS = [(PROGRESS[Progress.DONE], PARTS[BarPart.DONE]), *zip(CLASS.values(), _SHADES, strict=True)]
"""The colours of charts by the words of their legends."""
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
FONT = {"font_name": "Arial", "font_size": 10}
"""Every system has Arial or a font of the same widths."""
PALE = ("#6aa892", "#cfcdc7", "#b87a00")
"""The colours on which labels are dark."""
WORKSTREAMS, YEARS = Heading(Message("Progress by workstream")), Heading(Message("By year of the deadline"))
FOOTER = 120
PIXELS = 7
"""The greatest length of a title in a footer; the pixels of a digit of the standard font."""
FIRST_FILE_DAY = datetime(1980, 1, 1)  # noqa: DTZ001 - a file says no zone
"""The earliest moment that a zip file can have."""


def xlsx_bytes(order: Order) -> bytes:
    """Return the workbook: a sheet for the answer, and sheets of records."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - heavy

    stream = BytesIO()
    workbook = Workbook(stream, {**OPTIONS, "default_format_properties": dict(FONT)})
    workbook.set_properties(_properties(order))
    book = Book(workbook, order.language)
    first, *others = order.pages
    _write_page(book, _add(book, NAMES[first.kind], order), first._replace(blocks=list(as_lines(first.blocks))), order)
    if not others:
        _write_own_records(book, first, order)
    for page in others:
        _write_other(book, page, order)
    if others or first.kind in AMENDED:
        _write_amendments(book, order)
    workbook.close()
    return stream.getvalue()


def _properties(order: Order) -> dict[str, object]:
    day = order.snapshot.as_of
    title = safe_text(order.language.text(order.snapshot.roadmap.programme.title), order.language)
    created = max(datetime(day.year, day.month, day.day), FIRST_FILE_DAY)  # noqa: DTZ001 - a file says no zone
    return {"title": title[:250], "subject": order.language.text(as_of(order.snapshot)), "created": created}


def _add(book: Book, name: Message, order: Order, *, records: bool = False) -> "Worksheet":
    """Add a sheet for A4 in landscape: as wide as the page, with its name, the programme, the day and the number in the footer."""
    text = order.language.text
    sheet = book.workbook.add_worksheet(text(name))
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    title = safe_text(text(order.snapshot.roadmap.programme.title), order.language)
    about = _footer(title)
    sheet.set_footer(f"&L&9{text(name)} · {text(as_of(order.snapshot))}&C&9 {about}&R&9&P/&N")
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    if not records:
        sheet.hide_gridlines(2)
    return sheet


def _footer(text: str) -> str:
    """Return a text that a footer shows as it is, cut if it is long: Excel allows 255 characters in all.

    An ampersand is doubled; with a space after it, `&G` never means a picture.
    """
    escaped = text.replace("&", "&& ")
    return escaped if utf16_units(escaped) <= FOOTER else f"{_footer(text[: FOOTER // 3 - 1])}…"


def _write_own_records(book: Book, page: Page, order: Order) -> None:
    """Add the records of the only page of a file."""
    if page.kind in RECORDS:
        _write_occurrences(book, order)
    elif page.kind == "log":
        _write_journal(book, Message("Entries"), page, order)


def _write_other(book: Book, page: Page, order: Order) -> None:
    """Add a further page of a file: as records if it has any."""
    if page.kind == "list":
        _write_occurrences(book, order)
    elif page.kind == "log":
        _write_journal(book, NAMES["log"], page, order)
    else:
        _write_page(book, _add(book, NAMES[page.kind], order), page, order)


def _write_occurrences(book: Book, order: Order) -> None:
    sheet = _add(book, Message("Occurrences"), order, records=True)
    write_records(book, sheet, occurrences(order.snapshot, order.standings, order.language.code))


def _write_amendments(book: Book, order: Order) -> None:
    """Add the changes of the acts in force, and what is no longer planned; nothing without acts."""
    snapshot = order.snapshot
    if snapshot.past.steps:
        write_records(book, _add(book, AMENDMENTS, order, records=True), changes(snapshot))
    if snapshot.repealed:
        write_records(book, _add(book, NO_LONGER_PLANNED, order, records=True), repealed(snapshot))


def _write_journal(book: Book, name: Message, page: Page, order: Order) -> None:
    """Add the entries that a page lists; what was taken back has a sheet of its own, if there is any."""
    snapshot = order.snapshot
    shown = [one for item in page.items if isinstance(one := snapshot.journal.by_id[str(item["id"])], Entry)]
    write_records(book, _add(book, name, order, records=True), entries(snapshot, shown))
    if taken_back := _retractions(page, order):
        sheet = _add(book, Message("Taken back"), order, records=True)
        write_records(book, sheet, retractions(snapshot, taken_back))


def _retractions(page: Page, order: Order) -> list[Retraction]:
    items = page.envelope.get("retractions", ())
    records = [order.snapshot.journal.by_id[str(item["id"])] for item in cast("Iterable[Item]", items)]
    return [one for one in records if isinstance(one, Retraction)]


# Pages and charts


def _write_page(book: Book, sheet: "Worksheet", page: Page, order: Order) -> None:
    if page.kind in ("status", "report"):
        _write_summary(book, sheet, page, order)
    else:
        write_blocks(book, sheet, _without_repealed(page), flexible_first=page.kind not in IN_ORDER)


def _without_repealed(page: Page) -> Sequence[Block]:
    """Return the blocks of a page; below a timeline, what is no longer planned is left out: it has a sheet of its own."""
    end = Heading(NO_LONGER_PLANNED)
    return page.blocks[: page.blocks.index(end)] if page.kind == "timeline" and end in page.blocks else page.blocks


def _write_summary(book: Book, sheet: "Worksheet", page: Page, order: Order) -> None:
    """Write a page with charts: of the progress by workstream beside the first figures or last, of the years last."""
    blocks: list[Block | Gap] = list(page.blocks)
    if not any(map(_has_bars, blocks)):
        blocks += _workstreams(order)
    blocks += _years(order)
    blocks.append(Gap(CHART_ROWS))
    written = write_blocks(book, sheet, blocks, flexible_first=True)
    charts = []
    bars = next((number for number, block in enumerate(blocks) if _has_bars(block)), None)
    if bars is not None:
        chart = _bar_chart(book, sheet, written.places[bars], blocks[bars])
        if rows := _figures_before(blocks[:bars], written):
            left = int(sum(written.widths[:2]) * PIXELS) + 20
            _insert(sheet, chart, rows, left, int(sum(written.widths) * PIXELS) - left)
        else:
            charts.append(chart)
    if blocks[-3:-2] == [YEARS]:
        sheet.set_h_pagebreaks([written.places[len(blocks) - 2].first - 2])
        charts.append(_year_chart(book, sheet, written.places[len(blocks) - 2]))
    room = int(sum(written.widths) * PIXELS) // 2
    for number, chart in enumerate(charts):
        _insert(
            sheet,
            chart,
            range(written.gaps[len(blocks) - 1], written.gaps[len(blocks) - 1] + CHART_ROWS),
            number * room,
            room,
        )


def _figures_before(blocks: Sequence[Block | Gap], written: Written) -> range | None:
    """Return the rows of the first run of figures, if a chart has room beside them."""
    run = list(
        takewhile(
            lambda pair: isinstance(pair[1], Counts),
            dropwhile(lambda pair: not isinstance(pair[1], Counts), enumerate(blocks)),
        )
    )
    if not run:
        return None
    rows = range(written.places[run[0][0]].first, written.places[run[-1][0]].last + 1)
    return rows if len(rows) >= FEWEST_ROWS else None


def _has_bars(block: Block | Gap) -> bool:
    if not isinstance(block, Table):
        return False
    return any(isinstance(cell.value, Bar) for row in block.rows if not isinstance(row, Group) for cell in row)


def _workstreams(order: Order) -> list[Block]:
    """Return the counts of each workstream that has any."""
    tallies = by_workstream(order.snapshot.roadmap, order.standings)
    rows = [[Cell(workstream_name(one)), Cell(tally_bar(tally))] for one, tally in tallies if tally.total]
    if not rows:
        return []
    return [
        WORKSTREAMS,
        Table([Column(term("workstream", order.snapshot.roadmap.programme), flexible=True), Column("")], rows),
    ]


def _years(order: Order) -> list[Block]:
    """Return the figures of what falls due in each year, without those that are zero in all years."""
    programme = order.snapshot.roadmap.programme
    years = [(year, pieces_of(tally, programme).all) for year, tally in by_year(order.standings)]
    if not years:
        return []
    used = [number for number, _ in enumerate(years[0][1]) if any(pieces[number].number for _, pieces in years)]
    heads = [Column(years[0][1][number].words, numeric=True) for number in used]
    rows = [[Cell(f"{year}"), *(Cell(pieces[number].number) for number in used)] for year, pieces in years]
    return [YEARS, Table([Column(Message("Year"), flexible=True), *heads], rows)]


def _bar_chart(book: Book, sheet: "Worksheet", place: Place, table: Block | Gap) -> "Chart":
    """Return bars of the rows of a table, without its total."""
    rows = list(table.rows) if isinstance(table, Table) else []
    last = place.first + sum(row[0].tone is not Tone.STRONG for row in rows if not isinstance(row, Group)) - 1
    chart = book.workbook.add_chart({"type": "bar", "subtype": "stacked"})
    words = [book.language.text(BAR[part].words) for part in PARTS]
    start = next(
        number for number in range(len(place.heads)) if [one.text for one in place.heads[number:][:4]] == words
    )
    for column, colour in enumerate(PARTS.values(), start):
        _add_series(chart, sheet, place._replace(last=last), column, colour)
    chart.set_y_axis({"reverse": True, "line": {"none": True}, "num_font": {"size": 9}})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    return _titled(chart, book, WORKSTREAMS)


def _year_chart(book: Book, sheet: "Worksheet", place: Place) -> "Chart":
    chart = book.workbook.add_chart({"type": "column", "subtype": "stacked"})
    colours = {book.language.text(words): colour for words, colour in COLOURS}
    for column, head in enumerate(place.heads[1:], 1):
        _add_series(chart, sheet, place, column, colours[head.text])
    chart.set_x_axis({"num_font": {"size": 9}})
    chart.set_y_axis({"visible": False, "major_gridlines": {"visible": False}})
    return _titled(chart, book, YEARS)


def _add_series(chart: "Chart", sheet: "Worksheet", place: Place, column: int, colour: str) -> None:
    """Add a column of figures. The labels of zeros are empty."""
    ink = "#1a1d21" if colour in PALE else "#ffffff"
    chart.add_series(
        {
            "name": [sheet.name, place.first - 1, column],
            "categories": [sheet.name, place.first, 0, place.last, 0],
            "values": [sheet.name, place.first, column, place.last, column],
            "fill": {"color": colour},
            "gap": 40,
            "data_labels": {"value": True, "num_format": "#,##0;;", "font": {"color": ink, "size": 9}},
        }
    )


def _titled(chart: "Chart", book: Book, heading: Heading) -> "Chart":
    font = {"size": 11, "bold": True, "color": "#1a1d21"}
    chart.set_title({"name": book.language.text(heading.text), "name_font": font, "overlay": False})
    chart.set_legend({"position": "bottom", "font": {"size": 9}})
    chart.set_chartarea({"border": {"none": True}})
    return chart


def _insert(sheet: "Worksheet", chart: "Chart", rows: range, left: int, width: int) -> None:
    """Put a chart over some rows, `left` pixels from the edge."""
    chart.set_size({"width": width - 10, "height": int(len(rows) * LINE / 0.75)})
    sheet.insert_chart(rows[0], 0, chart, {"x_offset": left, "object_position": 2, "description": chart.title.name})
