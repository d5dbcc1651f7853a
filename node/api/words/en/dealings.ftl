# What the command line and the page both say of organisations, accounts, requests and shares. Keys begin with `org-`.

org-nameless = the organisation { $id }

# What an organisation says of itself
org-field-certifications = Certifications
org-field-complaints = Complaints
org-field-data_location = Where data are kept
org-field-emissions = Emissions
org-field-employees = Employees
org-field-equality_index = Equality index
org-field-legal_name = Legal name
org-field-mediator = Mediator
org-field-owners = Owners
org-field-privacy_contact = Privacy contact
org-field-register_number = Register number
org-field-responsible = Person responsible
org-field-seat = Registered office
org-field-tax_country = Where it pays tax
org-field-telephone = Telephone
org-field-website = Website

# Whose word it is: a sign and a word
org-proven = ◆ proven
org-stated = ◇ stated
org-missing = ○ missing
org-proven-by = { $by } checked it ({ $how }) and stands by it until { $until }
org-stated-alone = its own word
org-stated-stranger = its own word; "{ $by }", whom you do not know, says that it was checked
org-missing-mandatory = mandatory, and not said

# How far an account is
org-account-door = door made, not opened yet
org-account-asked = asks for the account
org-account-open = open
org-account-refused = refused by you
org-account-missing = refused by your node
org-account-closed = ended
org-account-missing-why = Your node refused the account by itself: { $vendor } leaves unsaid what is mandatory ({ $fields }). It can say so and ask again; nothing needs doing on your side.

# How far a request or a share is
org-stage-asked = waits for you
org-stage-offered = offered, not signed yet
org-stage-agreed = signed by both, receipt under way
org-stage-shared = shared
org-stage-refused = refused
org-stage-lapsed = its time passed

# How something that was shown stands
org-state-allowed = may be used
org-state-withdrawn = withdrawn, not told yet
org-state-told = withdrawn and told, proof awaited
org-state-deleted = says it is deleted
org-state-overdue = proof of deletion is overdue
org-deleted-dropped = taken out of its store
org-deleted-erased = its keys erased

# Who said no, and why
org-no = { $who ->
    [me] { $reason ->
        [closed] Ended with the account
       *[other] You said no
    }
   *[other] { $reason ->
        [refused] { $vendor } said no to your terms
        [closed] { $vendor } ended it
        [badsignature] { $vendor } could not verify it
        [expired] It reached { $vendor } too late
       *[other] { $vendor } did not take it
    }
}

# What waits, why, and what would end it
org-waiting = { $what ->
    [door] The door for { $vendor } is open
    [answer] Your answer waits for { $vendor }
    [refusal] Your no waits for { $vendor }
    [offer] Your offer waits for { $vendor }
    [presentation] What you agreed to show waits for { $vendor }
    [withdrawal] Your withdrawal waits for { $vendor }
    [closing] The end of the account waits for { $vendor }
   *[other] A letter waits for { $vendor }
} since { $since }: { $why ->
    [not_opened] nobody has come through it yet. It ends when they use your code, or on { $until }
    [malformed] its desk answered with something that cannot be read. Your node tries again by itself, and gives up on { $until }
    [unreachable] its desk does not answer. Your node tries again by itself, and gives up on { $until }
   *[other] your node has not been to its desk since. It goes by itself, and gives up on { $until }
}.

# The desk: how far an account is
org-desk-account-asked = waits for the person
org-desk-account-open = open
org-desk-account-refused = refused by the person
org-desk-account-missing = refused by the person's node
org-desk-account-closed = ended by the person
org-desk-waiting = { $count ->
    [one] One letter waits for { $account }: the person's node fetches it when it comes.
   *[other] { $count } letters wait for { $account }: the person's node fetches them when it comes.
}

# The desk: how far a request is
org-desk-stage-asked = waits for the person
org-desk-stage-proffered = terms are proffered: decide
org-desk-stage-agreed = signed by both; what was agreed has not come yet
org-desk-stage-held = held
org-desk-stage-refused = refused by the person
org-desk-stage-refused-mine = refused by you
org-desk-stage-ended = over
org-desk-deleted = deleted ({ $at }): { $why ->
    [withdrawn] the person took it back
    [due] its time was over
    [closed] the account ended
   *[other] it was over
}
