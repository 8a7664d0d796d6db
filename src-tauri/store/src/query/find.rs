//! What is looked for by a few letters: names, phone numbers and invoice numbers, with as few columns
//! as a line of a list shows. Who asks folds and compares the letters.

use hubledger_core::currency::Currency;
use hubledger_core::hub_invoice::HubInvoiceKind;
use hubledger_core::money::Money;
use hubledger_core::period::Date;

use crate::Read;
use crate::codec;
use crate::error::Error;
use crate::table::kind_of;

#[derive(Clone, Debug)]
pub struct ClientName {
    pub hub: String,
    pub id: String,
    pub name: String,
}

#[derive(Clone, Debug)]
pub struct ChannelName {
    pub hub: String,
    pub client: String,
    pub client_name: String,
    pub id: String,
    pub name: String,
    /// Digits.
    pub phone: String,
}

/// A frozen hub invoice, by what it is called.
#[derive(Clone, Debug)]
pub struct HubInvoiceName {
    pub hub: String,
    pub reference: String,
    pub vendor_number: Option<String>,
    pub kind: HubInvoiceKind,
    pub issued_on: Date,
    /// Of an invoice about one channel: how that was called.
    pub channel: Option<String>,
    pub net: Money,
    pub gross: Money,
}

impl Read<'_> {
    /// The clients of a hub, or of all hubs, in no order.
    pub fn client_names(&self, hub: Option<i64>) -> Result<Vec<ClientName>, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT hub.id, client.id, client.name FROM client JOIN hub ON hub.key = client.hub
             WHERE client.gone IS NULL AND hub.gone IS NULL AND (?1 IS NULL OR client.hub = ?1)",
        )?;
        let rows = statement.query_map([hub], |row| {
            Ok(ClientName {
                hub: row.get(0)?,
                id: row.get(1)?,
                name: row.get(2)?,
            })
        })?;
        Ok(rows.collect::<Result<Vec<_>, _>>()?)
    }

    /// The channels of a hub, or of all hubs, in no order.
    pub fn channel_names(&self, hub: Option<i64>) -> Result<Vec<ChannelName>, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT hub.id, client.id, client.name, channel.id, channel.name, channel.phone
             FROM channel JOIN client ON client.key = channel.client JOIN hub ON hub.key = client.hub
             WHERE channel.gone IS NULL AND client.gone IS NULL AND hub.gone IS NULL
               AND (?1 IS NULL OR client.hub = ?1)",
        )?;
        let rows = statement.query_map([hub], |row| {
            Ok(ChannelName {
                hub: row.get(0)?,
                client: row.get(1)?,
                client_name: row.get(2)?,
                id: row.get(3)?,
                name: row.get(4)?,
                phone: row.get(5)?,
            })
        })?;
        Ok(rows.collect::<Result<Vec<_>, _>>()?)
    }

    /// Frozen invoices of a hub, the newest first.
    pub fn hub_invoice_names(
        &self,
        hub: i64,
        currency: Currency,
    ) -> Result<Vec<HubInvoiceName>, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT hub.id, hub_invoice.reference, vendor_number.number, hub_invoice.kind, hub_invoice.n,
                    hub_invoice.issued_on, month_channel.name, hub_invoice.net, hub_invoice.gross
             FROM hub_invoice JOIN hub ON hub.key = hub_invoice.hub
             LEFT JOIN vendor_number ON vendor_number.reference = hub_invoice.reference
             LEFT JOIN month_channel ON month_channel.hub = hub_invoice.hub
                                    AND month_channel.month = hub_invoice.month
                                    AND month_channel.channel = hub_invoice.channel
             WHERE hub_invoice.hub = ?1 ORDER BY hub_invoice.month DESC, hub_invoice.issued_on DESC, hub_invoice.reference",
        )?;
        let mut rows = statement.query([hub])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(HubInvoiceName {
                hub: row.get(0)?,
                reference: row.get(1)?,
                vendor_number: row.get(2)?,
                kind: kind_of(&row.get::<_, String>(3)?, row.get(4)?)?,
                issued_on: codec::date(row.get(5)?)?,
                channel: row.get(6)?,
                net: codec::money(row.get(7)?, currency),
                gross: codec::money(row.get(8)?, currency),
            });
        }
        Ok(found)
    }
}
