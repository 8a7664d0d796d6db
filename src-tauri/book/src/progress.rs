//! How far long work is, told to who asked for it.

use std::ops::{ControlFlow, RangeInclusive};

use crate::error::{Code, Error};
use crate::view::{ProgressView, WorkStep};

/// Hears how far long work is; a break stops it, and nothing of it is kept.
pub type Progress<'a> = &'a mut dyn FnMut(ProgressView) -> ControlFlow<()>;

/// Tells how far it is. Refused with `cancelled` where it is not to go on.
pub(crate) fn tell(progress: Progress<'_>, view: ProgressView) -> Result<(), Error> {
    match progress(view) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(Error::new(Code::Cancelled, [])),
    }
}

/// Hears nothing, and lets the work go on.
pub(crate) fn unheard(_: ProgressView) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// Tells how far a step is that takes so much of the whole: `percent` of the step is done.
pub(crate) fn tell_within(
    progress: Progress<'_>,
    step: WorkStep,
    share: &RangeInclusive<u32>,
    percent: u32,
) -> Result<(), Error> {
    let width = share.end().saturating_sub(*share.start());
    let done = share
        .start()
        .saturating_add(width.saturating_mul(percent.min(100)) / 100);
    tell(progress, ProgressView::of_step(step, done))
}
