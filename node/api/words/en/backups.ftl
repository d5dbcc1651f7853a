# Backups, at the terminal and on the page.

cli-backup-made = { $entries ->
    [one] One entry is backed up
   *[other] { $entries } entries are backed up
} at { $place } ({ $written } written).
cli-backup-known = { $count ->
    [one] One part was there already.
   *[other] { $count } parts were there already.
}
cli-backup-removed = { $count ->
    [one] One older backup was removed.
   *[other] { $count } older backups were removed.
}
cli-backup-opens = Your passphrase of today opens it, and so do the 24 words.
cli-backup-opens-earlier = The passphrase of an earlier backup in this folder opens it, and so do the 24 words. The vault was opened with the words: if you have changed the passphrase since, the new one does not open this backup. Lock, unlock with the passphrase and make another to change that.
cli-backup-words-only = The 24 words alone open it: the vault was opened with them, and does not know its passphrase.
cli-backup-elsewhere = Keep it away from this machine, and try it once: "sesame backup drill PLACE".
cli-backup-none = This node has made no backup yet. "sesame backup create FOLDER" makes one.
cli-backup-entries = entries
cli-backup-checked = found whole
cli-backup-place = place
cli-backup-state = state
cli-backup-never = not yet
cli-backup-state-whole = whole
cli-backup-state-damaged = damaged
cli-backup-whole = { $count ->
    [one] Every byte is as it was written: one backup, { $bytes }.
   *[other] Every byte is as it was written: { $count } backups, { $bytes }.
}
cli-backup-not-whole = { $count ->
    [one] Not everything is as it was written: one backup can be read, { $bytes }.
   *[other] Not everything is as it was written: { $count } backups can be read, { $bytes }.
}
cli-backup-findings-more = { $count ->
    [one] And one more; --json shows all.
   *[other] And { $count } more; --json shows all.
}
cli-backup-found-key = One of the two copies of its key is missing or damaged. Nothing is lost while the other is there.
cli-backup-found-copy = One of the two copies of a list is missing or damaged. Nothing is lost while the other is there.
cli-backup-found-list = Both copies of a list are damaged: that backup is lost. The others do not need it.
cli-backup-found-no-list = No list of what is in it can be read. What is whole can still be had, with "sesame backup restore --partial".
cli-backup-found-digest = Every part is sound, and together they are not what was backed up. Do not rely on this backup.
cli-backup-found-missing = A part is missing: { $entries ->
    [one] one entry is
   *[other] { $entries } entries are
} lost ({ $rooms }).
cli-backup-found-damaged = A part is damaged: { $entries ->
    [one] one entry is
   *[other] { $entries } entries are
} lost ({ $rooms }).
cli-backup-create-bar = making the backup
cli-backup-verify-bar = checking
cli-backup-restore-bar = restoring
cli-backup-drill-bar = trying it
cli-room-self = who you are
cli-room-circle = your circle
cli-room-ratings = ratings
cli-room-data = readings and files
cli-room-organisations = organisations and shares
cli-room-facts = what you say of yourself
cli-room-desk = the desk
cli-room-other = the list of backups
cli-backup-restored = { $entries ->
    [one] One entry is restored
   *[other] { $entries } entries are restored
} in { $home }, as they were: { $at }.
cli-backup-gathered = { $entries ->
    [one] One entry is restored
   *[other] { $entries } entries are restored
} in { $home }: all that is whole. What is missing nobody can tell, because no list could be read.
cli-backup-doubtful = { $count ->
    [one] Of one entry several versions were found and nothing says which is the newest; one of them was taken.
   *[other] Of { $count } entries several versions were found and nothing says which is the newest; one of them was taken.
}
cli-backup-since = What happened since then is not in it: what you shared or withdrew later, others know and this node does not.
cli-backup-next = Next: "sesame up". Never run the old node and this one at the same time.
cli-backup-drilled = { $entries ->
    [one] One entry was
   *[other] { $entries } entries were
} restored, compared, opened and removed again. The backup is good: { $at }.
cli-backup-by-words = The 24 words opened it.
cli-backup-by-passphrase = The passphrase opened it.
cli-backup = backup
cli-status-backup = { $checked ->
    [absent] { $at }, not verified yet; { $place }
   *[other] { $at }, found whole { $checked }; { $place }
}
cli-status-backup-none = none yet: "sesame backup create FOLDER"
cli-help-backup = Backups
cli-means-backup-create = make a backup
cli-means-backup-list = the backups that were made
cli-means-backup-verify = read every byte of a backup
cli-means-backup-restore = make a new vault from a backup
cli-means-backup-drill = try whether a backup can be restored

## The page

page-backup-title = Backups
page-backup-none = No backup yet. If this disk fails, everything is lost.
page-backup-checked = The last backup was found whole.
page-backup-not-checked = The last backup was not checked yet.
page-backup-when = Made on
page-backup-where = Folder or file
page-backup-found = Found whole on
page-backup-never = not yet
page-backup-place = A folder of its own on this machine, with its whole path, such as a stick
page-backup-make = Make a backup now
page-backup-check = Check every byte
page-backup-made = { $entries ->
    [one] One entry is backed up. Keep the backup away from this machine.
   *[other] { $entries } entries are backed up. Keep the backup away from this machine.
}
page-backup-whole = Every byte of the backups there is as it was written.
page-backup-opens-today = The passphrase that you had on that day opens the newest one, and so do the 24 words.
page-backup-opens-earlier = The passphrase of an earlier backup in that folder opens the newest one, and so do the 24 words: your vault was opened with the words when it was made. If you have changed the passphrase since, unlock with the new one and make another backup.
page-backup-opens-none = Only the 24 words open the newest one: your vault was opened with them when it was made. Unlock with the passphrase and make another backup if the passphrase is to open it too.
page-backup-note = Try once whether a backup comes back, with “sesame backup drill” in a terminal; “sesame backup restore” brings it back on any machine.
