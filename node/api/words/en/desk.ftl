# The desk: the rooms of an organisation

page-room-accounts = Accounts
page-room-inbox = Inbox
page-room-attestations = Attestations
page-room-profile = Who we are

# Accounts
page-desk-empty = No account yet. A person who wants one here makes a door on their own node, and hands you its code.
page-desk-lacks = Not said yet: { $missing }. People’s nodes open no account without it.
page-desk-to-profile = Say it
page-desk-first = From the beginning
page-desk-more = More accounts
page-desk-nameless = Account { $id }
page-desk-asked = Asked; the person has not answered
page-desk-open = Open
page-desk-refused = The person said no
page-desk-missing = Refused by the person’s node. Not said: { $missing }
page-desk-closed = Ended by the person
page-desk-open-title = Open a door
page-desk-open-why = Paste the code that a person handed you. Your request waits here until their node comes for it: a desk calls nobody.
page-desk-open-code = Code
page-desk-open-name = What you call this account (the person does not see it)
page-desk-open-message = What the person reads
page-desk-open-reference = Your reference, such as a customer number (optional)
page-desk-open-action = Ask for the account
page-desk-opened = Your request waits for the person’s node. It comes when it chooses.
page-desk-visited = The person’s node last came
page-desk-never = not yet
page-desk-waiting = Letters that wait
page-desk-waiting-why = They are fetched by the person’s node, when it chooses.
page-desk-requests = What was asked
page-desk-again-title = Ask once more
page-desk-again-why = After you have said what was missing, or when the first request got lost.
page-desk-again-action = Ask again
page-desk-asked-again = Your request waits again for the person’s node.

# Asking for data
page-desk-ask-title = Ask for data
page-desk-ask-why = The person’s node holds each thing against the purpose and marks what is not needed. Whoever asks for little gets it sooner.
page-desk-ask-purpose = What for
page-desk-ask-purpose-none = Choose
page-desk-ask-fields = What you ask for
page-desk-group-identity = Identity
page-desk-group-contact = Contact details
page-desk-group-place = Address
page-desk-group-home = Household
page-desk-group-energy = Energy
page-desk-group-telecom = Telephone and Internet
page-desk-group-money = Money
page-desk-group-papers = Official papers
page-desk-group-work = Work
page-desk-group-health = Health
page-desk-group-conviction = Origin, beliefs, private life
page-desk-group-habits = Habits
page-desk-ask-own = Something else
page-desk-ask-own-hint = Names of your own, such as loyalty_number, with commas between them. Nobody can say whether they are needed.
page-desk-ask-words = Why, in your own words
page-desk-ask-days = Days that you want to keep it
page-desk-ask-terms = Terms that you would like
page-desk-ask-recipients = Who else would receive it (optional)
page-desk-ask-recipients-hint = One a line, such as siren:552081317 or domain:partner.example.
page-desk-ask-action = Ask
page-desk-asked-data = Your question waits for the person’s node.
page-desk-asked-for =
    Asked for: { $fields }, for { $days ->
        [one] one day
       *[other] { $days } days
    }.
page-desk-offered =
    Offered: { $fields }, for { $days ->
        [one] one day
       *[other] { $days } days
    }, on these terms: { $terms }.
page-desk-allows = They allow, beyond the service: { $uses }.
page-desk-allows-nothing = They allow nothing beyond the service.
page-desk-stage-asked = Not answered yet
page-desk-stage-proffered = Waits for your signature
page-desk-stage-agreed = Signed; on its way
page-desk-stage-held = Held
page-desk-stage-refused = Refused
page-desk-stage-ended = Over
page-desk-no-ours = You did not sign. Nothing was shown.
page-desk-no-theirs = The person said no. Nothing was shown.
page-desk-lapsed = Its time passed. Nothing was shown.
page-desk-deleted-withdrawn = The person took it back. It is deleted, and the proof waits for them or was fetched.
page-desk-deleted-due = Its time was over. It is deleted, and the proof waits for the person or was fetched.
page-desk-deleted-closed = The person ended the account. It is deleted.

# Deciding
page-desk-decide-none-why = Terms that people proffer and that you do not sign at once appear here.
page-desk-alternative = Terms that would do instead, if you do not sign (optional)
page-desk-alternative-none = None
page-desk-sign = Sign these terms
page-desk-do-not-sign = Do not sign
page-desk-signed = Signed. The person’s node shows what was agreed at its next visit.
page-desk-not-signed = Not signed. The person reads so at their node’s next visit.

# Inbox
page-desk-inbox-lead = What is held, soonest end first. It deletes itself then, and signs that it did.
page-desk-inbox-empty = Nothing is held.
page-desk-clock =
    Deleted by itself on { $until }, { $days ->
        [0] within a day
        [one] one day from now
       *[other] { $days } days from now
    }.

# Who we are
page-desk-whole = Said and published: people’s nodes can open accounts here.
page-desk-link-title = The link to hand out
page-desk-link-why = On your site, on your bills, at the counter. It is public, and the same for everybody.
page-desk-link-qr = The link as a QR code
page-desk-link-none = It is here as soon as the node listens.
page-desk-profile-title = What you say of yourself
page-desk-is-published = Published: whoever visits the desk sees it, signed by you.
page-desk-not-published = Not published yet.
page-desk-name = Name
page-desk-mandatory = Mandatory
page-desk-optional = What else makes you easier to choose
page-desk-subjects = Identifiers
page-desk-subjects-hint = One a line, such as siren:552081317 or domain:volta.example.
page-desk-markets = Sectors
page-desk-terms = Terms that you sign at once
page-desk-terms-hint = For all others you decide each time.
page-desk-uses = What you use data for
page-desk-publish = Publish
page-desk-published = Published. Whoever visits the desk sees it.
page-desk-published-lacking = Published, but something mandatory is not said: people’s nodes open no account yet.
page-desk-attestations = What others say of you
page-desk-attestations-why = Somebody who checked one of these things hands you a code. For people who know them, your word becomes proven.
page-desk-attach-code = Code
page-desk-attach = Attach it
page-desk-attached = Attached. Whoever visits the desk sees it.
page-desk-attestations-none = Nobody has yet.
page-desk-attested =
    { $count ->
        [0] Nobody stands behind your word yet.
        [one] One thing is attested by somebody else.
       *[other] { $count } things are attested by others.
    }

# Attestations
page-attest-lead = What somebody checked at an organisation, signed, until a day. It convinces those who know who signed.
page-attest-others = What you say of others
page-attest-none = Nothing yet. Choose an organisation below, and say what you checked.
page-attest-about = Say something of an organisation
page-attest-about-why = Choose whom it is about, or add one by its link.
page-attest-link = Link of the organisation
page-attest-link-hint = It stands on its site or its papers, and begins with SESAME:L1.
page-attest-add = Look at it
page-attest-added = Your node is looking at their desk. What they say of themselves is here in a moment.
page-attest-looking = Your node is looking at their desk again.
page-attest-yours = Your word on it
page-attest-title = Say that something is true
page-attest-why = You stand by one thing that they say of themselves, word for word as it is here. If they change it, your attestation says nothing of the new.
page-attest-field = What you checked
page-attest-how = How you checked it
page-attest-how-hint = In one sentence that a stranger understands: “Seen in the trade register on 3 May.”
page-attest-days = For how many days you stand by it
page-attest-public = It is public: your name and the key by which your circle knows you stand on it, for everybody who looks at their desk. They learn your name from it. It cannot be taken back, it only ends.
page-attest-public-desk = It is public: your name and your key stand on it, for everybody who looks at their desk. It cannot be taken back, it only ends.
page-attest-action = Sign it
page-attest-made = Signed. It counts once they show it: hand the code over.
page-attest-unseen = Their desk has not been reached yet, so there is nothing to attest. Look again in a moment.
page-attest-silent = They say nothing of themselves yet, so there is nothing to attest.
page-attest-seen = What they say of themselves
page-attest-head = { $name }: { $field }
page-attest-how-was = Checked:
page-attest-live = In force
page-attest-live-means = You stand by it until { $until }.
page-attest-changed = No longer fits
page-attest-changed-means = { $name } says something else now, and of that you say nothing. It ends on { $until }.
page-attest-ended = Ended
page-attest-ended-means = Since { $until } it counts no more.
page-attest-hand = Hand it over
page-attest-hand-why = Give it to the organisation by mail or on paper. It attaches the code at its own desk. Whether it does is its choice.
page-attest-qr = The attestation as a QR code
page-attest-file = Save as a file

# Webhook
page-webhook-title = Your own system
page-webhook-lead = A webhook tells one system of yours that something happened here, so that it need not ask all the time.
page-webhook-what = A message names what happened, the account and the request. It holds no value and no name: your system fetches from the desk what it needs.
page-webhook-state = How it fares
page-webhook-address = Address
page-webhook-address-hint = With https, wherever it is; with http, on this machine only.
page-webhook-set-title = Where your system listens
page-webhook-set = Tell it what happens
page-webhook-move = Change the address
page-webhook-move-why = The secret and what waits go with it.
page-webhook-saved = Set. Your system is told what happens from now on.
page-webhook-secret = Secret
page-webhook-test-title = Test
page-webhook-test-why = Sends one message that tells of nothing. If it is taken, what waits follows at once.
page-webhook-test = Send a test
page-webhook-rotate-title = New secret
page-webhook-rotate-why = When somebody may have seen it. The one before signs too for a day, so that your system can change over.
page-webhook-rotate = Make a new secret
page-webhook-rotated = There is a new secret.
page-webhook-off-title = Switch off
page-webhook-off-why = Nothing more is told, and what waits is dropped. The secret is forgotten.
page-webhook-off = Switch off
page-webhook-is-off = Switched off. What waited was dropped.
page-webhook-since = Told since
page-webhook-taken = Last taken
page-webhook-failed = Last not taken
page-webhook-never = not yet
page-webhook-to = Tell your own system
