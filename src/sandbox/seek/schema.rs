//! Version 1 of a submission, member by member. A problem names the member, never its value.

mod types;

use serde_json::{Map, Value};

/// What is wrong with one member.
#[derive(Debug, PartialEq, Eq, serde::Serialize)]
pub(super) struct Problem {
    member: String,
    problem: &'static str,
}

/// What the service needs of a body that is all right.
#[derive(Debug)]
pub(super) struct Submitted<'a> {
    pub(super) id: &'a str,
    pub(super) document_type: &'a str,
    pub(super) credential: &'a Value,
    pub(super) document: Option<&'a str>,
}

/// A type of credential that the stand-in takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Education,
    English,
    Microcredential,
}

impl Kind {
    /// As it stands in the path of an add call, and in `credential_type`.
    pub(super) fn of(word: &str) -> Option<Self> {
        match word {
            "education" => Some(Self::Education),
            "english_proficiency" => Some(Self::English),
            "microcredential" => Some(Self::Microcredential),
            _ => None,
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Education => "education",
            Self::English => "english_proficiency",
            Self::Microcredential => "microcredential",
        }
    }

    /// The scope that a token needs for it.
    pub(super) fn scope(self) -> String {
        format!("write.{}", self.word())
    }

    /// In the path of the link that graduates follow.
    pub(super) const fn of_link(self) -> &'static str {
        match self {
            Self::Education => "education",
            Self::English => "englishProficiency",
            Self::Microcredential => "microcredential",
        }
    }

    const fn documents(self) -> (&'static [&'static str], &'static str) {
        match self {
            Self::Education => (&["pdf", "open_cert", "none"], "must be pdf, open_cert or none"),
            Self::English => (&["english_assessment"], "must be english_assessment"),
            Self::Microcredential => {
                (&["pdf", "png", "jpg", "open_cert", "none"], "must be pdf, png, jpg, open_cert or none")
            }
        }
    }
}

/// Checks a body; no credential is conferred after `this_year`.
pub(super) fn check(body: &Value, kind: Kind, this_year: i16) -> Result<Submitted<'_>, Vec<Problem>> {
    let mut check = Check { kind, this_year, problems: Vec::new() };
    let submitted = check.envelope(body);
    match submitted {
        Some(submitted) if check.problems.is_empty() => Ok(submitted),
        _ => Err(check.problems),
    }
}

struct Check {
    kind: Kind,
    this_year: i16,
    problems: Vec<Problem>,
}

type Members<'a> = Option<&'a Map<String, Value>>;

impl Check {
    fn envelope<'a>(&mut self, body: &'a Value) -> Option<Submitted<'a>> {
        let members = self.object(body, "", &["id", "document_type", "credential_type", "data"], &[])?;
        let id = self.text(members, "", "id");
        let document_type = self.text(members, "", "document_type");
        let (documents, must) = self.kind.documents();
        if document_type.is_some_and(|kind| !documents.contains(&kind)) {
            self.wrong("document_type", must);
        }
        if self.text(members, "", "credential_type").is_some_and(|kind| kind != self.kind.word()) {
            self.wrong(
                "credential_type",
                match self.kind {
                    Kind::Education => "must be education",
                    Kind::English => "must be english_proficiency",
                    Kind::Microcredential => "must be microcredential",
                },
            );
        }
        let data = self.object(members.get("data")?, "data", &["credential"], &["document"])?;
        let document = data.get("document").filter(|document| !document.is_null());
        match (document_type, document) {
            (Some("none"), Some(_)) => {
                self.wrong("data.document", "must be absent when document_type is none");
            }
            (Some("pdf" | "png" | "jpg" | "english_assessment"), Some(document))
                if !document.as_str().is_some_and(|url| url.starts_with("https://")) =>
            {
                self.wrong("data.document", "must be an https URL");
            }
            (Some("open_cert"), Some(document)) if !document.is_string() => {
                self.wrong("data.document", "must be the OpenCert as a string");
            }
            _ => {}
        }
        let credential = data.get("credential")?;
        match self.kind {
            Kind::Education => self.credential(credential),
            Kind::English => self.english(credential),
            Kind::Microcredential => self.microcredential(credential),
        };
        let document = document.and_then(Value::as_str);
        Some(Submitted { id: id?, document_type: document_type?, credential, document })
    }

    fn credential(&mut self, value: &Value) -> Option<()> {
        const PATH: &str = "data.credential";
        let required = ["full_name", "education_provider", "course_name"];
        let optional = [
            "conferral_year",
            "awaiting_graduation",
            "has_majors",
            "majors",
            "with_honours",
            "transcript",
            "partner_chain",
        ];
        let members = self.object(value, PATH, &required, &optional)?;
        for name in required {
            self.text(members, PATH, name);
        }
        self.flag(members, PATH, "with_honours");
        let awaiting = self.flag(members, PATH, "awaiting_graduation").unwrap_or_default();
        let year = members.get("conferral_year").filter(|year| !year.is_null());
        match (awaiting, year) {
            (true, Some(_)) => {
                self.wrong("data.credential.conferral_year", "must be null while awaiting graduation");
            }
            (false, None) => {
                self.wrong("data.credential.conferral_year", "is required unless awaiting graduation");
            }
            (false, Some(year)) if !self.is_year(year) => {
                self.wrong("data.credential.conferral_year", "must be a string YYYY, not after this year");
            }
            _ => {}
        }
        let has_majors = self.flag(members, PATH, "has_majors").unwrap_or_default();
        let majors = self.array(members, PATH, "majors").unwrap_or_default();
        if majors.iter().any(|major| !is_text(major)) {
            self.wrong("data.credential.majors", "must hold strings that are not blank");
        }
        if has_majors == majors.is_empty() {
            self.wrong("data.credential.has_majors", "must say whether there are majors");
        }
        if members.get("partner_chain").is_some_and(|chain| !chain.is_null()) {
            let chain = self.array(members, PATH, "partner_chain").unwrap_or_default();
            self.each(chain, "data.credential.partner_chain", &["name"], &[]);
        }
        self.transcript(members.get("transcript")?)
    }

    fn transcript(&mut self, value: &Value) -> Option<()> {
        const PATH: &str = "data.credential.transcript";
        let members = self.object(value, PATH, &["overall", "subjects"], &[])?;
        let subjects = self.array(members, PATH, "subjects").unwrap_or_default();
        let path = format!("{PATH}.subjects");
        self.each(subjects, &path, &["name", "code", "grade", "completion_date"], &["credit", "score"]);
        let path = format!("{PATH}.overall");
        let overall = self.object(members.get("overall")?, &path, &["issuance_date"], &["score"])?;
        self.text(overall, &path, "score");
        if self
            .text(overall, &path, "issuance_date")
            .is_some_and(|date| date.parse::<jiff::civil::Date>().is_err())
        {
            self.wrong("data.credential.transcript.overall.issuance_date", "must be a date YYYY-MM-DD");
        }
        Some(())
    }

    fn is_year(&self, value: &Value) -> bool {
        let year =
            value.as_str().filter(|year| year.len() == 4 && year.bytes().all(|digit| digit.is_ascii_digit()));
        year.and_then(|year| year.parse().ok())
            .is_some_and(|year: i16| (1900..=self.this_year).contains(&year))
    }

    /// Checks objects whose members are all strings.
    fn each(&mut self, values: &[Value], path: &str, required: &[&str], optional: &[&str]) {
        for (index, value) in values.iter().enumerate() {
            let path = format!("{path}[{index}]");
            if let Some(members) = self.object(value, &path, required, optional) {
                for name in required.iter().chain(optional) {
                    self.text(members, &path, name);
                }
            }
        }
    }

    fn object<'a>(
        &mut self,
        value: &'a Value,
        path: &str,
        required: &[&str],
        optional: &[&str],
    ) -> Members<'a> {
        let Some(members) = value.as_object() else {
            self.wrong(path, "must be an object");
            return None;
        };
        for name in required.iter().filter(|name| !members.contains_key(**name)) {
            self.wrong(&member(path, name), "is required");
        }
        for name in members.keys().filter(|name| !required.iter().chain(optional).any(|known| known == name))
        {
            self.wrong(&member(path, name), "is not a member of this schema");
        }
        Some(members)
    }

    fn text<'a>(&mut self, members: &'a Map<String, Value>, path: &str, name: &str) -> Option<&'a str> {
        let value = members.get(name)?;
        if !is_text(value) {
            self.wrong(&member(path, name), "must be a string that is not blank");
        }
        value.as_str()
    }

    fn flag(&mut self, members: &Map<String, Value>, path: &str, name: &str) -> Option<bool> {
        let value = members.get(name)?;
        if !value.is_boolean() {
            self.wrong(&member(path, name), "must be true or false");
        }
        value.as_bool()
    }

    fn array<'a>(&mut self, members: &'a Map<String, Value>, path: &str, name: &str) -> Option<&'a [Value]> {
        let value = members.get(name)?;
        if !value.is_array() {
            self.wrong(&member(path, name), "must be an array");
        }
        value.as_array().map(Vec::as_slice)
    }

    fn wrong(&mut self, member: &str, problem: &'static str) {
        self.problems.push(Problem { member: member.to_owned(), problem });
    }
}

fn is_text(value: &Value) -> bool {
    value.as_str().is_some_and(|text| !text.trim().is_empty())
}

fn member(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}
