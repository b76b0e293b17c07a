//! XML parts as events, no one of which may fill the memory.

use std::borrow::Cow;
use std::io::{self, BufRead, Read};

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Error, Reader, XmlVersion};

use super::DAMAGED;
use super::package::{Part, unreadable};

/// The longest tag or text; Excel allows 32,767 letters in a cell.
const LONGEST_EVENT: usize = 16 << 20;

/// The events of a part; an element without content has a start and an end as well.
pub(super) struct Xml {
    reader: Reader<Bounded>,
    buffer: Vec<u8>,
}

impl Xml {
    pub(super) fn new(part: Part) -> Self {
        let mut reader = Reader::from_reader(Bounded { part, left: LONGEST_EVENT });
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        // the checksum of the part finds what is damaged
        config.check_end_names = false;
        Self { reader, buffer: Vec::new() }
    }

    pub(super) fn next(&mut self) -> Result<Event<'_>, String> {
        self.buffer.clear();
        self.reader.get_mut().left = LONGEST_EVENT;
        self.reader.read_event_into(&mut self.buffer).map_err(|error| damaged(&error))
    }

    /// Passes over an element that has just begun, to its end.
    pub(super) fn skip(&mut self) -> Result<(), String> {
        let mut depth = 1_usize;
        while depth > 0 {
            match self.next()? {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                Event::Eof => return Err(DAMAGED.into()),
                _ => {}
            }
        }
        Ok(())
    }

    /// Adds the text of an element that has just begun, up to its end; the elements within have none.
    pub(super) fn text(&mut self, text: &mut String) -> Result<(), String> {
        loop {
            match self.next()? {
                Event::Start(_) => self.skip()?,
                Event::End(_) => return Ok(()),
                Event::Eof => return Err(DAMAGED.into()),
                event => add_text(&event, text)?,
            }
        }
    }

    /// Reads the rest, so that its checksum is looked at.
    pub(super) fn finish(&mut self) -> Result<(), String> {
        let part = &mut self.reader.get_mut().part;
        io::copy(part, &mut io::sink()).map(drop).map_err(|error| unreadable(&error))
    }
}

/// Adds what an event says in letters, if anything.
pub(super) fn add_text(event: &Event<'_>, text: &mut String) -> Result<(), String> {
    match event {
        Event::Text(content) => text.push_str(&content.xml10_content()),
        Event::CData(content) => text.push_str(&content.xml10_content()),
        Event::GeneralRef(reference) => text.push(character(reference)?),
        _ => {}
    }
    Ok(())
}

fn character(reference: &BytesRef<'_>) -> Result<char, String> {
    if let Some(character) = reference.resolve_char_ref().map_err(|error| damaged(&error))? {
        return Ok(character);
    }
    match &**reference {
        "amp" => Ok('&'),
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "quot" => Ok('"'),
        "apos" => Ok('\''),
        _ => Err(DAMAGED.into()),
    }
}

/// An attribute by its name without a prefix.
pub(super) fn attribute<'a>(element: &'a BytesStart<'_>, name: &str) -> Result<Option<Cow<'a, str>>, String> {
    for attribute in element.attributes().with_checks(false) {
        let attribute = attribute.map_err(|_| DAMAGED.to_owned())?;
        if attribute.key.local_name().as_ref() == name {
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            return value.map(Some).map_err(|error| damaged(&error));
        }
    }
    Ok(None)
}

/// Whether an attribute says yes, in the words of XML Schema.
pub(super) fn is_true(value: Option<&str>) -> bool {
    matches!(value, Some("1" | "true" | "on"))
}

fn damaged(error: &Error) -> String {
    if let Error::Io(error) = error { unreadable(error) } else { DAMAGED.into() }
}

/// Stops an event that would fill the memory.
struct Bounded {
    part: Part,
    left: usize,
}

impl Read for Bounded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.part.read(buffer)
    }
}

impl BufRead for Bounded {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 { Err(io::ErrorKind::FileTooLarge.into()) } else { self.part.fill_buf() }
    }

    fn consume(&mut self, amount: usize) {
        self.left = self.left.saturating_sub(amount);
        self.part.consume(amount);
    }
}
