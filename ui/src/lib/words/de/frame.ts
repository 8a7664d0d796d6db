// What stands around every screen: navigation, filter, status, keys, palette.

export const form = {
  day: "{0}. {1} {2}",
  dayOfMonth: "{0}. {1}",
  month: "{0} {1}",
  dayAndTime: "{0}, {1} Uhr",
  inFigures: "{2}.{1}.{0}",
};

export const app = {
  name: "Hubledger",
  skip: "Zum Inhalt springen",
  navigation: "Ansichten",
  loading: "Wird geladen",
  broke: "Diese Ansicht lässt sich nicht zeigen. Das Buch ist, wie es war: Dadurch wurde nichts darin geändert.",
};

export const screen = {
  overview: "Übersicht",
  hubs: "Hubs",
  clients: "Kunden und Kanäle",
  balances: "Guthaben",
  charges: "Entgelte",
  import: "Verbrauch einlesen",
  close: "Monatsabschluss",
  invoices: "Rechnungen",
  "client-invoices": "Rechnungen an Kunden",
  ledger: "Hauptbuch",
  prices: "Preise",
  settings: "Einstellungen",
};

export const top = {
  hub: "Hub",
  chooseHub: "Hub wählen",
  noHub: "Noch kein Hub",
  month: "Abrechnungsmonat",
  chooseMonth: "Monat wählen",
  before: "Vorheriger Monat",
  after: "Nächster Monat",
  open: "offen",
  closed: "abgeschlossen",
  running: "läuft",
  find: "Suchen oder ausführen",
};

export const status = {
  label: "Zustand des Buches",
  saved: "Gespeichert {0}",
  balance: "Buch geht auf",
  notChecked: "Buch prüfen",
  checkAgain: "Seit der letzten Prüfung geändert",
  failing: "{0|Regel des Buches ist verletzt|Regeln des Buches sind verletzt}",
  checking: "Wird geprüft …",
  sample: "Beispielbuch",
  backup: "Sicherung {0}",
  today: "heute {0}",
  yesterday: "gestern {0}",
  daysAgo: "vor {0} Tagen",
  neverBackedUp: "Noch keine Sicherung",
  noBackup: "Es konnte nicht gesichert werden",
  readOnly: "Nur zum Lesen geöffnet: {0} hat das Buch geöffnet",
  unrated: "{0|unbewertetes Entgelt|unbewertete Entgelte}",
  closeBook: "Buch schließen",
};

export const check = {
  title: "Geht das Buch auf?",
  copy: "Bericht kopieren",
  good: "Jede Regel des Buches ist eingehalten. Alles wurde aus seinen Buchungen neu errechnet.",
  failing: "Einige Regeln sind verletzt. Geändert wurde nichts; die Zeilen unten sagen, wo.",
  holds: "eingehalten",
  fails: "verletzt",
  looked: "{0} geprüft",
  /** What holds, by its word in the book. */
  rule: {
    "file-sound": "Die Datei ist heil",
    "schema-whole": "Tabellen und ihre Schutzregeln sind, wie sie angelegt wurden",
    "tables-as-written": "Jede Tabelle enthält, was dieses Programm geschrieben hat",
    "columns-exact": "Jeder Betrag ist genau aufbewahrt",
    "entries-balance": "Jede Buchung geht auf, in einer Währung",
    "usage-posted": "Der Verbrauch jedes Guthabens ist die Summe seiner Entgelte",
    "shares-add-up": "Jedes gemeinsame Guthaben besteht aus den Anteilen der Kunden und dem, was keinem gehört",
    "top-ups-posted": "Jede Aufladung und Erstattung ist einmal gebucht",
    "vat-posted": "Die USt auf Aufladungen und Auszahlungen ist die gebuchte",
    "charges-traced": "Jedes Entgelt führt zu seiner Datei zurück",
    "charges-priced": "Jedes Entgelt ist, was sein Satz oder seine Datei sagt",
    "charges-counted": "Mengenstaffeln und kostenlose Nachrichten stimmen mit der Neuzählung überein",
    "sums-of-charges": "Die mitgeführten Summen stimmen mit den Einzelposten überein",
    "invoices-add-up": "Jede festgeschriebene Rechnung ist die Summe ihrer Positionen und der USt",
    "closings-add-up": "Jeder Monatsabschluss geht in ganzen Cent auf",
    "closings-meet-ledger": "Jeder Monatsabschluss entspricht seinen Bewegungen und endet mit dem Saldo des Hauptbuchs",
    "payable-meets-invoices": "Die Verbindlichkeit gegenüber 360Dialog ist die Summe der Rechnungen",
    "months-whole": "Abgeschlossene Monate sind vollständig und in Reihenfolge",
    "months-sealed": "Keine Zeile eines festgeschriebenen Monats wurde geändert",
    "charges-stand": "Ein Entgelt ist durch ein anderes storniert oder besteht",
    "entries-mirrored": "Was eine Buchung storniert, ist ihr Spiegelbild, einmal",
    "undone-is-nothing": "Rückgängig Gemachtes ergibt null",
  },
};

export const table = {
  columns: "Spalten",
  marked: "{0|Zeile|Zeilen} markiert",
  csv: "Als CSV speichern …",
  saved: "{0|Zeile|Zeilen} geschrieben",
};

export const button = {
  cancel: "Abbrechen",
  close: "Schließen",
  save: "Speichern",
  back: "Zurück",
  keep: "Behalten",
  find: "Suchen …",
  more: "Mehr",
  show: "Zeigen",
  change: "Ändern",
  again: "Erneut versuchen",
  dismiss: "Ausblenden",
  closePanel: "Seitenleiste schließen",
};

export const field = {
  optional: "Darf leer bleiben",
  day: "Tag.Monat.Jahr oder 22. Sep",
  choose: "Auswählen …",
};

export const keysHelp = {
  title: "Tasten",
  why: "Einzelne Tasten wirken, solange kein Feld ausgewählt ist.",
  move: "Nächste und vorherige Zeile",
  ends: "Erste und letzte Zeile",
  open: "Seitenleiste öffnen",
  mark: "Zeile markieren",
  markOn: "Von Zeile zu Zeile markieren",
  copy: "Zeile kopieren, oder alle markierten",
  nearest: "Das Nächstliegende schließen",
  filled: "Hauptschaltfläche eines Dialogs drücken",
  go: "Zu „{0}“ gehen",
  palette: "Suchen oder ausführen",
  help: "Tasten zeigen",
  monthBefore: "Vorheriger Monat",
  monthAfter: "Nächster Monat",
  hub: "Hub wechseln",
};

export const privacy = {
  title: "Vor Blicken",
  key: "Beträge verbergen oder zeigen",
  hidden: "Beträge verborgen",
  hide: "Beträge verbergen",
  show: "Beträge zeigen",
};

export const palette = {
  title: "Suchen oder ausführen",
  placeholder: "Ansicht, Kunde, Kanal, Telefon, Rechnung, Betrag oder Aktion",
  invoices: "Rechnungen",
  screens: "Ansichten",
  clients: "Kunden",
  channels: "Kanäle",
  hubs: "Hubs",
  actions: "Aktionen",
  months: "Monate",
  none: "Zu „{0}“ wurde nichts gefunden.",
  found: "{0|Treffer|Treffer}",
  move: "bewegen",
  open: "öffnen",
};

export const paths = {
  book: { title: "Buch öffnen", files: "Hubledger-Bücher" },
  usage: { title: "Verbrauchsdatei wählen", files: "Verbrauch, CSV" },
  parties: { title: "Datei mit Kunden und Kanälen wählen", files: "Kunden und Kanäle, CSV oder JSON" },
  prices: { title: "Preisliste wählen", files: "Preisliste, CSV oder XLSX" },
  problems: { title: "Zeilen mit Problemen speichern", files: "CSV" },
  charges: { title: "Entgelte speichern", files: "CSV" },
  volume: { title: "Datei mit Staffelständen wählen", files: "Staffelstände, CSV" },
  paper: { title: "PDF speichern", files: "PDF" },
  logo: { title: "Logo wählen", files: "Bild, PNG, JPEG oder SVG" },
  table: { title: "Als CSV speichern", files: "CSV" },
  markets: { title: "Marktliste wählen", files: "Märkte, CSV" },
  folder: "Ordner für die PDF wählen",
};


/** What a refusal speaks of, by the words of the book; what is not here is said as the book says it. */
export const spokenOf = {
  "The VAT ID": "USt-IdNr.",
  "The account holder": "Kontoinhaber",
  "The address": "Anschrift",
  "The buyer reference": "Käuferreferenz",
  "The channel's name": "Anzeigename",
  "The city": "Ort",
  "The client's name": "Name des Kunden",
  "The company name": "Name des Unternehmens",
  "The contact": "Ansprechpartner",
  "The description": "Beschreibung",
  "The e-mail address": "E-Mail-Adresse",
  "The electronic address": "Elektronische Adresse",
  "The group": "Gruppe",
  "The hub's name": "Name des Hubs",
  "The invoice number": "Rechnungsnummer",
  "The name": "Name",
  "The note": "Bemerkung",
  "The notes": "Bemerkungen",
  "The number": "Nummer",
  "The phone number": "Telefonnummer",
  "The postal code": "Postleitzahl",
  "The reason": "Begründung",
  "The register entry": "Registereintrag",
  "The source": "Quelle",
  "The street": "Straße",
  "The tax number": "Steuernummer",
  "The terms": "Zahlungsbedingungen",
  "The text of a line": "Text einer Position",
  "The text": "Text",
  "The time zone": "Zeitzone",
  "The website": "Website",
  "it has no counter, such as {####}": "es hat keine laufende Zahl wie {####}",
  "it has more than one counter": "es hat mehr als eine laufende Zahl",
  "it is longer than 40 characters": "es ist länger als 40 Zeichen",
  "it names the year or the month twice": "es nennt Jahr oder Monat zweimal",
  "with a month and no year its numbers would come again next year": "mit Monat und ohne Jahr kämen seine Nummern im nächsten Jahr wieder",
};
