//! `volume.csv`: where months of clients begin on Meta's volume steps. A row tells what a client's
//! business portfolio had counted outside the book in a market and category, from a month on and
//! until another is told. The client is named by itself, or by one of its channels.

use hubledger_core::id::{ChannelId, ClientId, PhoneNumber};
use hubledger_core::period::BillingPeriod;
use hubledger_core::usage::{Category, ChannelRef};
use hubledger_core::volume::has_steps;

use crate::format::{Cells, Format, RowReader};
use crate::problem::{Problem, ProblemKind};
use crate::suggest::nearest;

/// Reads `volume.csv`.
pub type VolumeReader<R> = RowReader<R, Volumes>;

/// The format of `volume.csv`.
#[derive(Debug)]
pub struct Volumes;

/// Whose portfolio a row tells of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PortfolioRef {
    Client(ClientId),
    /// The client of a channel.
    OfChannel(ChannelRef),
}

/// A position on the volume steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VolumeRow {
    pub month: BillingPeriod,
    pub portfolio: PortfolioRef,
    /// Meta's name of the market, as written.
    pub market: String,
    pub category: Category,
    /// Charged messages; whole minutes of calls. None: it is not known from then on.
    pub counted: Option<u64>,
    /// The cells, for problems that only the book can tell.
    pub raw: Vec<String>,
}

const MONTH: usize = 0;
const CLIENT_ID: usize = 1;
const CHANNEL_ID: usize = 2;
const PHONE_NUMBER: usize = 3;
const MARKET: usize = 4;
const CATEGORY: usize = 5;
const COUNTED: usize = 6;

impl Format for Volumes {
    type Record = VolumeRow;

    const COLUMNS: &'static [&'static str] = &[
        "month",
        "client_id",
        "channel_id",
        "phone_number",
        "market",
        "category",
        "counted",
    ];

    const NEEDED: &'static [&'static [&'static str]] = &[
        &["month"],
        &["client_id", "channel_id", "phone_number"],
        &["market"],
        &["category"],
        &["counted"],
    ];

    fn read(cells: &Cells<'_>) -> Result<VolumeRow, Problem> {
        Ok(VolumeRow {
            month: cells.parsed(MONTH, BillingPeriod::parse, ProblemKind::NotAMonth)?,
            portfolio: portfolio(cells)?,
            market: cells.needed_line(MARKET)?.to_owned(),
            category: category(cells)?,
            counted: match cells.text(COUNTED) {
                "" => None,
                _ => Some(cells.whole_number(COUNTED)?),
            },
            raw: cells.raw(),
        })
    }
}

/// The client counts where several are given, then the channel's id.
fn portfolio(cells: &Cells<'_>) -> Result<PortfolioRef, Problem> {
    if !cells.is_empty(CLIENT_ID) {
        let id = cells.parsed(CLIENT_ID, ClientId::parse, ProblemKind::UnusableId)?;
        return Ok(PortfolioRef::Client(id));
    }
    let channel = if !cells.is_empty(CHANNEL_ID) {
        ChannelRef::Id(cells.parsed(CHANNEL_ID, ChannelId::parse, ProblemKind::UnusableId)?)
    } else if !cells.is_empty(PHONE_NUMBER) {
        let phone = cells.parsed(PHONE_NUMBER, PhoneNumber::parse, ProblemKind::UnusablePhone)?;
        ChannelRef::Phone(phone)
    } else {
        return Err(cells.row_problem(ProblemKind::PortfolioMissing));
    };
    Ok(PortfolioRef::OfChannel(channel))
}

fn category(cells: &Cells<'_>) -> Result<Category, Problem> {
    let text = cells.needed(CATEGORY)?;
    let category = Category::parse(text).ok_or_else(|| {
        let did_you_mean =
            nearest(text, Category::ALL.map(Category::name)).and_then(Category::parse);
        cells.problem(CATEGORY, ProblemKind::UnknownCategory { did_you_mean })
    })?;
    if has_steps(category) {
        Ok(category)
    } else {
        Err(cells.problem(CATEGORY, ProblemKind::NoVolumeSteps))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(line: &str) -> String {
        let file = format!("{}\n{line}\n", Volumes::COLUMNS.join(","));
        let read = VolumeReader::new(file.as_bytes()).unwrap().next();
        match read.unwrap().unwrap() {
            Ok((_, row)) => {
                let of = match row.portfolio {
                    PortfolioRef::Client(id) => id.to_string(),
                    PortfolioRef::OfChannel(ChannelRef::Id(id)) => format!("of {id}"),
                    PortfolioRef::OfChannel(ChannelRef::Phone(phone)) => format!("of {phone}"),
                };
                let counted = row.counted.map_or("unknown".into(), |n| n.to_string());
                let category = row.category.name();
                format!("{} {of} {} {category} {counted}", row.month, row.market)
            }
            Err(problem) => format!(
                "{}: {}",
                problem.column.unwrap_or("row"),
                problem.kind.code()
            ),
        }
    }

    #[test]
    fn a_position_is_read_or_refused_with_its_column_and_reason() {
        for line in "
            2026-10,aCL,,,Rest of Africa,utility,250000        => 2026-10 aCL Rest of Africa utility 250000
            2026-10,,aCH,,Brazil,AUTHENTICATION,0              => 2026-10 of aCH Brazil authentication 0
            2026-10,,,+49 351 5550,Other,call,50000            => 2026-10 of +493515550 Other call 50000
            2026-10,aCL,bCH,,Other,utility,                    => 2026-10 aCL Other utility unknown
            2026-13,aCL,,,Other,utility,1                      => month: not_a_month
            ,aCL,,,Other,utility,1                             => month: empty_cell
            2026-10,,,,Other,utility,1                         => row: portfolio_missing
            2026-10,a CL,,,Other,utility,1                     => client_id: unusable_id
            2026-10,,,abc,Other,utility,1                      => phone_number: unusable_phone
            2026-10,aCL,,,,utility,1                           => market: empty_cell
            2026-10,aCL,,,Other,marketing,1                    => category: no_volume_steps
            2026-10,aCL,,,Other,service,1                      => category: no_volume_steps
            2026-10,aCL,,,Other,utlity,1                       => category: unknown_category
            2026-10,aCL,,,Other,utility,-1                     => counted: negative_quantity
            2026-10,aCL,,,Other,utility,1.5                    => counted: not_a_whole_number
            2026-10,aCL,,,Other,utility,9999999999999          => counted: quantity_too_large
        "
        .lines()
        .filter(|line| !line.trim().is_empty())
        {
            let (cells, expected) = line.split_once("=>").unwrap();
            assert_eq!(row(cells.trim()), expected.trim(), "{cells}");
        }
    }
}
