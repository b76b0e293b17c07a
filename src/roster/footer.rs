//! Lines that are no rows: what programs and people write below a table, and between parts of one.

use csv::StringRecord;

use crate::graduate::StudentId;

/// What a line says that is no row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Footer {
    /// How many rows it says there are.
    pub(super) count: Option<u64>,
}

/// Words that are told with a count of rows, in the languages of SEEK Pass's countries.
const COUNTED: [&str; 46] = [
    "row",
    "rows",
    "record",
    "records",
    "student",
    "students",
    "graduate",
    "graduates",
    "observation",
    "observations",
    "entry",
    "entries",
    "baris",
    "rekod",
    "rekaman",
    "data",
    "orang",
    "mahasiswa",
    "pelajar",
    "graduan",
    "lulusan",
    "wisudawan",
    "dòng",
    "hàng",
    "bản",
    "ghi",
    "người",
    "sinh",
    "viên",
    "คน",
    "แถว",
    "รายการ",
    "ราย",
    "人",
    "位",
    "名",
    "行",
    "条",
    "條",
    "笔",
    "筆",
    "学生",
    "學生",
    "记录",
    "記錄",
    "毕业生",
];

/// Words of a total.
const TOTALS: [&str; 27] = [
    "total",
    "totals",
    "subtotal",
    "subtotals",
    "count",
    "end",
    "eof",
    "jumlah",
    "bilangan",
    "subjumlah",
    "tổng",
    "cộng",
    "số",
    "lượng",
    "รวม",
    "รวมทั้งหมด",
    "รวมทั้งสิ้น",
    "ทั้งหมด",
    "ทั้งสิ้น",
    "จำนวน",
    "共",
    "共计",
    "共計",
    "总计",
    "總計",
    "合计",
    "合計",
];

/// Words that may stand beside them.
const BESIDE: [&str; 35] = [
    "s",
    "number",
    "of",
    "grand",
    "sub",
    "sum",
    "selected",
    "affected",
    "returned",
    "exported",
    "printed",
    "fetched",
    "in",
    "set",
    "report",
    "file",
    "list",
    "result",
    "results",
    "sec",
    "seconds",
    "ms",
    "time",
    "taken",
    "note",
    "were",
    "read",
    "keseluruhan",
    "query",
    "ok",
    "processed",
    "listed",
    "written",
    "found",
    "loaded",
];

/// First words of the last record of a file that was made for a program.
const TRAILERS: [&str; 7] = ["trailer", "trl", "trailing", "tr", "t", "footer", "ftr"];

/// Reads a line as a footer: a few cells with nothing but such words and a number.
pub(super) fn footer(cells: &StringRecord) -> Option<Footer> {
    let mut filled = cells.iter().map(str::trim).filter(|cell| !cell.is_empty());
    let (first, second) = (filled.next()?, filled.next());
    if first.len() > 90 {
        return None;
    }
    if let Some(count) = trailer(first, second) {
        return Some(Footer { count: Some(count) });
    }
    if filled.next().is_some() {
        return None;
    }
    if first == "\u{1a}" && second.is_none() {
        return Some(Footer { count: None });
    }
    let text = [first, second.unwrap_or_default()].join(" ").to_lowercase();
    let (numbers, words) = parts(&text);
    let is_total = |word: &&str| COUNTED.contains(word) || TOTALS.contains(word) || is_run_together(word);
    if !words.iter().any(is_total) || !words.iter().all(|word| is_total(word) || BESIDE.contains(word)) {
        return None;
    }
    match numbers[..] {
        [] => Some(Footer { count: None }),
        [count] => Some(Footer { count: Some(count) }),
        _ => None,
    }
}

/// Whether a word of a language that has no spaces is made of such words: `จำนวนทั้งหมด`, `条记录`.
fn is_run_together(word: &str) -> bool {
    let mut rest = word;
    while !rest.is_empty() && !rest.is_ascii() {
        let known = COUNTED.iter().chain(&TOTALS).filter(|known| !known.is_ascii());
        let Some(behind) =
            known.filter_map(|known| rest.strip_prefix(known)).min_by_key(|behind| behind.len())
        else {
            return false;
        };
        rest = behind;
    }
    rest.is_empty()
}

/// The whole numbers and the words of a text; `0.01` is no number of rows.
fn parts(text: &str) -> (Vec<u64>, Vec<&str>) {
    let (mut numbers, mut words) = (Vec::new(), Vec::new());
    let is_inside =
        |character: char| character.is_alphanumeric() || is_mark(character) || ",.".contains(character);
    for part in text.split(|character| !is_inside(character)) {
        let mut rest = part.trim_matches([',', '.']);
        // 共5人, 0.01s
        while let Some(first) = rest.chars().next() {
            let is_number = first.is_ascii_digit();
            if first.is_ascii_alphabetic() {
                // s0001 is an id
                words.push(rest.trim_matches([',', '.']));
                break;
            }
            let is_other = |character: char| (character.is_alphabetic() || is_mark(character)) == is_number;
            let end = rest.find(is_other).unwrap_or(rest.len()).max(first.len_utf8());
            let (one, behind) = rest.split_at(end);
            match one.replace(',', "").parse() {
                Ok(number) => numbers.push(number),
                Err(_) if is_number => {}
                Err(_) => words.push(one.trim_matches([',', '.'])),
            }
            rest = behind;
        }
    }
    (numbers, words)
}

/// Vowels of Thai, which are no letters to Unicode.
const fn is_mark(character: char) -> bool {
    matches!(character, '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}')
}

/// `TRAILER,5,20261127` or `T|5`.
fn trailer(first: &str, second: Option<&str>) -> Option<u64> {
    let (word, count) = match second {
        Some(second) => (first, second),
        None => first.split_once(['|', ';', '\t', '^', ','])?,
    };
    let is_trailer = TRAILERS.iter().any(|known| known.eq_ignore_ascii_case(word));
    let count = count.split(['|', ';', '\t', '^', ',']).next().unwrap_or_default().trim();
    if is_trailer { count.parse().ok() } else { None }
}

/// The only cell of a line, and where it stands.
pub(super) fn only_cell(cells: &StringRecord) -> Option<(usize, &str)> {
    let mut filled = cells.iter().enumerate().filter(|(_, cell)| !cell.trim().is_empty());
    let only = filled.next()?;
    filled.next().is_none().then_some((only.0, only.1.trim()))
}

/// Whether the only cell of a line says something about the table, or about the rows below: a heading, a remark, a page
/// number. What may be an id, or is a row with another sign between its columns, does not.
pub(super) fn is_remark(cell: &str) -> bool {
    let first = cell.split(['|', ';', '\t', '^', ',']).next().unwrap_or_default().trim();
    let may_be_id = first.bytes().any(|byte| byte.is_ascii_digit()) && StudentId::parse(first).is_ok();
    !may_be_id && !cell.contains(['@', '\n', '\u{fffd}']) && cell.len() <= 300
}

/// Whether a line of two cells, as wide as the table, says something about it: `Prepared by` or `Date:` where the id stands,
/// and one word more.
pub(super) fn is_remark_with_a_value(cells: &StringRecord) -> bool {
    let mut filled = cells.iter().map(str::trim).filter(|cell| !cell.is_empty());
    let (Some(_), Some(second), None) = (filled.next(), filled.next(), filled.next()) else { return false };
    let first = cells.get(0).unwrap_or_default().trim();
    let is_no_id = first.ends_with(':') || StudentId::parse(first).is_err();
    let has_digit = first.bytes().any(|byte| byte.is_ascii_digit());
    !first.is_empty()
        && is_no_id
        && !has_digit
        && !first.contains(['@', '\n', '\u{fffd}'])
        && !second.contains('@')
}

/// Whether a cell may be the torso of an id.
pub(super) fn may_be_cut(cell: &str) -> bool {
    StudentId::parse(cell).is_ok()
}

/// The dashes that some programs draw under the header.
pub(super) fn is_ruler(cells: &StringRecord) -> bool {
    let mut filled = cells.iter().map(str::trim).filter(|cell| !cell.is_empty()).peekable();
    filled.peek().is_some()
        && filled
            .all(|cell| cell.len() >= 2 && cell.bytes().all(|byte| matches!(byte, b'-' | b'=' | b'+' | b'|')))
}

/// A line below the header that says what its columns hold: types of a database, or an example.
pub(super) fn is_below_header(cells: &StringRecord) -> bool {
    const TYPES: [&str; 20] = [
        "varchar",
        "varchar2",
        "nvarchar",
        "nvarchar2",
        "char",
        "nchar",
        "character",
        "text",
        "string",
        "str",
        "number",
        "numeric",
        "integer",
        "int",
        "bigint",
        "date",
        "datetime",
        "timestamp",
        "boolean",
        "bool",
    ];
    let says_so = |cell: &str| {
        let cell = cell.trim().to_lowercase();
        let word = cell.split(['(', ' ']).next().unwrap_or_default();
        TYPES.contains(&word)
            || cell.starts_with("e.g.")
            || matches!(cell.as_str(), "yyyy-mm-dd" | "dd/mm/yyyy")
    };
    let filled = || cells.iter().filter(|cell| !cell.trim().is_empty());
    filled().count() > 2 && filled().all(says_so)
}

#[cfg(test)]
mod tests;
