//! (being written)

use std::ops::ControlFlow;
use std::path::Path;

use crate::Book;
use crate::error::{Code, Error};
use crate::moment::Moment;
use crate::view::{ProgressView, UsageBookedView, UsagePreviewView};

impl Book {
    pub fn preview_usage(
        &mut self,
        path: &Path,
        progress: &mut dyn FnMut(ProgressView) -> ControlFlow<()>,
        at: Moment,
    ) -> Result<UsagePreviewView, Error> {
        let _ = (path, progress, at);
        Err(Error::new(Code::StoreFailed, ["not written yet"]))
    }

    pub fn book_usage(
        &mut self,
        path: &Path,
        sha256: Option<&str>,
        progress: &mut dyn FnMut(ProgressView) -> ControlFlow<()>,
        at: Moment,
    ) -> Result<UsageBookedView, Error> {
        let _ = (path, sha256, progress, at);
        Err(Error::new(Code::StoreFailed, ["not written yet"]))
    }

    pub fn save_usage_problems(
        &mut self,
        path: &Path,
        to: &Path,
        at: Moment,
    ) -> Result<u32, Error> {
        let _ = (path, to, at);
        Err(Error::new(Code::StoreFailed, ["not written yet"]))
    }
}
