// How the sums of an invoice are said.

import type { ClientVatView } from "../../api";
import { text } from "../../lib/money";
import { decimal } from "../../lib/number";
import { t } from "../../lib/words";

/** A line of the VAT table: the case, its rate and what it is of. */
export const rate = (vat: ClientVatView): string => t.clientInvoices.vatOf(t.vatCase[vat.vat] ?? vat.vat, decimal(vat.percent), text(vat.basis.amount));
