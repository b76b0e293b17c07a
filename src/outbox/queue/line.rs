//! Who is under way to SEEK Pass, and whether anybody waits in the ledger for a turn.

use std::collections::HashSet;

/// Whether a newcomer may go, or must wait behind others.
#[derive(Debug, Default, PartialEq, Eq)]
enum Ahead {
    /// All that is due in the ledger is under way.
    Nobody,
    /// The ledger is being looked at, and nobody has come since the look began.
    #[default]
    Unknown,
    /// Somebody has.
    Somebody,
}

/// The line in front of SEEK Pass.
#[derive(Debug, Default)]
pub(super) struct Line {
    ahead: Ahead,
    under_way: HashSet<i64>,
    is_closed: bool,
}

impl Line {
    /// A look at the ledger begins.
    pub(super) fn look(&mut self) {
        self.ahead = Ahead::Unknown;
    }

    /// The look found nothing that is due and not under way. False when somebody came meanwhile, whom it has missed.
    pub(super) fn is_at_its_end(&mut self) -> bool {
        if self.ahead == Ahead::Unknown {
            self.ahead = Ahead::Nobody;
        }
        self.ahead == Ahead::Nobody
    }

    /// Somebody has to wait in the ledger.
    pub(super) fn put_behind(&mut self) {
        self.ahead = Ahead::Somebody;
    }

    /// Whether a newcomer would overtake nobody.
    pub(super) fn is_free(&self) -> bool {
        self.ahead == Ahead::Nobody && !self.is_closed
    }

    /// A submission sets out; false when it has already.
    pub(super) fn enter(&mut self, id: i64) -> bool {
        self.under_way.insert(id)
    }

    /// A submission is done with; true when somebody may wait for that.
    pub(super) fn leave(&mut self, id: i64) -> bool {
        self.under_way.remove(&id);
        self.ahead != Ahead::Nobody || self.is_closed
    }

    pub(super) fn is_under_way(&self, id: i64) -> bool {
        self.under_way.contains(&id)
    }

    pub(super) fn under_way(&self) -> usize {
        self.under_way.len()
    }

    /// Nobody goes by himself any more.
    pub(super) fn close(&mut self) {
        self.is_closed = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_newcomer_goes_only_when_nobody_can_be_before_it() {
        let mut line = Line::default();
        assert!(!line.is_free(), "nobody has looked yet");
        line.look();
        line.put_behind();
        assert!(!line.is_at_its_end() && !line.is_free(), "somebody came during the look");
        line.look();
        assert!(!line.is_free(), "the look has not ended");
        assert!(line.is_at_its_end() && line.is_free());
        assert!(line.enter(1) && !line.enter(1), "once is enough");
        assert!(!line.leave(1), "nobody waits for that");
        line.put_behind();
        assert!(!line.is_free());
        assert!(line.enter(2) && line.leave(2), "the pass waits for room");
        line.look();
        assert!(line.is_at_its_end());
        line.close();
        assert!(!line.is_free());
        assert!(line.enter(3) && line.leave(3), "the end waits for those under way");
    }
}
