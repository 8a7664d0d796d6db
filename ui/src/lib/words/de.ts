// All words of the window in German, as a bookkeeper would say them. "Sie", infinitives on buttons.
//
//   balance (prepaid)   Guthaben              entry, posting        Buchung, Buchungssatz
//   top-up              Aufladung             trial balance         Summen- und Saldenliste
//   charge              Entgelt               debit, credit side    Soll, Haben
//   usage               Verbrauch             chart of accounts     Kontenplan; a standard one: Kontenrahmen
//   price card, rate    Preisliste, Satz      reverse, take back    stornieren; undo: rückgängig machen
//   unrated, waive      unbewertet, erlassen  invoice, draft        Rechnung, Entwurf
//   tier, licence       Tarif, Lizenz         credit note           Rechnungskorrektur
//   volume steps        Mengenstaffel         cancellation          Stornorechnung
//   month close         Monatsabschluss       advance               Anzahlung
//   sealed, frozen      festgeschrieben       reminder              Zahlungserinnerung, Mahnung
//   import, bring in    einlesen              VAT, reverse charge   USt, Reverse-Charge

import * as books from "./de/books";
import * as desktop from "./de/desktop";
import * as fees from "./de/fees";
import * as frame from "./de/frame";
import * as invoicing from "./de/invoicing";
import * as ledger from "./de/ledger";
import * as money from "./de/money";
import * as months from "./de/months";
import * as parties from "./de/parties";
import { refusals } from "./de/refusals";
import * as said from "./de/said";
import * as things from "./de/things";
import * as usage from "./de/usage";
import type { Words } from "./index";
import type { Texts } from "./say";

export const de: Texts<Words> = { ...frame, ...desktop, ...things, ...books, ...parties, ...money, ...ledger, ...usage, ...months, ...invoicing, ...fees, ...said, refusals };
