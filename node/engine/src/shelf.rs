//! Shelves: a shelf is an ordered map of one kind of thing. This file is the whole list of what a node stores; how a
//! shelf is kept on disk is the vault's business.

/// One kind of thing that a node stores. The number is part of the stored format: never reuse one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u16)]
pub enum Shelf {
    /// What the node knows of itself: keys, name, card. By name.
    Own = 1,
    /// Contacts, by identity.
    Contact = 2,
    /// Invitations that nobody has accepted yet, by id.
    Invitation = 3,
    /// Pair keys, by contact.
    Pair = 4,
    /// Which pair key a letter's label stands for, by label.
    Label = 5,
    /// Letters that wait, by letter id.
    Outbox = 6,
    /// Letters that were read, by letter id, until they expire.
    Seen = 7,
    /// Documents, by the contact that brought them, author and slot.
    Document = 8,
    /// Whose pen name it is, by persona.
    Persona = 9,
    /// My ratings, by subject and market.
    Rating = 10,
    /// Series, by id.
    Series = 11,
    /// Chunks of readings, by series and month.
    Chunk = 12,
    /// Readings that differ from those that count, by series, month and import.
    Rival = 13,
    /// Imports, by time and id.
    Import = 14,
    /// The imported files themselves, by import and piece.
    Original = 15,
    /// Organisations, by identity.
    Vendor = 16,
    /// My accounts with organisations, by relation.
    Relation = 17,
    /// Letters that wait to be left at a desk, by relation and number.
    Post = 18,
    /// Requests for data and what became of them, by relation and letter.
    Share = 19,
    /// Facts about me, by field.
    Fact = 20,
    /// At a desk: what its profile is made of and what others say of it. By name.
    Desk = 21,
    /// At a desk: accounts, by relation.
    Account = 22,
    /// At a desk: which relation a visitor comes in, by its network identity.
    Visitor = 23,
    /// At a desk: letters that wait to be fetched, by relation and number.
    Waiting = 24,
    /// At a desk: what is held and until when, by end, relation and request.
    Due = 25,
    /// At a desk: what waits for a decision, by time, relation and request.
    Todo = 26,
    /// What I have said of organisations, by organisation and field.
    Attested = 27,
    /// At a desk: what its webhook has still to be told, by time.
    Telling = 28,
    /// What is to be put out of reach for good, by shelf and name.
    Erasing = 30,
    /// Events, papers and conclusions, by number.
    Record = 31,
    /// Records of the special categories: facts by field, others by a zero byte and their number.
    Special = 32,
    /// Files of papers, by number and piece.
    File = 33,
    /// What the search knows of records, by page.
    Words = 34,
    /// Backups that were made, by id.
    Backup = 40,
}

/// Where a stored thing stands: its shelf and its name on it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The shelf.
    pub shelf: Shelf,
    /// The name on the shelf, at most 512 bytes.
    pub name: Vec<u8>,
}

impl Key {
    /// The key of `name` on `shelf`.
    pub fn new(shelf: Shelf, name: impl Into<Vec<u8>>) -> Self {
        Self { shelf, name: name.into() }
    }
}

/// One change to what is stored. All writes of a turn are one batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Write {
    /// Stores a value, in place of any earlier one.
    Put(Key, Vec<u8>),
    /// Takes a value away.
    Drop(Key),
}
