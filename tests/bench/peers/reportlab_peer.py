"""The same pages by ReportLab: no tags, no PDF/A, no XML."""

import io
import pathlib

import common
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

FONTS = pathlib.Path(__file__).parents[3] / "src-tauri/document/fonts"
for name in ("Inter-Regular", "Inter-SemiBold"):
    pdfmetrics.registerFont(TTFont(name, FONTS / f"{name}.ttf"))
TEXT = ParagraphStyle("text", fontName="Inter-Regular", fontSize=8.6, leading=12.4)
TITLE = ParagraphStyle("title", fontName="Inter-SemiBold", fontSize=15, leading=20)
CODE = "BCD\n002\n1\nSCT\nCOBADEFFXXX\nNordlicht Messaging GmbH\nDE89370400440532013000\nEUR46.27\n\n\n"


def make(rows, number):
    out = io.BytesIO()
    paper = SimpleDocTemplate(out, pagesize=A4, title=f"Invoice {number}", lang="en")

    def foot(canvas, paper):
        canvas.setFont("Inter-Regular", 6.6)
        canvas.drawString(71, 36, "Nordlicht Messaging GmbH, Am Sandtorkai 48, 20457 Hamburg")
        canvas.drawRightString(538, 36, f"Page {paper.page} of 2")

    parts = [
        Paragraph("Nordlicht Messaging GmbH", TEXT),
        Paragraph("Hafenkontor Reisen GmbH<br/>Bei den Mühren 12<br/>20457 Hamburg", TEXT),
        Table([["Date", "22 Sep 2026"], ["Due", "6 Oct 2026"], ["Your reference", "HK-4711"]]),
        Paragraph(f"Invoice {number}", TITLE),
    ]
    cells = [["Description", "Quantity", "Price EUR", "VAT", "Amount EUR"]]
    for kind, *row in rows:
        if kind == "line":
            cells.append(row)
        elif kind != "turn":
            cells.append([row[0], "", "", "", *row[1:]])
    parts.append(
        Table(
            cells,
            repeatRows=1,
            style=[
                ("FONT", (0, 0), (-1, -1), "Inter-Regular", 8.6),
                ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
                ("LINEBELOW", (0, 0), (-1, -1), 0.4, "#d6d6d6"),
                ("TOPPADDING", (0, 0), (-1, -1), 1.8),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 1.8),
            ],
        )
    )
    drawing = Drawing(80, 80)
    drawing.add(QrCodeWidget(CODE + number, barLevel="M", barWidth=80, barHeight=80))
    parts += [Spacer(1, 12), Paragraph("Please pay 46.27 EUR by 6 Oct 2026", TEXT), drawing]
    paper.build(parts, onFirstPage=foot, onLaterPages=foot)
    return out.getvalue()


common.run(make)
