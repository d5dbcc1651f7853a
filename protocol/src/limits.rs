//! Every bound on what a peer or a file can make grow, each with its reason. Nothing here decides anything.

use std::time::Duration;

/// Bytes of one document on the wire: a card with its 1,216-byte sealing key and eight addresses takes under 4 KiB.
pub const DOCUMENT_BYTES_MAX: usize = 16 * 1024;
/// Bytes of one letter on the wire: the largest size class.
pub const LETTER_BYTES_MAX: usize = 512 * 1024;
/// Bytes of one frame: one letter of the largest class, or a page of documents, with room for its frame.
pub const FRAME_BYTES_MAX: usize = 1024 * 1024;
/// Nested arrays and maps in anything that is decoded: the deepest structure of this protocol has five.
pub const DEPTH_MAX: usize = 16;
/// CBOR items in anything that is decoded: what one byte of input can cost in memory stays a small factor.
pub const ITEMS_MAX: usize = 65_536;

/// Characters of a free text: a paragraph, not an essay, so that a page of voices stays readable.
pub const TEXT_CHARS_MAX: usize = 500;
/// Characters of a name: fits a line on a small screen twice over.
pub const NAME_CHARS_MAX: usize = 80;
/// Bytes of a subject in its normal form: the longest host name is 253 and few are above 60.
pub const SUBJECT_BYTES_MAX: usize = 200;
/// Bytes of what a person may paste as a subject: a long web address.
pub const SUBJECT_INPUT_BYTES_MAX: usize = 2048;

/// Addresses in a card or an invitation: two transports on two networks, in both families.
pub const ADDRESSES_MAX: usize = 8;
/// Bytes of one address: a multiaddr with a host name and a peer id fits.
pub const ADDRESS_BYTES_MAX: usize = 128;
/// Personas announced to a contact: thirteen divisions over a little under five years.
pub const PERSONAS_MAX: usize = 64;
/// Identifiers that a profile claims: a head office and its shops' register numbers.
pub const SUBJECTS_MAX: usize = 16;
/// Markets that a profile names.
pub const MARKETS_MAX: usize = 16;
/// Terms or purposes that a profile names: the roster and the list of purposes have under twenty each.
pub const CODES_MAX: usize = 32;
/// Fields of a profile: the mandatory and optional ones together are under forty.
pub const FIELDS_MAX: usize = 64;
/// Bytes of the name of a field, in a profile or a data request.
pub const FIELD_BYTES_MAX: usize = 40;
/// Fields of one data request: more than any form that a person would fill in.
pub const ASKED_FIELDS_MAX: usize = 64;
/// Who else one data request names as getting the data: a list that a person can still read.
pub const RECIPIENTS_MAX: usize = 16;

/// Bytes of an agreement: 64 field names, 16 recipients and two signatures, with room.
pub const AGREEMENT_BYTES_MAX: usize = 8 * 1024;
/// Bytes of a presentation: 64 values of 500 characters each, their salts and digests, and two signatures.
pub const PRESENTATION_BYTES_MAX: usize = 128 * 1024;
/// Bytes of a receipt: the record in base64 and two signatures.
pub const RECEIPT_BYTES_MAX: usize = 32 * 1024;
/// Days that disclosed data may be kept: ten years, the longest that accounts are kept by law.
pub const RETENTION_DAYS_MAX: u32 = 3_660;
/// Characters of one disclosed value: an address of several lines.
pub const VALUE_CHARS_MAX: usize = 500;
/// Letters that an organisation may leave in one visit; the rest comes with the next.
pub const COLLECTED_MAX: usize = 16;
/// Attestations shown beside a profile: one a field.
pub const ATTESTATIONS_MAX: usize = 64;

/// Letters in one frame; the frame's bytes bound them again.
pub const LETTERS_PER_FRAME_MAX: usize = 64;
/// Documents in one frame; also how many may be asked for at once.
pub const DOCUMENTS_PER_FRAME_MAX: usize = 256;
/// Letters named in one acknowledgement: more than an hour of letters from one contact.
pub const ACKNOWLEDGED_MAX: usize = 256;

/// Bytes of one reconciliation message: a few rounds settle tens of thousands of documents.
pub const RECONCILE_BYTES_MAX: usize = 64 * 1024;
/// Rounds of one reconciliation before the caller gives up: sixteen-fold splits settle 16^8 documents in ten.
pub const RECONCILE_ROUNDS_MAX: usize = 32;
/// Items in one reconciled set: a served market, not the world.
pub const RECONCILE_ITEMS_MAX: usize = 1 << 20;

/// Days that a document may live from the moment it is read: a year and a little, so that yearly renewal works.
pub const DOCUMENT_LIFE_DAYS_MAX: u64 = 400;
/// Days that a profile may live: two years, because registers change slowly.
pub const PROFILE_LIFE_DAYS_MAX: u64 = 731;
/// Days that a letter may wait: the life of a sealing key is counted from it.
pub const LETTER_LIFE_DAYS_MAX: u64 = 30;
/// How far ahead of now a version or a sending time may be: a wrong time zone, not a blocked slot.
pub const VERSION_AHEAD: Duration = Duration::from_hours(24);
/// Days that one sealing key is published for.
pub const SEAL_EPOCH_DAYS: u64 = 30;

/// Characters of an invitation's code that are read at all: several times the longest valid one.
pub const CODE_CHARS_MAX: usize = 8192;
/// Words of the seed: 256 bits of entropy and 8 of checksum (BIP-39).
pub const SEED_WORDS: usize = 24;

/// Bytes of a credential or a presentation: fifty claims with their issuer's certificates take under 16 KiB, and a letter
/// of the fourth class holds it.
pub const CREDENTIAL_BYTES_MAX: usize = 120 * 1024;
/// Disclosures in a credential or a presentation, and digests that one is issued with.
pub const DISCLOSURES_MAX: usize = 256;
/// Bytes of the header of a signed token: a chain of three certificates fits.
pub const TOKEN_HEADER_BYTES_MAX: usize = 8 * 1024;
/// Bytes of a text that several sign: as a credential.
pub const SIGNED_BYTES_MAX: usize = 120 * 1024;
/// Signatures on one text: a person, a vendor and who vouches for each.
pub const SIGNATURES_MAX: usize = 8;
