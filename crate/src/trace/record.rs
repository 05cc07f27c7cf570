//! A whole trace, kept as it was written: a tenth of the size that its events have in memory.

use super::{encode, event::Event};

/// Events between two places that can be gone to at once.
const STRIDE: usize = 256;

/// The events of one run, in the order and the form in which they came.
#[derive(Clone, Debug, Default)]
pub struct Record {
    batches: Vec<Box<[u8]>>,
    /// Where every [`STRIDE`]th event begins: its batch, and the byte within that.
    marks: Vec<(usize, usize)>,
    len: usize,
}

impl Record {
    /// Takes in a batch, or as many events as `most` from its beginning, and shows each. Returns how many bytes those were.
    /// Fails on bytes that no engine of this version wrote; what came whole before them is kept.
    pub fn extend(
        &mut self,
        batch: &[u8],
        most: usize,
        mut each: impl FnMut(&Event),
    ) -> Result<usize, postcard::Error> {
        let mut rest = batch;
        let mut failure = Ok(());
        let end = self.len.saturating_add(most);
        while !rest.is_empty() && self.len < end {
            match postcard::take_from_bytes::<Event>(rest) {
                Ok((event, after)) => {
                    if self.len.is_multiple_of(STRIDE) {
                        self.marks.push((self.batches.len(), batch.len() - rest.len()));
                    }
                    self.len += 1;
                    each(&event);
                    rest = after;
                }
                Err(error) => {
                    failure = Err(error);
                    break;
                }
            }
        }
        let read = batch.len() - rest.len();
        self.batches.push(batch[..read].into());
        failure.map(|()| read)
    }

    /// How many events there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The events from the one with this index on, from 0.
    pub fn starting_at(&self, index: usize) -> impl Iterator<Item = Event> + '_ {
        let (mut batch, mut at) = self
            .marks
            .get(index / STRIDE)
            .copied()
            .unwrap_or((self.batches.len(), 0));
        let events = std::iter::from_fn(move || {
            while self.batches.get(batch)?.len() <= at {
                batch += 1;
                at = 0;
            }
            let bytes = &self.batches.get(batch)?[at..];
            let (event, rest) = postcard::take_from_bytes(bytes).ok()?;
            at += bytes.len() - rest.len();
            Some(event)
        });
        events.skip(index % STRIDE)
    }

    #[must_use]
    pub fn get(&self, index: usize) -> Option<Event> {
        self.starting_at(index).next()
    }
}

impl<'a> FromIterator<&'a Event> for Record {
    fn from_iter<T: IntoIterator<Item = &'a Event>>(events: T) -> Self {
        let mut batch = Vec::new();
        for event in events {
            encode(event, &mut batch);
        }
        let mut record = Self::default();
        // What `encode` writes can be read.
        let _ = record.extend(&batch, usize::MAX, |_| {});
        record
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::event::Kind;

    fn event(number: usize) -> Event {
        Event {
            time: number as u64,
            kind: Kind::TaskRenamed {
                id: 1,
                name: format!("task {number}"),
            },
        }
    }

    fn batch(numbers: std::ops::Range<usize>) -> Vec<u8> {
        let mut bytes = Vec::new();
        for number in numbers {
            encode(&event(number), &mut bytes);
        }
        bytes
    }

    #[test]
    fn any_event_is_found_whatever_the_batches() {
        let mut record = Record::default();
        for range in [0..1, 1..1, 1..256, 256..700, 700..701] {
            record
                .extend(&batch(range), usize::MAX, |_| {})
                .expect("it was encoded just now");
        }
        assert_eq!(record.len(), 701);
        for index in [0, 1, 255, 256, 511, 512, 699, 700] {
            assert_eq!(record.get(index), Some(event(index)), "event {index}");
            assert_eq!(record.starting_at(index).count(), 701 - index);
        }
        assert_eq!(record.get(701), None);
        assert_eq!(record.get(5_000), None);
    }

    #[test]
    fn a_batch_is_taken_in_piece_by_piece() {
        let (mut record, bytes) = (Record::default(), batch(0..700));
        let (mut read, mut pieces) = (0, Vec::new());
        while read < bytes.len() {
            let before = record.len();
            read += record
                .extend(&bytes[read..], 300, |_| {})
                .expect("it was encoded just now");
            pieces.push(record.len() - before);
        }
        assert_eq!(pieces, [300, 300, 100]);
        assert_eq!(
            record.starting_at(0).collect::<Vec<_>>(),
            (0..700).map(event).collect::<Vec<_>>()
        );
    }

    #[test]
    fn what_came_before_a_broken_event_is_kept() {
        let mut record = Record::default();
        let mut bytes = batch(0..3);
        bytes.extend_from_slice(&[9, 255, 255]);
        let mut shown = 0;
        assert!(record.extend(&bytes, usize::MAX, |_| shown += 1).is_err());
        assert_eq!((shown, record.len()), (3, 3));
        record
            .extend(&batch(3..5), usize::MAX, |_| {})
            .expect("it was encoded just now");
        assert_eq!(
            record.starting_at(0).collect::<Vec<_>>(),
            (0..5).map(event).collect::<Vec<_>>()
        );
    }
}
