// What stands around every screen: navigation, filter, status, keys, palette.

import { say } from "../say";

export const form = {
  day: say<[d: string, m: string, y: string]>("{0} {1} {2}"),
  dayOfMonth: say<[d: string, m: string]>("{0} {1}"),
  month: say<[m: string, y: string]>("{0} {1}"),
  dayAndTime: say<[day: string, time: string]>("{0}, {1}"),
  inFigures: say<[y: string, m: string, d: string]>("{0}-{1}-{2}"),
};

export const app = {
  name: "Hubledger",
  skip: "Skip to the page",
  navigation: "Screens",
  loading: "Loading",
  broke: "This page can’t be shown. The book is as it was: nothing in it was changed by this.",
};

export const screen = {
  overview: "Overview",
  hubs: "Hubs",
  clients: "Clients & channels",
  balances: "Balances",
  charges: "Charges",
  import: "Import usage",
  close: "Month close",
  invoices: "Invoices",
  "client-invoices": "Invoices to clients",
  ledger: "Ledger",
  prices: "Prices",
  settings: "Settings",
};

export const top = {
  hub: "Hub",
  chooseHub: "Choose a hub",
  noHub: "No hub yet",
  month: "Month",
  chooseMonth: "Choose a month",
  before: "Month before",
  after: "Month after",
  open: "open",
  closed: "closed",
  running: "running",
  find: "Find or run a command",
};

export const status = {
  label: "State of the book",
  saved: say<[time: string]>("Saved {0}"),
  balance: "Books balance",
  notChecked: "Check the books",
  checkAgain: "Changed since the last check",
  failing: say<[n: number]>("{0|rule of the book fails|rules of the book fail}"),
  checking: "Checking…",
  sample: "Sample book",
  backup: say<[when: string]>("Backup {0}"),
  today: say<[time: string]>("today {0}"),
  yesterday: say<[time: string]>("yesterday {0}"),
  daysAgo: say<[n: number]>("{0} days ago"),
  neverBackedUp: "No backup yet",
  noBackup: "No backup could be made",
  readOnly: say<[who: string]>("Open for reading: {0} has it open"),
  unrated: say<[n: number]>("{0|unrated charge|unrated charges}"),
  closeBook: "Close book",
};

export const check = {
  title: "Do the books balance?",
  copy: "Copy the report",
  good: "Every rule of the book holds. All of it was worked out again from its entries.",
  failing: "Some rules do not hold. Nothing was changed; the lines below say where.",
  holds: "holds",
  fails: "fails",
  looked: say<[n: string]>("{0} looked at"),
  /** What holds, by its word in the book. */
  rule: {
    "file-sound": "The file is sound",
    "schema-whole": "Tables and the rules that guard them are as they were laid",
    "tables-as-written": "Every table holds what this program wrote",
    "columns-exact": "Every amount is kept whole",
    "entries-balance": "Every journal entry adds up to zero, in one currency",
    "usage-posted": "Every balance’s usage is the sum of its charges",
    "shares-add-up": "Every shared balance is its clients’ shares and what belongs to none",
    "top-ups-posted": "Every top-up and refund is posted once",
    "vat-posted": "The VAT of top-ups and pay-outs is what was posted",
    "charges-traced": "Every charge traces back to its file",
    "charges-priced": "Every charge is what its rate or its file says",
    "charges-counted": "Volume steps and free messages are as they count anew",
    "sums-of-charges": "What is summed beside the charges is what they come to",
    "invoices-add-up": "Every frozen invoice is the sum of its lines and VAT",
    "closings-add-up": "Every month closing adds up in whole cents",
    "closings-meet-ledger": "Every month closing is its movements and ends at the ledger’s balance",
    "payable-meets-invoices": "The debt to 360Dialog is the sum of the invoices",
    "months-whole": "Closed months are whole and in order",
    "months-sealed": "No row of a sealed month was changed",
    "charges-stand": "A charge is taken back by one other, or it stands",
    "entries-mirrored": "What takes an entry back is its mirror, once",
    "undone-is-nothing": "What was undone comes to nothing",
  } as Record<string, string>,
};

export const table = {
  whole: "All columns as CSV…",
  columns: "Columns",
  marked: say<[n: number]>("{0|row|rows} marked"),
  csv: "Save as CSV…",
  saved: say<[n: number]>("{0|row was|rows were} written"),
  menu: "Columns, views and CSV",
  file: "File",
  shown: "Save what is shown as CSV…",
  writing: say<[n: string]>("{0} rows written so far"),
  id: "Id",
  booked: "Booked on",
  class: "Class",
  of: "Of",
};

export const views = {
  title: "Saved views",
  keep: "Save this view…",
  manage: "Rename or delete views…",
  keepTitle: say<[table: string]>("Save this view: {0}"),
  lead: "Filters, sort and columns come back whenever you pick it. Hub and month stay those of the top bar.",
  name: "Name",
  needsName: "A view needs a name, so that you find it again.",
  replaces: "There is one of this name on this table. It makes way for this one.",
  save: "Save view",
  kept: say<[name: string]>("View “{0}” was saved"),
  replaced: say<[name: string]>("View “{0}” was replaced"),
  deleted: say<[name: string]>("View “{0}” was deleted"),
  renameLead: "Views lie on this computer, for this book. A name is changed where it stands.",
  nameOf: say<[name: string]>("Name of the view “{0}”"),
  showNamed: say<[name: string]>("Show “{0}”"),
  delete: "Delete",
  deleteNamed: say<[name: string]>("Delete “{0}”"),
};

export const button = {
  cancel: "Cancel",
  close: "Close",
  save: "Save",
  back: "Back",
  keep: "Keep it",
  find: "Find…",
  more: "More",
  show: "Show",
  change: "Change",
  again: "Try again",
  dismiss: "Dismiss",
  closePanel: "Close the panel",
};

export const field = {
  optional: "May stay empty",
  day: "Year-month-day, or 22 Sep",
  choose: "Choose…",
};

export const keysHelp = {
  title: "Keys",
  why: "Single keys work while no field has the focus.",
  move: "Next and previous row",
  ends: "First and last row",
  open: "Open the panel",
  mark: "Mark a row",
  markOn: "Mark from row to row",
  copy: "Copy the row, or all that are marked",
  nearest: "Close the nearest thing",
  filled: "Press the filled button of a dialog",
  go: say<[screen: string]>("Go to {0}"),
  palette: "Find or run a command",
  help: "Show the keys",
  monthBefore: "Month before",
  monthAfter: "Month after",
  hub: "Switch hub",
};

export const privacy = {
  title: "Privacy",
  key: "Hide or show amounts",
  hidden: "Amounts are hidden",
  hide: "Hide amounts",
  show: "Show amounts",
};

export const palette = {
  title: "Find or run",
  placeholder: "A screen, client, channel, phone, invoice, amount or action",
  invoices: "Invoices",
  screens: "Screens",
  clients: "Clients",
  channels: "Channels",
  hubs: "Hubs",
  actions: "Actions",
  months: "Months",
  none: say<[text: string]>("Nothing found for “{0}”."),
  found: say<[n: number]>("{0|result|results}"),
  move: "move",
  open: "open",
};

export const paths = {
  book: { title: "Open a book", files: "Hubledger books" },
  usage: { title: "Choose a usage file", files: "Usage, CSV" },
  parties: { title: "Choose a file of clients and channels", files: "Clients and channels, CSV or JSON" },
  prices: { title: "Choose a price card", files: "Price card, CSV or XLSX" },
  problems: { title: "Save the rows with problems", files: "CSV" },
  charges: { title: "Save the charges", files: "CSV" },
  volume: { title: "Choose a file of volume positions", files: "Volume positions, CSV" },
  paper: { title: "Save the PDF", files: "PDF" },
  logo: { title: "Choose a logo", files: "Picture, PNG, JPEG or SVG" },
  table: { title: "Save as CSV", files: "CSV" },
  markets: { title: "Choose a list of markets", files: "Markets, CSV" },
  folder: "Choose a folder for the PDFs",
};


/** What a refusal speaks of, by the words of the book; what is not here is said as the book says it. */
export const spokenOf: Record<string, string> = {
  "The VAT ID": "The VAT ID",
  "The account holder": "The account holder",
  "The address": "The address",
  "The buyer reference": "The buyer reference",
  "The channel's name": "The channel's name",
  "The city": "The city",
  "The client's name": "The client's name",
  "The company name": "The company name",
  "The contact": "The contact",
  "The description": "The description",
  "The e-mail address": "The e-mail address",
  "The electronic address": "The electronic address",
  "The group": "The group",
  "The hub's name": "The hub's name",
  "The invoice number": "The invoice number",
  "The name": "The name",
  "The note": "The note",
  "The notes": "The notes",
  "The number": "The number",
  "The phone number": "The phone number",
  "The postal code": "The postal code",
  "The reason": "The reason",
  "The register entry": "The register entry",
  "The source": "The source",
  "The street": "The street",
  "The tax number": "The tax number",
  "The terms": "The terms",
  "The text of a line": "The text of a line",
  "The text": "The text",
  "The time zone": "The time zone",
  "The website": "The website",
  "it has no counter, such as {####}": "it has no counter, such as {####}",
  "it has more than one counter": "it has more than one counter",
  "it is longer than 40 characters": "it is longer than 40 characters",
  "it names the year or the month twice": "it names the year or the month twice",
  "with a month and no year its numbers would come again next year": "with a month and no year its numbers would come again next year",
};
