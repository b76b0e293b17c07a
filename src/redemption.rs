//! The redemption service: where a graduate uses her code, and from where she goes on to SEEK Pass.

pub mod pages;
