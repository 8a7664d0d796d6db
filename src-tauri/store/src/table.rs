//! One file a table, or a family of them: its row, its reads, its writes.

mod activity;
mod change;
mod undo;
mod partner;
mod hub;
mod party;
mod market;
mod price;
mod journal;
mod top_up;
mod volume;
mod charge;
mod invoice;
mod seller;
mod client_invoice;
mod client_paper;

pub use activity::{ActivityFilter, ActivityRow, ActivityWords, NewActivity, Subject};
pub use change::{ChangedRow, Refusal};
pub(crate) use change::{begin_unit, watch_changes};
#[cfg(test)]
pub(crate) use charge::tests as charge_tests;
pub(crate) use charge::{BESIDE_PLACES, charges_of_days};
pub use charge::{ChargePlace, ChargeRow, ChargeRows, ImportRow, NewCharge, Priced, ServiceRow};
pub use client_invoice::{
    ClientDraftRow, ClientInvoiceFilter, ClientInvoiceRow, ClientLineRow, ClientPaymentRow,
    ClientVatRow, NewClientInvoice,
};
pub use client_paper::ClientPaperRow;
pub use hub::HubRow;
pub(crate) use invoice::kind_of;
pub use invoice::{ClosedMonth, MonthChannel, StoredInvoice, StoredLine};
pub use journal::{AutoRenewal, EntrySource, Recorded};
pub use market::{MarketListRow, NewMarketList};
pub use partner::{BookRow, CompanyFrom};
pub use party::{ChannelRow, ClientRow};
pub use price::{CardRow, NewCard, StoredRate};
pub use seller::{ClientBillingRow, LogoRow, SellerRow};
pub use top_up::{RefundRow, TopUpRow, VatEvent};
pub use undo::{ClientPaymentOf, PostedEntry, Undone, UnitEntry};
pub(crate) use undo::{FOLDED, FOLDED_ENTRY};
pub use volume::{VolumeGroup, VolumeRow, VolumeStart};
