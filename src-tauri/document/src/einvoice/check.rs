//! Reads a finished e-invoice back and holds it to rules of EN 16931: what must be there, and every
//! sum to the cent, where the official schematrons forgive a whole unit. What it finds is compared
//! with the invoice of the book, so that paper, XML and ledger say one thing.

use hubledger_core::client_invoice::ClientInvoice;
use hubledger_core::currency::Currency;
use hubledger_core::money::{Money, Rounding};
use rust_decimal::Decimal;

use super::profile::Profile;
use super::read::{Element, read};

/// The version of the rules that are held here.
pub const RULES_VERSION: &str = "EN 16931-1:2017+A1:2019";

/// A line as it was read.
struct Line<'a> {
    name: &'a str,
    unit: &'a str,
    quantity: Option<Decimal>,
    price: Option<Decimal>,
    net: Option<Decimal>,
    category: &'a str,
    rate: &'a str,
}

/// The VAT of a category and rate as it was read.
struct Vat<'a> {
    basis: Option<Decimal>,
    vat: Option<Decimal>,
    category: &'a str,
    rate: &'a str,
    reason: &'a str,
}

/// What a file says, whichever its syntax.
struct Facts<'a> {
    specification: &'a str,
    number: &'a str,
    /// As `20261128`.
    day: String,
    kind: &'a str,
    currency: &'a str,
    own_currency: &'a str,
    /// Name, country, VAT ID.
    seller: [&'a str; 3],
    buyer: [&'a str; 3],
    seller_tax_number: &'a str,
    lines: Vec<Line<'a>>,
    vat: Vec<Vat<'a>>,
    /// BT-106, BT-109, BT-110, BT-112, BT-115.
    line_total: Option<Decimal>,
    net: Option<Decimal>,
    vat_total: Option<Decimal>,
    own_vat: Option<Decimal>,
    gross: Option<Decimal>,
    prepaid: Option<Decimal>,
    rounding: Option<Decimal>,
    due: Option<Decimal>,
    references: Vec<&'a str>,
    money: Currency,
}

fn number(text: &str) -> Option<Decimal> {
    Decimal::from_str_exact(text).ok()
}

/// The amount of the tax totals that is in a currency.
fn in_currency(totals: &[&Element], currency: &str) -> Option<Decimal> {
    let found = totals
        .iter()
        .find(|total| total.attribute("currencyID") == currency);
    found.and_then(|total| number(total.own_text()))
}

fn of_cii(root: &Element, money: Currency) -> Facts<'_> {
    const TRADE: &str = "SupplyChainTradeTransaction";
    let settled = format!("{TRADE}/ApplicableHeaderTradeSettlement");
    let agreed = format!("{TRADE}/ApplicableHeaderTradeAgreement");
    let sums = format!("{settled}/SpecifiedTradeSettlementHeaderMonetarySummation");
    let sum = |name: &str| number(root.text(&format!("{sums}/{name}")));
    let registered = |party: &str, scheme: &str| {
        let ids = root.all(&format!("{agreed}/{party}/SpecifiedTaxRegistration/ID"));
        let id = ids
            .into_iter()
            .find(|id| id.attribute("schemeID") == scheme);
        id.map_or("", Element::own_text)
    };
    let party = |party: &str| {
        [
            root.text(&format!("{agreed}/{party}/Name")),
            root.text(&format!("{agreed}/{party}/PostalTradeAddress/CountryID")),
            registered(party, "VA"),
        ]
    };
    let currency = root.text(&format!("{settled}/InvoiceCurrencyCode"));
    let own_currency = root.text(&format!("{settled}/TaxCurrencyCode"));
    let totals = root.all(&format!("{sums}/TaxTotalAmount"));
    let items = root.all(&format!("{TRADE}/IncludedSupplyChainTradeLineItem"));
    let breakdown = root.all(&format!("{settled}/ApplicableTradeTax"));
    let references = root.all(&format!("{settled}/InvoiceReferencedDocument"));
    Facts {
        specification: root
            .text("ExchangedDocumentContext/GuidelineSpecifiedDocumentContextParameter/ID"),
        number: root.text("ExchangedDocument/ID"),
        day: root
            .text("ExchangedDocument/IssueDateTime/DateTimeString")
            .to_owned(),
        kind: root.text("ExchangedDocument/TypeCode"),
        currency,
        own_currency,
        seller: party("SellerTradeParty"),
        buyer: party("BuyerTradeParty"),
        seller_tax_number: registered("SellerTradeParty", "FC"),
        lines: items.into_iter().map(cii_line).collect(),
        vat: breakdown
            .into_iter()
            .map(|tax| Vat {
                basis: number(tax.text("BasisAmount")),
                vat: number(tax.text("CalculatedAmount")),
                category: tax.text("CategoryCode"),
                rate: tax.text("RateApplicablePercent"),
                reason: tax.text("ExemptionReason"),
            })
            .collect(),
        line_total: sum("LineTotalAmount"),
        net: sum("TaxBasisTotalAmount"),
        vat_total: in_currency(&totals, currency),
        own_vat: in_currency(&totals, own_currency),
        gross: sum("GrandTotalAmount"),
        prepaid: sum("TotalPrepaidAmount"),
        rounding: sum("RoundingAmount"),
        due: sum("DuePayableAmount"),
        references: references
            .into_iter()
            .map(|reference| reference.text("IssuerAssignedID"))
            .collect(),
        money,
    }
}

fn cii_line(item: &Element) -> Line<'_> {
    let quantity = item.all("SpecifiedLineTradeDelivery/BilledQuantity");
    let settled = |path: &str| item.text(&format!("SpecifiedLineTradeSettlement/{path}"));
    Line {
        name: item.text("SpecifiedTradeProduct/Name"),
        unit: quantity.first().map_or("", |q| q.attribute("unitCode")),
        quantity: quantity.first().and_then(|q| number(q.own_text())),
        price: number(
            item.text("SpecifiedLineTradeAgreement/NetPriceProductTradePrice/ChargeAmount"),
        ),
        net: number(settled(
            "SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount",
        )),
        category: settled("ApplicableTradeTax/CategoryCode"),
        rate: settled("ApplicableTradeTax/RateApplicablePercent"),
    }
}

fn of_ubl(root: &Element, money: Currency) -> Facts<'_> {
    let is_credit = root.name() == "CreditNote";
    let (kind, line, quantity) = if is_credit {
        ("CreditNoteTypeCode", "CreditNoteLine", "CreditedQuantity")
    } else {
        ("InvoiceTypeCode", "InvoiceLine", "InvoicedQuantity")
    };
    let registered = |party: &str, scheme: &str| {
        let ids = root.all(&format!("{party}/Party/PartyTaxScheme"));
        let id = ids.into_iter().find(|id| id.text("TaxScheme/ID") == scheme);
        id.map_or("", |id| id.text("CompanyID"))
    };
    let party = |party: &str| {
        let path = |path: &str| format!("{party}/Party/{path}");
        [
            root.text(&path("PartyLegalEntity/RegistrationName")),
            root.text(&path("PostalAddress/Country/IdentificationCode")),
            registered(party, "VAT"),
        ]
    };
    let sum = |name: &str| number(root.text(&format!("LegalMonetaryTotal/{name}")));
    let currency = root.text("DocumentCurrencyCode");
    let own_currency = root.text("TaxCurrencyCode");
    let totals = root.all("TaxTotal/TaxAmount");
    Facts {
        specification: root.text("CustomizationID"),
        number: root.text("ID"),
        day: root.text("IssueDate").replace('-', ""),
        kind: root.text(kind),
        currency,
        own_currency,
        seller: party("AccountingSupplierParty"),
        buyer: party("AccountingCustomerParty"),
        seller_tax_number: registered("AccountingSupplierParty", "FC"),
        lines: root
            .all(line)
            .into_iter()
            .map(|item| ubl_line(item, quantity))
            .collect(),
        vat: root
            .all("TaxTotal/TaxSubtotal")
            .into_iter()
            .map(|tax| Vat {
                basis: number(tax.text("TaxableAmount")),
                vat: number(tax.text("TaxAmount")),
                category: tax.text("TaxCategory/ID"),
                rate: tax.text("TaxCategory/Percent"),
                reason: tax.text("TaxCategory/TaxExemptionReason"),
            })
            .collect(),
        line_total: sum("LineExtensionAmount"),
        net: sum("TaxExclusiveAmount"),
        vat_total: in_currency(&totals, currency),
        own_vat: in_currency(&totals, own_currency),
        gross: sum("TaxInclusiveAmount"),
        prepaid: sum("PrepaidAmount"),
        rounding: sum("PayableRoundingAmount"),
        due: sum("PayableAmount"),
        references: root
            .all("BillingReference/InvoiceDocumentReference")
            .into_iter()
            .map(|reference| reference.text("ID"))
            .collect(),
        money,
    }
}

fn ubl_line<'a>(item: &'a Element, quantity: &str) -> Line<'a> {
    let quantity = item.all(quantity);
    Line {
        name: item.text("Item/Name"),
        unit: quantity.first().map_or("", |q| q.attribute("unitCode")),
        quantity: quantity.first().and_then(|q| number(q.own_text())),
        price: number(item.text("Price/PriceAmount")),
        net: number(item.text("LineExtensionAmount")),
        category: item.text("Item/ClassifiedTaxCategory/ID"),
        rate: item.text("Item/ClassifiedTaxCategory/Percent"),
    }
}

/// The sum of what is there; nothing where one of them isn't, or where it is too large.
fn sum(amounts: impl IntoIterator<Item = Option<Decimal>>) -> Option<Decimal> {
    amounts
        .into_iter()
        .try_fold(Decimal::ZERO, |sum, amount| sum.checked_add(amount?))
}

impl Facts<'_> {
    fn lines_hold(&self, holds: impl Fn(&Line<'_>) -> bool) -> bool {
        self.lines.iter().all(holds)
    }

    fn vat_holds(&self, holds: impl Fn(&Vat<'_>) -> bool) -> bool {
        self.vat.iter().all(holds)
    }

    fn has_category(&self, categories: &[&str]) -> bool {
        self.vat
            .iter()
            .any(|vat| categories.contains(&vat.category))
    }

    /// The VAT of a group, rounded once, half a cent away from zero.
    fn vat_of(&self, vat: &Vat<'_>) -> Option<Decimal> {
        let share = rate_of(vat.rate)?.checked_mul(Decimal::new(1, 2))?;
        let exact = Money::new(vat.basis?, self.money).times(share).ok()?;
        Some(exact.rounded(Rounding::ToCents).amount())
    }

    fn basis_of(&self, vat: &Vat<'_>) -> Option<Decimal> {
        let same = |line: &&Line<'_>| {
            line.category == vat.category && rate_of(line.rate) == rate_of(vat.rate)
        };
        sum(self.lines.iter().filter(same).map(|line| line.net))
    }

    fn net_of(&self, line: &Line<'_>) -> Option<Decimal> {
        let price = Money::new(line.price?, self.money);
        Some(Money::of_quantity(line.quantity?, price).ok()?.amount())
    }

    fn amounts(&self) -> Vec<Decimal> {
        let sums = [
            self.line_total,
            self.net,
            self.vat_total,
            self.own_vat,
            self.gross,
            self.prepaid,
            self.rounding,
            self.due,
        ];
        let of_lines = self.lines.iter().map(|line| line.net);
        let of_vat = self.vat.iter().flat_map(|vat| [vat.basis, vat.vat]);
        let all = sums.into_iter().chain(of_lines).chain(of_vat);
        all.flatten().collect()
    }
}

/// What is outside the scope of VAT may state no rate, which is 0.
fn rate_of(text: &str) -> Option<Decimal> {
    number(if text.is_empty() { "0" } else { text })
}

/// A rule: its name, and whether a file holds it.
type Rule = (&'static str, fn(&Facts<'_>) -> bool);

/// Rules of the standard, by its own names. A name with a star stands for all VAT categories.
const RULES: &[Rule] = &[
    ("BR-01", |f| !f.specification.is_empty()),
    ("BR-02", |f| !f.number.is_empty()),
    ("BR-03", |f| f.day.len() == 8),
    ("BR-04", |f| ["380", "381", "384", "386"].contains(&f.kind)),
    ("BR-05", |f| !f.currency.is_empty()),
    ("BR-06", |f| !f.seller[0].is_empty()),
    ("BR-07", |f| !f.buyer[0].is_empty()),
    ("BR-09", |f| f.seller[1].len() == 2),
    ("BR-11", |f| f.buyer[1].len() == 2),
    ("BR-12", |f| f.line_total.is_some()),
    ("BR-13", |f| f.net.is_some()),
    ("BR-14", |f| f.gross.is_some()),
    ("BR-15", |f| f.due.is_some()),
    ("BR-16", |f| !f.lines.is_empty()),
    ("BR-22", |f| f.lines_hold(|line| line.quantity.is_some())),
    ("BR-23", |f| f.lines_hold(|line| !line.unit.is_empty())),
    ("BR-24", |f| f.lines_hold(|line| line.net.is_some())),
    ("BR-25", |f| f.lines_hold(|line| !line.name.is_empty())),
    ("BR-26", |f| f.lines_hold(|line| line.price.is_some())),
    ("BR-27", |f| {
        f.lines_hold(|line| line.price.is_some_and(|price| price >= Decimal::ZERO))
    }),
    ("BR-45", |f| f.vat_holds(|vat| vat.basis.is_some())),
    ("BR-46", |f| f.vat_holds(|vat| vat.vat.is_some())),
    ("BR-47", |f| f.vat_holds(|vat| !vat.category.is_empty())),
    // XRechnung wants the rate of what is outside the scope too (BR-DE-14).
    ("BR-48", |f| {
        let may_lack = !f.specification.contains("xrechnung");
        f.vat_holds(|vat| !vat.rate.is_empty() || (vat.category == "O" && may_lack))
    }),
    ("BR-53", |f| {
        f.own_currency.is_empty() || f.own_vat.is_some()
    }),
    ("BR-55", |f| {
        f.references.iter().all(|number| !number.is_empty())
    }),
    ("BR-CO-04", |f| {
        f.lines_hold(|line| !line.category.is_empty())
    }),
    ("BR-CO-09", |f| {
        let named = |id: &str| id.bytes().take(2).all(|b| b.is_ascii_uppercase());
        named(f.seller[2]) && named(f.buyer[2])
    }),
    ("BR-CO-10", |f| {
        sum(f.lines.iter().map(|line| line.net)) == f.line_total
    }),
    ("BR-CO-13", |f| f.net == f.line_total),
    ("BR-CO-14", |f| {
        sum(f.vat.iter().map(|vat| vat.vat)) == f.vat_total
    }),
    ("BR-CO-15", |f| sum([f.net, f.vat_total]) == f.gross),
    ("BR-CO-16", |f| {
        let prepaid = f.prepaid.unwrap_or_default();
        let rounding = f.rounding.unwrap_or_default();
        sum([f.gross, Some(-prepaid), Some(rounding)]) == f.due
    }),
    ("BR-CO-17", |f| {
        f.vat_holds(|vat| vat.vat.is_some() && f.vat_of(vat) == vat.vat)
    }),
    ("BR-CO-18", |f| !f.vat.is_empty()),
    ("BR-*-08", |f| {
        f.vat_holds(|vat| f.basis_of(vat) == vat.basis)
    }),
    ("BR-*-09", |f| {
        f.vat_holds(|vat| vat.category == "S" || vat.vat == Some(Decimal::ZERO))
    }),
    ("BR-*-10", |f| {
        f.vat_holds(|vat| ["S", "Z"].contains(&vat.category) == vat.reason.is_empty())
    }),
    ("BR-S-02", |f| {
        let has_number = !f.seller[2].is_empty() || !f.seller_tax_number.is_empty();
        has_number || !f.has_category(&["S", "Z", "E"])
    }),
    ("BR-AE-02", |f| {
        let both = !f.seller[2].is_empty() && !f.buyer[2].is_empty();
        both || !f.has_category(&["AE", "K"])
    }),
    ("BR-G-02", |f| {
        !f.seller[2].is_empty() || !f.has_category(&["G"])
    }),
    ("BR-O-02", |f| {
        let none = f.seller[2].is_empty() && f.buyer[2].is_empty();
        none || !f.has_category(&["O"])
    }),
    ("BR-DEC-*", |f| {
        f.amounts()
            .iter()
            .all(|amount| amount.normalize().scale() <= 2)
    }),
    ("PEPPOL-EN16931-R120 (to the cent)", |f| {
        f.lines_hold(|line| line.net.is_some() && f.net_of(line) == line.net)
    }),
];

/// Holds a finished e-invoice to the rules; gives their names, or the first that it breaks.
pub(super) fn check(
    xml: &[u8],
    invoice: &ClientInvoice,
    profile: Profile,
) -> Result<Vec<&'static str>, &'static str> {
    let root = read(xml).ok_or("well-formed XML")?;
    let facts = if root.name() == "CrossIndustryInvoice" {
        of_cii(&root, invoice.currency())
    } else {
        of_ubl(&root, invoice.currency())
    };
    if let Some((broken, _)) = RULES.iter().find(|(_, holds)| !holds(&facts)) {
        return Err(broken);
    }
    if facts.specification != profile.specification() {
        return Err("BR-01");
    }
    if !says_what_the_book_says(&facts, invoice) {
        return Err("what the book says");
    }
    Ok(RULES.iter().map(|(name, _)| *name).collect())
}

fn says_what_the_book_says(facts: &Facts<'_>, invoice: &ClientInvoice) -> bool {
    let sums = invoice.sums();
    let same = |read: Option<Decimal>, kept: Money| read == Some(kept.amount());
    facts.number == invoice.number().as_str()
        && facts.day == invoice.issued_on().format("%Y%m%d").to_string()
        && facts.currency == invoice.currency().code()
        && facts.lines.len() == invoice.lines().len()
        && facts.references.len() == invoice.references().len()
        && same(facts.net, sums.net)
        && same(facts.vat_total, sums.vat_total)
        && same(facts.gross, sums.gross)
        && same(facts.due, sums.due)
        && facts.own_vat.filter(|_| !facts.own_currency.is_empty()) == sums.vat_in_own_currency
}
