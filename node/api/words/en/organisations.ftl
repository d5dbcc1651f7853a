# The rooms of the page in which a person deals with organisations

page-when = { $day }, { $time }
page-days =
    { $count ->
        [one] one day
       *[other] { $count } days
    }

# What waits for a desk, and why
page-waiting-door = Your door:
page-waiting-answer = Your answer about the account:
page-waiting-refusal = Your no:
page-waiting-offer = Your offer:
page-waiting-presentation = What you show:
page-waiting-withdrawal = Your withdrawal:
page-waiting-closing = The end of the account:
page-why-desk-not-tried = your node has not been there yet. It goes by itself.
page-why-desk-unreachable = their desk cannot be reached. Your node goes again by itself.
page-why-desk-not-opened = they have not opened the door yet. It ends when they use the code.
page-why-desk-malformed = their desk answers something that your node cannot read. It goes again by itself.

# Organisations
page-organisations-kept = Those you deal with
page-organisations-met = Other names met
page-organisation-nameless = An organisation that has not said its name yet
page-organisation-add-title = Add an organisation
page-organisation-add-why = It hands out a link: on its site, on a bill, at the counter. Your node then goes to see who it says it is. The organisation learns nothing about you.
page-organisation-add-code = Its link
page-organisation-add-name = What you call it (optional)
page-organisation-add-action = Add
page-organisation-added = Noted. Your node goes to see who they are; it shows here.
page-organisation-looking = Your node goes to see again who they are.
page-organisation-blocked = { $name } is blocked. Its accounts with you are ended.
page-organisation-unblocked = { $name } may be heard again. Its accounts stay ended.
page-asks-for =
    { $count ->
        [one] One thing
       *[other] { $count } things
    } · { $purpose }

# Accounts
page-accounts-title = Your account
page-accounts-ended = Accounts that are over
page-account-blocked = Blocked: your node hears nothing of it.
page-account-unseen = Not reached yet
page-account-none = No account
page-account-door = Door open until { $until }
page-account-door-next = Give them the code yourself: by hand, by message, at the counter. When they have used it, your node finds their request at its next visit. Nothing is open before you say yes.
page-account-asked = Asks for an account
page-account-asked-next = See below who they say they are. An account lets them ask you for things. It gives them nothing.
page-account-open = Account open
page-account-open-next = They can ask; you decide each time. They cannot call you: your node goes to their desk when it chooses.
page-account-missing = Refused by your node. Not said: { $missing }
page-account-missing-next = Your node refused by itself, and told them what is missing. It ends when they say it and ask again.
page-account-refused = You said no
page-account-refused-next = They receive “refused” and no reason.
page-account-closed = Account ended
page-account-closed-next = Nothing that you showed may be used any more. Your node tells them and waits for their proof of deletion.
page-account-accept = Open the account
page-account-refuse = Refuse
page-account-accepted = The account with { $name } is open. Your node tells them now.
page-account-declined = Noted: no. You owe no reason. { $name } receives: “refused”.
page-account-reference = They call it
page-account-since = Since
page-account-visited = Last visit to their desk
page-account-next-visit = Next visit planned
page-account-visit = Go there now
page-account-visiting = Your node is on its way to { $name }. What it brings shows here.
page-account-end = End this account
page-account-end-why = From that moment they may no longer use anything that you showed them. Your node tells them, and waits a month at most for their proof that it is deleted.
page-account-end-action = End the account
page-account-ended = The account with { $name } is ended.

# The door
page-door-why = To be a customer of { $name } on your own terms, you open a door: a code for them alone. They do not learn your name from it.
page-door-action = Make a door
page-door-qr = The door as a QR code
page-code-text = As text
page-door-once = It works once and for this organisation only. For another, make another.
page-door-end = Take the door back
page-door-end-why = The code stops working. Nothing was shown through it.
page-door-end-action = Take it back

# Who they are
page-sheet-title = Who they are
page-sheet-unseen = Their desk has not been reached yet. Your node goes again when you ask.
page-sheet-whole = They say all that is mandatory. What counts is whose word stands behind it.
page-sheet-lacks = Not said, though mandatory: { $missing }. Your node opens no account without it.
page-sheet-mandatory = mandatory
page-sheet-proven = Proven
page-sheet-stated = Their word
page-sheet-missing = Not said
page-sheet-proof = Checked by { $name }: { $how }. Good until { $until }.
page-sheet-stranger = { $name } says so too. You do not know them.
page-sheet-subjects = Identifiers
page-sheet-markets = Sectors
page-sheet-uses = They say that they use data for
page-sheet-terms = Terms that they sign at once
page-sheet-terms-none = None: somebody decides each time.
page-sheet-seen = Seen at their desk:
page-sheet-never-seen = Not seen yet.
page-sheet-look = Look again
page-profile-data_location = Where data are kept
page-profile-legal_name = Legal name
page-profile-privacy_contact = Privacy contact
page-profile-register_number = Register number
page-profile-seat = Registered office
page-profile-tax_country = Where it pays tax
page-profile-certifications = Certifications
page-profile-complaints = Complaints
page-profile-emissions = Emissions
page-profile-employees = Employees
page-profile-equality_index = Equality index
page-profile-mediator = Mediator
page-profile-owners = Owners
page-profile-responsible = Person responsible
page-profile-telephone = Telephone
page-profile-website = Website

# Blocking
page-block-title = Block
page-block-open = I want to hear nothing more of it
page-block-why = Your node goes there no more, ends every account with it and tells it so.
page-block-action = Block it
page-unblock-why = It can become one of your organisations again. Accounts that were ended stay ended.
page-unblock-action = Unblock it

# Requests
page-requests-title = What they asked for
page-stage-asked = Waits for you
page-stage-offered = You offered; not signed yet
page-stage-agreed = Signed; on its way
page-stage-shared = Shared
page-stage-refused = Refused
page-stage-lapsed = Its time passed
page-request-their-words = In the words of { $name }
page-request-purpose = For
page-request-keep = How long
page-request-recipients = Who else
page-request-their-terms = Terms that they would like
page-request-until = You can answer until
page-request-fields = What you show
page-request-fields-were = What was asked
page-request-fields-hint = Only what is needed is ticked. Nothing leaves before they have signed your terms.
page-request-value = Your answer: { $field }
page-request-said = You said this before.
page-request-readings = From your own readings, added up on this machine. The readings stay here.
page-request-identifies = It tells who you are.
page-request-terms = On your terms
page-request-terms-others = Other terms
page-request-terms-asked = what they would like
page-request-terms-instead = what they would sign
page-request-days = They may keep it for how many days
page-request-remember = Remember my answers, on this machine, to suggest them next time
page-request-answer-ticked = Answer with what is ticked
page-request-leave = Leave it
page-request-next = Then your node hands { $name } your terms. If they sign, what is ticked is shown to them alone, and both keep a receipt. If not, they learn nothing.
page-request-answered = Your terms are on their way. Nothing has been shown yet: it is when they have signed.
page-request-refused = Noted: no. You owe no reason. They receive: “request refused”. If they ask again, you will see it.
page-request-refused-by-me = You said no. { $name } was shown nothing.
page-request-refused-by-them = { $name } did not sign your terms. Nothing was shown.
page-request-lapsed = Its time passed without an agreement. { $name } was shown nothing.
page-request-alternative = { $name } would sign instead:
page-request-alternative-next = You can offer again, on those terms or on others, or leave it.
page-request-to-share = See what you offered

# To decide
page-decide-account-what = { $name } asks for an account with you.
page-decide-account-says = { $name } asks for an account: “{ $message }”
page-decide-account-why = Until you answer they can ask you for nothing. It ends with your yes or your no.
page-decide-account-action = See who they are
page-decide-account-other = Refuse
page-decide-request-why = It waits for your answer until { $until }. After that it is over, and nothing was shown.
page-decide-request-action = See what is asked
page-decide-request-other = Refuse

# Who knows what
page-knows-matrix = At a glance
page-knows-nothing = nothing
page-knows-line = Since { $since }, until { $until }. For: { $purpose }. Terms: { $terms }.
page-knows-story = Its whole story
page-knows-allowed = May use it
page-knows-withdrawn = Taken back, not told yet
page-knows-told = Taken back and told; proof awaited
page-knows-deleted = Says that it is deleted
page-knows-overdue = Proof of deletion overdue
page-knows-people = Your contacts
page-knows-gave = Who handed data out to you
page-knows-limit = What somebody learned elsewhere, this node cannot know.
page-knows-recent = Who knows what, lately
page-knows-all = Everything that is known

# A share
page-share-title = { $name } · { $purpose }
page-share-lent =
    You lend: { $fields }. { $days ->
        [one] For one day.
       *[other] For { $days } days.
    }
page-share-to-request = The request behind it
page-life-title = Its story
page-life-offered = Offered
page-life-offered-means = You offered it to { $name }, on your terms.
page-life-shown = Shown
page-life-shown-means = { $name } had signed, and your node showed it.
page-life-received = Receipt
page-life-received-means = { $name } signed the receipt. You both keep it.
page-life-due = Ends
page-life-due-means = Then { $name } has to delete it unasked, and to prove it within a month.
page-withdraw-title = Take it back
page-withdraw-why = From that moment { $name } may no longer use this. Your node cannot erase it at their end: it asks, and waits a month at most for their proof.
page-withdraw-action = Take it back
page-withdrawn = From now on { $name } may no longer use this. Your node cannot erase it at their end: it asks, and waits for their proof until { $until }.
page-ending-title = Taken back: three facts
page-ending-stopped = No longer allowed
page-ending-stopped-means = Since then { $name } may no longer use it.
page-ending-told = Told
page-ending-told-means = Their desk has received your withdrawal.
page-ending-not-told = Not told yet
page-ending-not-told-means = Your withdrawal waits to reach the desk of { $name }. It counts already.
page-ending-awaited = Proof awaited
page-ending-awaited-means = { $name } has until { $until } to sign that it is deleted.
page-ending-deleted = They say that it is deleted
page-ending-deleted-dropped = { $name } signed that it removed what it had. That is their word, and you keep it.
page-ending-deleted-erased = { $name } signed that it destroyed the keys of what it had. That is their word, and you keep it.
page-ending-overdue = Overdue
page-ending-overdue-means = { $name } should have signed by then that it is deleted, and has not. That is evidence too: keep the receipt.

# The receipt
page-receipt-title = Share receipt
page-receipt-signed = Signed by you and by { $name }. Both signatures hold.
page-receipt-broken = The signatures of this receipt do not hold.
page-receipt-when = Signed on
page-receipt-who = Organisation
page-receipt-where = Registered office
page-receipt-contact = Privacy contact
page-receipt-what = What was shown
page-receipt-why = For
page-receipt-terms = Terms
page-receipt-days = For how long
page-receipt-kept = Where it is kept
page-receipt-law = Under the law of
page-receipt-id = Number
page-receipt-download = Download the receipt
page-receipt-note = The file stands alone: anybody can check both signatures with it. It says what was shown, and never the values.
page-agreement = Agreement
