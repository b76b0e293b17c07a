//! `.xlsb` ([MS-XLSB]): the parts of an `.xlsx` with records instead of XML.

use std::sync::Arc;

use super::DAMAGED;
use super::bytes::{u16_at, u32_at, utf16};
use super::format::{Dates, Format, Formats};
use super::package::Package;
use super::records::Records;
use super::relations::relations;
use super::sheet::{Book, Rows, Sheet, SheetKind};
use super::texts::Texts;
use super::xlsb_rows::XlsbRows;
use super::xlsx::Shared;

/// An open workbook.
pub(super) struct Xlsb {
    package: Package,
    sheets: Vec<Sheet>,
    /// The part of each sheet.
    parts: Vec<String>,
    shared: Arc<Shared>,
}

impl Xlsb {
    /// Opens the workbook whose main part this is.
    pub(super) fn open(package: Package, main: &str) -> Result<Self, String> {
        let relations = relations(&package, main)?;
        let (mut sheets, mut parts, mut shared) = (Vec::new(), Vec::new(), Shared::default());
        let mut records = Records::new(package.part(main)?);
        while let Some((kind, record)) = records.next()? {
            match kind {
                // BrtWbProp
                0x99 if u32_at(record, 0).ok_or(DAMAGED)? & 1 != 0 => shared.dates = Dates::From1904,
                // BrtCalcProp
                0x9D => shared.is_to_be_calculated = record.get(24).is_some_and(|flags| flags & 1 != 0),
                // BrtBundleSh
                0x9C => {
                    let (id, end) = wide(record, 8).ok_or(DAMAGED)?;
                    let (name, _) = wide(record, end).ok_or(DAMAGED)?;
                    let is_hidden = u32_at(record, 0) != Some(0);
                    let (kind, part) = relations.by_id(&id).ok_or(DAMAGED)?;
                    let kind = match kind {
                        "worksheet" if is_hidden => SheetKind::Hidden,
                        "worksheet" => SheetKind::Shown,
                        _ => SheetKind::NoCells,
                    };
                    sheets.push(Sheet { name, kind });
                    parts.push(part.to_owned());
                }
                _ => {}
            }
        }
        if let Some(part) = relations.of_kind("sharedStrings") {
            shared.texts = texts(Records::new(package.part(part)?))?;
        }
        if let Some(part) = relations.of_kind("styles") {
            shared.formats = formats(Records::new(package.part(part)?))?;
        }
        Ok(Self { package, sheets, parts, shared: Arc::new(shared) })
    }
}

impl Book for Xlsb {
    fn sheets(&self) -> &[Sheet] {
        &self.sheets
    }

    fn rows(&self, sheet: usize) -> Result<Box<dyn Rows>, String> {
        let part = self.package.part(self.parts.get(sheet).ok_or(DAMAGED)?)?;
        Ok(Box::new(XlsbRows::open(Records::new(part), Arc::clone(&self.shared))?))
    }
}

fn texts(mut records: Records) -> Result<Texts, String> {
    let mut texts = Texts::default();
    while let Some((kind, record)) = records.next()? {
        // BrtSSTItem: flags before the text
        if kind == 0x13 {
            texts.push(&wide(record, 1).ok_or(DAMAGED)?.0)?;
        }
    }
    Ok(texts)
}

fn formats(mut records: Records) -> Result<Vec<Format>, String> {
    let mut formats = Formats::default();
    let mut is_in_styles = false;
    while let Some((kind, record)) = records.next()? {
        match kind {
            // BrtFmt
            0x2C => {
                let id = u16_at(record, 0).ok_or(DAMAGED)?;
                formats.define(u32::from(id), &wide(record, 2).ok_or(DAMAGED)?.0);
            }
            // BrtBeginCellXFs, BrtEndCellXFs
            0x269 => is_in_styles = true,
            0x26A => is_in_styles = false,
            // BrtXF
            0x2F if is_in_styles => formats.push_style(u32::from(u16_at(record, 2).ok_or(DAMAGED)?)),
            _ => {}
        }
    }
    Ok(formats.styles)
}

/// A text behind its length in letters, and where it ends; a text that is not there is empty.
pub(super) fn wide(record: &[u8], offset: usize) -> Option<(String, usize)> {
    let letters = u32_at(record, offset).filter(|letters| *letters != u32::MAX).unwrap_or(0);
    let start = offset.checked_add(4)?;
    let end = start.checked_add(usize::try_from(letters).ok()?.checked_mul(2)?)?;
    Some((super::texts::with_line_feeds(utf16(record.get(start..end)?)), end))
}
