//! What was made of a text before: most of a mail says the same to everybody.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

/// Texts that are kept at a time. Those of one language are some hundred with all their variants.
const MOST: usize = 1000;

/// Texts by what they are made of.
#[derive(Default)]
pub(super) struct Memo(RwLock<HashMap<String, Arc<str>>>);

impl Memo {
    /// What was made of `key` before, or is made now. What fails is not kept.
    pub(super) fn get<E>(
        &self,
        key: String,
        make: impl FnOnce() -> Result<String, E>,
    ) -> Result<Arc<str>, E> {
        // what is there is whole, whoever panicked beside it
        if let Some(known) = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok(Arc::clone(known));
        }
        let text: Arc<str> = make()?.into();
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST {
            kept.clear();
        }
        kept.insert(key, Arc::clone(&text));
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use std::convert::Infallible;

    use super::*;

    #[test]
    fn a_text_is_made_once_and_few_are_kept() {
        let (memo, mut count) = (Memo::default(), 0);
        let mut ask = |key: usize| {
            let make = || {
                count += 1;
                Ok::<_, Infallible>(key.to_string())
            };
            assert_eq!(*memo.get(key.to_string(), make).unwrap(), *key.to_string());
        };
        ask(1);
        ask(1);
        (2..=MOST + 1).for_each(&mut ask);
        ask(1);
        assert_eq!(count, MOST + 2);
        assert!(memo.0.read().unwrap().len() <= MOST);
        assert_eq!(memo.get("x".into(), || Err("wrong")), Err("wrong"));
    }
}
