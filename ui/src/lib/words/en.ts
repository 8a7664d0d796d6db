// All words of the window in English, one typed dictionary. Another language is a file like this,
// of the same type.

import * as books from "./en/books";
import * as desktop from "./en/desktop";
import * as fees from "./en/fees";
import * as frame from "./en/frame";
import * as invoicing from "./en/invoicing";
import * as ledger from "./en/ledger";
import * as money from "./en/money";
import * as months from "./en/months";
import * as parties from "./en/parties";
import { refusals } from "./en/refusals";
import * as said from "./en/said";
import * as things from "./en/things";
import * as usage from "./en/usage";

export const en = { ...frame, ...desktop, ...things, ...books, ...parties, ...money, ...ledger, ...usage, ...months, ...invoicing, ...fees, ...said, refusals };
