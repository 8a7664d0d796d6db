"""The same pages by typst, cold: each paper a source that it has not seen, so that nothing of the
last is used again. As PDF/A-3a; without a payment code and without XML."""

import pathlib
import tempfile

import common
import typst

FONTS = pathlib.Path(__file__).parents[3] / "src-tauri/document/fonts"


def source(rows, number):
    cells = []
    for kind, *row in rows:
        if kind == "line":
            cells += [f"[{cell}]" for cell in row]
        elif kind != "turn":
            last = row[1] if len(row) > 1 else ""
            cells += [f"table.cell(colspan: 4)[{row[0]}]", f"[{last}]"]
    return f"""#set document(title: "Invoice {number}", date: datetime(year: 2026, month: 9, day: 22))
#set text(font: "Inter", size: 8.6pt, lang: "en", number-width: "tabular")
#set page(paper: "a4", margin: (left: 25mm, rest: 20mm), footer: context [
  #text(6.6pt)[Nordlicht Messaging GmbH, Am Sandtorkai 48, 20457 Hamburg #h(1fr)
  Page #counter(page).display() of #counter(page).final().first()]])
Nordlicht Messaging GmbH

Hafenkontor Reisen GmbH \\ Bei den Mühren 12 \\ 20457 Hamburg
#table(columns: 2, [Date], [22 Sep 2026], [Due], [6 Oct 2026], [Your reference], [HK-4711])
= Invoice {number}
#table(columns: (1fr, auto, auto, auto, auto), align: (left, right, right, right, right),
  stroke: (bottom: 0.4pt + luma(84%)), inset: (x: 4pt, y: 3pt),
  table.header([Description], [Quantity], [Price EUR], [VAT], [Amount EUR]),
  {", ".join(cells)})
Please pay 46.27 EUR by 6 Oct 2026
"""


with tempfile.TemporaryDirectory() as folder:
    path = pathlib.Path(folder) / "invoice.typ"
    compiler = typst.Compiler(str(path), font_paths=[str(FONTS)], ignore_system_fonts=True) if path.write_text("x") else None

    def make(rows, number):
        path.write_text(source(rows, number).replace("Marketing", f"Marketing {number}"))
        return compiler.compile(input=str(path), format="pdf", pdf_standards=["a-3a"])

    common.run(make)
