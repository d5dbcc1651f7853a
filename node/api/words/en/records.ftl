# Records: what a person keeps of themselves, and finding things again. "record-…" is said in the terminal and on the page,
# "cli-…" in the terminal, "page-…" on the page.

record-kind-fact = facts
record-kind-event = events
record-kind-paper = papers
record-kind-conclusion = conclusions
record-kind-organisation = organisations
record-kind-contact = contacts
record-kind-import = imports
record-says-me = I do
record-says-import = a file that came in
record-special = special category
record-part-name = name
record-part-text-fact = value
record-part-text-event = what happened
record-part-text-paper = title
record-part-text-conclusion = conclusion
record-part-on = day
record-part-organisation = organisation
record-part-organisation-conclusion = who drew it
record-part-basis = drawn from
record-part-file = file
record-part-says = who says so
record-part-at = noted
record-part-device = device
record-part-import = from the import
record-part-credential = from the credential
record-file = { $name }, { $bytes ->
    [one] one byte
   *[other] { $bytes } bytes
}

record-held = { $count ->
    [one] One backup was made since it was noted and may still show it: { $backups }. Make a new backup and destroy that one; in the same folder, “sesame backup create --keep 1 FOLDER” does both.
   *[other] { $count } backups were made since it was noted and may still show it: { $backups }. Make a new backup and destroy those; in the same folder, “sesame backup create --keep 1 FOLDER” does both.
}
record-held-one = { $place }, { $day }
record-held-more = { $count ->
    [one] one more
   *[other] { $count } more
}

cli-record-special-ask = This is of a special category, such as health or belief: the law protects it more, and so does your node. Go on all the same? [y/N]
cli-record-kept = Kept as { $name }. "sesame data show { $name } --history" shows it with its history.
cli-record-corrected = { $name } is corrected. What it was before stays in its history.
cli-record-kept-special = Kept as { $name }, in the drawer of the special categories: neither listed nor found nor suggested unless you say --special.
cli-record-history = What it was before
cli-record-history-none = It was never anything else.
cli-record-more = There are more: the same command goes on with --before { $name }.
cli-record-versions = versions
cli-find-none = Nothing has these words. Each word must begin a word of what is found; what is of a special category is found with --special alone.
cli-forgotten = { $erased ->
    [yes] Forgotten: { $name }. In this vault nothing opens it any more; copies of the vault from before still do, and whoever was shown it keeps it as agreed.
   *[no] Forgotten: { $name }. It is not erased yet, because the disk is full or a part of it cannot be read: your node tries again, and "sesame check" says which it is.
}
cli-forgotten-earlier = { $erased ->
    [yes] What { $name } was before is forgotten. In this vault nothing opens it any more; copies of the vault from before still do.
   *[no] What { $name } was before is forgotten. It is not erased yet, because the disk is full or a part of it cannot be read: your node tries again, and "sesame check" says which it is.
}
cli-forgotten-readings = Readings that went with it: { $readings }.
cli-forgotten-kept = { $readings ->
    [one] One reading stays: another file of the same source touches its month, and the two cannot be told apart any more.
   *[other] { $readings } readings stay: another file of the same source touches their months, and the two cannot be told apart any more.
}
cli-exported = All that your vault holds of you is in { $folder }: { $files ->
    [one] one file
   *[other] { $files } files
}, which only you can read. They are not sealed.
cli-exported-lost = Not with it, because part of each is lost since the vault was damaged: { $count ->
    [one] one file
   *[other] { $count } files
}. manifest.json names them.
cli-exported-special = What is of a special category is left out; --special takes it along.
cli-means-data-edit = correct something; its history stays
cli-means-data-find = find something again by its words

page-records-title = All that you keep
page-records-to = All that you keep, with its history
page-records-none = Nothing yet. Keep a contract with its dates, or what was said on the telephone: it is found again by its words.
page-records-next = Show the next ones
page-find-words = Find by words
page-find-hint = Accents and capitals make no difference. Organisations, people and imported files are found too.
page-find-more = Narrow it down
page-find-from = From
page-find-to = To
page-find-special = Look into the drawer of the special categories too
page-find-action = Find
page-find-none = Nothing has these words. Each must begin a word of what is found.
page-record-new = Keep something
page-record-new-why = It stays in your vault and is given to nobody by itself. What is the answer to a question, such as your address, has a place of its own:
page-record-kind = What it is
page-record-kind-event = Something that happened
page-record-kind-paper = A contract, an invoice, a warranty
page-record-kind-conclusion = What somebody concluded about you
page-record-text = What it says
page-record-on = The day, as year-month-day; of an event, with the time if you like (2026-02-03T14:30)
page-record-organisation = The organisation; of a conclusion, who drew it
page-record-days = Days that matter to a paper, one a line
page-record-days-example = notice = 2027-03-01
page-record-basis = What a conclusion was drawn from
page-record-says = Who says so, if not you
page-record-special = It is about health, origin, beliefs, union membership, sexual life or biometry: keep it all the same
page-record-special-why = The law protects this more (GDPR, article 9). It goes into a drawer of its own: neither listed nor found nor suggested unless you ask for it.
page-record-keep = Keep it
page-record-kept = It is kept.
page-record-corrected = It is corrected. What it was before stays in the history.
page-record-history = History
page-record-history-none = It was never anything else.
page-record-correct = Correct it
page-record-correct-action = Keep this
page-record-file = Save the file
page-record-forget = Forget it
page-record-forget-why = In your vault nothing opens it any more; copies of the vault from before still do. Whoever was shown it keeps it until the day agreed.
page-record-forget-earlier = Forget what it was before
page-record-forget-whole = Forget all of it
page-record-erased = Forgotten. In your vault nothing opens it any more.
page-record-forgotten = Forgotten. It is not erased yet, because the disk is full or a part of it cannot be read: your node tries again, and "sesame check" says which it is.
page-record-shut = This is of a special category: the law protects it more, and so does your node. It is opened only when you say so.
page-record-open = Open it
page-import-forget = Forget “{ $name }”
page-import-forget-why = Forgetting a file takes its readings along. Where another file of the same source touches the same month, the readings of that month stay: the two cannot be told apart any more.
page-import-erased = { $kept ->
    [0] Forgotten: the file and { $readings } readings. In your vault nothing opens them any more.
   *[other] Forgotten: the file and { $readings } readings. In your vault nothing opens them any more. { $kept } readings stay: another file touches their months.
}
page-import-forgotten = { $kept ->
    [0] Forgotten: the file and { $readings } readings. They are not erased yet, because the disk is full or a part of it cannot be read: your node tries again, and "sesame check" says which it is.
   *[other] Forgotten: the file and { $readings } readings; { $kept } stay, because another file touches their months. They are not erased yet, because the disk is full or a part of it cannot be read: your node tries again, and "sesame check" says which it is.
}
page-special-title = About health, origin or beliefs
page-special-sure = I want to keep this although it is sensitive
