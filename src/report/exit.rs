//! The exit code: what scripts and cron see of how the program ended. This is the one place that decides it.

/// How the program ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Everything is done.
    Done = 0,
    /// Done, but some graduates need a person.
    NeedsPerson = 1,
    /// It could not run: usage, configuration, roster.
    CouldNotRun = 2,
    /// Something is left over; run again later (`EX_TEMPFAIL` of sysexits.h).
    Later = 75,
}

/// What came of a command, as far as the exit code goes. Several may be true at once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Conclusion {
    /// It could not run, and waiting does not help.
    pub could_not_run: bool,
    /// Some graduates need a person.
    pub needs_person: bool,
    /// Something is left over, or could not be reached, and a later run may do it.
    pub is_left_over: bool,
}

impl Conclusion {
    /// Everything is done.
    pub const DONE: Self = Self { could_not_run: false, needs_person: false, is_left_over: false };
    /// It could not run, and waiting does not help.
    pub const COULD_NOT_RUN: Self = Self { could_not_run: true, ..Self::DONE };
    /// Something is left over for a later run.
    pub const LEFT_OVER: Self = Self { is_left_over: true, ..Self::DONE };

    /// Done, unless some graduates need a person.
    #[must_use]
    pub const fn needing_person(needs_person: bool) -> Self {
        Self { needs_person, ..Self::DONE }
    }

    /// The exit code: the first that applies of 2, 1, 75, 0.
    #[must_use]
    pub const fn exit(self) -> Exit {
        if self.could_not_run {
            Exit::CouldNotRun
        } else if self.needs_person {
            Exit::NeedsPerson
        } else if self.is_left_over {
            Exit::Later
        } else {
            Exit::Done
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_not_run_comes_before_a_person_and_a_person_before_later() {
        let conclusion = |could_not_run, needs_person, is_left_over| {
            Conclusion { could_not_run, needs_person, is_left_over }.exit()
        };
        assert_eq!(conclusion(true, true, true), Exit::CouldNotRun);
        assert_eq!(conclusion(false, true, true), Exit::NeedsPerson);
        assert_eq!(conclusion(false, false, true), Exit::Later);
        assert_eq!(Conclusion::DONE.exit(), Exit::Done);
    }
}
