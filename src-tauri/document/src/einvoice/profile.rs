//! The profiles: what each calls itself, and what it wants beyond EN 16931. Told before a number
//! is used up, as it needs none.

use hubledger_core::client_invoice::{DraftInvoice, InvoiceKind};
use hubledger_core::invoice_fault::InvoiceFault as Fault;
use hubledger_core::invoice_fault::{PartyDetail as Detail, PartyRole as Role};
use hubledger_core::vat::VatCase;

/// Which e-invoice is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Profile {
    /// Factur-X and ZUGFeRD, profile EN 16931, in CII: the file inside a PDF.
    FacturX,
    /// XRechnung 3 in CII.
    XRechnungCii,
    /// XRechnung 3 in UBL.
    XRechnungUbl,
    /// Peppol BIS Billing 3, in UBL.
    Peppol,
}

impl Profile {
    pub const ALL: [Self; 4] = [
        Self::FacturX,
        Self::XRechnungCii,
        Self::XRechnungUbl,
        Self::Peppol,
    ];

    /// Its name, with the version.
    pub fn name(self) -> &'static str {
        match self {
            Self::FacturX => "Factur-X 1.0 (ZUGFeRD 2), profile EN 16931",
            Self::XRechnungCii => "XRechnung 3.0 (CII)",
            Self::XRechnungUbl => "XRechnung 3.0 (UBL)",
            Self::Peppol => "Peppol BIS Billing 3.0",
        }
    }

    /// The stable word that stands for it.
    pub fn slug(self) -> &'static str {
        match self {
            Self::FacturX => "factur-x",
            Self::XRechnungCii => "xrechnung-cii",
            Self::XRechnungUbl => "xrechnung-ubl",
            Self::Peppol => "peppol",
        }
    }

    pub fn is_ubl(self) -> bool {
        matches!(self, Self::XRechnungUbl | Self::Peppol)
    }

    fn is_xrechnung(self) -> bool {
        matches!(self, Self::XRechnungCii | Self::XRechnungUbl)
    }

    /// BT-119: XRechnung wants it of each case (BR-DE-14), the standard not of what is outside the
    /// scope of VAT (BR-48).
    pub(super) fn states_rate_of(self, case: &VatCase) -> bool {
        *case != VatCase::OutsideScope || self.is_xrechnung()
    }

    /// BT-24.
    pub(super) fn specification(self) -> &'static str {
        match self {
            Self::FacturX => "urn:cen.eu:en16931:2017",
            Self::XRechnungCii | Self::XRechnungUbl => {
                "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0"
            }
            Self::Peppol => {
                "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
            }
        }
    }

    /// BT-23; Factur-X leaves it open.
    pub(super) fn process(self) -> Option<&'static str> {
        (self != Self::FacturX).then_some("urn:fdc:peppol.eu:2017:poacc:billing:01:1.0")
    }

    /// BT-3. XRechnung has no code for a prepayment invoice (BR-DE-17): there it is an invoice.
    pub(super) fn type_code(self, kind: InvoiceKind) -> &'static str {
        if self.is_xrechnung() && kind == InvoiceKind::Prepayment {
            InvoiceKind::Invoice.code()
        } else {
            kind.code()
        }
    }
}

/// What the invoice lacks for a profile, beyond what every invoice needs.
pub fn faults(invoice: &DraftInvoice, profile: Profile) -> Vec<Fault> {
    let mut found = Vec::new();
    if profile == Profile::FacturX {
        return found;
    }
    let (seller, buyer) = (&invoice.seller, &invoice.buyer);
    if seller.reachable_at().is_none() {
        found.push(Fault::Lacks(Role::Seller, Detail::ElectronicAddress));
    }
    if buyer.reachable_at().is_none() {
        found.push(Fault::Lacks(Role::Buyer, Detail::ElectronicAddress));
    }
    for (role, address) in [
        (Role::Seller, seller.reachable_at()),
        (Role::Buyer, buyer.reachable_at()),
    ] {
        if address.is_some_and(|address| !takes_scheme(profile, &address.scheme)) {
            found.push(Fault::UnknownAddressScheme(role));
        }
    }
    let has_reference = !buyer.reference.trim().is_empty();
    let has_order = !buyer.order_number.trim().is_empty() && profile == Profile::Peppol;
    if !has_reference && !has_order {
        found.push(Fault::Lacks(Role::Buyer, Detail::Reference));
    }
    if profile.is_xrechnung() {
        found.extend(faults_for_xrechnung(invoice));
    }
    if profile == Profile::Peppol && invoice.kind == InvoiceKind::Corrected {
        found.push(Fault::CorrectedNotInPeppol);
    }
    // The schema that XRechnung takes (D16B) holds one reference; Factur-X takes a later one.
    if profile == Profile::XRechnungCii && invoice.corrects.len() + invoice.advances.len() > 1 {
        found.push(Fault::OneReferenceInCii);
    }
    found
}

fn takes_scheme(profile: Profile, scheme: &str) -> bool {
    let beyond = profile != Profile::Peppol && EAS_BUT_NOT_PEPPOL.contains(&scheme);
    EAS.contains(&scheme) || beyond
}

/// BR-DE-2 to BR-DE-9, BR-DE-27.
fn faults_for_xrechnung(invoice: &DraftInvoice) -> Vec<Fault> {
    let (seller, buyer) = (&invoice.seller, &invoice.buyer);
    let digits = seller.contact.phone.chars().filter(char::is_ascii_digit);
    let phone = if digits.count() < 3 {
        ""
    } else {
        &seller.contact.phone
    };
    [
        (
            Role::Seller,
            Detail::PostCode,
            seller.address.post_code.as_str(),
        ),
        (Role::Seller, Detail::Contact, &seller.contact.name),
        (Role::Seller, Detail::Phone, phone),
        (Role::Seller, Detail::Email, &seller.contact.email),
        (Role::Buyer, Detail::PostCode, &buyer.address.post_code),
    ]
    .into_iter()
    .filter(|(.., text)| text.trim().is_empty())
    .map(|(role, detail, _)| Fault::Lacks(role, detail))
    .collect()
}

/// The schemes of electronic addresses that Peppol and EN 16931 both take (code list EAS).
#[rustfmt::skip]
const EAS: &[&str] = &[
    "0002", "0007", "0009", "0037", "0060", "0088", "0096", "0097", "0106", "0130", "0135", "0142",
    "0151", "0183", "0184", "0188", "0190", "0191", "0192", "0193", "0195", "0196", "0198", "0199",
    "0200", "0201", "0202", "0204", "0208", "0209", "0210", "0211", "0212", "0213", "0215", "0216",
    "0218", "0221", "0230", "9901", "9910", "9913", "9914", "9915", "9918", "9919", "9920", "9922",
    "9923", "9924", "9925", "9926", "9927", "9928", "9929", "9930", "9931", "9932", "9933", "9934",
    "9935", "9936", "9937", "9938", "9939", "9940", "9941", "9942", "9943", "9944", "9945", "9946",
    "9947", "9948", "9949", "9950", "9951", "9952", "9953", "9957", "9959",
];

/// Schemes of the list that Peppol does not take; `EM` is e-mail.
#[rustfmt::skip]
const EAS_BUT_NOT_PEPPOL: &[&str] = &[
    "0147", "0170", "0194", "0203", "0205", "0217", "0219", "0220", "0225", "AN", "AQ", "AS",
    "AU", "EM",
];
