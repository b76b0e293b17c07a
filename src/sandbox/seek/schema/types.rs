//! English proficiency and Learning and Development, member by member.

use serde_json::{Map, Value};

use super::Check;

const PATH: &str = "data.credential";
const SCORES: &str = "data.credential.test_scores";
const LEVELS: &str = "data.credential.test_scores.cefr_scores";
const OVERALL: &str = "data.credential.test_scores.overall";

impl Check {
    pub(super) fn english(&mut self, value: &Value) -> Option<()> {
        let required = ["full_name", "test_provider", "test_name", "completion_date", "test_scores"];
        let members = self.object(value, PATH, &required, &["expiry_date"])?;
        for name in &required[..3] {
            self.text(members, PATH, name);
        }
        self.days(members, &["completion_date", "expiry_date"]);
        let optional = ["subskills", "partner_chain"];
        let scores =
            self.object(members.get("test_scores")?, SCORES, &["cefr_scores", "overall"], &optional)?;
        let skills = ["combined", "reading", "listening", "speaking", "writing"];
        if let Some(levels) =
            scores.get("cefr_scores").and_then(|levels| self.object(levels, LEVELS, &[], &skills))
        {
            for skill in skills {
                self.text(levels, LEVELS, skill);
            }
        }
        if let Some(overall) =
            scores.get("overall").and_then(|overall| self.object(overall, OVERALL, &["score", "scale"], &[]))
        {
            self.text(overall, OVERALL, "score");
            self.text(overall, OVERALL, "scale");
        }
        let subskills = self.array(scores, SCORES, "subskills").unwrap_or_default();
        self.each(subskills, "data.credential.test_scores.subskills", &["skill", "score"], &[]);
        let chain = self.array(scores, SCORES, "partner_chain").unwrap_or_default();
        self.each(chain, "data.credential.test_scores.partner_chain", &["name"], &[]);
        Some(())
    }

    pub(super) fn microcredential(&mut self, value: &Value) -> Option<()> {
        let required = ["full_name", "issuer_name", "microcredential_name", "issue_date"];
        let optional = ["expiry_date", "assessment_result", "partner_chain"];
        let members = self.object(value, PATH, &required, &optional)?;
        for name in &required[..3] {
            self.text(members, PATH, name);
        }
        self.text(members, PATH, "assessment_result");
        self.days(members, &["issue_date", "expiry_date"]);
        let chain = self.array(members, PATH, "partner_chain").unwrap_or_default();
        self.each(chain, "data.credential.partner_chain", &["name"], &[]);
        Some(())
    }

    fn days(&mut self, members: &Map<String, Value>, names: &[&'static str]) {
        for name in names {
            let is_day = |day: &str| day.len() == 10 && day.parse::<jiff::civil::Date>().is_ok();
            if members.get(*name).is_some_and(|day| !day.as_str().is_some_and(is_day)) {
                self.wrong(&format!("{PATH}.{name}"), "must be a string YYYY-MM-DD");
            }
        }
    }
}
