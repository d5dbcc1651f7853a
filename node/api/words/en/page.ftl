# The page: what surrounds every room
page-skip = Skip to content
page-rooms = Rooms
page-shortcuts = Shortcuts
page-more = More
page-error-in-title = Problem:
page-changed = Something changed here.
page-refresh = Refresh
page-fingerprint = This page is served by your own node. Its three words:
page-to-field = Go to the field
page-problem-title = That did not work
page-problem-back = Back to Home
page-as-table = The same as a table
page-how = How this was computed
page-copy = Copy
page-copied = Copied
page-print = Print
page-missing =
    { $count ->
        [one] one missing
       *[other] { $count } missing
    }
page-estimated =
    { $count ->
        [one] one estimated
       *[other] { $count } estimated
    }
page-missing-estimated = { $missing } missing, { $estimated } estimated
page-readings =
    { $count ->
        [one] one reading
       *[other] { $count } readings
    }
page-meter = meter
page-quantity-electricity = Electricity
page-quantity-gas = Gas
page-format-edf-30min = EDF, half-hours
page-format-enedis-load-curve = Enedis, load curve

# Columns
page-column-when = When
page-column-energy = Energy
page-column-note = Note
page-column-month = Month
page-column-this = This year
page-column-last = The year before
page-column-change = Change
page-column-day = Day
page-column-present = There
page-column-expected = Expected
page-column-file = File
page-column-imported = Imported on
page-column-organisation = Organisation
page-column-readings = Readings
page-column-mine = My mark
page-column-circle = My circle

# Rooms
page-room-home = Home
page-room-data = My data
page-bar-data = Data
page-room-knows = Who knows what
page-room-organisations = Organisations
page-room-circle = Circle
page-room-choose = Choose
page-decide-title = To decide
page-settings-title = Settings

# Coming in
page-outside-title = This page opens from your terminal
page-outside-why = It shows your own data, so it lets in only whoever can use this computer’s terminal. Your session has ended, or has not begun.
page-outside-how = Type this in a terminal. The page opens by itself.
page-outside-note = The address that it opens works once, for one minute. A session ends after half an hour without use.
page-stale-title = This form is from another session
page-stale-why = Nothing was changed. The page was open since before your session began, or the form was sent from elsewhere.
page-stale-action = Open the page again

# Home
page-state-empty = All is well. The vault is open and still empty.
page-state-well =
    All is well. { $readings ->
        [one] One reading
       *[other] { $readings } readings
    } in the vault, { $linked ->
        [0] nobody linked right now
        [one] one person linked right now
       *[other] { $linked } people linked right now
    }.
page-state-waiting =
    All is well. { $waiting ->
        [one] One letter waits
       *[other] { $waiting } letters wait
    } for somebody who is away.
page-state-grave = Nothing leaves for { $name } until you have compared six words.
page-finding-title = One thing that you may not know
page-finding-always = Day and night, without a pause, your home draws at least { $watts } W: { $year } a year.
page-finding-always-meaning = That is { $percent } of all the electricity you use.
page-finding-night = Every night, between midnight and 6:00, your home draws at least { $watts } W: { $year } a year.
page-finding-night-meaning = That is { $percent } of all the electricity you use, in hours when most people sleep.
page-finding-night-how = The quietest hour of each whole night between midnight and 6:00, from { $from } to { $to }: { $nights } nights. In half of them it lies above { $watts } W, in half below. A year of it is { $hours } hours a day, 365 days. What runs all night on purpose, such as a freezer, is in it too.
page-finding-source = Look at the readings behind it
page-chart-description = Lowest: { $low }, { $lowest }. Highest: { $high }, { $highest }.
page-compare-title = Twelve months
page-compare-less =
    { $percent } less than the year before, over { $months ->
        [one] one whole month
       *[other] { $months } whole months
    }: { $this } against { $last }.
page-compare-more =
    { $percent } more than the year before, over { $months ->
        [one] one whole month
       *[other] { $months } whole months
    }: { $this } against { $last }.
page-compare-same =
    As much as the year before, over { $months ->
        [one] one whole month
       *[other] { $months } whole months
    }: { $this } against { $last }.
page-compare-alone =
    { $energy } over { $months ->
        [one] one month
       *[other] { $months } months
    }.
page-compare-description = Lowest: { $low }, { $lowest }. Highest: { $high }, { $highest }. ○ marks a month with missing readings.
page-compare-key = Bars: this year. Lines: the year before.
page-next-import-title = Next: bring your data home
page-next-import-why = Your supplier or grid operator hands them out as a file. It stays on this machine.
page-next-import-action = Choose a file
page-next-invite-title = Next: invite somebody you trust
page-next-invite-why = Advice comes from people you know, and from nobody else. One is enough to begin.
page-next-invite-action = Make an invitation
page-next-rate-title = Next: say what you think of one organisation
page-next-rate-why = A mark and a sentence. Your contacts see it, strangers do not.
page-next-rate-action = Give a mark
page-next-more-title = Next: a second source
page-next-more-why = The grid operator measures the same meter. Two files side by side show where they differ.
page-next-more-action = Choose a file

# To decide
page-decide-lead = These wait for you, and for nobody else.
page-decide-none = Nothing waits for you.
page-decide-none-why = Organisations that ask, words to compare and files to look at appear here when there are any.
page-decide-all = Everything that waits
page-decide-words-title = Your 24 words
page-decide-words-what = Nobody has checked yet that you wrote them down.
page-decide-words-why = Without them a forgotten passphrase means lost data. It ends when you have typed them.
page-decide-words-action = Check the words
page-decide-draft-what = This file was read and is not kept yet.
page-decide-draft-why = It is in memory only, and goes after a quarter of an hour.
page-decide-draft-action = Look at it
page-decide-known-what = Compare six words with { $name }.
page-decide-known-why = Until then somebody else could be posing as { $name }. It takes one call.
page-decide-known-action = See the words
page-decide-known-other = Remove
page-decide-changed-what = { $name }’s key changed without the usual notice.
page-decide-changed-why = Often a reinstalled device; sometimes somebody posing. Until you compare the words nothing is sent.
page-decide-changed-action = See the words
page-decide-changed-other = Remove
page-decide-trust-what = { $name } has said things. How much does that weigh for you?
page-decide-trust-why = Until you choose, they count for nothing in your advice.
page-decide-trust-action = Choose

# My data
page-data-empty = Nothing is here yet. One file is enough to begin.
page-data-series = What came home
page-data-hand-in = Hand in a file
page-data-look = Look at it first
page-data-imports = Files handed in
page-data-where = Where do I get my file?
page-data-where-edf = EDF: in your customer area, under your consumption, the half-hour history as CSV.
page-data-where-enedis = Enedis: in your account, the load curve of your meter as CSV. Recording it must be switched on there first.
page-facts-title = What you said of yourself
page-facts-none = Nothing yet. What you note here is suggested when an organisation asks for it, and given to nobody by itself.
page-facts-lead = Your node suggests it when an organisation asks for it. It is given to nobody by itself.
page-fact-since = Said on { $day }.
page-fact-asked = Asked for last by { $name }, on { $day }
page-fact-unasked = Nobody has asked for it yet.
page-fact-edit = Change or forget
page-fact-change = Keep this
page-fact-forget-why = Your node suggests it no more and shows it no more. Whoever was shown it keeps it until the day agreed. In your vault nothing opens it any more; copies of the vault from before still do.
page-fact-forget = Forget “{ $name }”
page-fact-forgotten = Forgotten: { $field }. It is suggested no more.
page-fact-field = What it is about
page-fact-own = Something that is not in the list
page-fact-own-name = Its name
page-fact-own-hint = As the organisation writes it, such as loyalty_number. This name counts before the list.
page-fact-value = Your answer
page-fact-add = Remember it
page-fact-remembered = Remembered: { $field }. It is given to nobody by itself.
page-file-label = Your file
page-file-hint = The CSV file as you received it, up to 64 MB. It is read on this machine.
page-drop-hint = Or drop it here.
page-sending = Reading the file…
page-look-title = A look before it is kept
page-look-over = Nothing is kept yet
page-look-lead =
    { $count ->
        [one] One new reading is in this file.
       *[other] { $count } new readings are in this file.
    }
page-look-nothing-new = Nothing in this file is new: you have all of it.
page-look-format = Source
page-look-span = Period
page-look-days = Days
page-look-readings = Readings in the file
page-look-new = New
page-look-known = Already there
page-look-differing = With another value
page-look-differing-why = both are kept, the earlier one counts
page-look-estimated = Estimated by the organisation
page-look-missing = Missing
page-look-odd-days = Days that differ from the others
page-look-hole = Not whole
page-look-clock = Clock change: nothing is missing
page-look-keep = Keep it
page-look-drop = Do not keep it
page-look-note = What you keep is encrypted on this machine. The file itself is not kept.
page-kept =
    { $count ->
        [0] Nothing was new in { $file }.
        [one] Kept: one reading from { $file }.
       *[other] Kept: { $count } readings from { $file }.
    }
page-dropped = Nothing was kept.

# A series
page-series-title = Readings
page-series-of = { $quantity }, { $vendor }
page-series-counts = Counts in the totals of Home
page-series-sentence = { $energy } from { $from } to { $to }.
page-series-mean = The chart shows the mean per day.
page-by = Group by
page-by-month = Month
page-by-day = Day
page-by-weekday = Day of the week
page-by-hour = Hour
page-from = From
page-to = To
page-show = Show
page-csv-totals = These totals as CSV
page-csv-readings = All readings as CSV
page-svg = The chart as a file

# Who knows what
page-knows-lead = Who holds something about you, as far as this node can know.
page-knows-empty = Nobody yet, as far as it can know. Whatever you show to an organisation appears here, with its end. Import a file and whoever made it appears too.
page-knows-what = What
page-knows-handed-out = What they measured, they know. You have a copy since they handed it out.
page-knows-contact = This node sent them
page-knows-card =
    { $count ->
        [0] your card
        [one] your card and one rating
       *[other] your card and { $count } ratings
    }
page-knows-name = The name on your card:

# Organisations
page-organisations-empty = None yet. One appears here when you add it by its link, or as soon as its name is met: in a file, in a rating, in your circle’s advice.
page-organisations-note = Names met in a file, in a rating, in your circle’s advice. They are told apart by name only.

# Circle
page-circle-empty = Nobody yet. Advice comes from people you know: invite one, or accept an invitation.
page-circle-contacts = People
page-circle-accepted = { $name } will be told that you accept. If { $name } is away, the letter waits.
page-standing-verified = Verified
page-standing-known = Words not compared
page-standing-asking = No answer yet
page-standing-changed = Key changed
page-linked = linked now
page-not-linked = away
page-waiting-count =
    { $count ->
        [one] one letter waits
       *[other] { $count } letters wait
    }
page-invite-title = Invite
page-invite-why = You hand over a code yourself: on paper, by message, or shown on the screen.
page-invite-for = For whom (only you see this)
page-invite-action = Make an invitation
page-invitations = Not accepted yet
page-invitation-title = Your invitation
page-invitation-for = Invitation for { $name }
page-invitation-lead = Hand this over yourself, to one person.
page-invitation-qr = The invitation as a QR code
page-invitation-code = The same as text
page-invitation-until = Good until
page-invitation-once = It works once. Whoever has it can become your contact: treat it like a key. It is shown only as long as this session lasts.
page-invitation-then = When it is accepted, you compare six words with the person and the contact is verified.
page-invitation-again = Show the last invitation again
page-invitation-nameless = Without a name
page-accept-title = Accept an invitation
page-accept-why = Paste the code that somebody handed you.
page-accept-code = Code
page-accept-name = What you call the person (optional)
page-accept-action = Accept
page-recommendations =
    { $count ->
        [0] no rating received
        [one] one rating received
       *[other] { $count } ratings received
    }
page-waiting-title = What waits, and why
page-waiting-acceptance = Your acceptance:
page-waiting-welcome = Your welcome:
page-waiting-update = Your new card:
page-waiting-acknowledgement = Your acknowledgement:
page-waiting-letter = A letter:
page-why-unreachable = the other node cannot be reached. It leaves when both are on at the same time.
page-why-refused = the other node refused it. It is tried again.
page-why-not-tried = it has not been tried yet. It leaves at the next try.
page-waiting-span = Since { $since }; your node gives up on { $until }.
page-words-title = Six words
page-words-compare = Call { $name } and read these words to each other. Both of you must see the same.
page-words-verified = You compared these words with { $name }. They were the same.
page-words-changed = { $name }’s key changed without the usual notice. Often a reinstalled device; sometimes somebody posing as { $name }. Call and compare these words. Until then nothing is sent.
page-words-later = There are words to compare as soon as { $name }’s node has answered.
page-words-other = If the other person reads French
page-words-same = The words are the same
page-words-differ = They are not the same
page-verified = { $name } is verified.
page-not-verified = Noted. Nothing is sent to { $name } until the words are the same.
page-trust-title = How much their word weighs
page-trust-why = Only you see this. { $name } never learns it.
page-trust-much = Much
page-trust-some = Some
page-trust-little = A little
page-trust-none = Nothing
page-trust-action = Save
page-trust-saved = Saved: what { $name } says weighs that much from now on.
page-remove-title = Remove
page-remove-why = Your nodes stop speaking to each other, and what { $name } said no longer counts. { $name } keeps what was already received.
page-remove-open = I want to remove this contact
page-remove-last = To become contacts again takes a new invitation.
page-remove-action = Remove { $name }
page-removed = The contact was removed.
page-identity = Identity

# Choose
page-ask-label = What does my circle say of…
page-ask-hint = A name, a web domain such as volta.example, or a SIREN number
page-ask-action = Ask
page-choose-subjects = What is known
page-choose-empty = Nobody in your circle has said anything yet. Begin with your own mark: your contacts will see it.
page-confidence-none = no voice
page-confidence-one = one voice only
page-confidence-two = two voices
page-confidence-many = three voices or more
page-price-short =
    one liar: { $count ->
        [one] 1 point
       *[other] { $count } points
    } at most
page-price =
    Price of manipulation: one contact who lies could move this by { $count ->
        [one] 1 point
       *[other] { $count } points
    } at most. Strangers cannot move it at all.
page-score-none-short = nobody you trust knows
page-score-none = Nobody you trust knows it.
page-score-none-why = We do not put strangers in their place. A larger circle knows more.
page-reasons = Who says so
page-reason-part = { $count }% of the score
page-reason-nothing = does not count
page-rate-title = Give a mark
page-rate-this = Your own mark
page-rate-mine = Your mark
page-rate-never-counts = Your own mark never counts in the score that you see.
page-rate-subject = What is it about
page-rate-subject-hint = A web domain or a SIREN number lets contacts find it. A bare name stays on this node.
page-rate-label = Name to show (optional)
page-rate-market = Sector (optional)
page-rate-market-none = No sector
page-rate-marks = Marks from 0 to 100; one is enough
page-mark-overall = All in all
page-mark-price = Price
page-mark-quality = Quality
page-mark-service = Service
page-mark-honesty = Honesty
page-rate-text = In a few words (optional, 500 characters)
page-rate-audience = Who sees it
page-rate-contacts = My contacts
page-rate-myself = Nobody: a note to myself
page-rate-action = Save my mark
page-rated = Your contacts will receive your mark for { $name }.
page-rated-myself = Noted for { $name }. It stays on this node.
page-retract = Take it back
page-retracted = Your mark for { $name } is taken back. Your contacts’ nodes will be told.
page-ratings-title = What I said
page-rating-retracted = Taken back on
page-audience-contacts = Seen by my contacts
page-audience-myself = A note to myself

# Settings
page-lock-title = Lock
page-lock-why = The vault closes and the network stops. The passphrase opens it again.
page-lock-action = Lock the vault
page-leave-why = Or leave the vault open and close only this page.
page-leave-action = Close this page’s session
page-language-title = Language
page-settings-words = The 24 words
page-words-are-checked = You have checked them. They open your vault anywhere, with a backup.
page-words-are-not-checked = They were not checked yet. Nobody can show them again: they are where you wrote them.
page-words-typed = Your 24 words, in order
page-words-check = Check
page-words-right = Those are the right words. Keep them safe, on paper.
page-settings-state = State
page-state-name = Name on your card
page-state-contacts = Contacts
page-state-journal = Vault on disk
page-state-linked = Linked now
page-state-waiting-letters = Letters that wait
page-state-version = Version
page-state-since = Running since
page-settings-where = Where things are
page-where-home = Folder of this node
page-where-page = This page
page-where-listening = Listening for contacts
page-where-note = The folder holds nothing readable without your passphrase.

# Locked and ailing
page-unlock-title = The vault is locked
page-unlock-lead = Your passphrase opens it.
page-unlock-fingerprint = Type it only if these are the three words that your terminal shows for this node:
page-unlock-action = Open the vault
page-unlock-busy = Opening…
page-passphrase = Passphrase
page-passphrase-show = Show it
page-passphrase-hide = Hide it
page-forgotten = I forgot the passphrase
page-forgotten-why = Type the 24 words instead, in order, with spaces between them: they open the vault too. Without the phrase and without the words nobody, not even us, can open it. Then the data are lost, and you can begin again: organisations must hand them back if you ask.
page-ailing-title = The vault cannot be opened
page-ailing-lead = Nothing is changed while it is in this state.
page-ailing-where = Before you try anything, copy this folder:

# First run
page-setup-step = Step { $count } of 4
page-setup-language-title = Language
page-setup-passphrase-title = A passphrase for your vault
page-setup-passphrase-lead = It is the only key. It is kept nowhere, so write it down.
page-setup-offer = Six words drawn just now, for you to use
page-setup-strength = At a million guesses a second they would hold for { $years } years.
page-setup-another = Draw other words
page-setup-passphrase-hint = The six words above, or a phrase of your own. Pasting is fine.
page-setup-again = Once more
page-setup-name = Your name (optional)
page-setup-name-hint = How your contacts see you. Nobody else does. Of an organisation: its name, which everybody sees.
page-setup-kind = This node is
page-setup-kind-person = mine, as a person
page-setup-kind-vendor = an organisation’s: the desk to which people come
page-setup-kind-hint = It stays so. One machine can run both, each in a folder of its own.
page-setup-make = Make my vault
page-setup-busy = Making the vault…
page-setup-lost = If you lose it, 24 words that come later open the vault too. Without either, nobody can.
page-setup-import-title = Bring something home
page-setup-import-lead = Your electricity readings, for example. In a minute you will know something about your home that you did not.
page-setup-import-later = Go on without a file
page-setup-finding-title = Your first finding
page-setup-finding-none = Nothing to tell yet
page-setup-finding-private = Computed on this machine. Nobody else has seen a single reading.
page-setup-finding-too-little = A finding needs at least two weeks of readings.
page-setup-another-file = Hand in another file
page-setup-to-words = Go on to the 24 words
page-setup-words-title = Your 24 words
page-setup-words-lead = Write them on paper, in order. They open the vault if you forget the passphrase.
page-setup-words-how = No photo and no file: whoever reads them can open a copy of your vault. They are shown until you have checked them, then never again.
page-setup-words-done = I wrote them down
page-setup-words-later = Later: the node will remind you
page-setup-words-back = Back to the words
page-setup-check-title = Three of your words
page-setup-check-lead = Type them from your paper.
page-setup-word = Word { $count }
