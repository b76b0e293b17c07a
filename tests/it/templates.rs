//! The university's own wording: what is taken, and what is refused before anybody is mailed.

mod checks;
mod holes;
mod languages;
mod misbehaving;
pub mod own;
