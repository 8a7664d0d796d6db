//! The VAT that a partner puts on its invoices to clients: which case a sale is, how the case is
//! coded in an e-invoice (UNCL 5305, VATEX), and the words that the law wants on the paper.
//! Not to be mixed up with `tax`, the VAT that 360Dialog puts on its own invoices.

use rust_decimal::Decimal;

use crate::country::Country;
use crate::language::Language;
use crate::period::Date;
use crate::vat_rate::vat_rates;

/// Why a line bears the VAT that it bears (BT-151, BT-152).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VatCase {
    /// The seller's standard rate, in percent.
    Standard { percent: Decimal },
    /// A reduced rate of the seller's country, in percent.
    Reduced { percent: Decimal },
    /// Taxed at 0 %.
    Zero,
    /// The seller is a small business that charges no VAT.
    SmallBusiness,
    /// Exempt for another reason, in the partner's words.
    Exempt { reason: String },
    /// The client owes the VAT.
    ReverseCharge,
    /// Goods that go to a business in another country of the EU.
    IntraEuGoods,
    /// Goods that leave the EU.
    Export,
    /// The place of supply lies outside the EU.
    OutsideScope,
}

impl VatCase {
    /// The code of the category (UNCL 5305).
    pub fn code(&self) -> &'static str {
        match self {
            Self::Standard { .. } | Self::Reduced { .. } => "S",
            Self::Zero => "Z",
            Self::SmallBusiness | Self::Exempt { .. } => "E",
            Self::ReverseCharge => "AE",
            Self::IntraEuGoods => "K",
            Self::Export => "G",
            Self::OutsideScope => "O",
        }
    }

    /// The rate in percent; none where VAT does not apply at all.
    pub fn percent(&self) -> Decimal {
        match self {
            Self::Standard { percent } | Self::Reduced { percent } => *percent,
            _ => Decimal::ZERO,
        }
    }

    /// The code of the reason why there is no VAT (BT-121), where the list of the EU has one.
    pub fn vatex(&self, seller: Country) -> Option<&'static str> {
        match self {
            Self::ReverseCharge => Some("VATEX-EU-AE"),
            Self::IntraEuGoods => Some("VATEX-EU-IC"),
            Self::Export => Some("VATEX-EU-G"),
            Self::OutsideScope => Some("VATEX-EU-O"),
            Self::SmallBusiness if seller.code() == "FR" => Some("VATEX-FR-FRANCHISE"),
            _ => None,
        }
    }

    /// The reason why there is no VAT, as the law words it in the recipient's language (BT-120);
    /// none where there is VAT, or a rate of zero.
    pub fn reason(&self, language: Language, seller: Country) -> Option<String> {
        let words = match self {
            Self::Standard { .. } | Self::Reduced { .. } | Self::Zero => return None,
            Self::Exempt { reason } => return Some(reason.clone()),
            Self::SmallBusiness => return Some(small_business(language, seller).to_owned()),
            Self::ReverseCharge => REVERSE_CHARGE,
            Self::IntraEuGoods => INTRA_EU_GOODS,
            Self::Export => EXPORT,
            Self::OutsideScope => OUTSIDE_SCOPE,
        };
        Some(language.pick(words).to_owned())
    }

    /// Whether the client's VAT ID must stand on the invoice (Article 226 no. 4).
    pub fn needs_buyer_vat_id(&self) -> bool {
        matches!(self, Self::ReverseCharge | Self::IntraEuGoods)
    }

    /// Whether a tax number is not enough and the seller's VAT ID must stand on the invoice.
    pub fn needs_seller_vat_id(&self) -> bool {
        matches!(
            self,
            Self::ReverseCharge | Self::IntraEuGoods | Self::Export
        )
    }
}

/// Which case a sale of services is, as the partner's invoices begin with. The partner may choose
/// another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProposedVat {
    Case(VatCase),
    /// The seller's own rate applies, and no source here tells it: the partner says it.
    AskForRate,
    /// The seller is outside the EU: its own law decides, which is not known here.
    AskForCase,
}

/// Which case the services of a partner to a client are (Articles 44 and 196 of the directive).
/// A client without a VAT ID in another country of the EU is taken for one that owes none: it
/// pays the VAT of the seller's country.
pub fn proposed_vat(
    seller: Country,
    small_business: bool,
    buyer: Country,
    buyer_has_vat_id: bool,
    on: Date,
) -> ProposedVat {
    if !seller.is_in_eu() {
        return ProposedVat::AskForCase;
    }
    if small_business {
        return ProposedVat::Case(VatCase::SmallBusiness);
    }
    match (buyer == seller, buyer.is_in_eu()) {
        (false, false) => ProposedVat::Case(VatCase::OutsideScope),
        (false, true) if buyer_has_vat_id => ProposedVat::Case(VatCase::ReverseCharge),
        _ => vat_rates(seller, on).map_or(ProposedVat::AskForRate, |rates| {
            ProposedVat::Case(VatCase::Standard {
                percent: rates.standard,
            })
        }),
    }
}

/// Directive 2006/112/EC, Article 226 no. 11a, in its language versions. A change of one letter
/// costs the client the deduction.
const REVERSE_CHARGE: [&str; 6] = [
    "Reverse charge",
    "Steuerschuldnerschaft des Leistungsempfängers",
    "Inversión del sujeto pasivo",
    "Autoliquidação",
    "Autoliquidation",
    "Inversione contabile",
];

const INTRA_EU_GOODS: [&str; 6] = [
    "VAT exempt intra-Community supply (Article 138 of Directive 2006/112/EC)",
    "Steuerfreie innergemeinschaftliche Lieferung",
    "Entrega intracomunitaria exenta de IVA (artículo 138 de la Directiva 2006/112/CE)",
    "Entrega intracomunitária isenta de IVA (artigo 138 da Diretiva 2006/112/CE)",
    "Livraison intracommunautaire exonérée de TVA (article 138 de la directive 2006/112/CE)",
    "Cessione intracomunitaria esente da IVA (articolo 138 della direttiva 2006/112/CE)",
];

const EXPORT: [&str; 6] = [
    "VAT exempt export (Article 146 of Directive 2006/112/EC)",
    "Steuerfreie Ausfuhrlieferung",
    "Exportación exenta de IVA (artículo 146 de la Directiva 2006/112/CE)",
    "Exportação isenta de IVA (artigo 146 da Diretiva 2006/112/CE)",
    "Exportation exonérée de TVA (article 146 de la directive 2006/112/CE)",
    "Esportazione esente da IVA (articolo 146 della direttiva 2006/112/CE)",
];

const OUTSIDE_SCOPE: [&str; 6] = [
    "Not subject to VAT: the place of supply is outside the EU (Article 44 of Directive 2006/112/EC)",
    "Nicht im Inland steuerbare Leistung: der Leistungsort liegt außerhalb der EU (Artikel 44 der Richtlinie 2006/112/EG)",
    "No sujeto a IVA: el lugar de realización está fuera de la UE (artículo 44 de la Directiva 2006/112/CE)",
    "Não sujeito a IVA: o lugar da prestação fica fora da UE (artigo 44 da Diretiva 2006/112/CE)",
    "Non soumis à la TVA : le lieu de la prestation est situé hors de l'UE (article 44 de la directive 2006/112/CE)",
    "Non soggetto a IVA: il luogo della prestazione è fuori dell'UE (articolo 44 della direttiva 2006/112/CE)",
];

/// Germany and France prescribe what their small businesses write; elsewhere the directive is named.
fn small_business(language: Language, seller: Country) -> &'static str {
    language.pick(match seller.code() {
        "DE" => [
            "VAT exempt: small business under section 19 UStG (Germany)",
            "Steuerfrei nach § 19 UStG (Kleinunternehmer)",
            "Exento de IVA: pequeña empresa según el § 19 UStG (Alemania)",
            "Isento de IVA: pequena empresa conforme o § 19 UStG (Alemanha)",
            "Exonéré de TVA : petite entreprise selon le § 19 UStG (Allemagne)",
            "Esente da IVA: piccola impresa ai sensi del § 19 UStG (Germania)",
        ],
        "FR" => ["TVA non applicable, article 293 B du CGI"; 6],
        _ => [
            "VAT exempt: special scheme for small enterprises (Article 284 of Directive 2006/112/EC)",
            "Steuerfrei: Sonderregelung für Kleinunternehmen (Artikel 284 der Richtlinie 2006/112/EG)",
            "Exento de IVA: régimen especial de las pequeñas empresas (artículo 284 de la Directiva 2006/112/CE)",
            "Isento de IVA: regime especial das pequenas empresas (artigo 284 da Diretiva 2006/112/CE)",
            "Exonéré de TVA : régime particulier des petites entreprises (article 284 de la directive 2006/112/CE)",
            "Esente da IVA: regime speciale per le piccole imprese (articolo 284 della direttiva 2006/112/CE)",
        ],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reverse_charge_is_worded_as_the_law_words_it() {
        let germany = Country::parse("DE").unwrap();
        for (language, words) in [
            ("en", "Reverse charge"),
            ("de", "Steuerschuldnerschaft des Leistungsempfängers"),
            ("es", "Inversión del sujeto pasivo"),
            ("pt-BR", "Autoliquidação"),
            ("fr", "Autoliquidation"),
            ("it", "Inversione contabile"),
        ] {
            let language = Language::parse(language).unwrap();
            assert_eq!(
                VatCase::ReverseCharge.reason(language, germany).as_deref(),
                Some(words)
            );
        }
    }

    #[test]
    fn countries_and_vat_ids_propose_the_case() {
        use crate::period::parse_date;
        let standard = |percent: i64| {
            let percent = percent.into();
            ProposedVat::Case(VatCase::Standard { percent })
        };
        let reverse_charge = ProposedVat::Case(VatCase::ReverseCharge);
        let outside = ProposedVat::Case(VatCase::OutsideScope);
        let small = ProposedVat::Case(VatCase::SmallBusiness);
        for (seller, is_small, buyer, has_vat_id, on, case) in [
            ("DE", false, "DE", true, "2026-11-28", standard(19)),
            ("DE", false, "DE", false, "2026-11-28", standard(19)),
            (
                "DE",
                false,
                "ES",
                true,
                "2026-11-28",
                reverse_charge.clone(),
            ),
            ("DE", false, "ES", false, "2026-11-28", standard(19)),
            ("DE", false, "BR", false, "2026-11-28", outside.clone()),
            ("DE", false, "GB", true, "2026-11-28", outside),
            ("DE", true, "ES", true, "2026-11-28", small),
            ("RO", false, "RO", true, "2025-07-31", standard(19)),
            ("RO", false, "RO", true, "2025-08-01", standard(21)),
            ("RO", false, "DE", true, "2025-08-01", reverse_charge),
            (
                "DE",
                false,
                "DE",
                true,
                "2019-01-01",
                ProposedVat::AskForRate,
            ),
            (
                "BR",
                false,
                "DE",
                true,
                "2026-11-28",
                ProposedVat::AskForCase,
            ),
        ] {
            let of = |code| Country::parse(code).unwrap();
            let day = parse_date(on).unwrap();
            assert_eq!(
                proposed_vat(of(seller), is_small, of(buyer), has_vat_id, day),
                case,
                "{seller} {buyer} {on}"
            );
        }
    }

    #[test]
    fn no_vat_has_a_reason_and_vat_has_none() {
        let germany = Country::parse("DE").unwrap();
        for (case, code, with_reason) in [
            (VatCase::Standard { percent: 19.into() }, "S", false),
            (VatCase::Reduced { percent: 7.into() }, "S", false),
            (VatCase::Zero, "Z", false),
            (VatCase::SmallBusiness, "E", true),
            (VatCase::ReverseCharge, "AE", true),
            (VatCase::IntraEuGoods, "K", true),
            (VatCase::Export, "G", true),
            (VatCase::OutsideScope, "O", true),
        ] {
            assert_eq!(case.code(), code);
            for language in Language::ALL {
                assert_eq!(case.reason(language, germany).is_some(), with_reason);
            }
        }
    }
}
