//! What became of the rows of a file.

use crate::file::MOST_SHOWN;
use crate::view::{DifferenceView, ProblemView};

/// What a good row did.
#[derive(Default)]
pub(super) struct Taken {
    pub(super) new_client: bool,
    pub(super) new_channel: bool,
    pub(super) differences: Vec<DifferenceView>,
}

/// What became of the rows.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) rows: u64,
    pub(super) new_clients: u64,
    pub(super) new_channels: u64,
    pub(super) same: u64,
    pub(super) differences: Vec<DifferenceView>,
    pub(super) problems: u64,
    pub(super) problem_rows: Vec<ProblemView>,
}

impl Tally {
    pub(super) fn add(&mut self, taken: Taken) {
        self.new_clients += u64::from(taken.new_client);
        self.new_channels += u64::from(taken.new_channel);
        let is_new = taken.new_client || taken.new_channel;
        self.same += u64::from(!is_new && taken.differences.is_empty());
        for difference in taken.differences {
            self.difference(difference);
        }
    }

    /// A client's row repeats for each of its channels; what is told of it is shown once.
    fn difference(&mut self, new: DifferenceView) {
        let is_shown = |old: &DifferenceView| {
            (&old.id, &old.field, &old.theirs) == (&new.id, &new.field, &new.theirs)
        };
        if self.differences.len() < MOST_SHOWN && !self.differences.iter().any(is_shown) {
            self.differences.push(new);
        }
    }

    pub(super) fn problem(&mut self, problem: ProblemView) {
        self.problems += 1;
        if self.problem_rows.len() < MOST_SHOWN {
            self.problem_rows.push(problem);
        }
    }
}
