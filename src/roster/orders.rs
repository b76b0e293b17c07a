//! In which order day, month and year stand in a file's date columns, found from all their cells.

use super::dates::{DateKind, OrderEvidence};
use super::source::Source;
use super::{Column, Columns, Record};

/// Rows in which a column shows whether its dates have an order to be found at all: exports write them all alike.
const SHOWN_BY: usize = 500;

/// The kinds, in the order of the evidence.
const KINDS: [DateKind; 2] = [DateKind::Conferral, DateKind::Birth];

/// Notes the orders in `columns`, where the configuration gives none. Reads the whole file once more only where its
/// first rows have dates whose order matters.
pub(super) fn find(
    columns: &mut Columns,
    reopen: impl FnOnce() -> Result<Source, String>,
) -> Result<(), String> {
    let days = columns.days();
    let birth = columns.position(Column::DateOfBirth).map(|at| (Column::DateOfBirth.name(), at));
    let dates = [days, birth.into_iter().collect()];
    let has_dates = dates.iter().any(|columns| !columns.is_empty());
    let is_settled = columns.settings().dates.is_some();
    if !has_dates || is_settled && !columns.is_of_workbook() {
        return Ok(());
    }
    let mut source = reopen()?;
    let mut evidence = [OrderEvidence::default(); 2];
    let mut record = Record::default();
    let mut rows = 0;
    while source.read_record(&mut record)? {
        for (columns, evidence) in dates.iter().zip(&mut evidence) {
            for (_, at) in columns {
                evidence.observe(record.fields.get(*at).unwrap_or_default());
            }
        }
        rows += 1;
        if rows == SHOWN_BY && !evidence.iter().any(OrderEvidence::is_numeric) {
            break;
        }
    }
    if columns.is_of_workbook()
        && let Some((column, _)) = dates
            .iter()
            .zip(&evidence)
            .find(|(_, evidence)| evidence.is_half_turned())
            .and_then(|(columns, _)| columns.first())
    {
        return Err(format!(
            "has dates in {column} of which a spreadsheet program took only those up to the 12th of a month for dates, so it \
             turned their day and month round; format the column as text before the data goes in, and export again"
        ));
    }
    if is_settled {
        return Ok(());
    }
    let orders = evidence.map(|evidence| evidence.order());
    for (number, kind) in KINDS.iter().enumerate() {
        // a file is exported in one way: what one column cannot tell, the other may
        let borrowed =
            orders[1 - number].filter(|_| evidence[number].is_numeric() && !evidence[number].contradicts());
        columns.set_order(*kind, orders[number].or(borrowed));
        columns.set_leading_years(*kind, evidence[number].leading_years());
    }
    Ok(())
}
