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
cli-account = account
cli-accounts = accounts
cli-agreement = agreement
cli-asked = asked
cli-claims = claims to be
cli-deleted-on = deleted on
cli-field = field
cli-held-since = held since
cli-kept-for = kept for
cli-kind = kind
cli-link = link
cli-mandatory = mandatory
cli-need = need
cli-needed = needed
cli-organisation = organisation
cli-purpose = for
cli-recipients = also goes to
cli-says = says
cli-signs = signs
cli-since = since
cli-standing-word = how sure
cli-terms = terms
cli-until = until
cli-uses = uses data for
cli-value = value
cli-value-known = what you could say
cli-visited = last visit
cli-visits-next = next visit
cli-what = what
cli-whose-word = whose word
cli-days = { $days ->
    [one] one day
   *[other] { $days } days
}
cli-when = when
cli-mark-overall = all in all
cli-mark-price = price
cli-mark-quality = quality
cli-mark-service = service
cli-mark-honesty = honesty
cli-quote = "{ $text }"

## Asking

cli-ask-name = The name that your contacts will see (Enter for none):
cli-ask-vendor-name = The name of the organisation (Enter for none):
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
cli-init-vendor = Then say who you are with "sesame desk profile", and hand out the link of "sesame desk link".
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
cli-status-vendor = an organisation's node, with a desk: "sesame desk inbox"
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
cli-code-large = The code is too long for a QR code in this window. "{ $option } FILE.svg" makes a picture of it.
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

## vendor

cli-vendors-none = You have no organisation yet. "sesame vendor add LINK" adds one by the link that it hands out.
cli-vendor-profile = what it says
cli-vendor-since = added
cli-vendor-seen = last seen
cli-vendor-unseen = not reached yet
cli-vendor-is-blocked = blocked: your node hears nothing of it
cli-vendor-lacks = { $count ->
    [0] all that is mandatory
    [one] one mandatory field missing
   *[other] { $count } mandatory fields missing
}
cli-vendor-missing = Mandatory and not said: { $fields }. While that is so, your node refuses any account by itself.
cli-vendor-added-nameless = Added to your organisations.
cli-vendor-added = { $vendor } is one of your organisations now.
cli-vendor-asking = Your node asks at its desk who it is, as a stranger would. "sesame vendor show { $id }" has the answer in a moment.
cli-vendor-look = Your node looks again at who { $vendor } says it is. "sesame vendor show { $id }" has the answer in a moment.
cli-vendor-next = You have no account with it. "sesame vendor door { $id }" makes a door, with which it may ask for one.
cli-vendor-block-ask = Hear nothing more of { $vendor }, and end all accounts with it? [y/N]
cli-vendor-blocked = You hear nothing more of { $vendor }. Its accounts are ended.
cli-vendor-unblocked = { $vendor } may be heard again. Accounts that ended stay so.
cli-door-head = A door for { $vendor }. It works once, for that organisation alone, until { $until }.
cli-door-say = Give this code to { $vendor }, as text or as the QR code. With it, it may ask you for an account; it learns nothing else.
cli-door-next = Your node goes to its desk by itself and looks whether it was used. "sesame vendor visit { $id }" goes now.
cli-door-file = The QR code is written to { $file }. It is meant for that organisation alone.
cli-accounts-none = You have no account with any organisation. "sesame vendor door VENDOR" makes the way for one.
cli-account-line = Account { $id }: { $standing }, since { $since }.
cli-account-asks = { $vendor } asks you for an account. It waits for your answer: "sesame vendor accept { $id }", or "sesame vendor refuse { $id }".
cli-account-reference = Their reference: { $reference }
cli-account-visit = Your node goes to the desk of { $vendor } now. "sesame vendor accounts" and "sesame request list" show what came of it.
cli-account-accepted = The account with { $vendor } is open. It may ask for data; each time, you decide.
cli-account-refused = Noted: no account for { $vendor }. You owe no reason.
cli-account-close-ask = End the account with { $vendor }, and take back everything shared in it? [y/N]
cli-account-closed = The account with { $vendor } is ended. What was shared in it may no longer be used.

## request

cli-requests-none = No organisation asks you for anything.
cli-request-waits = { $vendor } waits for your answer since { $since }, until { $until }: "sesame request show { $id }", then "answer" or "refuse".
cli-request-decide = It waits for you until { $until }: "sesame request answer { $id } --give FIELD" lets you choose, "sesame request refuse { $id }" says no.
cli-request-why = { $vendor } says why: "{ $text }"
cli-request-identifies = Tells who you are.
cli-request-retention = They want to keep it for { $days ->
    [one] one day
   *[other] { $days } days
}, no longer than this takes.
cli-request-terms = Terms that they would like: { $terms }
cli-request-looser = These terms leave you less than the strictest, SD-BASE. You proffer SD-BASE unless you choose otherwise.
cli-request-smaller = The smaller answer: { $fields }, for { $days ->
    [one] one day
   *[other] { $days } days
}. "sesame request answer { $id } --smaller" gives that and nothing else.
cli-request-refused = Noted: no. You owe no reason. { $vendor } receives: "request refused". If they ask again, you will see it.
cli-request-offered = Offered to { $vendor }.
cli-request-lends = You lend: { $fields }. For: { $purpose }. For { $days ->
    [one] one day
   *[other] { $days } days
}. Terms: { $terms }.
cli-request-unseen = { $vendor } sees nothing of it before it has signed these terms.
cli-source-said = { $value } (you said so)
cli-source-readings = { $value } (from your readings)

## share

cli-shares-none = Nothing was shared with any organisation.
cli-share-title = What you share with { $vendor }, for: { $purpose }
cli-share-signed = Signed by both
cli-share-step = { $what ->
    [offered] Offered to { $vendor }: { $when }
    [unsigned] Not signed by { $vendor } yet
    [shown] { $when ->
        [no] Not shown yet
       *[other] Shown: { $when }
    }
    [receipt] { $when ->
        [no] No receipt signed by both yet
       *[other] Receipt signed by both: { $when }
    }
    [withdrawn] Withdrawn by you: { $when }
   *[other] { $when ->
        [no] { $vendor } was not told yet
       *[other] { $vendor } was told: { $when }
    }
}
cli-share-proof-due = Proof of deletion is awaited until { $until }
cli-share-deleted = { $vendor } says that it deleted it ({ $how }): { $at }
cli-share-overdue = The time for that has passed, and { $vendor } has not said that it deleted it. That is evidence too.
cli-share-withdrawn = From now on { $vendor } may no longer use this. Your node cannot erase it at their end: it asks, and waits for their proof until { $until }.
cli-share-withdrawn-unseen = Taken back before { $vendor } saw anything of it.
cli-receipt-done = The receipt is written to { $file }. "sesame verify { $file }" checks it without a node.
cli-knows-none = As far as your node knows, no organisation was shown anything of you.

## data of one's own

cli-ask-value = { $field }:
cli-facts-none = You have said nothing of yourself yet. "sesame data add FIELD" begins; nothing of it is given to anybody without your decision.
cli-fact-added = Remembered: { $field }. It is suggested when an organisation asks for it, and given to nobody without your decision.
cli-asked-last = asked for last by

## desk

cli-webhook-set = It is told what happens from now on. "sesame desk webhook test" sees whether it hears.
cli-webhook-rotated = There is a new secret.
cli-webhook-off = Switched off. No other system is told what happens at this desk, and what waited was dropped.
cli-webhook-since = told since
cli-webhook-taken = last taken
cli-webhook-failed = last not taken
cli-webhook-never = never
cli-webhook-failure = { $at }: { $why }
cli-webhook-address = address
cli-desk-nameless = account { $id }
cli-desk-complete = All that is mandatory is said.
cli-desk-lacks = Mandatory and not said: { $fields }. People's nodes refuse an account by themselves while that is so; "sesame desk profile --set FIELD=VALUE" says it.
cli-desk-unpublished = Nothing is published yet. "sesame desk profile" publishes what you say.
cli-desk-published = Published. Whoever looks at the desk sees it from now on.
cli-desk-attached = Kept. Whoever looks at the desk sees it from now on; it is believed by those who know who said it.
cli-desk-attestation = { $field }: { $by } says that it is true ({ $how }), until { $until }
cli-link-head = The link of this desk. It is public, and names the addresses that this node has now.
cli-link-say = Put it on a bill, a door or a website. Whoever types "sesame vendor add" and this code sees who you say you are.
cli-link-file = The QR code is written to { $file }.
cli-attestation = { $vendor }: "{ $field }" is { $value } ({ $how })
cli-attestation-live = You stand by it until { $until }. The code for them:
cli-attestation-changed = They say something else now, and of that you say nothing. Until { $until }:
cli-attestation-ended = It ended on { $until }. The code was:
cli-attestations-none = You have said nothing of an organisation yet. "sesame desk attest" does.
cli-attest-head = You say that "{ $field }" of { $vendor } is true. This code is for them:
cli-attest-say = They keep it with "sesame desk attach". Whoever knows you then reads that the field is proven. The code is public.
cli-desk-opened = Asked { $account } for an account. It waits at your desk until the person's node comes: "sesame desk account { $id }".
cli-desk-again = Asked { $account } once more. It waits at your desk until the person's node comes.
cli-desk-asked = Asked { $account }. The question waits at your desk until the person's node comes.
cli-desk-signed = Signed. { $account } sends what was agreed when the person's node comes.
cli-desk-refused = Not signed. { $account } learns so when the person's node comes.
cli-desk-accounts-none = There is no account yet. "sesame desk open CODE" opens a person's door.
cli-desk-more = There are more: "sesame desk accounts --after { $id }".
cli-desk-never = not yet
cli-desk-missing = The person's node refused { $account } by itself, for want of: { $fields }. Say it with "sesame desk profile", then "sesame desk again { $id }".
cli-desk-request = Asked { $account } on { $at } for: { $fields }. For: { $purpose }, { $days ->
    [one] one day
   *[other] { $days } days
}.
cli-desk-proffered = The person proffers: { $fields }. Terms: { $terms }. For { $days ->
    [one] one day
   *[other] { $days } days
}.
cli-desk-decide = "sesame desk accept { $id } --account { $account }", or "refuse" in place of "accept"
cli-desk-due = Deleted by itself on { $until }.
cli-inbox-nothing = Nothing has to be decided.
cli-inbox-holds-nothing = Nothing is held.

## verify

cli-verify-receipt = Both signatures hold: this is what the two agreed, and nothing was changed since.
cli-verify-person = person
cli-verify-key = its key
cli-verify-values = A receipt says what was shown, never the values.
cli-verify-whose = Whose these keys are, the file cannot say. "sesame vendor show" has the key of each of your organisations.
cli-verify-issuer = The signature of the issuer holds. The issuer is this key: { $issuer }
cli-verify-issuer-none = The file names no issuer: its signature was not checked.
cli-verify-issuer-unknown = The issuer calls itself "{ $issuer }", which is no key: its signature was not checked.
cli-verify-holder = The holder signed for showing exactly this, by its own clock: { $at }. The holder is this key: { $holder }
cli-verify-holder-none = Nobody signed for showing this: whoever has the file could have sent it.
cli-verify-asker = For whom it was meant, and whether it answers a question that was really asked (the nonce), only the side that asked can check.
cli-verify-names = It shows: { $fields }. Values are not printed, because the file alone does not prove that they were meant for you.

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
cli-help-organisations = Organisations
cli-help-desk = The desk of an organisation
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
cli-means-data-list = what you keep: readings, facts, events, papers
cli-means-data-show = one record with its history, or readings one by one
cli-means-data-export = take all your data away into a folder, or readings as CSV
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
cli-means-vendor-add = add an organisation by its link
cli-means-vendor-list = your organisations
cli-means-vendor-show = who an organisation says it is
cli-means-vendor-look = look again at who it says it is
cli-means-vendor-door = make a door for an organisation
cli-means-vendor-accounts = your accounts, and what waits
cli-means-vendor-visit = go to a desk now
cli-means-vendor-accept = open the account that is asked for
cli-means-vendor-refuse = refuse it
cli-means-vendor-close = end an account
cli-means-vendor-block = hear nothing more of an organisation
cli-means-request-list = what organisations ask you for
cli-means-request-show = a request, held against what it needs
cli-means-request-answer = answer on your terms
cli-means-request-refuse = say no
cli-means-share-list = what you shared
cli-means-share-show = the life of a share
cli-means-share-withdraw = take a share back
cli-means-share-receipt = the share receipt, as a file
cli-means-share-who-knows = who knows what about you
cli-means-data-add = keep something of yourself
cli-means-data-facts = the facts that you keep
cli-means-data-forget = forget something for good
cli-means-desk-show = what your organisation says
cli-means-desk-link = the link to hand out
cli-means-desk-profile = say who you are
cli-means-desk-attest = say that a field of another is true
cli-means-desk-attestations = show what you said of others
cli-means-desk-attach = keep what somebody says of you
cli-means-desk-open = open a person's door
cli-means-desk-accounts = the accounts
cli-means-desk-account = one account in full
cli-means-desk-again = ask for an account once more
cli-means-desk-ask = ask a person for data
cli-means-desk-inbox = what to decide, and what is held
cli-means-desk-accept = sign what is proffered
cli-means-desk-refuse = do not sign it
cli-means-desk-webhook-show = how your own system is told
cli-means-desk-webhook-set = tell your own system what happens
cli-means-desk-webhook-test = see whether it hears
cli-means-desk-webhook-rotate = give it a new secret
cli-means-desk-webhook-off = tell it nothing more
cli-means-verify = check a receipt without a node
cli-means-help = this list, or one command in full
cli-means-completions = completions for your shell
cli-means-man = the manual pages
