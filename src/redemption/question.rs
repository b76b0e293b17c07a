//! The second question: what the page asks beside the code, for universities that fear forwarded mails.

mod date;

use jiff::civil::Date;

use super::pages::Message;
use crate::config::Question;
use crate::graduate::StudentId;
use crate::store::Redeemable;
use crate::typed::plain;

/// An answer that has the shape of one.
#[derive(Clone)]
pub enum Answer {
    /// Nothing was asked.
    None,
    /// A date of birth, in each way in which it can be read.
    DateOfBirth(Vec<Date>),
    /// A student id.
    StudentId(StudentId),
}

impl Answer {
    /// Reads what a person typed: a date of birth in any usual order and script, or a student id.
    ///
    /// # Errors
    /// The [`Message`] for the person: missing, or not of the right shape. Neither is a guess.
    pub fn parse(question: Question, typed: &str) -> Result<Self, Message> {
        let typed = plain(typed);
        match question {
            Question::None => Ok(Self::None),
            _ if typed.trim().is_empty() => Err(Message::AnswerMissing),
            Question::DateOfBirth => match date::readings(&typed) {
                dates if dates.is_empty() => Err(Message::AnswerShape),
                dates => Ok(Self::DateOfBirth(dates)),
            },
            Question::StudentId => {
                StudentId::parse(&typed).map(Self::StudentId).map_err(|_| Message::AnswerShape)
            }
        }
    }

    /// Whether it is the right one. A graduate without a date of birth in the roster can give none.
    ///
    /// `3/4/1999` is right for the third of April and for the fourth of March: nobody knows which of them the graduate is
    /// used to, and asking again would tell a stranger that one of the two is right. It is one guess nevertheless. Who
    /// guesses gains little by it: of a year's 365 days 66 go with another, so all days take him 299 guesses instead.
    #[must_use]
    pub fn fits(&self, redeemable: &Redeemable) -> bool {
        match self {
            Self::None => true,
            Self::DateOfBirth(dates) => redeemable.date_of_birth.is_some_and(|born| dates.contains(&born)),
            Self::StudentId(id) => {
                let folded = |id: &StudentId| plain(id.as_str()).to_lowercase();
                folded(id) == folded(&redeemable.student_id)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;
    use crate::wording::texts::{BUILT_IN, Place, Texts};

    /// What a page gives as an example, it also understands.
    #[test]
    fn the_examples_of_every_language_are_read() {
        for (language, _) in BUILT_IN {
            let texts = Texts::load(language, None).unwrap();
            for example in ["example-date", "example-date-in-words"] {
                let typed = texts.text(example, [], Place::Text).unwrap();
                let Ok(Answer::DateOfBirth(dates)) = Answer::parse(Question::DateOfBirth, &typed) else {
                    panic!("{language}: {typed}")
                };
                assert_eq!(dates, [Date::constant(1999, 3, 27)], "{language}: {typed}");
            }
        }
    }
}
