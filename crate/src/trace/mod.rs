//! The trace: what a run said, in order.

pub mod chrome;
pub mod event;
pub mod record;

use event::Event;
use postcard::ser_flavors::Flavor;

/// The ordered events of one run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    pub events: Vec<Event>,
}

impl Trace {
    /// Reads what [`encode`] wrote, batch after batch. Fails on bytes that no engine of this version wrote.
    pub fn extend(&mut self, mut bytes: &[u8]) -> Result<(), postcard::Error> {
        while !bytes.is_empty() {
            let (event, rest) = postcard::take_from_bytes(bytes)?;
            self.events.push(event);
            bytes = rest;
        }
        Ok(())
    }

    /// One JSON object a line, an event each: the form in which traces are compared and exported.
    #[must_use]
    pub fn to_json_lines(&self) -> String {
        let mut text = String::new();
        for event in &self.events {
            text.push_str(&serde_json::to_string(event).unwrap_or_default());
            text.push('\n');
        }
        text
    }
}

/// Appends one event to a batch. Batches may be cut between any two events.
pub fn encode(event: &Event, batch: &mut Vec<u8>) {
    let before = batch.len();
    if postcard::serialize_with_flavor(event, Appended(batch)).is_err() {
        batch.truncate(before);
    }
}

/// Writes behind what is in a batch already.
struct Appended<'a>(&'a mut Vec<u8>);

impl Flavor for Appended<'_> {
    type Output = ();

    fn try_push(&mut self, byte: u8) -> postcard::Result<()> {
        self.0.push(byte);
        Ok(())
    }

    /// Most of what an event is made of are numbers of a few bytes: to copy those one by one is faster than to ask for a copy
    /// of so many.
    fn try_extend(&mut self, bytes: &[u8]) -> postcard::Result<()> {
        if bytes.len() > 8 {
            self.0.extend_from_slice(bytes);
        } else {
            self.0.extend(bytes);
        }
        Ok(())
    }

    fn finalize(self) -> postcard::Result<()> {
        Ok(())
    }
}
