//! Which of the candidates the cells are in.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};

use super::candidates::{ALL, Candidate};

pub(super) struct Verdict {
    /// The likeliest first.
    pub(super) ranking: Vec<&'static Candidate>,
    pub(super) is_sure: bool,
}

pub(super) fn detect(cells: &[Vec<u8>]) -> Verdict {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    for cell in cells {
        detector.feed(cell, false);
        detector.feed(b"\n", false);
    }
    let guess = detector.guess(None, Utf8Detection::Deny);
    let likeliest = Candidate::of(guess).unwrap_or(&ALL[0]);
    Verdict { ranking: vec![likeliest], is_sure: false }
}
