//! `.xls` of Excel 5 to 2003 ([MS-XLS]): one stream, first what all sheets share, then sheet after sheet.

use std::path::Path;
use std::sync::Arc;

use super::biff::{Reader, Record, Records, Writing};
use super::bytes::{u16_at, u32_at};
use super::compound::Compound;
use super::format::{Dates, Formats};
use super::sheet::{Book, Rows, Sheet, SheetKind};
use super::texts::Texts;
use super::xls_rows::XlsRows;
use super::{DAMAGED, PASSWORD};

/// An open workbook.
pub(super) struct Xls {
    shared: Arc<Shared>,
    sheets: Vec<Sheet>,
    /// Where the records of each sheet begin.
    offsets: Vec<usize>,
}

/// What the cells of all sheets need.
#[derive(Default)]
pub(super) struct Shared {
    pub(super) stream: Vec<u8>,
    pub(super) writing: Writing,
    pub(super) texts: Texts,
    pub(super) formats: Formats,
    pub(super) dates: Dates,
    /// Whether the program that wrote the file says with which rules it calculated.
    pub(super) is_calculated: bool,
}

impl Xls {
    pub(super) fn open(path: &Path) -> Result<Self, String> {
        let file = Compound::open(path)?;
        if file.has("EncryptedPackage") {
            return Err(PASSWORD.into());
        }
        let name = if file.has("Workbook") { "Workbook" } else { "Book" };
        if !file.has(name) {
            return Err(super::OTHER_DOCUMENT.into());
        }
        let stream = file.stream(name).ok_or(DAMAGED)?;
        drop(file);
        let mut book = Self { shared: Arc::default(), sheets: Vec::new(), offsets: Vec::new() };
        let shared = book.read_globals(&stream, Shared::default())?;
        book.shared = Arc::new(Shared { stream, ..shared });
        Ok(book)
    }

    /// Reads the records before the first sheet.
    fn read_globals(&mut self, stream: &[u8], mut shared: Shared) -> Result<Shared, String> {
        for record in Records::new(stream, 0) {
            let content = record.content();
            match record.kind {
                // BOF: Excel 5 and 95, or later
                0x809 => match u16_at(content, 0) {
                    Some(0x0500) => shared.writing = Writing::Bytes(encoding_rs::WINDOWS_1252),
                    Some(0x0600) => shared.writing = Writing::Unicode,
                    _ => return Err("is a workbook of a very old Excel; save it as .xlsx".into()),
                },
                // FilePass
                0x2F => return Err(PASSWORD.into()),
                // CodePage, which says nothing of Unicode; some writers claim one all the same
                0x42 => {
                    if let Writing::Bytes(encoding) = &mut shared.writing {
                        let page = u16_at(content, 0).ok_or(DAMAGED)?;
                        *encoding = code_page(page).ok_or_else(|| {
                            format!(
                                "is an old workbook in code page {page}, which is not known; save it as .xlsx"
                            )
                        })?;
                    }
                }
                // Date1904
                0x22 if u16_at(content, 0) == Some(1) => shared.dates = Dates::From1904,
                // RecalcId
                0x1C1 => shared.is_calculated = true,
                // SST
                0xFC => shared.texts = texts(&record)?,
                // Format
                0x41E => {
                    let mut reader = Reader::new(&record);
                    let id = reader.number::<2>().ok_or(DAMAGED)?;
                    let code = match shared.writing {
                        Writing::Unicode => reader.text::<2>(shared.writing),
                        Writing::Bytes(_) => reader.text::<1>(shared.writing),
                    };
                    shared.formats.define(id, &code.ok_or(DAMAGED)?);
                }
                // XF
                0xE0 => shared.formats.push_style(u32::from(u16_at(content, 2).ok_or(DAMAGED)?)),
                // BoundSheet8
                0x85 => self.push_sheet(&record, shared.writing).ok_or(DAMAGED)?,
                // EOF
                0x0A => return Ok(shared),
                _ => {}
            }
        }
        Err(DAMAGED.into())
    }

    fn push_sheet(&mut self, record: &Record<'_>, writing: Writing) -> Option<()> {
        let content = record.content();
        let mut reader = Reader::new(record);
        reader.skip(6)?;
        // some writers end the name with a NUL
        let name = reader.text::<1>(writing)?.replace('\0', "");
        let is_hidden = content.get(4)? & 3 != 0;
        let kind = match content.get(5)? {
            0 if is_hidden => SheetKind::Hidden,
            0 => SheetKind::Shown,
            _ => SheetKind::NoCells,
        };
        self.sheets.push(Sheet { name, kind });
        self.offsets.push(usize::try_from(u32_at(content, 0)?).ok()?);
        Some(())
    }
}

impl Book for Xls {
    fn sheets(&self) -> &[Sheet] {
        &self.sheets
    }

    fn rows(&self, sheet: usize) -> Result<Box<dyn Rows>, String> {
        let offset = *self.offsets.get(sheet).ok_or(DAMAGED)?;
        Ok(Box::new(XlsRows::open(&self.shared, offset)?))
    }
}

/// The texts that cells point into.
fn texts(record: &Record<'_>) -> Result<Texts, String> {
    let mut reader = Reader::new(record);
    reader.skip(4).ok_or(DAMAGED)?;
    let count = reader.number::<4>().ok_or(DAMAGED)?;
    let mut texts = Texts::default();
    for _ in 0..count {
        texts.push(&reader.text::<2>(Writing::Unicode).ok_or(DAMAGED)?)?;
    }
    Ok(texts)
}

/// The encoding of a code page; two have numbers of their own in these files.
fn code_page(page: u16) -> Option<&'static encoding_rs::Encoding> {
    match page {
        0x8000 | 10_000 => Some(encoding_rs::MACINTOSH),
        // 367 is ASCII, which is the same in all of them
        0x8001 | 367 => Some(encoding_rs::WINDOWS_1252),
        page => codepage::to_encoding(page),
    }
}
