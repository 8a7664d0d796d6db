//! (being written)

use crate::Book;
use crate::error::{Code, Error};
use crate::moment::Moment;
use crate::view::{BalanceView, MoneyView, OverviewView, StatementView};

impl Book {
    pub fn balances(&self, hub: &str, month: &str, at: Moment) -> Result<Vec<BalanceView>, Error> {
        let _ = (hub, month, at);
        Err(Error::new(Code::StoreFailed, ["not written yet"]))
    }

    pub fn balance_on(
        &self,
        hub: Option<&str>,
        channel: Option<&str>,
        on: &str,
    ) -> Result<MoneyView, Error> {
        let _ = (hub, channel, on);
        Err(Error::new(Code::StoreFailed, ["not written yet"]))
    }

    pub fn statement(
        &self,
        hub: &str,
        channel: Option<&str>,
        month: Option<&str>,
        at: Moment,
    ) -> Result<StatementView, Error> {
        let _ = (hub, channel, month, at);
        Err(Error::new(Code::StoreFailed, ["not written yet"]))
    }

    pub fn overview(&self, hub: &str, month: &str, at: Moment) -> Result<OverviewView, Error> {
        let _ = (hub, month, at);
        Err(Error::new(Code::StoreFailed, ["not written yet"]))
    }
}
