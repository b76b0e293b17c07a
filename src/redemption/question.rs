//! The second question: what the page asks beside the code, for universities that fear forwarded mails.

use jiff::civil::Date;

use super::pages::Message;
use crate::config::Question;
use crate::graduate::StudentId;
use crate::store::Redeemable;

/// An answer that has the shape of one.
#[derive(Clone)]
pub enum Answer {
    /// Nothing was asked.
    None,
    /// A date of birth.
    Date(Date),
    /// A student id.
    StudentId(StudentId),
}

impl Answer {
    /// Reads what a person typed. Dates may be written 1999-03-27 or, day first, 27/03/1999, with any usual sign
    /// between.
    ///
    /// # Errors
    /// The [`Message`] for the person: missing, or not of the right shape. Neither is a guess.
    pub fn parse(question: Question, typed: &str) -> Result<Self, Message> {
        match question {
            Question::None => Ok(Self::None),
            _ if typed.trim().is_empty() => Err(Message::AnswerMissing),
            Question::DateOfBirth => date(typed).map(Self::Date).ok_or(Message::AnswerShape),
            Question::StudentId => {
                StudentId::parse(typed).map(Self::StudentId).map_err(|_| Message::AnswerShape)
            }
        }
    }

    /// Whether it is the right one. A graduate without a date of birth in the roster can give none.
    #[must_use]
    pub fn fits(&self, redeemable: &Redeemable) -> bool {
        match self {
            Self::None => true,
            Self::Date(date) => redeemable.date_of_birth == Some(*date),
            Self::StudentId(id) => {
                id.as_str().to_lowercase() == redeemable.student_id.as_str().to_lowercase()
            }
        }
    }
}

fn date(typed: &str) -> Option<Date> {
    let parts: Vec<&str> =
        typed.split(|sign: char| !sign.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let [first, month, last] = parts[..] else { return None };
    let (year, day) = if first.len() == 4 { (first, last) } else { (last, first) };
    if year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_of_birth_is_read_as_people_write_it() {
        let born = Date::constant(1999, 3, 27);
        for typed in ["1999-03-27", "27/03/1999", "27.3.1999", " 27 03 1999 ", "27-03-1999", "1999/3/27"] {
            assert_eq!(date(typed), Some(born), "{typed}");
        }
        for typed in
            ["", "27/03/99", "03/27/1999", "27031999", "31/02/1999", "a/b/cdef", "1/2/3/1999", "٢٧/٠٣/١٩٩٩"]
        {
            assert_eq!(date(typed), None, "{typed}");
        }
    }
}
