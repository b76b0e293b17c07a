//! A table of the report, for the page and for CSV.

use jiff::civil::Date;
use serde::{Serialize, Serializer};

use crate::roster::for_spreadsheet;

/// A table.
#[derive(Debug, Serialize)]
pub(super) struct Table {
    /// Of the CSV file and of the place on the page.
    pub(super) name: &'static str,
    /// Names of the columns.
    pub(super) head: Vec<&'static str>,
    /// As many cells each as there are columns.
    pub(super) rows: Vec<Vec<Cell>>,
}

/// A cell of a table.
#[derive(Debug)]
pub(super) enum Cell {
    Text(String),
    Number(i64),
    /// So many of so many, in per cent.
    Share(i64, i64),
    Day(Date),
}

impl Cell {
    /// As a spreadsheet takes it without running it or changing it; numbers and days are those of the spreadsheet.
    pub(super) fn for_csv(&self) -> String {
        match self {
            Self::Text(text) => for_spreadsheet(text),
            Self::Number(number) => number.to_string(),
            Self::Share(part, whole) => share(*part, *whole),
            Self::Day(day) => day.to_string(),
        }
    }

    fn for_people(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => grouped(*number),
            Self::Share(part, whole) => share(*part, *whole),
            Self::Day(day) => day.strftime("%-d %b %Y").to_string(),
        }
    }
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Shown {
            text: String,
            is_number: bool,
        }
        let is_number = matches!(self, Self::Number(_) | Self::Share(..));
        Shown { text: self.for_people(), is_number }.serialize(serializer)
    }
}

/// `1,234,567`
pub(super) fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::from(if number < 0 { "-" } else { "" });
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Per cent with one decimal, rounded down, so that 100.0 means all; empty where there is nothing to have a share of.
pub(super) fn share(part: i64, whole: i64) -> String {
    if whole <= 0 {
        return String::new();
    }
    let thousandths = i128::from(part) * 1000 / i128::from(whole);
    format!("{}.{}", thousandths / 10, thousandths % 10)
}
