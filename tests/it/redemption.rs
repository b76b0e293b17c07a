//! Redemption from outside: what a visitor gets, what SEEK Pass hears, what the ledger holds.

mod arbitrary;
mod clicks;
mod codes;
mod faults;
mod follow_up;
mod help_desk;
mod histories;
mod journey;
mod lifetime;
mod nodes;
mod outage;
mod question;
mod restart;
mod scanners;
mod several;

use gradpass::sandbox::seek::healthy;

use crate::world::{SeekThread, World, roster};

/// A world in which so many graduates have their mails, with SEEK Pass in good health; their codes in order.
pub fn invited(count: usize) -> (World, SeekThread, Vec<String>) {
    let world = World::new();
    let seek = world.seek_pass(healthy());
    let codes = world.invite(&roster(1..=count));
    (world, seek, codes)
}
