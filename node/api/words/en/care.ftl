# What the command line and the page both say of the vault's health. Keys begin with `care-`, or with `page-care-` and
# `cli-care-` where only one of them says it.

care-health-unchecked = Your vault holds { $entries ->
    [one] one entry
   *[other] { $entries } entries
}, { $size }{ $free ->
    [nothing] { "" }
   *[other] , of which { $free } could be freed
}. It was never checked.
care-health-whole = Your vault is whole: last checked { $at }, { $entries ->
    [one] one entry
   *[other] { $entries } entries
}, { $size }{ $free ->
    [nothing] { "" }
   *[other] , of which { $free } could be freed
}.
care-health-weakened = Your vault has lost nothing, but the check of { $at } found { $count ->
    [one] something
   *[other] { $count } things
} that a disk that fails leaves: make a backup on another disk now, then see "sesame check" ({ $entries } entries, { $size }{ $free ->
    [nothing] { "" }
   *[other] , { $free } to free
}).
care-health-lost = Part of your vault is lost: the check of { $at } found { $count ->
    [one] one fault
   *[other] { $count } faults
}. Copy the folder of this node to another disk before anything else, then put back a backup, or save what is whole with "sesame repair"; "sesame check" says what is lost ({ $entries } entries, { $size }{ $free ->
    [nothing] { "" }
   *[other] , { $free } to free
}).
care-health-fatal = Your vault will not open again once it is closed: the check of { $at } found { $count ->
    [one] one fault
   *[other] { $count } faults
}. Leave it open and export what you need, copy the folder of this node to another disk, then put back a backup; "sesame check" says what is damaged ({ $entries } entries, { $size }{ $free ->
    [nothing] { "" }
   *[other] , { $free } to free
}).
care-working-check = Your vault is being checked: { $done } of { $total } so far.
care-working-compact = Space is being freed in your vault: { $done } of { $total } so far.

care-checked-unchecked = never
care-checked-whole = { $at }, whole
care-checked-weakened = { $at }, nothing lost, but the disk begins to fail: "sesame check"
care-checked-lost = { $at }, part of it is lost: "sesame check"
care-checked-fatal = { $at }, it will not open again: "sesame check"

care-report-whole = The vault is whole: { $records ->
    [one] one record
   *[other] { $records } records
} in { $size }, every one of them read and verified.
care-report-weakened = Nothing is lost, but the vault is not as it should be ({ $size } read, { $count ->
    [one] one finding
   *[other] { $count } findings
}).
care-report-lost = Part of the vault is lost ({ $size } read, { $count ->
    [one] one finding
   *[other] { $count } findings
}). All the rest can be read: { $records ->
    [one] one record
   *[other] { $records } records
}.
care-report-fatal = The vault is damaged and does not open as it is ({ $size } read, { $count ->
    [one] one finding
   *[other] { $count } findings
}).
care-report-erased = Erased for good, and only counted: { $count ->
    [one] one record
   *[other] { $count } records
}.
care-report-more = And { $count ->
    [one] one more
   *[other] { $count } more
}, not listed.

# What a check finds: what, in which part, how much
care-found-transient = { $file } was read wrongly at byte { $at }, and rightly the second time.
care-found-unreadable = The disk does not read { $size } of { $file }, from byte { $at } on: what was stored there is lost.
care-found-header = One copy of what opens the vault ({ $file }) is missing or damaged.
care-found-headers-differ = The two copies of what opens the vault are not the same: a change was interrupted. The next opening ends it.
care-found-rolled-back = What opens the vault was put back to an older state.
care-found-checkpoint = { $file }, which says what the vault must hold, is missing or damaged.
care-found-keys = { $file }, with the keys of all records, is missing, damaged or older than it should be.
care-found-segment = { $file } ({ $size }) is missing, or its beginning is damaged.
care-found-short = { $file } lacks its last { $size }.
care-found-frames = { $size } of { $file } at byte { $at } do not match their seal: what was stored there is lost.
care-found-chain = In { $file } batch { $batch } does not follow from those before it.
care-found-torn = { $size } at the end belong to nothing: an interrupted write. The next opening drops them.
care-found-leftover = { $file } is left over from an interrupted work. The next opening removes it.
care-found-stray = { $file } lies in the vault's folder and is not the vault's.
care-found-mode = { $file } was open to others on this machine (mode { $mode }). It is closed to them now.
care-found-index = The index does not fit. Nothing is lost: it is made anew from the journal.

care-remedy-none = Nothing needs doing.
care-remedy-stray = Look at it, and move it elsewhere if it is yours.
care-remedy-mode = Find out which program opened it; whoever read it has sealed bytes.
care-remedy-weakened = Make a backup on another disk, and check again in some days: a second fault in the same place would lose something.
care-remedy-lost = Copy the whole folder to another disk before anything else, then put back a backup, or save what is whole with "sesame repair".
care-remedy-fatal = Copy the whole folder to another disk before anything else, then put back a backup, or save what is whole with "sesame repair". A copy of this one file from an older backup does not help.

# What lies where
care-place-journal = What you store
care-place-keys = Keys of the records
care-place-index = The index
care-place-header = What the passphrase opens
care-place-settings = Settings
care-place-run = Socket and lock of the running node

cli-check-bar = checking
cli-compact-bar = freeing space
cli-compact-done = { $freed } freed: the vault took { $before } and takes { $after }.
cli-repair-reading = reading what is left
cli-repair-writing = writing it anew
cli-repair-proving = reading it back
cli-repair-indexing = making the index
cli-repair-complete = Your vault is repaired, and nothing in it is lost: { $entries ->
    [one] one entry, read back and verified
   *[other] { $entries } entries, every one of them read back and verified
}.
cli-repair-done = Your vault is repaired as far as it can be: { $entries ->
    [one] one entry is in it, read back and verified
   *[other] { $entries } entries are in it, every one of them read back and verified
}.
cli-repair-gone = Lost: { $count ->
    [one] one entry
   *[other] { $count } entries
} of this kind: { $room }.
cli-repair-older = As it was before its last change: { $count ->
    [one] one entry
   *[other] { $count } entries
} of this kind: { $room }.
cli-repair-unproven = Cut off while it was being stored, and not taken: { $count ->
    [one] one entry
   *[other] { $count } entries
} of this kind: { $room }.
cli-repair-self = Part of what says who you are is lost. If the node does not open any more, put back a backup: "sesame backup restore".
cli-repair-unnamed = { $count ->
    [one] One version cannot be read, and nothing says of what it was: an entry may be older than it seems, or be back although you had removed it.
   *[other] { $count } versions cannot be read, and nothing says of what they were: entries may be older than they seem, or be back although you had removed them.
}
cli-repair-end = What you stored last before the damage may be missing without a trace.
cli-repair-kept = The damaged vault is kept as it was, in { $place }. It has all its keys: what you forget from now on can still be read there. Remove that folder once you miss nothing.
cli-repair-next = Now start the node with "sesame up", and make a backup on another disk: this one may be failing.
cli-repair-finished = The repair that had been interrupted is done. The damaged vault lies beside the repaired one, with all its keys: remove it once you miss nothing.
cli-means-repair = save all that is whole of a damaged vault
cli-repair-older-key = What opens the vault is of an older day, and so is the passphrase that opens it now. If that is not how you left it, change it: "sesame key passphrase".
cli-means-key-rotate = put everything in the vault under new keys
cli-rotate-bar = putting all under new keys
cli-rotated = Everything in your vault is under new keys, and the old ones are destroyed: { $entries ->
    [one] one entry
   *[other] { $entries } entries
}. The 24 words are the same.
cli-rotated-backups = Copies and backups from before open with what opened them then: destroy those that you do not trust. The next backup needs a folder of its own.
cli-status-checked = checked
cli-means-check = check that the vault is whole
cli-means-compact = free the space that nothing needs any more
cli-means-key-passphrase = change the passphrase
cli-ask-old = Present passphrase (or the 24 words):
cli-passphrase-changed = The passphrase is changed. The old one opens this vault no more; the 24 words still do. Copies from before open with the old one.

page-care-title = The vault
page-care-check = Check now
page-care-compact = Free the space
page-care-freed = { $freed } freed: the vault took { $before } and takes { $after }.
page-care-passphrase = Change the passphrase
page-care-passphrase-why = The old one opens this vault no more; the 24 words still do. Backups and copies from before keep opening with the old one.
page-care-old = Present passphrase, or the 24 words
page-care-new = New passphrase
page-care-again = The new one again
page-care-change = Change it
page-care-busy = One moment: it is stretched so that guessing it is slow.
page-care-changed = The passphrase is changed.
page-care-places = What is where
page-care-place = Files
page-care-path = Where
page-care-sealed = Readable by others
page-care-is-sealed = no, sealed
page-care-is-clear = in clear
page-care-findings = What the check found
