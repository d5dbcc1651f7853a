# The command line. Keys begin with `cli-`; `cli-means-…` are the meanings of the commands in "sesame help".

## Problems

cli-problem = error[{ $code }]: { $text }
cli-problem-part = { $label } { $text }
cli-problem-why = why:
cli-problem-remedy = remedy:

## Names of columns and values

cli-added = new
cli-audience = goes to
cli-days-span = days
cli-energy = energy
cli-estimated = estimated
cli-file = file
cli-format = format
cli-heard = ratings heard
cli-home = folder
cli-id = id
cli-identity = identity
cli-index = index
cli-linked = linked
cli-listening = listens on
cli-market = sector
cli-marks = marks
cli-meter = meter
cli-mine = mine
cli-name = name
cli-network = network
cli-note = note
cli-page = page
cli-power = power
cli-price-points = one liar moves it by
cli-process = program
cli-quantity = what
cli-quantity-electricity = electricity
cli-readings = readings
cli-refused = refused
cli-score = score
cli-source = from
cli-standing = how far
cli-subject = about
cli-text = words
cli-trust = weighs
cli-vault = vault
cli-voices = voices
cli-when = when
cli-mark-overall = all in all
cli-mark-price = price
cli-mark-quality = quality
cli-mark-service = service
cli-mark-honesty = honesty
cli-quote = "{ $text }"

## Asking

cli-ask-name = The name that your contacts will see (Enter for none):
cli-ask-passphrase = Passphrase (or the 24 words):
cli-ask-offer = A passphrase for you: { $passphrase }
    Write it down before you go on. Nobody can give it back to you.
cli-ask-new = Press Enter to take it, or type one of your own:
cli-ask-again = Type it once more:
cli-ask-words = Words { $first } to { $last }, with spaces between them:
cli-ask-file-open = Others on this machine can read { $file }. Close it to them with "chmod 600".

## init, lock, unlock, stop, ui, up

cli-init-done = Your vault is made.
cli-init-words = These 24 words open it if the passphrase is lost. They are shown this once:
cli-init-paper = Write them on paper, in this order. Make no photo and no file of them.
cli-init-check = Then check what you wrote: "sesame key words".
cli-init-next = Start your node: "sesame up".
cli-lock-done = The vault is locked. "sesame unlock" opens it again.
cli-unlock-done = The vault is open.
cli-unlock-already = The vault was open already.
cli-stop-done = The node has stopped.
cli-ui-opened = The page opens in your browser. This address works once, for a minute.
cli-ui-by-hand = Open this address in your browser. It works once, for a minute.
cli-up-bare = Welcome. Begin here, once: { $page }
cli-up-locked = The vault is locked. The page is at { $page }; "sesame ui" opens it, "sesame unlock" opens the vault.
cli-up-open = The vault is open. The page is at { $page }; "sesame ui" opens it.
cli-up-ailing = The vault cannot be opened. "sesame status" says why; the page is at { $page }.
cli-up-stop = Ctrl-C stops the node.
cli-words-right = These are the 24 words of this vault. Keep the sheet in a safe place.

## status

cli-status-bare = There is no vault yet: make one with "sesame init", or on the page with "sesame ui".
cli-status-locked = The vault is locked: "sesame unlock" opens it, and the node goes on where it was.
cli-status-ailing = The vault cannot be opened. Nothing more is written until it can.
cli-status-words = One thing is left to do: check your 24 words with "sesame key words".
cli-status-waiting = { $count ->
    [one] All is well. One letter waits for its reader; "sesame contact list" says why.
   *[other] All is well. { $count } letters wait for their readers; "sesame contact list" says why.
}
cli-status-well = All is well.
cli-status-vault = { $readings ->
    [one] one reading
   *[other] { $readings } readings
}, { $contacts ->
    [one] one contact
   *[other] { $contacts } contacts
}, { $size } on disk
cli-status-rebuilt = made anew from the journal when the vault was opened; nothing was lost
cli-status-network = { $linked ->
    [0] nobody is linked
    [one] one contact is linked
   *[other] { $linked } contacts are linked
}, { $waiting ->
    [0] nothing waits
    [one] one letter waits
   *[other] { $waiting } letters wait
}
cli-status-refused = { $count } ({ $reason })
cli-status-page = { $page }, which shows the words "{ $fingerprint }"
cli-status-process = version { $version }, PID { $pid }, since { $since }

## data

cli-import-read = { $name }: { $readings ->
    [one] one reading
   *[other] { $readings } readings
} over { $days ->
    [one] one day
   *[other] { $days } days
}, from { $from } to { $to }
cli-import-added = new
cli-import-known = already there
cli-import-differing = there with another value (both are kept)
cli-import-estimated = estimated by the organisation
cli-import-missing = missing
cli-import-hole = { $day } is not whole: { $present } readings of { $expected }
cli-import-holes-more = { $count ->
    [one] and one more day that is not whole
   *[other] and { $count } more days that are not whole
}
cli-import-clock = { $count ->
    [one] one clock change, taken into account
   *[other] { $count } clock changes, taken into account
}
cli-import-dry = This was a trial: nothing was kept.
cli-imports-none = Nothing was imported yet. "sesame data import FILE" reads a file that an organisation gave you.
cli-series-none = There are no readings yet. "sesame data import FILE" reads a file that an organisation gave you.
cli-series-counts = * counts in the totals
cli-series-step = one every { $minutes } minutes
cli-readings-more = Only the first { $count } are shown. "sesame data export" gives all of them.
cli-export-done = { $count ->
    [one] One reading is written to { $file }.
   *[other] { $count } readings are written to { $file }.
}

## insight

cli-finding-always = Day and night, your home draws at least { $watts } W: { $energy } a year, { $percent } of all you use (from { $nights } nights).
cli-finding-night = From midnight to 6:00, your home draws at least { $watts } W: { $energy } a year in those hours, { $percent } of all you use (from { $nights } nights).
cli-insight-head = { $vendor }, { $span }: { $energy }
cli-insight-mean = Means per day.
cli-insight-missing = { $count ->
    [one] One reading is missing (○): that bar is too short.
   *[other] { $count } readings are missing (○): those bars are too short.
}
cli-insight-estimated = { $count ->
    [one] One reading is an estimate of the organisation.
   *[other] { $count } readings are estimates of the organisation.
}
cli-svg-done = The chart is written to { $file }.

## contact

cli-contacts-none = Your circle is empty. "sesame contact invite NAME" invites somebody.
cli-standing-asking = asked, no answer yet
cli-standing-known = words not compared
cli-standing-verified = verified
cli-standing-changed = key changed: compare the words
cli-trust-none = nothing
cli-trust-little = little
cli-trust-some = some
cli-trust-much = much
cli-trust-done = The word of { $name } now weighs: { $level }.
cli-invitation-open = The invitation for { $name } is open until { $until }.
cli-waiting = { $what ->
    [acceptance] Your acceptance waits for { $name }
    [welcome] Your welcome waits for { $name }
    [update] News of you wait for { $name }
    [acknowledgement] A confirmation waits for { $name }
   *[other] Something waits for { $name }
} since { $since }: { $why ->
    [unreachable] that node does not answer. It leaves by itself as soon as both nodes are on; yours gives up on { $until }
    [refused] that node refused it for good. Ask for a new invitation, and accept that one
   *[other] it leaves at the next occasion; your node gives up on { $until }
}.
cli-invite-named = Invitation for { $name }. It works once, until { $until }.
cli-invite-anyone = Invitation. It works once, for one person, until { $until }.
cli-invite-say = What to say with it:
cli-invite-sentence = "Install Sésame, then type: sesame contact accept, and this code. Then call me, and we compare six words."
cli-invite-large = The code is too long for a QR code in this window. "--qr FILE.svg" makes a picture of it.
cli-invite-file = The QR code is written to { $file }. Whoever sees it can use it.
cli-accept-done = You accepted the invitation of { $name }.
cli-accept-asking = The other node has not answered yet. Leave yours on: it tries by itself.
cli-this-person = this person
cli-words-compare = Call { $name } and read these six words to each other. They must be the same:
cli-words-other = The other language shows: { $words }
cli-verify-ask = Are they the same for { $name }? [y/N]
cli-verify-same = { $name } is verified.
cli-verify-different = The words differ: nothing is sent to { $name }. Somebody may be posing as that person.
cli-remove-ask = Remove { $name } from your circle? [y/N]
cli-remove-done = { $name } is no longer in your circle.

## rate and advice

cli-rate-sent = Your rating of { $name } is signed and goes to your contacts.
cli-rate-kept = Your rating of { $name } stays with you.
cli-retract-done = Your rating of { $name } is retracted.
cli-retracted = retracted
cli-audience-contacts = my contacts
cli-audience-myself = me alone
cli-ratings-none = You have rated nothing yet. "sesame rate SUBJECT --overall 80" begins.
cli-advice-none = { $name }: nobody whom you trust knows it. Strangers are not put in their place.
cli-advice-score = { $name }: { $score } out of 100, { $voices ->
    [one] from one voice only
    [two] from two voices
   *[other] from three voices or more
}
cli-advice-price = { $points ->
    [0] One contact who lies could not move this.
    [one] One contact who lies could move this by one point at most.
   *[other] One contact who lies could move this by { $points } points at most.
}
cli-advice-reasons = Who says so:
cli-reason = { $name } gives { $mark } and makes { $percent } of the score (weighs { $trust }), { $date }
cli-reason-silent = { $name } gives { $mark }, which does not count (weighs { $trust }), { $date }
cli-advice-untrusted = Somebody in your circle knows it, but their word weighs nothing yet: "sesame contact trust NAME some".
cli-advice-mine = Your own rating, which never counts: { $marks }
cli-advice-how = How it is made: each contact's mark counts as much as you chose (much 9, some 3, little 1), your own not at all; it is computed here, and nobody learns what you asked.
cli-advice-empty = Neither you nor your circle has rated anything yet. "sesame rate SUBJECT --overall 80" begins.
cli-voices-count = { $voices ->
    [none] none
    [one] one
    [two] two
   *[other] three or more
}

## config

cli-config-done = "{ $setting }" is changed. A running node takes it at its next start.
cli-config-edited = The settings are changed. A running node takes them at its next start.
cli-config-same = Nothing was changed.

## doctor

cli-doctor-title = sesame { $version }, { $home }
cli-doctor-well = Nothing is wrong.
cli-doctor-warn = { $count ->
    [one] It works; one thing wants doing.
   *[other] It works; { $count } things want doing.
}
cli-doctor-bad = { $count ->
    [one] One thing does not work.
   *[other] { $count } things do not work.
}
cli-doctor-home-ok = The folder is there and is yours.
cli-doctor-home-none = The folder is not there yet. "sesame up" or "sesame init" makes it.
cli-doctor-home-file = There is a file where the folder should be.
cli-doctor-home-file-remedy = Move it, or choose another folder with "--home FOLDER".
cli-doctor-home-foreign = The folder belongs to somebody else.
cli-doctor-home-foreign-remedy = Run sesame as that user, or choose another folder with "--home FOLDER".
cli-doctor-modes-ok = Nobody else can look into it.
cli-doctor-modes-wide = Others on this machine may read { $file } (wrong modes: { $count }).
cli-doctor-modes-wide-remedy = Close it: chmod -R go-rwx { $file }
cli-doctor-vault-ok = There is a vault.
cli-doctor-vault-none = There is no vault yet.
cli-doctor-lock-free = Nobody holds the vault.
cli-doctor-lock-unknown = This system does not say who holds the vault.
cli-doctor-lock-held = The node holds the vault (PID { $pid }).
cli-doctor-lock-silent = A process holds the vault and no node answers (PID { $pid }).
cli-doctor-lock-silent-remedy = It may be starting or ending: look again in a moment. If it stays, end it: kill { $pid }
cli-doctor-settings-ok = The settings make sense (changed: { $count }).
cli-doctor-settings-none = Every setting is as it comes.
cli-doctor-settings-wrong = The setting "{ $name }" is wrong.
cli-doctor-settings-wrong-remedy = "sesame config edit" opens the settings.
cli-doctor-node-ok = The node answers (PID { $pid }).
cli-doctor-node-none = No node runs here. "sesame up" starts it.
cli-doctor-node-long = The path of the folder is too long for a socket: { $length } bytes, { $limit } at most.
cli-doctor-node-long-remedy = Choose a folder with a shorter path: "--home FOLDER".
cli-doctor-node-foreign = The socket { $file } belongs to somebody else.
cli-doctor-node-foreign-remedy = Run sesame as that user, or choose another folder with "--home FOLDER".
cli-doctor-node-silent = There is a node, but it does not answer as it should ({ $code }).
cli-doctor-node-silent-remedy = Stop it with "sesame stop" and start it again with "sesame up".
cli-doctor-version-ok = The node and this program are the same version ({ $version }).
cli-doctor-version-other = The node is version { $node }, this program { $version }.
cli-doctor-version-other-remedy = Start the node again: "sesame stop", then "sesame up".
cli-doctor-port-served = The page is served at { $page }.
cli-doctor-port-free = Port { $port } is free for the page.
cli-doctor-port-taken = Port { $port } is taken by another program.
cli-doctor-port-taken-remedy = End that program, or choose another port with "sesame config set page_port NUMBER".
cli-doctor-clock-ok = The clock can be right.
cli-doctor-clock-early = The clock is years behind.
cli-doctor-clock-early-remedy = Set the date and the time of this machine.
cli-doctor-clock-behind = The clock is behind: files of the vault are from the future.
cli-doctor-clock-behind-remedy = Set the date and the time of this machine.
cli-doctor-disk-ok = There is room on the disk ({ $free }).
cli-doctor-disk-unknown = This system does not say how much room the disk has.
cli-doctor-disk-low = The disk is nearly full ({ $free } left).
cli-doctor-disk-low-remedy = Free some space before you import anything large.
cli-doctor-disk-full = The disk is full ({ $free } left).
cli-doctor-disk-full-remedy = Free some space: the vault can no longer write.

## help

cli-help-title = Sésame keeps your data on your own machine, and lets your circle tell you who deserves your money.
cli-help-more = "sesame help COMMAND" explains one. Everywhere: --home FOLDER, --lang en|fr, --json, --no-input, --quiet.
cli-help-begin = To begin
cli-help-node = Your node
cli-help-data = Your data
cli-help-circle = Your circle
cli-help-choose = To choose
cli-help-shell = For the terminal
cli-means-demo = a story with real nodes on this machine
cli-means-init = make your vault
cli-means-up = run your node
cli-means-ui = open the page
cli-means-status = how your node is
cli-means-doctor = look for what is wrong
cli-means-lock = lock the vault
cli-means-unlock = open the vault
cli-means-stop = stop the node
cli-means-config-get = show the settings
cli-means-config-set = change a setting
cli-means-config-edit = open the settings in your editor
cli-means-key-words = check your 24 words
cli-means-data-import = read a file that an organisation gave you
cli-means-data-imports = what was imported
cli-means-data-list = the readings you hold
cli-means-data-show = readings one by one
cli-means-data-export = take readings away as CSV
cli-means-insight = what your data tell
cli-means-contact-invite = invite somebody
cli-means-contact-accept = accept an invitation
cli-means-contact-list = who is in your circle
cli-means-contact-verify = compare six words with somebody
cli-means-contact-trust = choose how much somebody's word weighs
cli-means-contact-remove = remove somebody
cli-means-advice = ask what your circle thinks
cli-means-rate = rate an organisation, a shop, a product
cli-means-ratings = your own ratings
cli-means-retract = retract a rating
cli-means-help = this list, or one command in full
cli-means-completions = completions for your shell
cli-means-man = the manual pages
