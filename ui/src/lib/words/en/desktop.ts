// The window as a part of the desktop: its menu, files that are dropped, what it says of itself.

import { say } from "../say";

/** In the names of menus, & goes before the letter that opens them with Alt. */
export const menu = {
  file: "&File",
  edit: "&Edit",
  view: "&View",
  help: "&Help",
  newBook: "New book…",
  openBook: "Open a book…",
  recent: "Recent books",
  noRecent: "None yet",
  bringIn: "Import",
  handOut: "Export",
  charges: "Charges as CSV…",
  hubInvoices: "Invoices of 360Dialog…",
  clientInvoices: "Invoices to clients…",
  trial: "Trial balance as CSV…",
  entries: "Journal entries as CSV…",
  close: "Close book",
  quit: "Quit",
  undo: "Undo",
  cut: "Cut",
  copy: "Copy",
  paste: "Paste",
  all: "Select all",
  find: "Find or run a command…",
  larger: "Larger",
  smaller: "Smaller",
  normal: "Normal size",
  keys: "Keys…",
  about: "About Hubledger",
};

export const aboutApp = {
  line: "Books for 360Dialog hubs, kept in one file on this computer.",
  licence: "Free software under the Apache License 2.0, without any warranty.",
};

export const openingBook = {
  opens: "Opening the book",
  refused: "Not opened",
  busy: "Something is still running. It ends first, or you stop it.",
};

export const drop = {
  title: "Drop the files here",
  list: "Dropped files",
  lead: "Nothing is booked before you have looked at it.",
  does: {
    book: "Opens this book",
    usage: "Shows what this usage would book",
    prices: "Shows what this price card would add",
    parties: "Shows which clients and channels are new",
    volumes: "Shows what these volume positions would change",
    markets: "Shows which countries would move",
    folder: "A folder: drop the files that are in it",
    unknown: "Not a file that Hubledger knows",
  },
  noBook: "Open a book first",
  readOnly: "This book is open for reading only",
  look: "Look at it",
  open: "Open",
  waiting: say<[n: number]>("{0|dropped file waits|dropped files wait}"),
  knows: "It takes books (.hubbook), usage, price cards, clients and channels, volume positions and lists of markets as CSV, price files of Meta as XLSX, and saved answers of the Partner API as JSON.",
};
