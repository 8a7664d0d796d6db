//! What a person sees. Amounts are strings with their currency beside them, exact to the last
//! decimal; days are `YYYY-MM-DD`, months `YYYY-MM`. Words are codes: the window and the command
//! line each say them in their own way.

use hubledger_core::money::{Money, plain_text};
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::form::ClientInvoiceForm;
use crate::said::{FaultWord, ProofWord, SaidCode, SaidView, SourceWord};
use crate::word::{
    BackupWord, CategoryWord, CurrencyWord, ModelWord, OwnerWord, PayByWord, PlanWord, PricingWord,
    RefundWord, TierWord, TopUpWord, TrustWord, VatWord,
};

/// An amount: `"1234.50"` of `EUR`. At least two decimals, at most six; `-` for minus.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct MoneyView {
    pub amount: String,
    pub currency: CurrencyWord,
}

impl From<Money> for MoneyView {
    fn from(money: Money) -> Self {
        Self {
            amount: plain_text(money.amount()),
            currency: money.currency().into(),
        }
    }
}

/// The book that is open.
#[derive(Clone, Debug, Serialize, Type)]
pub struct BookView {
    pub path: String,
    pub file_name: String,
    pub owner: OwnerWord,
    pub company: CompanyView,
    /// A change that holds from a later month.
    pub company_next: Option<CompanyChangeView>,
    /// The language of papers to the owner itself, as a tag such as `de`.
    pub paper_language: String,
    pub hubs: Vec<HubView>,
    pub unrated: u32,
    /// Set where another program has the book open: who.
    pub read_only: Option<String>,
    pub is_sample: bool,
    /// The day that it was looked at.
    pub today: String,
    /// Whether its file needs a passphrase.
    pub is_encrypted: bool,
}

#[derive(Clone, Debug, Serialize, Type)]
pub struct CompanyChangeView {
    pub from: String,
    pub company: CompanyView,
}

/// The company as its invoices name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct CompanyView {
    pub name: String,
    pub address: Vec<String>,
    pub country: String,
    pub country_name: String,
    pub vat_id: Option<String>,
    pub billing_email: String,
    /// The VAT that 360Dialog applies.
    pub vat_treatment: VatWord,
}

/// What the program is.
#[derive(Clone, Debug, Serialize, Type)]
pub struct AboutView {
    pub version: String,
    /// The open book, if any.
    pub path: Option<String>,
    pub newest_cards: Vec<NewestCardView>,
}

/// The newest message card of a currency.
#[derive(Clone, Debug, Serialize, Type)]
pub struct NewestCardView {
    pub currency: CurrencyWord,
    pub effective_from: String,
    /// Set where Meta changed its prices after it.
    pub outdated_since: Option<String>,
}

/// A hub with its state in a month.
#[derive(Clone, Debug, Serialize, Type)]
pub struct HubView {
    pub id: String,
    pub name: String,
    pub model: ModelWord,
    pub currency: CurrencyWord,
    pub plan: Option<PlanWord>,
    /// A cheaper plan that holds from a later month.
    pub plan_next: Option<PlanFromView>,
    pub plan_price: Option<MoneyView>,
    /// The last day of the plan, once notice of it was given.
    pub plan_ends: Option<String>,
    pub since: String,
    pub first_month: String,
    pub closed_on: Option<String>,
    pub pay_by: PayByWord,
    /// Channels that are billed today.
    pub channels: u32,
    /// Channels whose balance is at or below zero; for a shared balance, 0 or all.
    pub paused: u32,
    /// The shared balance, or the sum of the channels' balances.
    pub balance: MoneyView,
    /// Whether the owner of the book pays for channels, messages and calls.
    pub usage_is_ours: bool,
    /// Months that are not closed, up to the month of today.
    pub open_months: Vec<String>,
    pub last_closed: Option<String>,
    /// What the shared balance held at the start of the first month.
    pub opening: Option<MoneyView>,
    /// Of the shared balance.
    pub auto_renewal: Option<AutoRenewalView>,
    pub unrated: u32,
}

#[derive(Clone, Debug, Serialize, Type)]
pub struct PlanFromView {
    pub plan: PlanWord,
    pub from: String,
}

/// Auto-renewal of a balance.
#[derive(Clone, Debug, Serialize, Type)]
pub struct AutoRenewalView {
    pub on: bool,
    pub threshold: MoneyView,
    pub amount: MoneyView,
    /// The balance is at or under the threshold: 360Dialog would top up now.
    pub fires_now: bool,
    /// The amount is below the threshold, against 360Dialog's advice.
    pub amount_is_low: bool,
}

/// A billing rule of a hub with what holds in a month.
#[derive(Clone, Debug, Serialize, Type)]
pub struct RuleView {
    pub rule: String,
    pub value: String,
    pub choices: Vec<String>,
    /// 360Dialog has not published it, or tells it in two ways.
    pub assumed: bool,
    /// It is no rule of 360Dialog's, but the partner's own choice.
    pub own_choice: bool,
    /// Whether the value is the default.
    pub is_default: bool,
    /// From which month the value holds.
    pub from: Option<String>,
    /// The first month that it can still be set for.
    pub first_open: String,
}

/// A client with its channels.
#[derive(Clone, Debug, Serialize, Type)]
pub struct ClientView {
    pub id: String,
    pub hub: String,
    pub name: String,
    pub country: Option<String>,
    pub email: String,
    pub vat_id: String,
    /// Sum of its channels' licences of the month.
    pub licences: MoneyView,
    /// Usage of the month, what is rated.
    pub used: MoneyView,
    pub channels: Vec<ChannelView>,
}

/// Clients of a hub, and a page of their channels.
#[derive(Clone, Debug, Serialize, Type)]
pub struct ClientsPageView {
    /// By name, with the sums of their channels on the list; with the first page only. All of the
    /// hub's, or those that have a channel on a narrowed list.
    pub clients: Vec<ClientSumView>,
    /// Of all clients of the hub; with the first page only.
    pub countries: Vec<String>,
    pub rows: Vec<ChannelView>,
    /// Where the next page begins.
    pub next: Option<String>,
    /// Channels on the list.
    pub count: u32,
    /// The one that was asked for.
    pub channel: Option<ChannelView>,
}

/// A client with what its channels come to.
#[derive(Clone, Debug, Serialize, Type)]
pub struct ClientSumView {
    pub id: String,
    pub hub: String,
    pub name: String,
    pub country: Option<String>,
    pub email: String,
    pub vat_id: String,
    pub channels: u32,
    /// Channels that have a licence to pay in the month.
    pub licensed: u32,
    /// Sum of its channels' licences of the month.
    pub licences: MoneyView,
    /// Usage of the month, what is rated.
    pub used: MoneyView,
}

/// Where a channel stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum ChannelState {
    /// Its first day lies ahead.
    Starting,
    Active,
    /// Cancelled; its last day lies ahead.
    Ending,
    Ended,
}

#[derive(Clone, Debug, Serialize, Type)]
pub struct ChannelView {
    pub id: String,
    pub hub: String,
    pub client: String,
    pub client_name: String,
    pub phone: String,
    /// May be empty: show the phone number.
    pub name: String,
    pub tier: TierWord,
    pub tiers: Vec<TierFromView>,
    pub started: String,
    pub ended: Option<String>,
    pub time_zone: String,
    pub state: ChannelState,
    /// Licence prices that it keeps, whatever the card says; oldest first.
    pub kept_prices: Vec<KeptPriceView>,
    /// What the channel's licence costs in the month.
    pub licence: MoneyView,
    /// Usage of the month, what is rated.
    pub used: MoneyView,
    /// Of a Direct-Paid hub.
    pub balance: Option<MoneyView>,
    /// Of a Direct-Paid hub.
    pub opening: Option<MoneyView>,
    /// Outbound messages and calls are paused: its balance is at or below zero.
    pub paused: bool,
    pub auto_renewal: Option<AutoRenewalView>,
}

#[derive(Clone, Debug, Serialize, Type)]
pub struct TierFromView {
    pub from: String,
    pub tier: TierWord,
}

/// A licence price that a channel keeps for a tier, from a month on until the next.
#[derive(Clone, Debug, Serialize, Type)]
pub struct KeptPriceView {
    pub tier: TierWord,
    pub from: String,
    /// For a whole month; none: the card's price again.
    pub price: Option<MoneyView>,
    pub reason: String,
}

/// What was found by a few letters; each list is short, and may go on.
#[derive(Clone, Debug, Serialize, Type)]
pub struct FoundView {
    /// By name.
    pub clients: Vec<FoundClientView>,
    /// By client and name.
    pub channels: Vec<FoundChannelView>,
    /// The newest first.
    pub client_invoices: Vec<ClientInvoiceView>,
    /// Of closed months, the newest first.
    pub hub_invoices: Vec<FoundHubInvoiceView>,
}

#[derive(Clone, Debug, Serialize, Type)]
pub struct FoundClientView {
    pub id: String,
    pub hub: String,
    pub name: String,
}

#[derive(Clone, Debug, Serialize, Type)]
pub struct FoundChannelView {
    pub id: String,
    pub hub: String,
    pub client: String,
    pub client_name: String,
    /// May be empty: show the phone number.
    pub name: String,
    pub phone: String,
}

#[derive(Clone, Debug, Serialize, Type)]
pub struct FoundHubInvoiceView {
    pub reference: String,
    pub hub: String,
    pub vendor_number: Option<String>,
    pub kind: HubInvoiceWord,
    pub issued_on: String,
    /// Of an invoice about one channel: what that was called.
    pub channel: Option<String>,
    pub net: MoneyView,
    pub gross: MoneyView,
}

/// One balance over a month in its five numbers.
#[derive(Clone, Debug, Serialize, Type)]
pub struct BalanceView {
    pub hub: String,
    /// None: the shared balance.
    pub channel: Option<ChannelLabelView>,
    pub month: String,
    pub starting: MoneyView,
    pub added: MoneyView,
    /// What was used, as a positive amount, with reconciliation.
    pub used: MoneyView,
    /// Back to the balance less paid out.
    pub refunds: MoneyView,
    pub settled_by_invoice: MoneyView,
    pub rounding: MoneyView,
    pub ending: MoneyView,
    /// The balance on the day of today (or at the end of the month, if that is earlier).
    pub paused: bool,
    /// How many days the balance lasts at the average of the last 30 days; none without usage.
    pub days_left: Option<u32>,
    pub auto_renewal: Option<AutoRenewalView>,
}

/// A channel by its names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct ChannelLabelView {
    pub id: String,
    pub name: String,
    pub phone: String,
    pub client: String,
    pub client_name: String,
}

/// What moved a balance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum MovementWord {
    Opening,
    TopUp,
    Usage,
    RefundToBalance,
    PaidOut,
    SettledByInvoice,
    Rounding,
    Reconciliation,
}

/// One line of a balance's statement.
#[derive(Clone, Debug, Serialize, Type)]
pub struct MovementView {
    /// The journal entry that holds it.
    pub entry: u32,
    pub day: String,
    /// The day it belongs to, where that lies in a closed month.
    pub own_day: Option<String>,
    pub kind: MovementWord,
    /// Signed.
    pub amount: MoneyView,
    /// The balance after it.
    pub balance: MoneyView,
    pub paused: bool,
    pub top_up: Option<TopUpWord>,
    pub method: Option<PayByWord>,
    /// Usage: how many.
    pub messages: String,
    pub pulses: String,
    pub unrated: u32,
    /// The entry of an earlier month that it reverses.
    pub reverses: Option<u32>,
    /// The entry of a later month that reverses it.
    pub reversed_by: Option<u32>,
    /// Whether it lies in a closed month and can be reversed.
    pub can_reverse: bool,
}

/// A balance's statement of a month, or of all time.
#[derive(Clone, Debug, Serialize, Type)]
pub struct StatementView {
    pub balance: BalanceView,
    /// By day, oldest first.
    pub movements: Vec<MovementView>,
}

/// How a charge got its amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum ChargeState {
    /// By the card.
    Rated,
    /// By the cost that the row reported, or that was given by hand.
    Reported,
    /// Nothing, for a reason.
    Free,
    /// No price is known.
    Unrated,
    /// Let go, with a reason.
    Waived,
    /// A plan or a licence.
    Fee,
}

/// What a charge is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum ChargeKind {
    Messages,
    Calls,
    Plan,
    Licence,
    ProRataLicence,
}

/// What a channel used of one category.
#[derive(Clone, Debug, Serialize, Type)]
pub struct CategoryUsageView {
    pub category: CategoryWord,
    /// Messages, or pulses of calls.
    pub quantity: String,
    /// Of what has a price.
    pub amount: MoneyView,
}

/// One charge.
#[derive(Clone, Debug, Serialize, Type)]
pub struct ChargeView {
    pub id: String,
    pub kind: ChargeKind,
    pub day: String,
    /// Set where it is booked into a later month, as its own is closed.
    pub booked_on: Option<String>,
    pub channel: Option<ChannelLabelView>,
    pub country: Option<String>,
    /// Meta's market; empty where none is known.
    pub market: String,
    pub category: Option<CategoryWord>,
    pub pricing_type: Option<PricingWord>,
    /// Messages, pulses or months; below zero where it takes an earlier charge back.
    pub quantity: String,
    pub rate: Option<String>,
    /// None: unrated.
    pub amount: Option<MoneyView>,
    pub state: ChargeState,
    /// Whether the amount is an estimate; why stands in the explanation.
    pub estimated: bool,
    /// The charge that it takes back.
    pub reverses: Option<String>,
    /// The charge that takes it back.
    pub reversed_by: Option<String>,
    /// Whether it lies in a closed month and can be reversed.
    pub can_reverse: bool,
    /// Direct-Paid in a partner's book: the client pays it.
    pub paid_by_client: bool,
}

/// A page of charges with the sums of all that match.
#[derive(Clone, Debug, Serialize, Type)]
pub struct ChargesView {
    pub rows: Vec<ChargeView>,
    pub count: u32,
    /// Their sum. Direct-Paid in a partner's book: what the clients pay, without `plan_apart`.
    pub amount: MoneyView,
    /// Direct-Paid in a partner's book: the partner plan among them, which is your own cost and
    /// never in one sum with the clients' money.
    pub plan_apart: Option<MoneyView>,
    pub unrated: u32,
    /// Charges at an estimated price, in the sum.
    pub estimated: u32,
    /// Where the next page begins.
    pub next: Option<String>,
}

/// Charges summed up by one thing.
#[derive(Clone, Debug, Serialize, Type)]
pub struct ChargeSumView {
    /// The client's or channel's id, the category or the market.
    pub key: String,
    pub name: String,
    pub messages: String,
    pub pulses: String,
    /// Messages and calls.
    pub usage: MoneyView,
    /// Plan and licences.
    pub fees: MoneyView,
    pub amount: MoneyView,
    pub unrated: u32,
    /// Charges at an estimated price, in the sums.
    pub estimated: u32,
    /// Direct-Paid in a partner's book: the clients pay it. Never sum it with what you pay.
    pub paid_by_client: bool,
}

/// Why this number?
#[derive(Clone, Debug, Serialize, Type)]
pub struct ExplainView {
    pub charge: ChargeView,
    /// Where a usage row comes from.
    pub source: Option<SourceView>,
    /// The price that was used, or that it is compared with.
    pub price: Option<PriceUsedView>,
    /// The cost that was reported.
    pub reported: Option<MoneyView>,
    /// What the card would have charged.
    pub rated: Option<MoneyView>,
    /// Reported less rated.
    pub difference: Option<MoneyView>,
    /// Why it is free, unrated or waived: a code, and the reason that was given.
    pub reason: Option<ReasonView>,
    pub share: Option<ShareView>,
    /// Where the card has volume steps: where the row stands on them.
    pub volume: Option<VolumeUsedView>,
    /// Free service messages of the number's month that it took, where it took any.
    pub free: Option<String>,
    /// How the amount came about, as one would write it down: `100 × 0.0040 + 1 × 0.0038 = 0.4038`.
    pub sum: Option<String>,
    /// The charge that it takes back, or that took its place.
    pub related: Vec<String>,
    /// The invoice that it is on, once there is one.
    pub invoice: Option<String>,
    /// The balance that it moved: the hub's id for the shared one, or the channel's.
    pub balance: Option<String>,
    /// All usage of that balance on that day.
    pub day_total: Option<MoneyView>,
}

#[derive(Clone, Debug, Serialize, Type)]
pub struct SourceView {
    pub file: String,
    pub line: u32,
    pub brought_in: String,
    pub sha256: String,
}

/// Where a row stands on its card's volume steps.
#[derive(Clone, Debug, Serialize, Type)]
pub struct VolumeUsedView {
    /// What the month had counted before it, messages or minutes; none: not known.
    pub counted: Option<String>,
    /// Its part of each step that it falls into.
    pub slices: Vec<SliceView>,
}

#[derive(Clone, Debug, Serialize, Type)]
pub struct SliceView {
    /// The first message, or minute, of the step.
    pub from: String,
    /// Messages; pulses of calls.
    pub quantity: String,
    pub rate: String,
}

/// A client's month on the volume steps of a market and category.
#[derive(Clone, Debug, Serialize, Type)]
pub struct VolumeView {
    pub market: String,
    pub category: CategoryWord,
    /// What was counted outside the book, before the book's own rows: messages, or minutes of
    /// calls. None: not known, so that the list price stands in as an estimate.
    pub counted: Option<String>,
    /// The month from which that was told.
    pub from: Option<String>,
    /// What the book's own rows of the month add.
    pub in_book: String,
}

#[derive(Clone, Debug, Serialize, Type)]
pub struct PriceUsedView {
    pub card: String,
    /// Which card that is; none for a price that a channel keeps.
    pub of: Option<CardNameView>,
    pub source: String,
    /// Where the app's own figures come from.
    pub source_word: Option<SourceWord>,
    pub effective_from: Option<String>,
    pub rate: String,
    /// `message`, `minute` or `month`.
    pub per: String,
    pub market: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum ReasonCode {
    CustomerServiceWindow,
    FreeEntryPoint,
    ServiceIsFree,
    FreeAllowance,
    NoCard,
    CardOutdated,
    MarketNotOnCard,
    /// The last card's rate; Meta has changed its prices since the day that the text names.
    EstimatedByLastCard,
    /// The list price, as nobody has told where the month stands on the volume steps.
    VolumeUnknown,
    Waived,
}

#[derive(Clone, Debug, Serialize, Type)]
pub struct ReasonView {
    pub code: ReasonCode,
    /// What a person wrote, or the day of the change.
    pub text: String,
}

#[derive(Clone, Debug, Serialize, Type)]
pub struct ShareView {
    pub from: String,
    pub days: u32,
    pub of: u32,
    /// The choice of the rule `proration` that it was worked out by.
    pub rule: String,
    pub full_price: MoneyView,
}

/// What a usage file would do. Nothing is booked yet.
#[derive(Clone, Debug, Serialize, Type)]
pub struct UsagePreviewView {
    pub file: String,
    pub sha256: String,
    pub rows: u32,
    /// New rows that can be booked.
    pub new_rows: u32,
    pub messages: String,
    pub pulses: String,
    /// What the new and the changed rows add up to, a currency each.
    pub amounts: Vec<MoneyView>,
    /// Of the new rows.
    pub unrated: u32,
    /// Of the new rows: their month is closed, so they land in the first open month.
    pub late: u32,
    /// Booked before, the same: left out.
    pub already: u32,
    pub changed: u32,
    /// The first thousand.
    pub changed_rows: Vec<ChangedRowView>,
    pub problems: u32,
    /// The first thousand.
    pub problem_rows: Vec<ProblemView>,
    pub columns: Vec<String>,
    pub unknown_columns: Vec<String>,
}

/// A known row that now says something else.
#[derive(Clone, Debug, Serialize, Type)]
pub struct ChangedRowView {
    pub line: u32,
    pub day: String,
    pub channel: String,
    pub category: CategoryWord,
    pub place: String,
    pub old_quantity: String,
    pub new_quantity: String,
    pub old_amount: Option<MoneyView>,
    pub new_amount: Option<MoneyView>,
}

/// A row that can't be booked, and why.
#[derive(Clone, Debug, Serialize, Type)]
pub struct ProblemView {
    pub line: u32,
    pub column: Option<String>,
    pub found: String,
    /// Groups problems of one kind.
    pub code: SaidCode,
    /// What the sentence speaks of, as in `SaidView`.
    pub facts: Vec<FactView>,
    /// The sentence in English.
    pub text: String,
    /// The row as it stands in the file.
    pub row: Vec<String>,
}

/// What was booked of a usage file.
#[derive(Clone, Debug, Serialize, Type)]
pub struct UsageBookedView {
    pub import: u32,
    pub new_rows: u32,
    pub changed: u32,
    pub already: u32,
    pub problems: u32,
    pub unrated: u32,
    pub late: u32,
    pub amounts: Vec<MoneyView>,
    /// The first month that rows were booked in.
    pub first_month: Option<String>,
    pub last_month: Option<String>,
}

/// What a file of clients and channels would do, or did.
#[derive(Clone, Debug, Serialize, Type)]
pub struct PartiesView {
    pub file: String,
    pub sha256: String,
    pub rows: u32,
    pub new_clients: u32,
    pub new_channels: u32,
    pub same: u32,
    /// Clients or channels of a saved answer that stand on pages which the file does not hold.
    pub beyond: u32,
    /// Known ones that the file tells otherwise: left as they are unless asked for.
    pub differences: Vec<DifferenceView>,
    pub problems: u32,
    pub problem_rows: Vec<ProblemView>,
    pub unknown_columns: Vec<String>,
}

#[derive(Clone, Debug, Serialize, Type)]
pub struct DifferenceView {
    pub line: u32,
    /// Client or channel id.
    pub id: String,
    pub field: String,
    pub ours: String,
    pub theirs: String,
}

/// What a price file would do, or did.
#[derive(Clone, Debug, Serialize, Type)]
pub struct PricesView {
    pub file: String,
    pub sha256: String,
    pub rows: u32,
    pub cards: Vec<CardView>,
    /// Cards that hold for the same day with other prices: both are kept, and these hold until
    /// another is chosen.
    pub conflicts: Vec<CardView>,
    /// Cards of the book that say the same already.
    pub known: Vec<CardView>,
    /// What each new card says otherwise than the one that holds on its day, or the last before it.
    pub changes: Vec<CardDiffView>,
    pub unknown_columns: Vec<String>,
    /// Unrated charges that got a price by it.
    pub rated: u32,
    /// Charges of open months that have another price by the new card.
    pub changed: u32,
    pub still_unrated: u32,
    pub problems: u32,
    pub problem_rows: Vec<ProblemView>,
}

#[derive(Clone, Debug, Serialize, Type)]
pub struct CardView {
    pub id: u32,
    /// `messages`, `calls`, `fees` or `tiers`.
    pub kind: String,
    pub currency: CurrencyWord,
    pub effective_from: Option<String>,
    /// The last day that its prices hold; none where no later card or change is known.
    pub until: Option<String>,
    pub name: String,
    pub source: String,
    /// Where the app's own figures come from.
    pub source_word: Option<SourceWord>,
    /// How far the app's own figures are to be trusted; none for cards that were brought in.
    pub trust: Option<TrustWord>,
    pub rates: u32,
    pub markets: u32,
    /// Holds today.
    pub in_force: bool,
    pub shipped: bool,
    /// Other cards of its kind, currency and day.
    pub rivals: u32,
    /// Whether it is the one that holds among them.
    pub chosen: bool,
    /// When a person last chose it.
    pub chosen_at: Option<String>,
}

/// What a price card is named by.
#[derive(Clone, Debug, Serialize, Type)]
pub struct CardNameView {
    /// `messages`, `calls`, `fees` or `tiers`.
    pub kind: String,
    pub currency: CurrencyWord,
    pub effective_from: Option<String>,
}

/// One price of a card.
#[derive(Clone, Debug, Serialize, Type)]
pub struct RateView {
    pub market: String,
    pub item: String,
    pub tier_from: String,
    pub rate: String,
}

/// One step before a month can be closed.
#[derive(Clone, Debug, Serialize, Type)]
pub struct CloseStepView {
    pub step: CloseStep,
    pub done: bool,
    /// Whether closing waits for it.
    pub blocks: bool,
    pub count: u32,
    /// The channels, charges or month that it is about.
    pub names: Vec<String>,
    pub amount: Option<MoneyView>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum CloseStep {
    MonthIsOver,
    EarlierMonthClosed,
    /// Every active channel has usage: how many have; those without are named. Never blocks.
    UsageIsIn,
    NothingUnrated,
    /// Charges at an estimated price; there only where a month has some. Never blocks.
    NothingEstimated,
    TopUpsAreIn,
    RulesConfirmed,
}

/// A month that can be closed, or is.
#[derive(Clone, Debug, Serialize, Type)]
pub struct CloseView {
    pub hub: String,
    pub month: String,
    pub closed: Option<String>,
    pub can_close: bool,
    /// Why not.
    pub refusal: Option<SaidView>,
    pub steps: Vec<CloseStepView>,
    pub invoices: Vec<HubInvoiceView>,
    /// Sum of the invoices.
    pub gross: MoneyView,
    /// Direct-Paid in a partner's book: how many invoices 360Dialog sends to clients. Nothing
    /// else of them is known here.
    pub invoices_to_clients: Option<u32>,
}

/// Which hub invoice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum HubInvoiceWord {
    PartnerPlan,
    Licence,
    ProRataLicence,
    TopUp,
    MonthClosing,
}

/// A hub invoice: a bookkeeping copy of what 360Dialog bills.
#[derive(Clone, Debug, Serialize, Type)]
pub struct HubInvoiceView {
    pub reference: String,
    pub vendor_number: Option<String>,
    pub kind: HubInvoiceWord,
    pub hub: String,
    pub hub_name: String,
    pub channel: Option<ChannelLabelView>,
    pub period: String,
    pub issued_on: String,
    pub recipient: CompanyView,
    pub net: MoneyView,
    pub vat_treatment: VatWord,
    /// `19` or `0`.
    pub vat_percent: String,
    pub vat_base: MoneyView,
    pub vat: MoneyView,
    pub gross: MoneyView,
    /// Its month is closed, so that it never changes again.
    pub frozen: bool,
    /// The seal of its closed month, in hex.
    pub seal: Option<String>,
    pub lines: Vec<HubInvoiceLineView>,
    /// How many lines it has: a list of invoices may hold the first ones only.
    pub line_count: u32,
    /// How many channels its lines name.
    pub channels: u32,
    pub summary: Option<ClosingSummaryView>,
    /// Its PDF has an annex of what the usage is made of.
    pub has_annex: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum LineWord {
    Plan,
    PlanUpgrade,
    Licence,
    ProRataLicence,
    TierUpgrade,
    LateLicence,
    TopUp,
    Messages,
    Calls,
    UsageReconciliation,
    SettledWithBalance,
    EarlierShortfall,
    CreditedToBalance,
    CardFee,
}

/// One line of a hub invoice. What a kind does not have is none.
#[derive(Clone, Debug, Serialize, Type)]
pub struct HubInvoiceLineView {
    pub kind: LineWord,
    pub channel: Option<ChannelLabelView>,
    pub plan: Option<PlanWord>,
    pub tier: Option<TierWord>,
    pub from: Option<String>,
    /// The closed month that a late licence is for.
    pub month: Option<String>,
    pub days: Option<u32>,
    pub of: Option<u32>,
    pub top_up: Option<TopUpWord>,
    pub method: Option<PayByWord>,
    pub percent: Option<String>,
    pub base: Option<MoneyView>,
    pub unit_price: Option<MoneyView>,
    pub amount: MoneyView,
}

/// The month of a balance on a month closing invoice.
#[derive(Clone, Debug, Serialize, Type)]
pub struct ClosingSummaryView {
    pub starting: MoneyView,
    pub added: MoneyView,
    pub refunds_to_balance: MoneyView,
    pub paid_out: MoneyView,
    pub used: MoneyView,
    pub usage_reconciliation: MoneyView,
    pub settled: MoneyView,
    pub settled_by_invoice: MoneyView,
    pub card_fee: MoneyView,
    pub ending: MoneyView,
    pub net_payable: MoneyView,
}

/// Hub invoices of a month with their sums.
#[derive(Clone, Debug, Serialize, Type)]
pub struct InvoiceMonthView {
    pub hub: String,
    pub month: String,
    pub closed: Option<String>,
    pub invoices: Vec<HubInvoiceView>,
    pub net: MoneyView,
    pub vat: MoneyView,
    pub gross: MoneyView,
    pub invoices_to_clients: Option<u32>,
}

/// PDFs that were written.
#[derive(Clone, Debug, Serialize, Type)]
pub struct ExportedView {
    pub folder: String,
    pub files: Vec<String>,
}

/// What names the place of a fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct FactView {
    pub name: String,
    /// Days as 2026-07-31, months as 2026-07, amounts as decimals.
    pub value: String,
}

/// One thing that does not hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct FaultView {
    /// A word that stays: `entry-unbalanced`.
    pub code: FaultWord,
    pub facts: Vec<FactView>,
    /// Why it can't be looked at.
    pub because: Vec<SaidView>,
    /// The same as a sentence in English.
    pub text: String,
}

/// One invariant of the book.
#[derive(Clone, Debug, Serialize, Type)]
pub struct CheckLineView {
    /// A word that stays: `entries-balance`.
    pub code: ProofWord,
    /// What it says.
    pub invariant: String,
    pub holds: bool,
    /// How much was looked at.
    pub checked: u32,
    /// The first that fail.
    pub faults: Vec<FaultView>,
    /// Nothing that fails, but worth to know.
    pub notices: Vec<FaultView>,
}

/// The proof of the whole book.
#[derive(Clone, Debug, Serialize, Type)]
pub struct CheckView {
    pub holds: bool,
    pub lines: Vec<CheckLineView>,
}

/// What the overview of a hub shows.
#[derive(Clone, Debug, Serialize, Type)]
pub struct OverviewView {
    pub hub: String,
    pub month: String,
    /// Shared balance, or the sum of the channels'.
    pub balance: MoneyView,
    pub paused: u32,
    /// The balance at the end of each day from the start of last month; shared balances only.
    pub curve: Vec<CurvePointView>,
    /// Average used a day over 7, 15 and 30 days before today.
    pub used_a_day: Vec<MoneyView>,
    /// At the average of 30 days; none without usage.
    pub days_left: Option<u32>,
    pub runs_dry_on: Option<String>,
    pub by_category: Vec<SpendView>,
    pub by_market: Vec<SpendView>,
    pub by_client: Vec<SpendView>,
    pub used: MoneyView,
    pub used_before: MoneyView,
    /// The lowest balances first, at most five; Direct-Paid only.
    pub lowest: Vec<BalanceView>,
    pub next: Vec<NextView>,
}

#[derive(Clone, Debug, Serialize, Type)]
pub struct CurvePointView {
    pub day: String,
    pub balance: MoneyView,
    /// Added on that day.
    pub added: Option<MoneyView>,
    pub emergency: bool,
}

/// What was spent on one thing, this month and over the same days of the month before.
#[derive(Clone, Debug, Serialize, Type)]
pub struct SpendView {
    pub key: String,
    pub name: String,
    pub amount: MoneyView,
    pub before: MoneyView,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum NextWord {
    /// The balance is at or below zero.
    Paused,
    /// The balance runs dry within a week.
    RunsDry,
    Unrated,
    /// A month is over and not closed.
    CloseMonth,
    /// Meta changed prices and the book has no card of the hub's currency since.
    CardOutdated,
    ChannelEnds,
    AddClients,
    BringInUsage,
    AmountBelowThreshold,
}

/// One thing to do.
#[derive(Clone, Debug, Serialize, Type)]
pub struct NextView {
    pub what: NextWord,
    pub count: u32,
    pub name: String,
    pub day: Option<String>,
    pub month: Option<String>,
    pub amount: Option<MoneyView>,
}

/// How far a long job is.
#[derive(Clone, Debug, Default, Serialize, Type)]
pub struct ProgressView {
    pub running: bool,
    pub rows: u32,
    /// Of the whole, 0 to 100.
    pub percent: u32,
    /// What is proved now, where the book is checked.
    pub proof: Option<ProofWord>,
    /// What is done now, where the work has steps.
    pub step: Option<WorkStep>,
}

/// A step of long work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum WorkStep {
    /// The month's fees and balances are worked out.
    Fees,
    /// Its invoices are posted and frozen.
    Invoices,
    Seal,
    /// The book as it was is copied.
    Backup,
    /// A copy of the book is checked.
    Check,
    /// A book of an older version is brought up.
    BringUp,
    /// The sample books are told month by month.
    Sample,
    /// The book is written anew under another passphrase.
    Encrypt,
}

impl ProgressView {
    /// So many rows are done, and so much of the file.
    pub fn of_rows(rows: u32, percent: u32) -> Self {
        Self {
            running: true,
            rows,
            percent,
            ..Self::default()
        }
    }

    /// So much is done, and this is proved now.
    pub fn of_proof(proof: ProofWord, percent: u32) -> Self {
        Self {
            running: true,
            percent,
            proof: Some(proof),
            ..Self::default()
        }
    }

    /// So much is done, and this step begins.
    pub fn of_step(step: WorkStep, percent: u32) -> Self {
        Self {
            running: true,
            percent,
            step: Some(step),
            ..Self::default()
        }
    }
}

/// Where the sample books lie.
#[derive(Clone, Debug, Serialize, Type)]
pub struct SampleView {
    pub partner_book: String,
    pub client_book: String,
}

/// How a refund was booked; top-ups answer with the balance after them.
#[derive(Clone, Debug, Serialize, Type)]
pub struct BookedView {
    pub balance: MoneyView,
    /// Set where the day lies in a closed month: booked on the first day of this open month.
    pub booked_on: Option<String>,
    pub to: Option<RefundWord>,
}

/// A month as it is and as it would be. Usage is rated by the cards alone on both sides, whatever
/// cost was reported.
#[derive(Clone, Debug, Serialize, Type)]
pub struct WhatIfView {
    pub hub: String,
    pub month: String,
    /// The other card.
    pub card: Option<String>,
    pub rows: Vec<WhatIfRowView>,
    pub fees: Vec<WhatIfFeeView>,
    pub now: MoneyView,
    pub then: MoneyView,
    /// None where a row has no price on one of the sides.
    pub difference: Option<MoneyView>,
    /// Direct-Paid in a partner's book.
    pub paid_by_clients: bool,
}

/// A client's messages, or calls, of one category.
#[derive(Clone, Debug, Serialize, Type)]
pub struct WhatIfRowView {
    pub client: String,
    pub client_name: String,
    pub category: CategoryWord,
    pub quantity: String,
    pub now: MoneyView,
    pub then: MoneyView,
    /// Then less now; none where a row has no price on one of the sides.
    pub difference: Option<MoneyView>,
    pub unrated_now: u32,
    pub unrated_then: u32,
    /// Whether a price of either side is an estimate.
    pub estimated: bool,
}

/// The plan, or all licences.
#[derive(Clone, Debug, Serialize, Type)]
pub struct WhatIfFeeView {
    /// `plan` or `licences`.
    pub what: String,
    pub now: MoneyView,
    pub then: MoneyView,
    pub difference: MoneyView,
}

/// Reported costs of a channel, category and market beside what the card charges.
#[derive(Clone, Debug, Serialize, Type)]
pub struct CostDifferenceView {
    pub channel: ChannelLabelView,
    pub category: CategoryWord,
    pub market: String,
    pub rows: u32,
    /// Messages or pulses.
    pub quantity: String,
    pub reported: MoneyView,
    pub rated: MoneyView,
    /// Reported less rated, of the rows that a card prices.
    pub difference: MoneyView,
    /// Rows that no card prices.
    pub without_price: u32,
}

/// The cards of a book, and the currencies that have none for messages any more.
#[derive(Clone, Debug, Serialize, Type)]
pub struct CardsView {
    pub cards: Vec<CardView>,
    pub missing: Vec<MissingCardView>,
}

/// What is otherwise on two cards.
#[derive(Clone, Debug, Serialize, Type)]
pub struct CardDiffView {
    pub old: CardView,
    pub new: CardView,
    /// By market and item; what is the same on both is left out.
    pub rows: Vec<RateChangeView>,
}

#[derive(Clone, Debug, Serialize, Type)]
pub struct RateChangeView {
    pub market: String,
    pub item: String,
    pub tier_from: String,
    /// None: the card has no such price.
    pub old: Option<String>,
    pub new: Option<String>,
    /// Of the old price, to one decimal.
    pub per_cent: Option<String>,
}

/// A currency whose messages have no card since Meta changed its prices.
#[derive(Clone, Debug, Serialize, Type)]
pub struct MissingCardView {
    pub currency: CurrencyWord,
    pub since: String,
    pub hubs: Vec<MissingCardHubView>,
}

#[derive(Clone, Debug, Serialize, Type)]
pub struct MissingCardHubView {
    pub hub: String,
    pub name: String,
    /// Whether its charges are estimated from the last card.
    pub estimates: bool,
    /// The first open month that the choice can hold from.
    pub from: String,
}

/// A card that was chosen, and what that did.
#[derive(Clone, Debug, Serialize, Type)]
pub struct ChosenCardView {
    pub card: CardView,
    pub rated: u32,
    pub changed: u32,
}

/// A backup of the book.
#[derive(Clone, Debug, Serialize, Type)]
pub struct BackupView {
    pub file: String,
    pub path: String,
    /// In UTC, `2026-11-28T14:00:05Z`.
    pub made_at: String,
    pub why: BackupWord,
    pub kilobytes: u32,
    pub entries: u32,
    pub is_encrypted: bool,
    /// The last drill that opened it.
    pub drill: Option<DrillView>,
}

/// The backups of a book, newest first.
#[derive(Clone, Debug, Serialize, Type)]
pub struct BackupsView {
    pub folder: String,
    /// Whether the partner chose that folder.
    pub is_chosen: bool,
    /// When the newest was made.
    pub newest: Option<String>,
    pub backups: Vec<BackupView>,
}

/// What came of opening a backup as a copy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct DrillView {
    pub file: String,
    /// When the backup was made; unknown where nothing stands beside it.
    pub made_at: Option<String>,
    /// When it was opened.
    pub at: String,
    pub opens: bool,
    /// Whether every invariant holds in it.
    pub holds: bool,
    pub entries: u32,
    /// How many invariants were looked at.
    pub checked: u32,
    /// What is wrong with it, in English.
    pub failures: Vec<String>,
    /// The same by its codes; none in the notes of earlier versions.
    #[serde(default)]
    pub findings: Vec<DrillFindingView>,
}

/// One thing that is wrong with a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum DrillFindingView {
    /// It is not what was written: its checksum differs.
    Altered,
    /// A rule of the book does not hold in it.
    Broken { rule: ProofWord, fault: FaultView },
    /// It can't be opened.
    Refused { said: SaidView },
}

/// A backup that took its book's place.
#[derive(Clone, Debug, Serialize, Type)]
pub struct RestoredView {
    pub book: String,
    pub drill: DrillView,
    /// The copy of what it replaced.
    pub replaced: Option<String>,
}

/// A book that was encrypted, or is no longer.
#[derive(Clone, Debug, Serialize, Type)]
pub struct EncryptionView {
    pub is_encrypted: bool,
    /// Backups that were written before, and stay as they are.
    pub other_backups: u32,
}

/// The owner as seller.
#[derive(Clone, Debug, Serialize, Type)]
pub struct SellerView {
    pub street: String,
    pub extra: String,
    pub postal_code: String,
    pub city: String,
    pub tax_number: String,
    pub register: String,
    pub contact: String,
    pub phone: String,
    pub website: String,
    pub iban: String,
    pub bic: String,
    pub account_holder: String,
    pub accent: String,
    pub due_days: u32,
    pub terms: String,
    pub language: String,
    pub small_business: bool,
    pub e_address: String,
    pub logo: Option<LogoView>,
    pub series: Vec<NumberSeriesView>,
}

/// The logo that is kept.
#[derive(Clone, Debug, Serialize, Type)]
pub struct LogoView {
    /// `png`, `jpeg` or `svg`.
    pub kind: String,
    /// In bytes.
    pub size: u32,
}

/// How the numbers of a series are written.
#[derive(Clone, Debug, Serialize, Type)]
pub struct NumberSeriesView {
    pub series: String,
    /// Empty: numbered among the invoices.
    pub pattern: String,
}

/// How a client is invoiced.
#[derive(Clone, Debug, Serialize, Type)]
pub struct ClientBillingView {
    pub client: String,
    pub street: String,
    pub extra: String,
    pub postal_code: String,
    pub city: String,
    pub language: String,
    pub buyer_reference: String,
    pub e_address: String,
    pub due_days: Option<u32>,
    pub format: String,
}

/// What an invoice to a client is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum ClientInvoiceWord {
    Invoice,
    Advance,
    CreditNote,
    Cancellation,
    Corrected,
}

/// Where an issued invoice stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum ClientInvoiceState {
    Open,
    Overdue,
    Paid,
    /// It was paid and then credited: the client gets money back.
    OwedBack,
    /// All of it was credited.
    Credited,
    /// A corrected invoice took its place.
    Replaced,
    /// A credit note or cancellation.
    Correction,
}

/// A draft of an invoice to a client.
#[derive(Clone, Debug, Serialize, Type)]
pub struct ClientDraftView {
    pub id: String,
    pub client_name: String,
    pub hub: String,
    pub currency: CurrencyWord,
    /// As it was typed.
    pub invoice: ClientInvoiceForm,
    /// None while they can't be worked out.
    pub sums: Option<ClientSumsView>,
    /// What stands in the way of issuing it.
    pub faults: Vec<SaidView>,
    pub changed_at: String,
}

/// The sums of an invoice to a client.
#[derive(Clone, Debug, Serialize, Type)]
pub struct ClientSumsView {
    pub lines: Vec<ClientLineView>,
    pub vat: Vec<ClientVatView>,
    pub net: MoneyView,
    pub vat_total: MoneyView,
    pub gross: MoneyView,
    /// What was paid before: an advance, or those of an invoice over the whole.
    pub prepaid: MoneyView,
    /// What is to be paid, or given back.
    pub due: MoneyView,
    /// The VAT in the seller's own currency, such as `EUR 17.21`.
    pub vat_in_own_currency: Option<String>,
}

#[derive(Clone, Debug, Serialize, Type)]
pub struct ClientLineView {
    pub text: String,
    pub description: String,
    pub group: String,
    pub quantity: String,
    /// By its code.
    pub unit: String,
    pub unit_price: MoneyView,
    pub vat: String,
    pub percent: String,
    pub net: MoneyView,
}

#[derive(Clone, Debug, Serialize, Type)]
pub struct ClientVatView {
    pub vat: String,
    pub percent: String,
    pub basis: MoneyView,
    pub amount: MoneyView,
}

/// An issued invoice or credit note.
#[derive(Clone, Debug, Serialize, Type)]
pub struct ClientInvoiceView {
    pub number: String,
    pub kind: ClientInvoiceWord,
    pub state: ClientInvoiceState,
    pub client: String,
    pub client_name: String,
    pub hub: String,
    pub issued_on: String,
    pub due_on: String,
    /// The number of what it corrects.
    pub corrects: Option<String>,
    pub net: MoneyView,
    pub vat: MoneyView,
    pub gross: MoneyView,
    /// What advances take off an invoice over the whole.
    pub deducted: MoneyView,
    /// The VAT in it.
    pub deducted_vat: MoneyView,
    /// Of an advance: another invoice takes it off.
    pub is_deducted: bool,
    pub credited: MoneyView,
    pub paid: MoneyView,
    /// What is still to be paid; below zero: owed to the client.
    pub open: MoneyView,
}

/// An issued invoice or credit note, whole.
#[derive(Clone, Debug, Serialize, Type)]
pub struct ClientInvoiceDetailView {
    pub invoice: ClientInvoiceView,
    pub sums: ClientSumsView,
    /// Numbers of what corrects it.
    pub corrected_by: Vec<String>,
    /// Numbers of the advances that it deducts.
    pub deducts: Vec<String>,
    /// The journal entry that its sums are posted by; none where there was nothing to post.
    pub entry: Option<String>,
    pub payments: Vec<ClientPaymentView>,
    /// What was handed out and is kept; none for what an early version issued.
    pub papers: Vec<ClientPaperView>,
}

/// A file that was handed out.
#[derive(Clone, Debug, Serialize, Type)]
pub struct ClientPaperView {
    /// `pdf`, `factur-x` (a PDF with its data inside), `xrechnung-ubl` or `peppol`.
    pub format: String,
    pub sha256: String,
}

#[derive(Clone, Debug, Serialize, Type)]
pub struct ClientPaymentView {
    pub on: String,
    pub amount: MoneyView,
}

/// What was handed out of issued invoices, and what was checked of it.
#[derive(Clone, Debug, Serialize, Type)]
pub struct ClientExportView {
    pub folder: String,
    /// The report is the last.
    pub files: Vec<String>,
    pub checked: Vec<CheckedPaperView>,
}

/// A file that was handed out, with what was checked of it.
#[derive(Clone, Debug, Serialize, Type)]
pub struct CheckedPaperView {
    pub number: String,
    /// As it is named in the folder, in the ZIP, or in its e-mail.
    pub file: String,
    pub sha256: String,
    pub checks: Vec<PaperCheckView>,
}

/// One check of a file. What fails any is not handed out.
#[derive(Clone, Debug, Serialize, Type)]
pub struct PaperCheckView {
    pub check: PaperCheckWord,
    /// The version of the program or of the rules, or the profile.
    pub name: String,
    /// By which rules, with their version; in English, as are the next two.
    pub rules: String,
    /// What was looked at; of a standard the names of its rules.
    pub looked_at: String,
    pub outcome: String,
}

/// What was checked of a file that is handed out. Every outcome is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum PaperCheckWord {
    /// It is the bytes that were kept at the issue.
    Kept,
    /// It was made now from the issued invoice.
    MadeNow,
    Pdf,
    /// EN 16931.
    Standard,
    FacturX,
    #[serde(rename = "xrechnung")]
    XRechnung,
    Peppol,
    /// It says what the book says.
    Book,
}
