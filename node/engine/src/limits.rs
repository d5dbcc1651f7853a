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
/// Pieces of one imported file: more than a batch of the vault would take.
pub const ORIGINAL_PIECES_MAX: usize = 1_024;
/// Characters of a name that a person gives.
pub const NAME_CHARS_MAX: usize = 80;
/// Files that a node takes in: thirty a month for thirty years.
pub const IMPORTS_MAX: usize = 10_000;
/// Subjects shown in one answer.
pub const LISTED_MAX: usize = 1_000;

/// Organisations that a node keeps.
pub const VENDORS_MAX: usize = 2_000;
/// Accounts with organisations, those that ended included.
pub const RELATIONS_MAX: usize = 2_000;
/// Letters that wait in one relation: more means that its desk is gone.
pub const POST_PER_RELATION_MAX: usize = 256;
/// Shares, those that ended included: what an organisation was once shown is never forgotten by itself.
pub const SHARES_MAX: usize = 20_000;
/// Requests of one organisation that may wait for a decision.
pub const REQUESTS_OPEN_MAX: usize = 16;
/// Facts that a person keeps of themselves.
pub const FACTS_MAX: usize = 256;
/// Events, papers and conclusions that a person keeps: ten a day for twenty-five years.
pub const RECORDS_MAX: usize = 100_000;
/// Records in the drawer of the special categories, which are looked through one by one.
pub const SPECIAL_MAX: usize = 1_000;
/// Versions of one record: they are one row, which is written whole. Who corrects more often forgets the earlier ones.
pub const VERSIONS_MAX: usize = 64;
/// Characters of a title, of what a day is, of the name of a file.
pub const TITLE_CHARS_MAX: usize = 120;
/// Characters of what happened, of a conclusion, of what it was drawn from.
pub const SAID_CHARS_MAX: usize = 2_000;
/// Days that matter to one paper.
pub const DATES_MAX: usize = 16;
/// Bytes of a paper's file: a long contract in pictures, and well within one batch of the vault.
pub const PAPER_BYTES_MAX: usize = 16 * 1024 * 1024;
/// Bytes of one row: what the vault takes for a value.
pub const ROW_BYTES_MAX: usize = 1024 * 1024;
/// Bytes of the words by which one record is found, and of the organisations: sixty-four lines of both, with what is
/// around them, are one row. It is more than the longest record has in most scripts; letters that fall apart into many
/// when they are folded are why a bound is needed.
pub const LINE_WORDS_BYTES_MAX: usize = 13 * 1024;
/// Bytes of the organisations of one record, folded.
pub const LINE_ORGANISATION_BYTES_MAX: usize = 2 * 1024;
/// Records of one row of the search. More, and each change writes more; fewer, and a search reads more rows.
pub const LINES_PER_PAGE: u64 = 64;
/// Bytes of all values of one share together.
pub const SHARED_BYTES_MAX: usize = 16 * 1024;
/// Attestations beside a profile.
pub const ATTESTATIONS_MAX: usize = 64;
/// Attestations that one node stands by: a register that checks companies has room, and a page still shows all of them.
pub const ATTESTED_MAX: usize = 512;
/// How long a door waits to be opened: long enough for a letter on paper.
pub const DOOR_LIFE: Duration = Duration::from_hours(336);
/// How long after a withdrawal, or after the end of what was agreed, the proof of deletion is waited for: the month that
/// the GDPR gives (article 12(3)).
pub const DELETED_WITHIN: Duration = Duration::from_hours(720);
/// Visits that a person waits for, at once.
pub const VISITS_WANTED_MAX: usize = 64;
/// Visits to one desk without a pause: an offer, what it brings, what that brings, with room. More is a desk that plays.
pub const VISITS_RUNNING_MAX: u8 = 8;
/// When a desk is visited again while something is waited for; after these, like all others.
pub const LOOKS: [Duration; 6] = [
    Duration::from_secs(20),
    Duration::from_mins(1),
    Duration::from_mins(5),
    Duration::from_mins(20),
    Duration::from_hours(1),
    Duration::from_hours(3),
];
/// The mean time between two visits that nobody waits for.
pub const LOOK_MEAN: Duration = Duration::from_hours(12);
/// The shortest and the longest such time.
pub const LOOK_SHORTEST: Duration = Duration::from_mins(10);
/// The longest such time.
pub const LOOK_LONGEST: Duration = Duration::from_hours(72);
/// The shortest pause between visits that nobody waits for, to whomever; each is drawn, up to three times as long.
pub const LOOKS_APART: Duration = Duration::from_mins(5);
/// The type of the credentials in which a person states something of themselves.
pub const VCT: &str = "urn:sesame:person:1";
/// Digests at the top of such a credential, whatever it states: the most fields that a request may ask for.
pub const DIGESTS: usize = 64;
/// How long a profile stands without being published anew.
pub const PROFILE_LIFE: Duration = Duration::from_hours(24 * 700);
/// Days for which somebody may stand by what they checked.
pub const ATTESTED_DAYS_MAX: u32 = 390;
/// Requests of one account that a desk keeps, those that ended included: the oldest of these make room.
pub const REQUESTS_PER_ACCOUNT_MAX: usize = 64;
/// Letters of one account that are remembered until they expire: more in a month is a node that plays.
pub const SEEN_PER_ACCOUNT_MAX: usize = 1_024;
/// Within which time old versions of keys are put out of reach: each time costs a new key file.
pub const ERASED_WITHIN: Duration = Duration::from_hours(24);
/// Erasures that are done at once: the rest comes right after.
pub const ERASED_AT_ONCE: usize = 1_024;
/// How exactly a desk notes when somebody came: finer would be a diary.
pub const VISITED_TO: Duration = Duration::from_hours(1);
/// How far apart two clocks may be.
pub const CLOCKS_APART: Duration = Duration::from_mins(2);
/// How often a desk tries again when somebody else changed the same account.
pub const RACES_MAX: usize = 16;
/// Accounts, or other rows, of one page of a desk.
pub const DESK_PAGE_MAX: usize = 100;
/// Accounts of a desk that are looked through by name: beyond, the id finds one.
pub const ACCOUNTS_NAMED_MAX: usize = 2_000;
/// Requests of one relation that are kept: those that came to nothing make room first.
pub const SHARES_PER_RELATION_MAX: usize = 64;
/// A request that ends sooner is none: nobody can decide on it.
pub const REQUEST_LIFE_MIN: Duration = Duration::from_hours(12);
/// How often a withdrawal is said again to a desk that did not take it.
pub const WITHDRAWN_AGAIN_AFTER: Duration = Duration::from_hours(72);
/// How long a visit may take before it counts as failed, whatever the network says.
pub const VISIT_LASTS: Duration = Duration::from_mins(5);
/// Bytes of letters in one visit: what a frame holds, with room for all else in it.
pub const LEFT_BYTES_MAX: usize = 960 * 1024;
/// Bytes of all values that a desk holds of one account.
pub const HELD_BYTES_MAX: usize = 256 * 1024;
/// How far a visitor's count may be ahead of the desk's: a store that was put back is behind by less.
pub const AHEAD_MAX: u64 = 1 << 20;
/// Letters of an account whose names are kept, to tell whether a store was put back: as many as may wait.
pub const NAMED_PER_ACCOUNT: usize = 64;
/// Characters of a webhook's address: longer ones are refused by many servers.
pub const ADDRESS_CHARS_MAX: usize = 2_048;
/// Events that wait to be told to a webhook: what a busy desk has in a day or two. The oldest make room; whoever was away
/// for longer asks the desk itself.
pub const TELLING_MAX: usize = 10_000;
/// Events that are dropped from the queue in one batch.
pub const TELLING_DROPPED_MAX: usize = 1_000;
/// When a webhook that did not take an event is tried again, each after the try before (Standard Webhooks 1.0.0,
/// *Deliverability and reliability*): the first try and these are three days, which a weekend fits into.
pub const TOLD_AGAIN_AFTER: [Duration; 9] = [
    Duration::from_secs(5),
    Duration::from_mins(5),
    Duration::from_mins(30),
    Duration::from_hours(2),
    Duration::from_hours(5),
    Duration::from_hours(10),
    Duration::from_hours(14),
    Duration::from_hours(20),
    Duration::from_hours(24),
];
/// The longest pause that a receiver may ask for (`Retry-After`): as long as the longest of our own.
pub const PAUSE_LONGEST: Duration = Duration::from_hours(24);
/// How long a secret that was replaced still signs beside the new one.
pub const SECRETS_OVERLAP: Duration = Duration::from_hours(24);
/// Backups that are remembered: one a week for two years.
pub const BACKUPS_MAX: usize = 104;
/// How far numbers jump when a vault was restored: more than a node can have counted since any backup.
pub const RESTORED_JUMP: u64 = 1 << 20;
