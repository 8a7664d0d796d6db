//! Words, days and numbers of client documents, in the language of the recipient. Each word stands
//! in the order of [`Language::ALL`]: English, German, Spanish, Portuguese, French, Italian.

use chrono::Datelike;
use hubledger_core::client_invoice::InvoiceKind;
use hubledger_core::currency::Currency;
use hubledger_core::language::Language;
use hubledger_core::money::Money;
use hubledger_core::period::Date;
use rust_decimal::Decimal;

use crate::words;

/// A blank at which no line ends.
pub(crate) const FIXED: char = '\u{a0}';

/// How a language says things on paper.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Speech(pub(crate) Language);

/// Six translations, named by what they say.
macro_rules! spoken {
    ($($name:ident = $en:literal, $de:literal, $es:literal, $pt:literal, $fr:literal, $it:literal;)*) => {
        impl Speech {$(
            pub(crate) fn $name(self) -> &'static str {
                self.0.pick([$en, $de, $es, $pt, $fr, $it])
            }
        )*}
    };
}

pub(crate) use spoken;

spoken! {
    invoice = "Invoice", "Rechnung", "Factura", "Fatura", "Facture", "Fattura";
    prepayment = "Advance invoice", "Anzahlungsrechnung", "Factura de anticipo", "Fatura de adiantamento", "Facture d’acompte", "Fattura di acconto";
    credit_note = "Credit note", "Rechnungskorrektur", "Nota de crédito", "Nota de crédito", "Avoir", "Nota di credito";
    cancellation = "Cancellation invoice", "Stornorechnung", "Factura de anulación", "Fatura de cancelamento", "Facture d’annulation", "Fattura di storno";
    corrected = "Corrected invoice", "Berichtigte Rechnung", "Factura rectificativa", "Fatura retificativa", "Facture rectificative", "Fattura rettificativa";
    draft = "Draft", "Entwurf", "Borrador", "Rascunho", "Brouillon", "Bozza";
    draft_notice = "Draft. This is not an invoice: it has no number yet.", "Entwurf. Dies ist keine Rechnung: sie hat noch keine Nummer.", "Borrador. No es una factura: aún no tiene número.", "Rascunho. Não é uma fatura: ainda não tem número.", "Brouillon. Ceci n’est pas une facture : elle n’a pas encore de numéro.", "Bozza. Questa non è una fattura: non ha ancora un numero.";
    number_name = "Number", "Nummer", "Número", "Número", "Numéro", "Numero";
    date = "Date", "Datum", "Fecha", "Data", "Date", "Data";
    service_period = "Service period", "Leistungszeitraum", "Periodo de servicio", "Período do serviço", "Période de prestation", "Periodo di servizio";
    delivered_on = "Service date", "Leistungsdatum", "Fecha de servicio", "Data do serviço", "Date de prestation", "Data del servizio";
    expected_period = "Expected service period", "Voraussichtlicher Zeitraum", "Periodo previsto de servicio", "Período previsto do serviço", "Période de prestation prévue", "Periodo previsto del servizio";
    expected_on = "Expected service date", "Voraussichtliches Leistungsdatum", "Fecha prevista de servicio", "Data prevista do serviço", "Date de prestation prévue", "Data prevista del servizio";
    your_reference = "Your reference", "Ihr Zeichen", "Su referencia", "Sua referência", "Votre référence", "Vostro riferimento";
    your_order = "Your order", "Ihre Bestellung", "Su pedido", "Seu pedido", "Votre commande", "Vostro ordine";
    your_vat_id = "Your VAT ID", "Ihre USt-IdNr.", "Su NIF-IVA", "Seu NIF-IVA", "Votre n° de TVA", "Vostra partita IVA";
    vat_id = "VAT ID", "USt-IdNr.", "NIF-IVA", "NIF-IVA", "N° de TVA", "Partita IVA";
    tax_number = "Tax number", "Steuernummer", "Número fiscal", "Número fiscal", "Numéro fiscal", "Codice fiscale";
    due = "Due", "Fällig", "Vencimiento", "Vencimento", "Échéance", "Scadenza";
    contact = "Contact", "Ansprechpartner", "Contacto", "Contato", "Contact", "Contatto";
    corrects = "Corrects", "Zu Rechnung", "Rectifica", "Retifica", "Corrige", "Rettifica";
    description = "Description", "Beschreibung", "Descripción", "Descrição", "Désignation", "Descrizione";
    quantity = "Quantity", "Menge", "Cantidad", "Quantidade", "Quantité", "Quantità";
    price = "Price", "Preis", "Precio", "Preço", "Prix", "Prezzo";
    amount = "Amount", "Betrag", "Importe", "Valor", "Montant", "Importo";
    vat = "VAT", "USt.", "IVA", "IVA", "TVA", "IVA";
    sum = "Sum", "Summe", "Suma", "Soma", "Total", "Totale";
    continued = "continued", "Fortsetzung", "continuación", "continuação", "suite", "continua";
    carried_forward = "Carried forward", "Übertrag", "Suma y sigue", "A transportar", "À reporter", "A riportare";
    brought_forward = "Brought forward", "Übertrag", "Suma anterior", "Transporte", "Report", "Riporto";
    net = "Net", "Netto", "Neto", "Líquido", "Total HT", "Imponibile";
    gross = "Gross", "Brutto", "Bruto", "Bruto", "Total TTC", "Totale lordo";
    prepaid = "Already paid", "Bereits bezahlt", "Ya pagado", "Já pago", "Déjà payé", "Già pagato";
    rounding = "Rounding", "Rundung", "Redondeo", "Arredondamento", "Arrondi", "Arrotondamento";
    to_pay = "To pay", "Zu zahlen", "A pagar", "A pagar", "À payer", "Da pagare";
    credited = "Credit", "Gutgeschrieben", "Abono", "Crédito", "À votre crédit", "A vostro credito";
    code_hint = "The code holds the transfer for your banking app.", "Der Code enthält die Überweisung für Ihre Banking-App.", "El código contiene la transferencia para su app bancaria.", "O código contém a transferência para o seu aplicativo bancário.", "Le code contient le virement pour votre application bancaire.", "Il codice contiene il bonifico per la vostra app bancaria.";
    code_says = "Payment code", "Zahlungscode", "Código de pago", "Código de pagamento", "Code de paiement", "Codice di pagamento";
    payee = "To", "Empfänger", "Beneficiario", "Beneficiário", "Bénéficiaire", "Beneficiario";
    payment_reference = "Reference", "Verwendungszweck", "Concepto", "Referência", "Référence", "Causale";
    by_card = "The amount is charged to your card.", "Der Betrag wird von Ihrer Karte abgebucht.", "El importe se cargará en su tarjeta.", "O valor será debitado no seu cartão.", "Le montant est débité de votre carte.", "L’importo viene addebitato sulla vostra carta.";
    settled = "Nothing is left to pay.", "Es ist nichts mehr zu zahlen.", "No queda nada por pagar.", "Não há mais nada a pagar.", "Il ne reste rien à payer.", "Non resta nulla da pagare.";
    advances = "Advance payments deducted", "Abgezogene Anzahlungen", "Anticipos deducidos", "Adiantamentos deduzidos", "Acomptes déduits", "Acconti detratti";
    payment_received = "Payment received", "Zahlung erhalten", "Pago recibido", "Pagamento recebido", "Paiement reçu", "Pagamento ricevuto";
    received_on = "Received", "Erhalten", "Recibido", "Recebido", "Reçu", "Ricevuto";
    logo_of = "Logo of", "Logo von", "Logotipo de", "Logotipo de", "Logo de", "Logo di";
    page = "Page", "Seite", "Página", "Página", "Page", "Pagina";
    of = "of", "von", "de", "de", "sur", "di";
    first_reminder = "Payment reminder", "Zahlungserinnerung", "Recordatorio de pago", "Lembrete de pagamento", "Rappel de paiement", "Sollecito di pagamento";
    second_reminder = "Second payment reminder", "Mahnung", "Segundo recordatorio de pago", "Segundo lembrete de pagamento", "Deuxième rappel de paiement", "Secondo sollecito di pagamento";
    last_reminder = "Final payment reminder", "Letzte Mahnung", "Último recordatorio de pago", "Último lembrete de pagamento", "Dernier rappel de paiement", "Ultimo sollecito di pagamento";
    first_words = "The invoices below have not been paid in full yet. Perhaps they were overlooked.", "Die folgenden Rechnungen sind noch nicht vollständig bezahlt. Vielleicht wurden sie übersehen.", "Las facturas siguientes aún no se han pagado por completo. Quizá se hayan pasado por alto.", "As faturas a seguir ainda não foram pagas integralmente. Talvez tenham passado despercebidas.", "Les factures suivantes ne sont pas encore entièrement payées. Peut-être ont-elles échappé à votre attention.", "Le seguenti fatture non sono ancora state pagate per intero. Forse sono sfuggite.";
    second_words = "We have reminded you of the invoices below, and they have still not been paid in full.", "Wir haben Sie an die folgenden Rechnungen erinnert; sie sind noch immer nicht vollständig bezahlt.", "Ya le hemos recordado las facturas siguientes, y aún no se han pagado por completo.", "Já lembramos você das faturas a seguir, e elas ainda não foram pagas integralmente.", "Nous vous avons déjà rappelé les factures suivantes ; elles ne sont toujours pas entièrement payées.", "Vi abbiamo già ricordato le seguenti fatture, che non sono ancora state pagate per intero.";
    last_words = "This is our last reminder of the invoices below. If they are not paid by the day named here, we will take further steps.", "Dies ist unsere letzte Mahnung zu den folgenden Rechnungen. Werden sie nicht bis zum genannten Tag bezahlt, leiten wir weitere Schritte ein.", "Este es nuestro último recordatorio de las facturas siguientes. Si no se pagan antes del día indicado, tomaremos otras medidas.", "Este é o nosso último lembrete das faturas a seguir. Se não forem pagas até o dia indicado, tomaremos outras medidas.", "Ceci est notre dernier rappel pour les factures suivantes. Si elles ne sont pas payées avant le jour indiqué, nous engagerons d’autres démarches.", "Questo è il nostro ultimo sollecito per le seguenti fatture. Se non saranno pagate entro il giorno indicato, procederemo per altre vie.";
    days_late = "Days late", "Tage überfällig", "Días de retraso", "Dias de atraso", "Jours de retard", "Giorni di ritardo";
    open = "Open", "Offen", "Pendiente", "Em aberto", "Restant dû", "Da saldare";
    open_total = "Open in total", "Offen insgesamt", "Total pendiente", "Total em aberto", "Total restant dû", "Totale da saldare";
    paid_meanwhile = "If you have paid in the meantime, please disregard this letter.", "Falls Sie inzwischen bezahlt haben, ist dieses Schreiben gegenstandslos.", "Si ya ha pagado, no tenga en cuenta esta carta.", "Se você já pagou, desconsidere esta carta.", "Si vous avez payé entre-temps, ne tenez pas compte de cette lettre.", "Se avete già pagato, non tenete conto di questa lettera.";
    reminder_is_no_invoice = "This letter is no invoice. The VAT is stated on the invoices that it names.", "Dieses Schreiben ist keine Rechnung. Die Umsatzsteuer steht in den genannten Rechnungen.", "Esta carta no es una factura. El IVA consta en las facturas indicadas.", "Esta carta não é uma fatura. O IVA consta das faturas indicadas.", "Cette lettre n’est pas une facture. La TVA figure sur les factures mentionnées.", "Questa lettera non è una fattura. L’IVA è indicata nelle fatture elencate.";
    balance_statement = "Balance statement", "Guthabenauszug", "Extracto de saldo", "Extrato de saldo", "Relevé de solde", "Estratto del saldo";
    statement_notice = "Statement of a prepaid balance at 360dialog GmbH, as kept in Hubledger. It is no invoice.", "Auszug eines Guthabens bei der 360dialog GmbH, wie in Hubledger geführt. Er ist keine Rechnung.", "Extracto de un saldo de prepago en 360dialog GmbH, según Hubledger. No es una factura.", "Extrato de um saldo pré-pago na 360dialog GmbH, conforme o Hubledger. Não é uma fatura.", "Relevé d’un solde prépayé auprès de 360dialog GmbH, tenu dans Hubledger. Ce n’est pas une facture.", "Estratto di un saldo prepagato presso 360dialog GmbH, tenuto in Hubledger. Non è una fattura.";
    so_far = "The period is not over: movements may follow.", "Der Zeitraum ist nicht abgelaufen: Bewegungen können folgen.", "El periodo no ha terminado: puede haber más movimientos.", "O período não terminou: pode haver mais movimentos.", "La période n’est pas terminée : d’autres mouvements peuvent suivre.", "Il periodo non è terminato: possono seguire altri movimenti.";
    without_price = "Usage rows without a known price, which are in none of these sums", "Verbrauchszeilen ohne bekannten Preis, in keiner dieser Summen enthalten", "Filas de consumo sin precio conocido, no incluidas en estas sumas", "Linhas de consumo sem preço conhecido, não incluídas nestas somas", "Lignes de consommation sans prix connu, absentes de ces sommes", "Righe di consumo senza prezzo noto, escluse da queste somme";
    period = "Period", "Zeitraum", "Periodo", "Período", "Période", "Periodo";
    hub = "Hub", "Hub", "Hub", "Hub", "Hub", "Hub";
    channel = "Channel", "Kanal", "Canal", "Canal", "Canal", "Canale";
    phone = "Phone", "Telefon", "Teléfono", "Telefone", "Téléphone", "Telefono";
    currency = "Currency", "Währung", "Moneda", "Moeda", "Devise", "Valuta";
    movement = "Movement", "Bewegung", "Movimiento", "Movimento", "Mouvement", "Movimento";
    balance = "Balance", "Guthaben", "Saldo", "Saldo", "Solde", "Saldo";
    opening_balance = "Opening balance", "Anfangsbestand", "Saldo inicial", "Saldo inicial", "Solde d’ouverture", "Saldo iniziale";
    closing_balance = "Closing balance", "Endbestand", "Saldo final", "Saldo final", "Solde de clôture", "Saldo finale";
    top_up = "Top-up", "Aufladung", "Recarga", "Recarga", "Rechargement", "Ricarica";
    usage = "Usage", "Verbrauch", "Consumo", "Consumo", "Consommation", "Consumo";
    reversal = "reversal", "Storno", "reversión", "estorno", "contre-passation", "storno";
    late_usage = "Usage of closed months", "Verbrauch abgeschlossener Monate", "Consumo de meses cerrados", "Consumo de meses fechados", "Consommation de mois clôturés", "Consumo di mesi chiusi";
    refund_to_balance = "Refund to the balance", "Erstattung auf das Guthaben", "Reembolso al saldo", "Reembolso ao saldo", "Remboursement sur le solde", "Rimborso sul saldo";
    paid_out = "Refund paid out", "Auszahlung", "Reembolso pagado", "Reembolso pago", "Remboursement versé", "Rimborso versato";
    settled_by_invoice = "Settled by invoice", "Mit Rechnung ausgeglichen", "Liquidado por factura", "Liquidado por fatura", "Réglé par facture", "Saldato con fattura";
    no_name = "name missing", "Name fehlt", "falta el nombre", "falta o nome", "nom manquant", "manca il nome";
    no_street = "street missing", "Straße fehlt", "falta la calle", "falta a rua", "rue manquante", "manca la via";
    no_town = "town missing", "Ort fehlt", "falta la población", "falta a cidade", "ville manquante", "manca la città";
    no_country = "country missing", "Land fehlt", "falta el país", "falta o país", "pays manquant", "manca il paese";
    no_number = "number missing", "Nummer fehlt", "falta el número", "falta o número", "numéro manquant", "manca il numero";
    no_day = "day missing", "Tag fehlt", "falta el día", "falta o dia", "jour manquant", "manca il giorno";
    no_text = "text missing", "Text fehlt", "falta el texto", "falta o texto", "texte manquant", "manca il testo";
    no_price = "price missing", "Preis fehlt", "falta el precio", "falta o preço", "prix manquant", "manca il prezzo";
    to = "to", "an", "para", "para", "à", "a";
}

impl Speech {
    pub(crate) fn title(self, kind: InvoiceKind) -> &'static str {
        match kind {
            InvoiceKind::Invoice => self.invoice(),
            InvoiceKind::Prepayment => self.prepayment(),
            InvoiceKind::CreditNote => self.credit_note(),
            InvoiceKind::Cancellation => self.cancellation(),
            InvoiceKind::Corrected => self.corrected(),
        }
    }

    /// `22 Sep 2026`, `22.09.2026`, `22/09/2026`.
    pub(crate) fn day(self, day: Date) -> String {
        match self.0 {
            Language::English => words::day(day),
            Language::German => day.format("%d.%m.%Y").to_string(),
            _ => day.format("%d/%m/%Y").to_string(),
        }
    }

    /// First and last day, in one where they are a whole month in English.
    pub(crate) fn days(self, from: Date, to: Date) -> String {
        let is_in_month = (from.year(), from.month()) == (to.year(), to.month());
        if self.0 == Language::English && is_in_month && from != to {
            return format!("{}–{}", from.day(), words::day(to));
        }
        if from == to {
            return self.day(from);
        }
        format!("{}{FIXED}– {}", self.day(from), self.day(to))
    }

    /// A number with at least so many decimals, and more where it has more.
    pub(crate) fn number(self, number: Decimal, least_decimals: u32) -> String {
        let (group, point) = match self.0 {
            Language::English => (',', '.'),
            // A narrow blank that no line ends with, and that search finds as a blank.
            Language::French => ('\u{202f}', ','),
            _ => ('.', ','),
        };
        let english = words::number(number, least_decimals);
        let told = english.chars().map(|c| match c {
            ',' => group,
            '.' => point,
            other => other,
        });
        told.collect()
    }

    pub(crate) fn cents(self, money: Money) -> String {
        self.number(money.amount(), Currency::CENT_DECIMALS)
    }

    /// An amount with at least so many decimals.
    pub(crate) fn number_of(self, money: Money, least_decimals: u32) -> String {
        self.number(money.amount(), least_decimals)
    }

    pub(crate) fn amount_in(self, currency: &str) -> String {
        format!("{} {currency}", self.amount())
    }

    pub(crate) fn price_in(self, currency: &str) -> String {
        format!("{} {currency}", self.price())
    }

    pub(crate) fn sum_of(self, group: &str) -> String {
        format!("{} {group}", self.sum())
    }

    /// `19 %`
    pub(crate) fn percent(self, percent: Decimal) -> String {
        format!("{}{FIXED}%", self.number(percent, 0))
    }

    /// `VAT 19 % of 950.28`
    pub(crate) fn vat_of(self, percent: Decimal, basis: Money) -> String {
        let on = self.0.pick(["of", "auf", "sobre", "sobre", "sur", "su"]);
        let (percent, basis) = (self.percent(percent), self.cents(basis));
        format!("{} {percent} {on} {basis}", self.vat())
    }

    /// `Please pay 1,130.83 EUR by 6 Oct 2026`
    pub(crate) fn please_pay(self, amount: &str, by: Date) -> String {
        let by = self.day(by);
        match self.0 {
            Language::English => format!("Please pay {amount} by {by}"),
            Language::German => format!("Bitte zahlen Sie {amount} bis zum {by}"),
            Language::Spanish => format!("Le rogamos pagar {amount} antes del {by}"),
            Language::Portuguese => format!("Por favor, pague {amount} até {by}"),
            Language::French => format!("Merci de payer {amount} avant le {by}"),
            Language::Italian => format!("Vi preghiamo di pagare {amount} entro il {by}"),
        }
    }

    /// `Open EUR`
    pub(crate) fn open_in(self, currency: &str) -> String {
        format!("{} {currency}", self.open())
    }

    /// `Balance EUR`
    pub(crate) fn balance_in(self, currency: &str) -> String {
        format!("{} {currency}", self.balance())
    }

    /// ` of 22 Sep 2026 to Hafenkontor`, behind the title.
    pub(crate) fn running_head(self, recipient: &str, day: Date) -> String {
        let of = self.0.pick(["of", "vom", "del", "de", "du", "del"]);
        format!(" {of} {} {} {recipient}", self.day(day), self.to())
    }

    /// The VAT in the seller's own currency, with its rate and who published it.
    pub(crate) fn vat_in_own(self, amount: &str, rate: &str, source: &str, on: Date) -> String {
        format!(
            "{} = {amount} ({rate}, {source}, {})",
            self.vat(),
            self.day(on)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_writes_days_and_numbers_its_own_way() {
        let day = hubledger_core::period::parse_date("2026-09-02").unwrap();
        let number = Decimal::from_str_exact("-1234567.5").unwrap();
        for (language, day_told, number_told) in [
            (Language::English, "2 Sep 2026", "\u{2212}1,234,567.50"),
            (Language::German, "02.09.2026", "\u{2212}1.234.567,50"),
            (Language::Spanish, "02/09/2026", "\u{2212}1.234.567,50"),
            (Language::Portuguese, "02/09/2026", "\u{2212}1.234.567,50"),
            (
                Language::French,
                "02/09/2026",
                "\u{2212}1\u{202f}234\u{202f}567,50",
            ),
            (Language::Italian, "02/09/2026", "\u{2212}1.234.567,50"),
        ] {
            assert_eq!(Speech(language).day(day), day_told);
            assert_eq!(Speech(language).number(number, 2), number_told);
        }
    }
}
