//! What copies of hub invoices say, in the language of the company that they are for. Each word
//! stands in the order of [`Language::ALL`], as in `speech`, whose words papers share. Plans, tiers
//! and Meta's markets keep their names, which stand so on 360Dialog's originals.

use hubledger_core::channel::Tier;
use hubledger_core::hub::{BillingModel, PartnerPlan, PaymentMethod};
use hubledger_core::hub_invoice::{HubInvoiceKind, InvoiceVat, LineKind};
use hubledger_core::language::Language;
use hubledger_core::period::{BillingPeriod, Date, Share};
use hubledger_core::seal::{Hash, hex, short};
use hubledger_core::tax::VatTreatment;
use hubledger_core::top_up::TopUpKind;
use hubledger_core::usage::Category;

use crate::speech::{FIXED, Speech, spoken};
use crate::words::ISSUER;

spoken! {
    copy = "Hubledger bookkeeping copy", "Buchhaltungskopie von Hubledger", "Copia contable de Hubledger", "Cópia contábil do Hubledger", "Copie comptable de Hubledger", "Copia contabile di Hubledger";
    issuer_town = "Berlin", "Berlin", "Berlín", "Berlim", "Berlin", "Berlino";
    copy_reference = "Reference", "Referenz", "Referencia", "Referência", "Référence", "Riferimento";
    issue_day = "Issued", "Ausgestellt", "Emisión", "Emissão", "Émission", "Emissione";
    hub_name = "Hub name", "Name des Hubs", "Nombre del hub", "Nome do hub", "Nom du hub", "Nome dell’hub";
    billing_model = "Billing model", "Abrechnungsmodell", "Modelo de facturación", "Modelo de faturamento", "Modèle de facturation", "Modello di fatturazione";
    category_name = "Category", "Kategorie", "Categoría", "Categoria", "Catégorie", "Categoria";
    market = "Market", "Markt", "Mercado", "Mercado", "Marché", "Mercato";
    monthly_price = "Monthly price", "Monatspreis", "Precio mensual", "Preço mensal", "Prix mensuel", "Prezzo mensile";
    usage_of_the_month = "Usage of the month", "Verbrauch des Monats", "Consumo del mes", "Consumo do mês", "Consommation du mois", "Consumo del mese";
    balance_of_the_month = "Balance of the month", "Guthaben des Monats", "Saldo del mes", "Saldo do mês", "Solde du mois", "Saldo del mese";
    starting_balance = "Starting balance", "Anfangsbestand", "Saldo inicial", "Saldo inicial", "Solde initial", "Saldo iniziale";
    added_funds = "Total added funds", "Aufladungen gesamt", "Total de fondos añadidos", "Total de fundos adicionados", "Total des fonds ajoutés", "Totale dei fondi aggiunti";
    total_usage = "Total usage", "Verbrauch gesamt", "Consumo total", "Consumo total", "Consommation totale", "Consumo totale";
    reconciliation = "Usage reconciliation", "Verbrauchsabgleich", "Conciliación del consumo", "Conciliação do consumo", "Rapprochement de la consommation", "Riconciliazione del consumo";
    included_in_usage = "included in the usage", "im Verbrauch enthalten", "incluida en el consumo", "incluída no consumo", "inclus dans la consommation", "inclusa nel consumo";
    refunds_to_balance = "Total refunds to the balance", "Erstattungen auf das Guthaben gesamt", "Total de reembolsos al saldo", "Total de reembolsos ao saldo", "Total des remboursements sur le solde", "Totale dei rimborsi sul saldo";
    refunds_paid_out = "Total refunds paid out", "Auszahlungen gesamt", "Total de reembolsos pagados", "Total de reembolsos pagos", "Total des remboursements versés", "Totale dei rimborsi versati";
    ending_balance = "Ending balance", "Endbestand", "Saldo final", "Saldo final", "Solde final", "Saldo finale";
    annex = "What the usage is made of", "Zusammensetzung des Verbrauchs", "Composición del consumo", "Composição do consumo", "Composition de la consommation", "Composizione del consumo";
    annex_note = "By channel, unrounded. The sum is rounded to whole cents once, on the invoice.", "Nach Kanal, ungerundet. Die Summe wird einmal auf ganze Cent gerundet, auf der Rechnung.", "Por canal, sin redondear. La suma se redondea a céntimos una sola vez, en la factura.", "Por canal, sem arredondar. A soma é arredondada para centavos uma única vez, na fatura.", "Par canal, sans arrondi. La somme n’est arrondie au centime qu’une fois, sur la facture.", "Per canale, senza arrotondamenti. La somma è arrotondata al centesimo una sola volta, in fattura.";
    late_note = "Rows marked late are usage of closed months: the usage reconciliation.", "Zeilen mit dem Zusatz „nachträglich“ sind Verbrauch abgeschlossener Monate: der Verbrauchsabgleich.", "Las filas marcadas como «tardío» son consumo de meses cerrados: la conciliación del consumo.", "As linhas marcadas como “tardio” são consumo de meses fechados: a conciliação do consumo.", "Les lignes marquées «\u{a0}tardif\u{a0}» sont de la consommation de mois clôturés\u{a0}: le rapprochement de la consommation.", "Le righe contrassegnate «tardivo» sono consumo di mesi chiusi: la riconciliazione del consumo.";
    estimate_note = "Rows marked estimate have no price of their day: they stand at the last card's, or at the list price.", "Zeilen mit dem Zusatz „geschätzt“ haben keinen Preis ihres Tages: Sie stehen zum Preis der letzten Preisliste oder zum Listenpreis.", "Las filas marcadas como «estimado» no tienen precio de su día: figuran al de la última lista de precios o al precio de lista.", "As linhas marcadas como “estimado” não têm preço do seu dia: figuram ao da última tabela de preços ou ao preço de tabela.", "Les lignes marquées «\u{a0}estimé\u{a0}» n’ont pas de prix pour leur jour\u{a0}: elles sont au prix de la dernière grille tarifaire ou au prix catalogue.", "Le righe contrassegnate «stimato» non hanno un prezzo del loro giorno: stanno a quello dell’ultimo listino o al prezzo di listino.";
    all_channels = "All channels", "Alle Kanäle", "Todos los canales", "Todos os canais", "Tous les canaux", "Tutti i canali";
    late = "late", "nachträglich", "tardío", "tardio", "tardif", "tardivo";
    free = "free", "kostenlos", "gratis", "grátis", "gratuit", "gratuito";
    estimate = "estimate", "geschätzt", "estimado", "estimado", "estimé", "stimato";
    no_market = "not named", "nicht genannt", "sin indicar", "não informado", "non précisé", "non indicato";
    seal_of_the_month = "Seal of the month", "Siegel des Monats", "Sello del mes", "Selo do mês", "Sceau du mois", "Sigillo del mese";
    no_number_yet = "not yet entered", "noch nicht eingetragen", "aún sin anotar", "ainda não anotado", "pas encore saisi", "non ancora inserito";
    preview = "Preview: the month is open and sums may change.", "Vorschau: Der Monat ist offen, Summen können sich noch ändern.", "Vista previa: el mes está abierto y las sumas pueden cambiar.", "Prévia: o mês está aberto e as somas podem mudar.", "Aperçu\u{a0}: le mois est ouvert et les sommes peuvent changer.", "Anteprima: il mese è aperto e le somme possono cambiare.";
    partner_plan = "Partner plan", "Partnerplan", "Plan de partner", "Plano de parceiro", "Forfait partenaire", "Piano partner";
    licence_fees = "Licence fees", "Lizenzgebühren", "Licencias", "Licenças", "Frais de licence", "Canoni di licenza";
    pro_rata_fees = "Pro-rata licence fees", "Anteilige Lizenzgebühren", "Licencias prorrateadas", "Licenças proporcionais", "Frais de licence au prorata", "Canoni di licenza pro rata";
    month_closing = "Month closing invoice", "Monatsabschlussrechnung", "Factura de cierre de mes", "Fatura de fechamento do mês", "Facture de clôture du mois", "Fattura di chiusura del mese";
    amount_payable = "Amount payable", "Zahlbetrag", "Importe a pagar", "Valor a pagar", "Montant à payer", "Importo da pagare";
    licence_word = "Licence", "Lizenz", "Licencia", "Licença", "Licence", "Licenza";
    instead_of = "instead of", "statt", "en lugar de", "em vez de", "au lieu de", "invece di";
    messages = "Messages", "Nachrichten", "Mensajes", "Mensagens", "Messages", "Messaggi";
    calls = "Calls", "Anrufe", "Llamadas", "Chamadas", "Appels", "Chiamate";
    came_late = "usage of closed months that came late", "nachträglicher Verbrauch abgeschlossener Monate", "consumo tardío de meses cerrados", "consumo tardio de meses fechados", "consommation tardive de mois clôturés", "consumo tardivo di mesi chiusi";
    settled_with_balance = "Settled with balance", "Mit Guthaben verrechnet", "Liquidado con el saldo", "Liquidado com o saldo", "Réglé par le solde", "Saldato con il saldo";
    earlier_shortfall = "Balance short before this month's usage", "Fehlbetrag vor dem Verbrauch des Monats", "Saldo insuficiente antes del consumo del mes", "Saldo insuficiente antes do consumo do mês", "Solde insuffisant avant la consommation du mois", "Saldo insufficiente prima del consumo del mese";
    credited_to_balance = "Usage corrections added to the balance", "Dem Guthaben gutgeschriebene Verbrauchskorrekturen", "Correcciones de consumo abonadas al saldo", "Correções de consumo creditadas ao saldo", "Corrections de consommation portées au solde", "Correzioni di consumo accreditate sul saldo";
    transaction_fee = "Transaction fee", "Transaktionsgebühr", "Comisión de transacción", "Taxa de transação", "Frais de transaction", "Commissione di transazione";
    share_of = "of", "von", "de", "de", "de", "di";
    reverse_charge = "VAT, reverse charge on", "USt., Reverse-Charge auf", "IVA, inversión del sujeto pasivo sobre", "IVA, autoliquidação sobre", "TVA, autoliquidation sur", "IVA, inversione contabile su";
    no_german_vat = "No German VAT on", "Keine deutsche USt. auf", "Sin IVA alemán sobre", "Sem IVA alemão sobre", "Sans TVA allemande sur", "Senza IVA tedesca su";
    reverse_charge_reason = "Reverse charge: VAT is owed by the recipient (Art. 196 VAT Directive).", "Steuerschuldnerschaft des Leistungsempfängers (Art. 196 MwStSystRL).", "Inversión del sujeto pasivo: el IVA lo debe el destinatario (art. 196 de la Directiva del IVA).", "Autoliquidação: o IVA é devido pelo destinatário (art. 196 da Diretiva do IVA).", "Autoliquidation\u{a0}: la TVA est due par le preneur (art. 196 de la directive TVA).", "Inversione contabile: l’IVA è dovuta dal destinatario (art. 196 della direttiva IVA).";
    vat_id_of_recipient = "VAT ID of the recipient:", "USt-IdNr. des Leistungsempfängers:", "NIF-IVA del destinatario:", "NIF-IVA do destinatário:", "N° de TVA du preneur\u{a0}:", "Partita IVA del destinatario:";
    outside_eu_reason = "Not subject to German VAT: recipient outside the EU.", "In Deutschland nicht steuerbar: Der Leistungsempfänger sitzt außerhalb der EU.", "No sujeto al IVA alemán: destinatario fuera de la UE.", "Não sujeito ao IVA alemão: destinatário fora da UE.", "Non soumis à la TVA allemande\u{a0}: preneur établi hors de l’UE.", "Non soggetto all’IVA tedesca: destinatario fuori dall’UE.";
}

const MONTHS: [[&str; 6]; 12] = [
    [
        "January", "Januar", "enero", "janeiro", "janvier", "gennaio",
    ],
    [
        "February",
        "Februar",
        "febrero",
        "fevereiro",
        "février",
        "febbraio",
    ],
    ["March", "März", "marzo", "março", "mars", "marzo"],
    ["April", "April", "abril", "abril", "avril", "aprile"],
    ["May", "Mai", "mayo", "maio", "mai", "maggio"],
    ["June", "Juni", "junio", "junho", "juin", "giugno"],
    ["July", "Juli", "julio", "julho", "juillet", "luglio"],
    ["August", "August", "agosto", "agosto", "août", "agosto"],
    [
        "September",
        "September",
        "septiembre",
        "setembro",
        "septembre",
        "settembre",
    ],
    [
        "October", "Oktober", "octubre", "outubro", "octobre", "ottobre",
    ],
    [
        "November",
        "November",
        "noviembre",
        "novembro",
        "novembre",
        "novembre",
    ],
    [
        "December",
        "Dezember",
        "diciembre",
        "dezembro",
        "décembre",
        "dicembre",
    ],
];

impl Speech {
    /// The seal as pages print it, below what the paper is.
    pub(super) fn seal(self, seal: Hash) -> String {
        format!("{} {}", self.seal_of_the_month(), short(seal))
    }

    /// The whole seal, for machines.
    pub(super) fn sealed(self, seal: Hash) -> String {
        let colon = self.0.pick([":", ":", ":", ":", "\u{a0}:", ":"]);
        format!("{}, SHA-256{colon} {}", self.seal_of_the_month(), hex(seal))
    }

    /// The framed line on every page.
    pub(super) fn notice(self, vendor_number: Option<&str>, frozen: bool) -> String {
        let number = vendor_number.map_or(self.no_number_yet(), str::trim);
        let copy = match self.0 {
            Language::English => {
                format!("Bookkeeping copy. The original is the invoice of {ISSUER}, no. {number}")
            }
            Language::German => {
                format!(
                    "Buchhaltungskopie. Original ist die Rechnung der {ISSUER}, Nr.\u{a0}{number}"
                )
            }
            Language::Spanish => {
                format!("Copia contable. El original es la factura de {ISSUER}, n.º\u{a0}{number}")
            }
            Language::Portuguese => {
                format!("Cópia contábil. O original é a fatura da {ISSUER}, n.º\u{a0}{number}")
            }
            Language::French => {
                format!("Copie comptable. L’original est la facture de {ISSUER}, n°\u{a0}{number}")
            }
            Language::Italian => {
                format!("Copia contabile. L’originale è la fattura di {ISSUER}, n.\u{a0}{number}")
            }
        };
        // A number may end in a full stop of its own.
        let copy = format!("{}.", copy.trim_end_matches('.'));
        if frozen {
            copy
        } else {
            format!("{} {copy}", self.preview())
        }
    }

    pub(super) fn copy_title(self, kind: HubInvoiceKind) -> &'static str {
        match kind {
            HubInvoiceKind::PartnerPlan => self.partner_plan(),
            HubInvoiceKind::Licence => self.licence_fees(),
            HubInvoiceKind::ProRataLicence => self.pro_rata_fees(),
            HubInvoiceKind::TopUp(_) => self.top_up(),
            HubInvoiceKind::MonthClosing => self.month_closing(),
        }
    }

    /// `August 2026, issued 22 Sep 2026`
    pub(super) fn subtitle(self, period: BillingPeriod, issued_on: Date) -> String {
        let issued = self.0.pick([
            "issued",
            "ausgestellt am",
            "emitida el",
            "emitida em",
            "émise le",
            "emessa il",
        ]);
        let text = format!("{}, {issued} {}", self.month(period), self.day(issued_on));
        // It stands alone, so that it begins like a sentence.
        let mut letters = text.chars();
        let first = letters
            .next()
            .map_or(String::new(), |c| c.to_uppercase().collect());
        first + letters.as_str()
    }

    /// `August 2026`
    fn month(self, period: BillingPeriod) -> String {
        let at = period
            .month()
            .checked_sub(1)
            .and_then(|at| usize::try_from(at).ok());
        let names = at.and_then(|at| MONTHS.get(at)).copied();
        let name = self.0.pick(names.unwrap_or_default());
        let of = self.0.pick(["", "", "de ", "de ", "", ""]);
        format!("{name} {of}{}", period.year())
    }

    /// First and last day of a month.
    pub(super) fn days_of(self, period: BillingPeriod) -> String {
        self.days(period.first_day(), period.last_day())
    }

    /// What is to be paid in the end.
    pub(super) fn copy_gross(self, kind: HubInvoiceKind) -> &'static str {
        match kind {
            HubInvoiceKind::MonthClosing => self.amount_payable(),
            _ => self.gross(),
        }
    }

    pub(super) fn monthly_price_in(self, currency: &str) -> String {
        format!("{} {currency}", self.monthly_price())
    }

    /// What a line is for, and what more there is to say of it.
    pub(super) fn line(self, kind: &LineKind) -> (String, String) {
        let said = |what: &str, more: &str| (what.to_owned(), more.to_owned());
        match kind {
            LineKind::Plan {
                plan: of,
                from,
                share,
            } => (
                self.plan(*of),
                from.zip(*share).map_or(String::new(), |(from, share)| {
                    self.part_of_month(share, from)
                }),
            ),
            LineKind::PlanUpgrade {
                before,
                plan: of,
                from,
                share,
            } => (
                format!("{} {} {}", self.plan(*of), self.instead_of(), plan(*before)),
                self.part_of_month(*share, *from),
            ),
            LineKind::Licence { tier: of } => (self.licence(*of), String::new()),
            LineKind::ProRataLicence {
                tier: of,
                from,
                share,
            } => (self.licence(*of), self.part_of_month(*share, *from)),
            LineKind::TierUpgrade {
                before,
                tier: of,
                from,
                share,
            } => (
                format!(
                    "{} {} {}",
                    self.licence(*of),
                    self.instead_of(),
                    tier(*before)
                ),
                self.part_of_month(*share, *from),
            ),
            LineKind::LateLicence {
                tier: of,
                month,
                share,
            } => (self.licence(*of), self.late_for(*month, *share)),
            LineKind::TopUp { kind, method, on } => {
                let of = self.0.pick(["of", "vom", "del", "de", "du", "del"]);
                (
                    format!("{} {of} {}", self.top_up(), self.day(*on)),
                    self.made_and_paid(*kind, *method),
                )
            }
            LineKind::Messages => said(self.messages(), ""),
            LineKind::Calls => said(self.calls(), ""),
            LineKind::UsageReconciliation => said(self.reconciliation(), self.came_late()),
            LineKind::SettledWithBalance => said(self.settled_with_balance(), ""),
            LineKind::EarlierShortfall => said(self.earlier_shortfall(), ""),
            LineKind::CreditedToBalance => said(self.credited_to_balance(), ""),
            LineKind::CardFee { percent, base } => (
                format!(
                    "{}, {} % {} {}",
                    self.transaction_fee(),
                    self.number(*percent, 0),
                    self.share_of(),
                    self.cents(*base)
                ),
                String::new(),
            ),
        }
    }

    fn plan(self, of: PartnerPlan) -> String {
        format!("{} {}", self.partner_plan(), plan(of))
    }

    fn licence(self, of: Tier) -> String {
        format!("{} {}", self.licence_word(), tier(of))
    }

    /// `15 of 31 days from 17 Aug 2026`, in one line.
    fn part_of_month(self, share: Share, from: Date) -> String {
        let since = self.0.pick([
            "from",
            "ab",
            "desde el",
            "a partir de",
            "à partir du",
            "dal",
        ]);
        let text = format!("{} {since} {}", self.days_in(share), self.day(from));
        text.replace(' ', &FIXED.to_string())
    }

    /// `15 of 31 days`
    fn days_in(self, Share { days, of, .. }: Share) -> String {
        match (self.0, days) {
            (Language::English, _) => format!("{days} of {of} days"),
            (Language::German, _) => format!("{days} von {of} Tagen"),
            (Language::Spanish, _) => format!("{days} de {of} días"),
            (Language::Portuguese, _) => format!("{days} de {of} dias"),
            (Language::French, 1) => format!("1 jour sur {of}"),
            (Language::French, _) => format!("{days} jours sur {of}"),
            (Language::Italian, 1) => format!("1 giorno su {of}"),
            (Language::Italian, _) => format!("{days} giorni su {of}"),
        }
    }

    fn late_for(self, month: BillingPeriod, share: Option<Share>) -> String {
        let late = self.0.pick([
            "late, for",
            "nachberechnet für",
            "tardía, de",
            "tardia, de",
            "tardive, pour",
            "tardiva, per",
        ]);
        let days = share.map_or(String::new(), |share| format!(", {}", self.days_in(share)));
        format!("{late} {}{days}", self.month(month))
    }

    /// `manual, paid by card`
    fn made_and_paid(self, kind: TopUpKind, method: PaymentMethod) -> String {
        let made = self.0.pick(match kind {
            TopUpKind::Manual => ["manual", "manuell", "manual", "manual", "manuel", "manuale"],
            TopUpKind::Automatic => [
                "automatic",
                "automatisch",
                "automática",
                "automática",
                "automatique",
                "automatica",
            ],
            TopUpKind::Emergency => [
                "emergency",
                "Notfall",
                "de emergencia",
                "de emergência",
                "d’urgence",
                "d’emergenza",
            ],
        });
        let method = match method {
            PaymentMethod::Card => self
                .0
                .pick(["card", "Karte", "tarjeta", "cartão", "carte", "carta"]),
            PaymentMethod::Pix => "Pix",
            PaymentMethod::Boleto => "Boleto",
        };
        match self.0 {
            Language::English => format!("{made}, paid by {method}"),
            Language::German => format!("{made}, mit {method} bezahlt"),
            Language::Spanish => format!("{made}, pagada con {method}"),
            Language::Portuguese => format!("{made}, paga com {method}"),
            Language::French => format!("{made}, payé par {method}"),
            Language::Italian => format!("{made}, pagata con {method}"),
        }
    }

    pub(super) fn category(self, category: Category) -> &'static str {
        self.0.pick(match category {
            Category::Marketing => [
                "Marketing messages",
                "Marketingnachrichten",
                "Mensajes de marketing",
                "Mensagens de marketing",
                "Messages marketing",
                "Messaggi di marketing",
            ],
            Category::MarketingLite => [
                "Marketing Lite messages",
                "Marketing-Lite-Nachrichten",
                "Mensajes de Marketing Lite",
                "Mensagens de Marketing Lite",
                "Messages Marketing Lite",
                "Messaggi Marketing Lite",
            ],
            Category::Utility => [
                "Utility messages",
                "Utility-Nachrichten",
                "Mensajes de utilidad",
                "Mensagens de utilidade",
                "Messages utilitaires",
                "Messaggi di utilità",
            ],
            Category::Authentication => [
                "Authentication messages",
                "Authentifizierungsnachrichten",
                "Mensajes de autenticación",
                "Mensagens de autenticação",
                "Messages d’authentification",
                "Messaggi di autenticazione",
            ],
            Category::AuthenticationInternational => [
                "Authentication messages, international",
                "Authentifizierungsnachrichten, international",
                "Mensajes de autenticación internacional",
                "Mensagens de autenticação internacional",
                "Messages d’authentification internationale",
                "Messaggi di autenticazione internazionale",
            ],
            Category::Service => [
                "Service messages",
                "Servicenachrichten",
                "Mensajes de servicio",
                "Mensagens de serviço",
                "Messages de service",
                "Messaggi di servizio",
            ],
            Category::Call => [
                "Calls, in pulses of 6 seconds",
                "Anrufe, in Takten von 6 Sekunden",
                "Llamadas, en pulsos de 6 segundos",
                "Chamadas, em pulsos de 6 segundos",
                "Appels, par impulsions de 6 secondes",
                "Chiamate, a scatti di 6 secondi",
            ],
        })
    }

    /// The VAT line: its rate and what the rate is on.
    pub(super) fn copy_vat(self, vat: &InvoiceVat) -> String {
        let base = self.cents(vat.base);
        match vat.treatment {
            VatTreatment::Standard => {
                let on = self.0.pick(["of", "auf", "sobre", "sobre", "sur", "su"]);
                let percent = self.number(vat.treatment.percent(), 0);
                format!("{} {percent} % {on} {base}", self.vat())
            }
            VatTreatment::ReverseCharge => format!("{} {base}", self.reverse_charge()),
            VatTreatment::OutsideEu => format!("{} {base}", self.no_german_vat()),
        }
    }

    /// Why no VAT is charged.
    pub(super) fn no_vat_reason(
        self,
        treatment: VatTreatment,
        vat_id: Option<&str>,
    ) -> Option<String> {
        match treatment {
            VatTreatment::Standard => None,
            VatTreatment::ReverseCharge => {
                let id = vat_id.map_or(String::new(), |id| {
                    format!(" {} {id}.", self.vat_id_of_recipient())
                });
                Some(format!("{}{id}", self.reverse_charge_reason()))
            }
            VatTreatment::OutsideEu => Some(self.outside_eu_reason().to_owned()),
        }
    }
}

pub(super) fn model(model: BillingModel) -> &'static str {
    match model {
        BillingModel::PartnerPaid => "Partner-Paid",
        BillingModel::DirectPaid => "Direct-Paid",
    }
}

fn plan(plan: PartnerPlan) -> &'static str {
    match plan {
        PartnerPlan::Growth => "Growth",
        PartnerPlan::Premium => "Premium",
    }
}

fn tier(tier: Tier) -> &'static str {
    match tier {
        Tier::Regular => "Regular",
        Tier::Premium => "Premium",
        Tier::HigherThroughput => "Higher Throughput",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_months_are_written_out() {
        let september = BillingPeriod::parse("2026-09").unwrap();
        let english = Speech(Language::English);
        assert_eq!(english.days_of(september), "1–30 Sep 2026");
        assert_eq!(english.month(september), "September 2026");
        assert_eq!(english.day(september.last_day()), "30 Sep 2026");
        for (language, told) in [
            (
                Language::German,
                "September 2026, ausgestellt am 30.09.2026",
            ),
            (
                Language::Spanish,
                "Septiembre de 2026, emitida el 30/09/2026",
            ),
            (
                Language::Portuguese,
                "Setembro de 2026, emitida em 30/09/2026",
            ),
            (Language::French, "Septembre 2026, émise le 30/09/2026"),
            (Language::Italian, "Settembre 2026, emessa il 30/09/2026"),
        ] {
            let speech = Speech(language);
            assert_eq!(speech.subtitle(september, september.last_day()), told);
        }
    }

    #[test]
    fn the_framed_line_names_the_original_and_an_open_month() {
        let english = Speech(Language::English);
        assert_eq!(
            english.notice(Some("INV-77"), true),
            "Bookkeeping copy. The original is the invoice of 360dialog GmbH, no. INV-77."
        );
        for language in Language::ALL {
            let speech = Speech(language);
            let no_number = format!("{}.", speech.no_number_yet());
            assert!(speech.notice(None, true).ends_with(&no_number));
            assert!(speech.notice(None, false).starts_with(speech.preview()));
            assert!(speech.notice(Some("7."), true).ends_with("7."));
        }
    }
}
