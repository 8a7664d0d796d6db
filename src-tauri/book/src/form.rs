//! What a person filled in. Amounts, days and ids come as the text that was typed and are read
//! by the use case, so that a refusal can name its field and nothing typed is lost.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::word::{
    CategoryWord, ClientFormatWord, DeductionWord, ModelWord, OwnerWord, PayByWord, PlanWord,
    RefundWord, ReminderWord, TierWord, TopUpWord,
};

/// A new book.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
pub struct NewBookForm {
    pub owner: OwnerWord,
    pub company: CompanyForm,
    /// The language of papers to the owner itself, as a tag such as `de`; empty: English.
    pub paper_language: String,
}

/// What a price file may leave open.
#[derive(Clone, Debug, Default, Serialize, Deserialize, Type)]
pub struct PriceFileForm {
    /// The day from which its prices hold; empty: as the file says.
    pub effective_from: Option<String>,
    /// `EUR` or `USD`; empty: as the file says.
    pub currency: Option<String>,
}

/// What a saved answer of the Partner API leaves open. A table says both itself.
#[derive(Clone, Debug, Default, Serialize, Deserialize, Type)]
pub struct PartiesFileForm {
    /// The hub of clients that the book does not know; empty: the only one of the book.
    pub hub: Option<String>,
    /// An IANA name, for channels whose own is not known; empty: none.
    pub time_zone: Option<String>,
}

/// The company behind the book. A change of country or VAT ID holds from the next month.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
pub struct CompanyForm {
    pub name: String,
    /// Lines, without the country.
    pub address: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// May be empty.
    pub vat_id: String,
    /// May be empty.
    pub billing_email: String,
}

/// A new hub.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
pub struct NewHubForm {
    pub id: String,
    pub name: String,
    pub model: ModelWord,
    /// `EUR` or `USD`.
    pub currency: String,
    /// Needed in a partner's book, refused in a client's.
    pub plan: Option<PlanWord>,
    /// The day it began at 360Dialog; empty: the first of the first month, or today.
    pub since: String,
    /// The first month that the book keeps, `YYYY-MM`; empty: the month of `since`.
    pub first_month: String,
    /// The shared balance on the first day, of a Partner-Paid hub; empty: none.
    pub opening: String,
    pub pay_by: PayByWord,
}

/// What can change of a hub. Model and currency can't.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
pub struct EditHubForm {
    pub id: String,
    pub name: String,
    /// Another plan: a dearer one holds from `plan_from`, a cheaper one from the next 1st after it.
    pub plan: Option<PlanWord>,
    /// Empty: today.
    pub plan_from: String,
    /// Empty: as it is.
    pub first_month: String,
}

/// The opening balance of a Partner-Paid hub, or of a channel of a Direct-Paid hub.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
pub struct OpeningForm {
    pub hub: String,
    /// The channel of a Direct-Paid hub.
    pub channel: Option<String>,
    /// May be below zero.
    pub amount: String,
}

/// A billing rule of a hub from a month on.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
pub struct RuleForm {
    pub hub: String,
    /// One of `RuleView::rule`.
    pub rule: String,
    /// One of `RuleView::choices`.
    pub value: String,
    /// `YYYY-MM`; empty: the first open month.
    pub from: String,
}

/// Auto-renewal of a balance, as set at 360Dialog. The app never makes a top-up itself.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
pub struct AutoRenewalForm {
    pub hub: String,
    /// The channel of a Direct-Paid hub.
    pub channel: Option<String>,
    pub on: bool,
    /// Both may be empty where it is off.
    pub threshold: String,
    pub amount: String,
}

/// Several settings of a hub in one go: all are kept, or none.
#[derive(Clone, Debug, Serialize)]
pub struct HubSettingsForm {
    pub hub: String,
    /// Empty: as it is.
    pub first_month: String,
    pub opening: Option<String>,
    pub pay_by: Option<PayByWord>,
    pub auto_renewal: Option<AutoRenewalForm>,
    pub rules: Vec<RuleForm>,
}

/// Several changes of a channel in one go: all are kept, or none.
#[derive(Clone, Debug, Serialize)]
pub struct ChannelSettingsForm {
    pub channel: Option<ChannelForm>,
    pub opening: Option<OpeningForm>,
    pub auto_renewal: Option<AutoRenewalForm>,
}

/// Ends a hub: its channels end with it.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
pub struct CloseHubForm {
    pub id: String,
    /// Its last day.
    pub on: String,
}

/// A client, new or changed.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
pub struct ClientForm {
    pub hub: String,
    pub id: String,
    pub name: String,
    /// May be empty.
    pub country: String,
    /// May be empty.
    pub email: String,
    /// May be empty.
    pub vat_id: String,
}

/// A channel, new or changed.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
pub struct ChannelForm {
    /// The client; empty in a client's book, which has one.
    pub client: String,
    /// In a client's book: the hub.
    pub hub: String,
    pub id: String,
    pub phone: String,
    /// May be empty.
    pub name: String,
    pub tier: TierWord,
    /// From which day a changed tier holds; empty: today.
    pub tier_from: String,
    pub started: String,
    /// Its last day; empty: no end.
    pub ended: String,
    /// IANA name; may be empty.
    pub time_zone: String,
}

/// Cancels a channel.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
pub struct CancelChannelForm {
    pub id: String,
    /// Its last day.
    pub ended: String,
}

/// Money added to a balance.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
pub struct TopUpForm {
    /// The Partner-Paid hub; or none.
    pub hub: Option<String>,
    /// The channel of a Direct-Paid hub; or none.
    pub channel: Option<String>,
    /// Net: what the balance grows by.
    pub amount: String,
    pub on: String,
    pub kind: TopUpWord,
    /// None: as the hub pays.
    pub method: Option<PayByWord>,
}

/// Money given back to a balance or paid out from it.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
pub struct RefundForm {
    pub hub: Option<String>,
    pub channel: Option<String>,
    pub amount: String,
    pub on: String,
    pub to: RefundWord,
}

/// Which charges to show.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
pub struct ChargesForm {
    pub hub: String,
    /// `YYYY-MM`; none: all months.
    pub month: Option<String>,
    /// Usage of one booked day, as a statement's line sums it up; none: all days.
    pub day: Option<String>,
    pub client: Option<String>,
    pub channel: Option<String>,
    pub category: Option<CategoryWord>,
    pub market: Option<String>,
    /// Only the unrated.
    pub unrated: bool,
    /// Only what one line of a bill or one sum is made of.
    pub kind: Option<ChargesKind>,
    /// None: the newest day first.
    pub sort: Option<ChargesSort>,
    /// Where the last page ended; none: the first page.
    pub after: Option<String>,
    /// Rows of a page, at most 10,000.
    pub limit: u32,
}

/// Which clients and channels to show.
#[derive(Clone, Debug, Default, Deserialize, Type)]
pub struct ClientsForm {
    pub hub: String,
    /// `YYYY-MM`
    pub month: String,
    /// Only the channels of one client.
    pub client: Option<String>,
    /// The channel that the last page ended with; none: the first page.
    pub after: Option<String>,
    /// Channels of a page, at most 1,000; 0 for the clients alone.
    pub limit: u32,
    /// A channel that is wanted, on whatever page it is.
    pub channel: Option<String>,
    /// Only channels that stand so.
    pub stands: Option<ChannelStands>,
    pub tier: Option<TierWord>,
    /// Only channels of clients in this country, by its code.
    pub country: Option<String>,
    /// None: by client and name.
    pub sort: Option<ChannelsSort>,
}

/// How a channel stands today: paused, or its state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum ChannelStands {
    Paused,
    Starting,
    Active,
    Ending,
    Ended,
}

/// In which order channels are listed. Equals stand by client and name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ChannelsSort {
    pub by: ChannelsSortBy,
    pub down: bool,
}

/// By what channels are put in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum ChannelsSortBy {
    /// Of its client, then its own.
    Name,
    Phone,
    /// From the cheapest to the dearest.
    Tier,
    /// As `ChannelStands` lists them.
    State,
    Licence,
    Used,
}

/// What is looked for by a few letters.
#[derive(Clone, Debug, Default, Deserialize, Type)]
pub struct FindForm {
    /// None: in all hubs.
    pub hub: Option<String>,
    /// Words, a number, digits of a phone number; empty: the first ones.
    pub text: String,
    /// Just the clients and channels of these ids, to name them; none: by the text.
    pub ids: Vec<String>,
    /// How an amount begins, `12.5`; empty: none is looked for.
    pub amount: String,
    /// Invoices too.
    pub invoices: bool,
    /// At most so many of each kind.
    pub limit: u32,
}

/// In which order charges are listed. What has no amount, category, channel or market stands last
/// either way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ChargesSort {
    pub by: ChargesSortBy,
    /// The last day, the largest number, the end of the alphabet first.
    pub down: bool,
}

/// By what charges are put in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum ChargesSortBy {
    Day,
    Client,
    Channel,
    Market,
    /// As rate cards list them.
    Category,
    Quantity,
    Amount,
}

/// Charges as a table of the window shows them: which, the columns that stand there with their heads, and
/// the words for what is a code in the book (categories, kinds, states; `estimate`, `reversal`, `reversed`).
#[derive(Clone, Debug, Deserialize, Type)]
pub struct ShownChargesForm {
    pub charges: ChargesForm,
    pub columns: Vec<ShownColumn>,
    pub words: BTreeMap<String, String>,
}

#[derive(Clone, Debug, Deserialize, Type)]
pub struct ShownColumn {
    pub key: ShownCharge,
    pub head: String,
}

/// What a column of charges shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum ShownCharge {
    Day,
    /// The day that it is booked on, where that is another.
    Booked,
    Client,
    /// Its name; its number where it has none.
    Channel,
    /// Its country where it has no market.
    Market,
    /// Of usage; of a fee its kind. And whether it is a reversal, or reversed.
    Category,
    Quantity,
    Rate,
    Amount,
    State,
}

/// Which charges a sum is made of: all usage, or what a line of 360Dialog's invoices bills, as it is called there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum ChargesKind {
    /// Messages and calls, without plans and licences.
    Usage,
    /// Of the month's own days.
    Messages,
    /// Of the month's own days.
    Calls,
    /// Usage of closed months that came late, and corrections of it.
    UsageReconciliation,
    Plan,
    PlanUpgrade,
    Licence,
    ProRataLicence,
    TierUpgrade,
    LateLicence,
}

/// By what charges are summed up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum SumBy {
    Channel,
    Client,
    Category,
    Market,
}

/// Gives an unrated charge its cost.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
pub struct PriceChargeForm {
    pub charge: String,
    /// In the hub's currency, up to six decimals.
    pub cost: String,
}

/// Lets an unrated charge go.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
pub struct WaiveForm {
    pub charge: String,
    pub reason: String,
}

/// 360Dialog's own number of an invoice.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
pub struct VendorNumberForm {
    pub reference: String,
    /// Empty takes it back.
    pub number: String,
}

/// What a client's business portfolio had counted for volume steps outside the book, from a month on.
#[derive(Clone, Debug, Deserialize, Serialize, Type)]
pub struct VolumeForm {
    pub client: String,
    /// Meta's market.
    pub market: String,
    /// One that has steps: utility, authentication, authentication-international or call.
    pub category: CategoryWord,
    /// `YYYY-MM`; holds until another is given.
    pub from: String,
    /// Messages, or whole minutes of calls; empty: not known.
    pub counted: String,
}

/// What to compare a month with.
#[derive(Clone, Debug, Deserialize, Type)]
pub struct WhatIfForm {
    pub hub: String,
    /// `YYYY-MM`.
    pub month: String,
    /// A price card: its number, or a day on which it holds.
    pub card: Option<String>,
    pub plan: Option<PlanWord>,
    /// All channels on this tier.
    pub tier: Option<TierWord>,
}

/// The owner as seller, for its invoices to clients. All may be empty.
#[derive(Clone, Debug, Default, Serialize, Deserialize, Type)]
pub struct SellerForm {
    pub street: String,
    pub extra: String,
    pub postal_code: String,
    pub city: String,
    pub tax_number: String,
    /// Court and number.
    pub register: String,
    pub contact: String,
    pub phone: String,
    pub website: String,
    pub iban: String,
    pub bic: String,
    pub account_holder: String,
    /// `#rrggbb`.
    pub accent: String,
    /// Days until an invoice is due; empty: 14.
    pub due_days: String,
    pub terms: String,
    /// A language tag, such as `de`.
    pub language: String,
    /// The small-business exemption: no VAT is stated.
    pub small_business: bool,
    /// `scheme:address`, such as `9930:DE123456788`.
    pub e_address: String,
}

/// How the numbers of a series are written.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
pub struct NumberSeriesForm {
    /// `invoice` or `credit-note`.
    pub series: String,
    /// Such as `{YYYY}/{####}`; empty for credit notes: numbered among the invoices.
    pub pattern: String,
}

/// Where a series begins to count in the year or month of today.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
pub struct SeriesStartForm {
    /// `invoice` or `credit-note`.
    pub series: String,
    /// The count of the next number, such as `43` where another program gave 42.
    pub next: String,
}

/// How a client is invoiced. All but the client may be empty.
#[derive(Clone, Debug, Default, Serialize, Deserialize, Type)]
pub struct ClientBillingForm {
    pub client: String,
    pub street: String,
    pub extra: String,
    pub postal_code: String,
    pub city: String,
    /// A language tag; empty: the seller's.
    pub language: String,
    /// The buyer's own reference, such as a Leitweg-ID.
    pub buyer_reference: String,
    /// `scheme:address`; empty: its e-mail address.
    pub e_address: String,
    /// Empty: the seller's.
    pub due_days: String,
    /// `factur-x`, `xrechnung` or `peppol`; empty: the first.
    pub format: String,
}

/// Of an invoice: supplied on the day on which it is issued, whichever that will be.
pub const INVOICE_DAY: &str = "invoice-day";

/// An invoice to a client as it is written. Everything is kept as it was typed, so that a draft
/// may hold what can't be issued yet.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Type)]
pub struct ClientInvoiceForm {
    pub client: String,
    /// Money that the client pays in advance, invoiced on receipt.
    pub advance: bool,
    /// The day of issue; empty: the day on which it is issued.
    pub issued_on: String,
    /// First and last day of what is billed; both may be empty.
    pub from: String,
    pub until: String,
    /// The day of supply, or [`INVOICE_DAY`]; may be empty.
    pub delivered_on: String,
    /// Days until it is due; empty: as the client or the seller has it.
    pub due_days: String,
    /// Empty: the seller's.
    pub terms: String,
    pub notes: String,
    /// The client's order; may be empty.
    pub order_number: String,
    pub lines: Vec<ClientLineForm>,
    /// Numbers of advance invoices that it deducts.
    pub deducts: Vec<String>,
    /// Whether it is about the rest, or about the whole with the advances off the amount due.
    #[serde(default)]
    pub deduction: DeductionWord,
    /// The seller's own currency, where VAT is owed in another than the hub's: its code, how much
    /// of it one unit of the hub's currency is, on which day and by whom. All may be empty.
    pub own_currency: String,
    pub own_rate: String,
    pub own_rate_on: String,
    pub own_rate_source: String,
}

/// A line of an invoice to a client.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Type)]
pub struct ClientLineForm {
    pub text: String,
    /// More words; may be empty.
    pub description: String,
    /// What the paper groups by; may be empty.
    pub group: String,
    /// Empty: 1.
    pub quantity: String,
    /// A code of UN/ECE Recommendation 20; empty: `C62`, one.
    pub unit: String,
    /// Net.
    pub unit_price: String,
    /// `standard`, `reduced`, `zero`, `small-business`, `exempt`, `reverse-charge`,
    /// `intra-eu-goods`, `export`, `outside-scope`; empty: as seller and client have it.
    pub vat: String,
    /// Of `standard` and `reduced`.
    pub percent: String,
    /// Of `exempt`.
    pub reason: String,
}

/// A draft: a new one, or one that changes.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
pub struct ClientDraftForm {
    /// None: a new one.
    pub id: Option<String>,
    pub invoice: ClientInvoiceForm,
}

/// Credits a part of an invoice, or all that is left of it.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
pub struct CreditForm {
    pub number: String,
    pub reason: String,
    /// Empty: the whole invoice is cancelled.
    pub lines: Vec<CreditLineForm>,
}

/// What is credited of a line.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
pub struct CreditLineForm {
    /// From 1.
    pub line: u32,
    /// Net, above zero.
    pub amount: String,
}

/// Money from a client for an invoice.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
pub struct ClientPaymentForm {
    pub number: String,
    /// Below zero: back to the client.
    pub amount: String,
    /// Empty: today.
    pub on: String,
}

/// A reminder of all that a client has not paid in time.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
pub struct ReminderForm {
    pub client: String,
    pub level: ReminderWord,
    /// The day by which it asks to be paid; empty: ten days from today.
    pub pay_by: String,
}

/// Which issued invoices are handed out, and how.
#[derive(Clone, Debug, Default, Serialize, Deserialize, Type)]
pub struct ClientExportForm {
    /// Those with these numbers; not looked at where a month is named.
    pub numbers: Vec<String>,
    /// All that were issued in a month, `2026-11`.
    pub month: Option<String>,
    /// Of the month: only those of a hub, of a client.
    pub hub: Option<String>,
    pub client: Option<String>,
    /// None: as each client takes them, byte for byte as they were issued.
    pub format: Option<ClientFormatWord>,
}

/// A licence price that a channel keeps, whatever the card says.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
pub struct KeptPriceForm {
    pub channel: String,
    pub tier: TierWord,
    /// For a whole month; empty: the card's price again.
    pub price: String,
    /// The month that it holds from, `YYYY-MM`; empty: the first open month.
    pub from: String,
    /// Why, for whoever looks at it later.
    pub reason: String,
}

/// Notice of a hub's partner plan.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
pub struct PlanNoticeForm {
    pub hub: String,
    /// The day that notice is given; empty: today.
    pub given_on: String,
    /// A choice of the rule `plan-notice`; empty: as the hub has it in that month.
    pub reading: String,
}
