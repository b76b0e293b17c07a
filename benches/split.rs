//! Splits a roster into its fields and does nothing with them: the least that a program which reads CSV by the csv crate can
//! need (`benches/import.py` measures it).

use anyhow::{Context, Result};
use csv::{ByteRecord, ReaderBuilder};

fn main() -> Result<()> {
    let roster = std::env::args_os().nth(1).context("which roster?")?;
    let mut reader = ReaderBuilder::new().has_headers(false).from_path(roster)?;
    let mut record = ByteRecord::new();
    while reader.read_byte_record(&mut record)? {
        std::hint::black_box(&record);
    }
    Ok(())
}
