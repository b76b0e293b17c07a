//! The lists themselves, in lower case.

/// What exports write for an empty cell, in lower case; points, dashes, slashes, quotes and brackets around a word, or alone,
/// say no more.
pub const NOTHING: &[&str] = &[
    "null",
    "\\n",
    "nil",
    "none",
    "n/a",
    "#n/a",
    "n / a",
    "na",
    "n.a",
    "n. a",
    "n/k",
    "nan",
    "undefined",
    "blank",
    "empty",
    "not applicable",
    "not available",
    "not provided",
    "not given",
    "not specified",
    "not recorded",
    "not stated",
    "no data",
    "unknown",
    "ไม่มี",
    "无",
    "無",
    "없음",
    "なし",
];

/// Of these, what is a person's name too: it is one where it is written with one capital (Na, Nil, Null), and elsewhere in
/// the columns of names nobody can tell.
pub const ALSO_NAMES: &[&str] = &["na", "n.a", "n. a", "nan", "nil", "null", "blank", "x", "xx"];

/// What says that somebody does not know yet, in lower case.
pub const NOT_YET: &[&str] = &[
    "tba",
    "tbc",
    "tbd",
    "to be announced",
    "to be advised",
    "to be confirmed",
    "to be decided",
    "to be determined",
    "pending",
    "not found",
    "not yet known",
];

/// What says of an expiry date that there is none, in lower case.
pub const ENDLESS: &[&str] = &[
    "never",
    "never expires",
    "no expiry",
    "no expiry date",
    "no expiration",
    "does not expire",
    "doesn't expire",
    "non-expiring",
    "indefinite",
    "unlimited",
    "lifetime",
    "permanent",
    "perpetual",
];

/// Words that mean yes, in lower case.
pub const YES: &[&str] = &["yes", "y", "true", "t", "1", "1.0", "x", "ya", "có", "ใช่", "是"];

/// Words that mean no, in lower case.
pub const NO: &[&str] =
    &["no", "n", "false", "f", "0", "0.0", "-", "tidak", "tiada", "không", "ไม่", "ไม่ใช่", "否", "不是"];

/// What stands for a given or family name in the export of somebody who has only one name, in lower case.
pub const NO_NAME: &[&str] =
    &["fnu", "lnu", "x", "xx", "xxx", "no given name", "no family name", "no surname"];

/// Words of an honours column that mean honours, without the words in [`HONOURS_FILLERS`]. `2:1` counts as `21`.
pub const WITH_HONOURS: &[&str] = &[
    "first",
    "1st",
    "1",
    "i",
    "h1",
    "second",
    "2nd",
    "ii",
    "h2",
    "upper second",
    "upper 2nd",
    "second upper",
    "2nd upper",
    "2a",
    "21",
    "2i",
    "iia",
    "ii a",
    "ii i",
    "h2a",
    "second a",
    "second 1",
    "second i",
    "ii 1",
    "ii1",
    "2 1",
    "lower second",
    "lower 2nd",
    "second lower",
    "2nd lower",
    "2b",
    "22",
    "2ii",
    "iib",
    "ii b",
    "ii ii",
    "h2b",
    "second b",
    "second 2",
    "second ii",
    "ii 2",
    "ii2",
    "2 2",
    "third",
    "3rd",
    "h3",
    "ii upper",
    "upper ii",
    "ii lower",
    "lower ii",
    "h 1",
    "h 2",
    "h 2a",
    "h 2b",
    "h 3",
];

/// Words of an honours column that mean none, without the words in [`HONOURS_FILLERS`].
pub const WITHOUT_HONOURS: &[&str] = &[
    "pass",
    "ordinary",
    "general",
    "unclassified",
    "without",
    "non",
    "not",
    "not awarded",
    "none",
    "nein",
    "keine",
    "not applicable",
];

/// Words that say nothing by themselves about the class; alone they mean honours.
pub const HONOURS_FILLERS: &[&str] =
    &["honours", "honors", "hons", "hon", "class", "division", "div", "degree", "with", "level"];

/// What stands in a majors column for none, in lower case.
pub const NO_MAJOR: &[&str] = &[
    "no major",
    "no majors",
    "nil major",
    "nil majors",
    "undeclared",
    "undecided",
    "not declared",
    "none declared",
    "none specified",
    "nothing",
    "no specialisation",
    "no specialization",
];

/// What a total line or a repeated header puts where an id should be, in lower case.
pub const NO_ID: &[&str] = &[
    "0",
    "yes",
    "no",
    "true",
    "false",
    "total",
    "totals",
    "subtotal",
    "sum",
    "count",
    "average",
    "student_id",
    "studentid",
    "student id",
    "id",
    "test",
    "tba",
    "tbc",
    "tbd",
    "pending",
    "new",
    "various",
];

/// The part before the @ of mailboxes that stand for no mailbox, without points, dashes, underscores and digits.
pub const PLACEHOLDER_MAILBOXES: &[&str] = &[
    "noemail",
    "noemailaddress",
    "noemailonfile",
    "nomail",
    "noaddress",
    "null",
    "none",
    "unknown",
    "notprovided",
    "notavailable",
    "notapplicable",
    "noreply",
    "donotreply",
    "donotuse",
    "donotcontact",
    "donotemail",
    "nil",
    "tba",
    "tbc",
    "tbd",
    "placeholder",
    "dummy",
    "fake",
    "invalid",
    "nobody",
    "noone",
    "blank",
    "empty",
    "undefined",
    "changeme",
    "xxx",
    "xxxx",
    "test",
    "testtest",
    "testuser",
    "teststudent",
];

/// Endings of domains that no mail reaches (RFC 6761, RFC 6762), and what exports put there.
pub const PLACEHOLDER_DOMAINS: &[&str] =
    &["invalid", "localhost", "localdomain", "local", "lan", "none", "null", "nowhere", "noemail", "unknown"];

/// Hosts and beginnings of mailboxes that say that there is none (`no_email_1234@`, `student@noemail.example`).
pub const NO_MAILBOX: &[&str] = &["noemail", "nomail", "noaddress", "donotemail"];

/// What a name column says of a student instead of a name, in lower case.
pub const NO_PERSON: &[&str] = &[
    "deceased",
    "withheld",
    "do not use",
    "do not contact",
    "do not mail",
    "duplicate",
    "test student",
    "test record",
    "test user",
    "test person",
    "test account",
    "dummy student",
    "student test",
    "zztest",
    "zzz test",
    "name withheld",
    "no name",
    "unknown name",
    "true",
    "false",
    "tba",
    "tbc",
    "tbd",
    "to be advised",
    "name",
    "full name",
    "first last",
    "first name last name",
    "firstname lastname",
    "student name",
];

/// The last word of a name that is none, or has a remark behind it: `Unknown Unknown`, `Ana Tan DECEASED`.
pub(super) const LAST_WORDS: &[&str] =
    &["deceased", "tba", "tbc", "tbd", "test", "unknown", "undefined", "null", "nan"];
