//! A scenario as it was at a moment, to which it goes back.

use gradpass::sandbox::seek::Remembered;

use super::{Progress, Scenario};
use crate::world::kept;

/// All of it.
pub struct Kept {
    world: kept::Kept,
    seek: Remembered,
    progress: Progress,
}

impl Scenario {
    pub fn keep(&self) -> Kept {
        Kept { world: self.world.keep(), seek: self.seek.seek.remembered(), progress: self.progress.clone() }
    }

    pub fn go_back(&mut self, to: &Kept) {
        self.world.go_back(&to.world);
        self.seek.seek.remember(&to.seek);
        self.progress.clone_from(&to.progress);
    }
}
