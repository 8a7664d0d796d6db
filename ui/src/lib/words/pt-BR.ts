// All words of the window in Portuguese of Brazil. "Você", infinitives on buttons.
//
//   balance (prepaid)   saldo                 entry                 lançamento
//   top-up              recarga               trial balance         balancete de verificação
//   charge              cobrança              debit, credit side    débito, crédito
//   usage               consumo               chart of accounts     plano de contas
//   price card, rate    tabela de preços,     reverse, undo         estornar, desfazer
//                       tarifa                invoice, draft        fatura, rascunho
//   unrated, waive      sem preço, dispensar  credit note           nota de crédito
//   tier, licence       nível, licença        cancellation          cancelamento
//   volume steps        faixas de volume      advance               adiantamento
//   month close, seal   fechamento, lacrar    reminder              lembrete
//   book (a charge)     lançar                VAT, reverse charge   IVA, autoliquidação

import * as books from "./pt-BR/books";
import * as desktop from "./pt-BR/desktop";
import * as fees from "./pt-BR/fees";
import * as frame from "./pt-BR/frame";
import * as invoicing from "./pt-BR/invoicing";
import * as ledger from "./pt-BR/ledger";
import * as money from "./pt-BR/money";
import * as months from "./pt-BR/months";
import * as parties from "./pt-BR/parties";
import { refusals } from "./pt-BR/refusals";
import * as said from "./pt-BR/said";
import * as things from "./pt-BR/things";
import * as usage from "./pt-BR/usage";
import type { Words } from "./index";
import type { Texts } from "./say";

export const ptBR: Texts<Words> = { ...frame, ...desktop, ...things, ...books, ...parties, ...money, ...ledger, ...usage, ...months, ...invoicing, ...fees, ...said, refusals };
