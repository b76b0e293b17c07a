//! From the bytes of a roster to graduates in the ledger, or to sentences that say what is wrong.

mod cut_off;
mod delimiters;
pub mod desk;
mod encodings;
mod ends;
mod headers;
mod lines;
mod misread;
mod mistakes;
mod oddities;
mod refusals;
mod rejects;
mod samples;
mod twice;
mod values;
pub mod workbook;
