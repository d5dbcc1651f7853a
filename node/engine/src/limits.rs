//! Every bound of the engine, with its reason.

use std::time::Duration;

/// Contacts that a node keeps: a circle, not an address book of the world.
pub const CONTACTS_MAX: usize = 500;
/// Invitations that may be open at once.
pub const INVITATIONS_MAX: usize = 100;
/// How long an invitation lives: long enough for a letter on paper.
pub const INVITATION_LIFE: Duration = Duration::from_hours(336);
/// Letters that may wait in all; more means that something is wrong, and the decision is refused.
pub const OUTBOX_MAX: usize = 2_000;
/// Letters of one frame.
pub const LETTERS_PER_ASK_MAX: usize = 16;
/// How long a letter is tried.
pub const LETTER_LIFE: Duration = Duration::from_hours(672);
/// Letters of one contact that wait to be acknowledged: what one acknowledgement carries. A contact that writes more in
/// an hour is told to come back.
pub const OWED_MAX: usize = 256;
/// Letter ids forgotten per clean-up: more than all contacts of a circle write in an hour.
pub const CLEANED_PER_WAKE_MAX: usize = 4_096;
/// Documents that one contact may bring: well above what one person rates in two years.
pub const DOCUMENTS_PER_CONTACT_MAX: usize = 4_000;
/// Documents asked for in one frame.
pub const PULLED_AT_ONCE_MAX: usize = 64;
/// Bytes of documents in one frame.
pub const PULLED_BYTES_MAX: usize = 512 * 1024;
/// Rounds of one reconciliation: it halves the differences at each, so more is a peer that plays.
pub const ROUNDS_MAX: u8 = 32;
/// Personas that one contact may claim: 14 divisions, a few years.
pub const PERSONAS_PER_CONTACT_MAX: usize = 64;
/// My ratings.
pub const RATINGS_MAX: usize = 4_000;
/// How long a recommendation stands without being renewed.
pub const RECOMMENDATION_LIFE: Duration = Duration::from_hours(9480);
/// How long before its end a recommendation is renewed.
pub const RENEWED_BEFORE: Duration = Duration::from_hours(720);
/// Questions under way at once: older ones are given up.
pub const JOBS_MAX: usize = 512;
/// How long a sealing key is published (constructions: one per 30 days).
pub const SEAL_LIFE: Duration = Duration::from_hours(720);
/// How long after that its secret is kept, for letters under way.
pub const SEAL_GRACE: Duration = Duration::from_hours(1440);
/// How long a card stands.
pub const CARD_LIFE: Duration = Duration::from_hours(9360);
/// A week of the pair key's ratchet.
pub const RATCHET: Duration = Duration::from_hours(168);
/// Weeks of pair keys that are kept for letters under way.
pub const RATCHET_KEPT: u64 = 5;
/// How long acknowledgements are gathered before they are sent together.
pub const ACKNOWLEDGED_WITHIN: Duration = Duration::from_hours(1);
/// Acknowledgements that one letter carries.
pub const ACKNOWLEDGED_AT_ONCE_MAX: usize = 256;
/// Waiting times between tries to reach a contact.
pub const BACK_OFF: [Duration; 6] = [
    Duration::from_secs(2),
    Duration::from_secs(10),
    Duration::from_mins(1),
    Duration::from_mins(5),
    Duration::from_mins(20),
    Duration::from_hours(1),
];
/// How long after a question without an answer linked contacts are asked again.
pub const ASKED_AGAIN_AFTER: Duration = Duration::from_secs(20);
/// How often the shelves are cleaned and keys looked at.
pub const CLEANED_EVERY: Duration = Duration::from_hours(1);
/// Series that a node keeps.
pub const SERIES_MAX: usize = 1_000;
/// Readings of one import: thirty years of half-hours, with room.
pub const READINGS_PER_IMPORT_MAX: usize = 2_000_000;
/// Bytes of one stored piece of an imported file.
pub const ORIGINAL_PIECE_BYTES: usize = 256 * 1024;
/// Characters of a name that a person gives.
pub const NAME_CHARS_MAX: usize = 80;
/// Files that a node takes in: thirty a month for thirty years.
pub const IMPORTS_MAX: usize = 10_000;
/// Subjects shown in one answer.
pub const LISTED_MAX: usize = 1_000;
