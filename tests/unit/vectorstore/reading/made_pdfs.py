"""Small real PDFs, drawn by the tests themselves."""

from reportlab.lib import colors
from reportlab.lib.pagesizes import LETTER
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.lib.units import inch
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    SimpleDocTemplate,
    Table,
    TableStyle,
)

STYLES = getSampleStyleSheet()
_WIDTH, _HEIGHT = LETTER


def head_and_foot(canvas, document):
    canvas.setFont("Helvetica", 8)
    canvas.drawString(inch, _HEIGHT - 0.5 * inch, "Panel on Bone Health, 4th edition")
    canvas.drawCentredString(_WIDTH / 2, 0.5 * inch, f"Page {document.page} of 9")


def _no_edges(_canvas, _document):
    """A document of one page has no running head that could be told from its text."""


def paged(path, paragraphs, **said):
    """One column; of more than one page, with a running head and page numbers."""
    document = SimpleDocTemplate(str(path), pagesize=LETTER, **said)
    flow = [part if not isinstance(part, str) else _paragraph(part) for part in paragraphs]
    edges = head_and_foot if any(isinstance(part, PageBreak) for part in flow) else _no_edges
    document.build(flow, onFirstPage=edges, onLaterPages=edges)
    return path


def two_columns(path, text, title):
    """A title over two columns that the text flows through."""
    gap, margin, top = 0.3 * inch, 0.8 * inch, 1.8 * inch
    width = (_WIDTH - 2 * margin - gap) / 2
    frames = [
        Frame(margin + i * (width + gap), inch, width, _HEIGHT - inch - top, id=str(i))
        for i in (0, 1)
    ]

    def titled(canvas, document):
        head_and_foot(canvas, document)
        if document.page > 1:
            return
        canvas.setFont("Helvetica-Bold", 18)
        canvas.drawCentredString(_WIDTH / 2, _HEIGHT - 1.4 * inch, title)

    document = BaseDocTemplate(str(path), pagesize=LETTER)
    document.addPageTemplates(PageTemplate(frames=frames, onPage=titled))
    document.build([_paragraph(part) for part in text])
    return path


def table(rows):
    drawn = Table(rows)
    drawn.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)]))
    return drawn


def heading(text):
    return Paragraph(text, STYLES["Heading1"])


def new_page():
    return PageBreak()


def drawn_lines(path, lines, **encryption):
    """Lines at fixed places, as a printed hyphen needs them."""
    canvas = Canvas(str(path), pagesize=LETTER, **encryption)
    for number, line in enumerate(lines):
        canvas.drawString(inch, _HEIGHT - 2 * inch - 14 * number, line)
    canvas.save()
    return path


def scanned(path):
    """A page with a picture of lines and no letters."""
    canvas = Canvas(str(path), pagesize=LETTER)
    for number in range(20):
        canvas.rect(inch, _HEIGHT - (2 + number / 4) * inch, 5 * inch, 3, fill=1)
    canvas.save()
    return path


def _paragraph(text):
    return Paragraph(text, STYLES["BodyText"])


def columns_then_one(path, sentences):
    """Two columns on the first page and one on the next, all under a head from edge to edge."""
    width = 3 * inch

    def head(canvas, document):
        canvas.drawString(inch, _HEIGHT - 0.5 * inch, "Bone Health, 4th edition")
        canvas.drawRightString(_WIDTH - inch, _HEIGHT - 0.5 * inch, f"Part {document.page}")

    height = _HEIGHT - 2 * inch
    frames = [Frame(inch + i * (width + 0.5 * inch), inch, width, height) for i in (0, 1)]
    document = BaseDocTemplate(str(path), pagesize=LETTER)
    document.addPageTemplates([
        PageTemplate("two", frames=frames, onPage=head),
        PageTemplate("one", [Frame(inch, inch, 2 * width, height)], onPage=head),
    ])
    flow = [_paragraph(text) for text in sentences]
    document.build([*flow, NextPageTemplate("one"), PageBreak(), _paragraph("Calcium helps.")])
    return path
