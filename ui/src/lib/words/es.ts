// All words of the window in Spanish, plain on both sides of the Atlantic. "Usted", infinitives on buttons.
//
//   balance (prepaid)   saldo                 entry                 asiento
//   top-up              recarga               trial balance         balance de sumas y saldos
//   charge              cargo                 debit, credit side    debe, haber
//   usage               consumo               chart of accounts     plan de cuentas
//   price card, rate    lista de precios,     reverse, undo         revertir, deshacer
//                       tarifa                invoice, draft        factura, borrador
//   unrated, waive      sin precio, condonar  credit note           nota de crédito
//   tier, licence       nivel, licencia       cancellation          anulación
//   volume steps        tramos de volumen     advance               anticipo
//   month close, seal   cierre de mes, sellar reminder              recordatorio
//   book (a charge)     registrar             VAT, reverse charge   IVA, inversión del sujeto pasivo

import * as books from "./es/books";
import * as desktop from "./es/desktop";
import * as fees from "./es/fees";
import * as frame from "./es/frame";
import * as invoicing from "./es/invoicing";
import * as ledger from "./es/ledger";
import * as money from "./es/money";
import * as months from "./es/months";
import * as parties from "./es/parties";
import { refusals } from "./es/refusals";
import * as said from "./es/said";
import * as things from "./es/things";
import * as usage from "./es/usage";
import type { Words } from "./index";
import type { Texts } from "./say";

export const es: Texts<Words> = { ...frame, ...desktop, ...things, ...books, ...parties, ...money, ...ledger, ...usage, ...months, ...invoicing, ...fees, ...said, refusals };
