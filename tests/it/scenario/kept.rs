//! A scenario as it was at a moment, to which it goes back.

use std::collections::{BTreeMap, BTreeSet};

use gradpass::sandbox::seek::Remembered;
use jiff::Timestamp;

use super::model::Model;
use super::post::Post;
use super::promises::Ledger;
use super::seen::Seen;
use super::{Scenario, Step};
use crate::world::kept;

/// All of it.
pub struct Kept {
    world: kept::Kept,
    seek: Remembered,
    model: Model,
    pending: Option<Step>,
    post: Post,
    deaths: Vec<Timestamp>,
    purged: BTreeSet<String>,
    seen: Seen,
    ledger: Ledger,
    superseded: BTreeMap<usize, usize>,
}

impl Scenario {
    pub fn keep(&self) -> Kept {
        Kept {
            world: self.world.keep(),
            seek: self.seek.seek.remembered(),
            model: self.model.clone(),
            pending: self.pending.clone(),
            post: self.post.clone(),
            deaths: self.deaths.clone(),
            purged: self.purged.clone(),
            seen: self.seen.clone(),
            ledger: self.ledger.clone(),
            superseded: self.superseded.clone(),
        }
    }

    pub fn go_back(&mut self, to: &Kept) {
        let Kept { world, seek, model, pending, post, deaths, purged, seen, ledger, superseded } = to;
        self.world.go_back(world);
        self.seek.seek.remember(seek);
        self.model.clone_from(model);
        self.pending.clone_from(pending);
        self.post.clone_from(post);
        self.deaths.clone_from(deaths);
        self.purged.clone_from(purged);
        self.seen.clone_from(seen);
        self.ledger.clone_from(ledger);
        self.superseded.clone_from(superseded);
    }
}
