//! The redemption service: what stands between a graduate with a code and her credential at SEEK Pass.

pub mod address;
pub mod guesses;
pub mod headers;
pub mod origin;
pub mod pages;
pub mod server;
