//! (being written)

use std::path::Path;

use crate::Book;
use crate::error::{Code, Error};
use crate::moment::Moment;
use crate::view::{CardView, PricesView, RateView};

impl Book {
    pub fn cards(&self, at: Moment) -> Result<Vec<CardView>, Error> {
        let _ = (at,);
        Err(Error::new(Code::StoreFailed, ["not written yet"]))
    }

    pub fn rates(&self, card: u32) -> Result<Vec<RateView>, Error> {
        let _ = (card,);
        Err(Error::new(Code::StoreFailed, ["not written yet"]))
    }

    pub fn preview_prices(&mut self, path: &Path, at: Moment) -> Result<PricesView, Error> {
        let _ = (path, at);
        Err(Error::new(Code::StoreFailed, ["not written yet"]))
    }

    pub fn book_prices(&mut self, path: &Path, at: Moment) -> Result<PricesView, Error> {
        let _ = (path, at);
        Err(Error::new(Code::StoreFailed, ["not written yet"]))
    }
}
