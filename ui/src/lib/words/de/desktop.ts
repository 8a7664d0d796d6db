// The window as a part of the desktop: its menu, files that are dropped, what it says of itself.

/** In the names of menus, & goes before the letter that opens them with Alt. */
export const menu = {
  file: "&Datei",
  edit: "&Bearbeiten",
  view: "&Ansicht",
  help: "&Hilfe",
  newBook: "Neues Buch …",
  openBook: "Buch öffnen …",
  recent: "Zuletzt geöffnet",
  noRecent: "Noch keine",
  bringIn: "Einlesen",
  handOut: "Exportieren",
  charges: "Entgelte als CSV …",
  hubInvoices: "Rechnungen von 360Dialog …",
  clientInvoices: "Rechnungen an Kunden …",
  trial: "Summen und Salden als CSV …",
  entries: "Buchungen als CSV …",
  close: "Buch schließen",
  quit: "Beenden",
  undo: "Rückgängig",
  cut: "Ausschneiden",
  copy: "Kopieren",
  paste: "Einfügen",
  all: "Alles auswählen",
  find: "Suchen oder ausführen …",
  larger: "Größer",
  smaller: "Kleiner",
  normal: "Normale Größe",
  keys: "Tasten …",
  about: "Über Hubledger",
};

export const aboutApp = {
  line: "Bücher für 360Dialog-Hubs, in einer Datei auf diesem Rechner.",
  licence: "Freie Software unter der Apache License 2.0, ohne jede Gewährleistung.",
};

export const openingBook = {
  opens: "Das Buch wird geöffnet",
  refused: "Nicht geöffnet",
  busy: "Etwas läuft noch. Warten Sie, bis es fertig ist, oder brechen Sie es ab.",
};

export const drop = {
  title: "Dateien hier ablegen",
  list: "Abgelegte Dateien",
  lead: "Nichts wird gebucht, bevor Sie es gesehen haben.",
  does: {
    book: "Öffnet dieses Buch",
    usage: "Zeigt, was dieser Verbrauch buchen würde",
    prices: "Zeigt, was diese Preisliste hinzufügen würde",
    parties: "Zeigt, welche Kunden und Kanäle neu sind",
    volumes: "Zeigt, was diese Staffelstände ändern würden",
    markets: "Zeigt, welche Länder den Markt wechseln würden",
    folder: "Ein Ordner: Legen Sie die Dateien daraus ab",
    unknown: "Keine Datei, die Hubledger kennt",
  },
  noBook: "Öffnen Sie zuerst ein Buch",
  readOnly: "Dieses Buch ist nur zum Lesen geöffnet",
  look: "Ansehen",
  open: "Öffnen",
  waiting: "{0|abgelegte Datei wartet|abgelegte Dateien warten}",
  knows: "Angenommen werden Bücher (.hubbook), Verbrauch, Preislisten, Kunden und Kanäle, Staffelstände und Marktlisten als CSV, Preisdateien von Meta als XLSX sowie gespeicherte Antworten der Partner-API als JSON.",
};
