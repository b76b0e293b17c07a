//! The SEEK Pass client against the stand-in: what it sends, what each answer comes to, how it keeps its token.

mod account;
mod adds;
mod arbitrary;
mod faults;
mod peculiar;
mod reasons;
mod redirects;
mod statuses;
mod tokens;
