"""The same pages by WeasyPrint, as PDF/A-3b with the XML attached; without a payment code."""

import html
import pathlib

import common
import weasyprint

FONTS = pathlib.Path(__file__).parents[3] / "src-tauri/document/fonts"
STYLE = f"""
@font-face {{ font-family: Inter; src: url("{FONTS.as_uri()}/Inter-Regular.ttf") }}
@font-face {{ font-family: Inter; font-weight: 600; src: url("{FONTS.as_uri()}/Inter-SemiBold.ttf") }}
@page {{ size: A4; margin: 15mm 20mm 20mm 25mm;
  @bottom-right {{ content: "Page " counter(page) " of " counter(pages); font: 6.6pt Inter }}
  @bottom-left {{ content: "Nordlicht Messaging GmbH, Am Sandtorkai 48, 20457 Hamburg"; font: 6.6pt Inter }} }}
body {{ font: 8.6pt/12.4pt Inter }}
h1 {{ font-size: 15pt }}
table {{ width: 100%; border-collapse: collapse }}
td, th {{ border-bottom: 0.4pt solid #d6d6d6; padding: 1.8pt 0 }}
td:not(:first-child), th:not(:first-child) {{ text-align: right; font-variant-numeric: tabular-nums }}
"""


def make(rows, number):
    body = []
    for kind, *row in rows:
        if kind == "turn":
            continue
        cells = row if kind == "line" else [row[0], "", "", "", *(row[1:] or [""])]
        body.append("<tr>" + "".join(f"<td>{html.escape(c)}</td>" for c in cells) + "</tr>")
    page = f"""<html lang="en"><head><title>Invoice {number}</title><style>{STYLE}</style></head><body>
<p>Nordlicht Messaging GmbH</p><p>Hafenkontor Reisen GmbH<br>Bei den Mühren 12<br>20457 Hamburg</p>
<table><tr><th>Date</th><td>22 Sep 2026</td></tr><tr><th>Due</th><td>6 Oct 2026</td></tr></table>
<h1>Invoice {number}</h1><table><thead><tr><th>Description</th><th>Quantity</th><th>Price EUR</th>
<th>VAT</th><th>Amount EUR</th></tr></thead><tbody>{"".join(body)}</tbody></table>
<p>Please pay 46.27 EUR by 6 Oct 2026</p></body></html>"""
    return weasyprint.HTML(string=page).write_pdf(pdf_variant="pdf/a-3b")


common.run(make)
