// What stands around every screen: navigation, filter, status, keys, palette.

const many = (n: number, one: string, more: string): string => `${n.toLocaleString("en")} ${n === 1 ? one : more}`;

export const form = {
  day: (d: number, m: string, y: number) => `${d} ${m} ${y}`,
  dayOfMonth: (d: number, m: string) => `${d} ${m}`,
  month: (m: string, y: number) => `${m} ${y}`,
  dayAndTime: (day: string, time: string) => `${day}, ${time}`,
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
  saved: (time: string) => `Saved ${time}`,
  balance: "Books balance",
  notChecked: "Check the books",
  checkAgain: "Changed since the last check",
  failing: (n: number) => `${many(n, "rule of the book fails", "rules of the book fail")}`,
  checking: "Checking…",
  sample: "Sample book",
  backup: (when: string) => `Backup ${when}`,
  today: (time: string) => `today ${time}`,
  yesterday: (time: string) => `yesterday ${time}`,
  daysAgo: (n: number) => `${n} days ago`,
  neverBackedUp: "No backup yet",
  noBackup: "No backup could be made",
  readOnly: (who: string) => `Open for reading: ${who} has it open`,
  unrated: (n: number) => many(n, "unrated charge", "unrated charges"),
  closeBook: "Close book",
};

export const check = {
  title: "Do the books balance?",
  copy: "Copy the report",
  good: "Every rule of the book holds. All of it was worked out again from its entries.",
  failing: "Some rules do not hold. Nothing was changed; the lines below say where.",
  holds: "holds",
  fails: "fails",
  looked: (n: string) => `${n} looked at`,
};

export const table = {
  csv: "Save as CSV…",
  saved: (n: number) => `${many(n, "row was", "rows were")} written`,
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
  copy: "Copy the row",
  nearest: "Close the nearest thing",
  filled: "Press the filled button of a dialog",
  go: (screen: string) => `Go to ${screen}`,
  palette: "Find or run a command",
  help: "Show the keys",
  monthBefore: "Month before",
  monthAfter: "Month after",
  hub: "Switch hub",
};

export const palette = {
  title: "Find or run",
  placeholder: "A screen, client, channel, phone number or action",
  screens: "Screens",
  clients: "Clients",
  channels: "Channels",
  hubs: "Hubs",
  actions: "Actions",
  months: "Months",
  none: (text: string) => `Nothing found for “${text}”.`,
  found: (n: number) => `${many(n, "result", "results")}`,
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

export const counts = { many };
