//! Writing what a survey found into a new vault: journal, checkpoints, header, in that order, so that there is no vault
//! before all of it is durable.

use std::sync::{Arc, RwLock};

use zeroize::Zeroizing;

use super::{BATCHES_JUMP, Patient, survey::Survey};
use crate::{
    Error, Files, Slot, checkpoint,
    error::Damage,
    files::FileId,
    frame::{self, Entry, HEAD_BYTES, Head, Place, Spot},
    header,
    journal::Journal,
    segment::{self, Tip},
};

/// Bytes and entries of one batch.
const BATCH_BYTES: usize = 4 << 20;
const BATCH_ENTRIES: usize = 4096;

/// One entry as it is carried over.
struct Carried {
    path: Vec<u8>,
    value: Zeroizing<Vec<u8>>,
}

/// Writes the new vault. Returns the frames that could not be read again: if there are any, no vault was made.
pub(super) fn write(
    patient: &Patient<'_>,
    survey: &Survey,
    into: &Arc<dyn Files>,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Vec<(u32, u32)>, Error> {
    into.list()?.into_iter().try_for_each(|file| into.unlink(file))?;
    let opened = &patient.opened;
    let generation = opened.generation.max(patient.checkpoint.as_ref().map_or(0, |known| known.generation)) + 1;
    let (keys, next) = patient.keys.beyond(into.as_ref(), generation, survey.reached.next)?;
    let header = opened.header.renewed(&opened.root, keys.by(), generation)?;
    let mut journal = begin(patient, survey, into, Arc::new(RwLock::new(keys)), next)?;
    let mut places: Vec<Place> =
        survey.newest.values().filter(|newest| newest.is_put).map(|newest| newest.place).collect();
    places.sort_unstable_by_key(|place| (place.segment, place.offset));
    let (mut unread, mut batch, mut bytes) = (Vec::new(), Vec::new(), 0);
    let (mut done, total) = (0, places.iter().map(|place| place.frame_bytes()).sum());
    for place in places {
        done += place.frame_bytes();
        match carry(patient, survey, place) {
            Some(entry) => {
                bytes += entry.value.len();
                batch.push(entry);
            }
            None => unread.push((place.segment, place.offset)),
        }
        if bytes >= BATCH_BYTES || batch.len() == BATCH_ENTRIES {
            append(&mut journal, &mut batch)?;
            bytes = 0;
            progress(done, total);
        }
    }
    append(&mut journal, &mut batch)?;
    progress(total, total);
    if !unread.is_empty() {
        return Ok(unread);
    }
    let sequence = patient.checkpoint.as_ref().map_or(0, |known| known.sequence);
    for (slot, sequence) in Slot::BOTH.into_iter().zip(sequence + 1..) {
        let content = journal.checkpoint(sequence, header.sequence);
        checkpoint::write(into.as_ref(), opened.vault, &opened.root, slot, &content)?;
    }
    into.sync_dir()?;
    header::write_new(into.as_ref(), &header)?;
    // A vault that is made can do with one copy until it is opened; a repair is not done before it has both.
    if into.length(FileId::Header(Slot::B))?.is_none() {
        header.replace(into.as_ref(), Slot::B)?;
    }
    Ok(unread)
}

/// The new vault's journal. Its first segment follows all that the damaged one may have had.
fn begin(
    patient: &Patient<'_>,
    survey: &Survey,
    into: &Arc<dyn Files>,
    keys: Arc<RwLock<crate::keys::Keys>>,
    next: u64,
) -> Result<Journal, Error> {
    let opened = &patient.opened;
    let last = survey.files.keys().next_back().map_or(0, |last| *last).max(survey.reached.segment);
    let first = last.checked_add(1).ok_or(Damage::Segment { segment: last })?;
    let jump = if patient.checkpoint.is_some() { 0 } else { BATCHES_JUMP };
    let link = Tip { segment: last, offset: 0, batch: survey.reached.batch + jump, chain: survey.reached.chain, next };
    let segment = segment::create(into.as_ref(), opened.vault, &opened.root, first, link)?;
    let tip = Tip { segment: first, offset: segment::HEADER_BYTES as u64, ..link };
    Ok(Journal::at(Arc::clone(into), keys, opened.vault, opened.root.clone(), Vec::new(), segment, tip, false))
}

fn append(journal: &mut Journal, batch: &mut Vec<Carried>) -> Result<(), Error> {
    let entries: Vec<_> = batch
        .iter()
        .map(|entry| Entry { path: &entry.path, value: Some(entry.value.as_slice()), previous: None })
        .collect();
    if !entries.is_empty() {
        journal.append(&entries)?;
    }
    batch.clear();
    Ok(())
}

/// Reads an entry where the survey found it, once more if the disk then does not give the same.
fn carry(patient: &Patient<'_>, survey: &Survey, place: Place) -> Option<Carried> {
    let file = *survey.files.get(&place.segment)?;
    (0..2).find_map(|_| read(patient, file, place))
}

fn read(patient: &Patient<'_>, file: FileId, place: Place) -> Option<Carried> {
    let mut bytes = Zeroizing::new(vec![0; usize::try_from(place.frame_bytes()).ok()?]);
    let read = patient.files.read_at(file, u64::from(place.offset), &mut bytes).ok()?;
    let (head, sealed) = bytes.get_mut(..read)?.split_at_mut_checked(HEAD_BYTES)?;
    let head = Head::parse(head).filter(|head| head.record == place.record && head.length == sealed.len())?;
    let key = patient.keys.record(place.record)?;
    let spot = Spot { vault: patient.opened.vault, segment: place.segment, offset: u64::from(place.offset) };
    let found = frame::open_record(spot, &head, &key, sealed)?;
    Some(Carried { value: Zeroizing::new(found.value?.to_vec()), path: found.path })
}
