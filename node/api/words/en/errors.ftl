# What went wrong, in three parts: what happened, why, what to do. One message a code; its facts are its arguments, and a
# fact that is not known is `absent`. Clauses start in lower case and end without a full stop.

e0101 = { $why ->
    [absent] something failed that has no name of its own
   *[other] something failed: { $why }
}
    .why = the program met a case that it did not expect
    .remedy = try again; if it comes back, "sesame doctor" looks for the cause

e0102 = { $file ->
    [absent] the disk answered with an error
   *[other] the disk answered with an error at { $file }
}
    .why = { $why ->
    [absent] the system gave no reason
   *[other] the system says: { $why }
}
    .remedy = check that the disk works and that the folder is yours, then try again

e0103 = { $address ->
    [absent] the node could not set up its network
   *[other] the node could not listen on { $address }
}
    .why = { $why ->
    [absent] the system did not give it the address or the port
   *[other] the system says: { $why }
}
    .remedy = look at the addresses in "sesame config get listen", and correct or remove the one that is wrong

e0201 = { $command ->
    [absent] the command is not understood
   *[other] the command "{ $command }" is not complete
}
    .why = { $reason ->
    [nobody] there is nobody to ask: this is no terminal, or --no-input was given
    [marks] a rating needs one mark at least
   *[other] { $why ->
        [absent] something is missing, or is not understood
       *[other] { $why }
    }
}
    .remedy = { $give ->
    [absent] "sesame help" lists the commands, "sesame help COMMAND" explains one
   *[other] give { $give }
}

e0202 = { $name ->
    [absent] a setting is wrong
   *[other] the setting "{ $name }" is wrong
}
    .why = { $reason ->
    [unknown] there is no setting of that name
   *[other] { $value ->
        [absent] { $why ->
            [absent] it has a value that makes no sense
           *[other] { $why }
        }
       *[other] "{ $value }" makes no sense there
    }
}
    .remedy = { $give ->
    [absent] "sesame config edit" opens the settings, "sesame config set" changes one
   *[other] give { $give }; "sesame config set" changes one setting
}

e0301 = no node runs here
    .why = { $file ->
    [absent] nobody answers
   *[other] nobody answers at { $file }
}
    .remedy = start it with "sesame up", then try again in another window

e0302 = there is no vault yet
    .why = this node holds nothing so far
    .remedy = make one with "sesame init", or on the page with "sesame ui"

e0401 = the vault is locked
    .why = nothing in it can be read until the passphrase is given
    .remedy = open it with "sesame unlock"

e0402 = the node does not let you in
    .why = it knows no session of yours, or the request came from a page that is not its own
    .remedy = open the page again with "sesame ui"

e0501 = the passphrase does not open the vault
    .why = one sign may differ: a capital, a space, a hyphen, another keyboard
    .remedy = try again; if the passphrase is lost, type the 24 words in its place: nobody, not even us, can open the vault without one or the other

e0502 = these are not the 24 words of this vault
    .why = { $count ->
    [absent] a word is wrong, is missing or stands in another place
   *[other] there are { $count } of them, and it takes 24
}
    .remedy = compare them with your sheet one by one, then try again with "sesame key words"

e0510 = { $file ->
    [absent] this does not open the backup
   *[other] this does not open the backup at { $file }
}
    .why = it opens with the passphrase that the vault had when the backup was begun, or with the 24 words
    .remedy = try again with that passphrase, or type the 24 words in its place

e0601 = the vault is already open in another process
    .why = { $pid ->
    [absent] another process holds the lock
   *[other] { $since ->
        [absent] sesame (PID { $pid }) holds the lock
       *[other] sesame (PID { $pid }, since { $since }) holds the lock
    }
}
    .remedy = "sesame status" to see it, or "sesame stop" and try again

e0602 = { $port ->
    [absent] the port is taken
   *[other] port { $port } is taken
}
    .why = another program listens there, and the node does not quietly move to another port
    .remedy = end that program, or choose another port with "sesame config set page_port NUMBER"

e0603 = there is a vault already
    .why = { $file ->
    [absent] a node has one vault, and a new one would take its place
   *[other] it is in { $file }; a node has one vault, and a new one would take its place
}
    .remedy = open it with "sesame unlock", or give a second node its own folder with "--home FOLDER"

e0610 = { $file ->
    [absent] a backup is being made or checked already
   *[other] a backup is being made at { $file } already
}
    .why = two at once would be in each other's way
    .remedy = wait until it is done; "sesame backup list" shows what was made

e0701 = the vault is damaged
    .why = { $what ->
    [absent] part of it does not match its seal: a fault of the disk, an unfinished copy or another hand
   *[other] it does not match its seal ({ $what }): a fault of the disk, an unfinished copy or another hand
}
    .remedy = change nothing, copy the whole folder to another disk, then run "sesame check", which says what is damaged, and "sesame repair", which saves the rest

e0702 = the vault cannot be repaired
    .why = { $reason ->
    [header] neither copy of what the passphrase opens is whole, and nothing else holds the keys
    [rolled-back] what the passphrase opens is of an older day than the rest: with its keys, what you have forgotten since could come back
    [keys] nothing is left of the file with the keys of all records
   *[other] what was written anew could not be read back whole: the disk fails under it too
}
    .remedy = { $reason ->
    [unproven] copy the folder to another disk and repair it there, with --home
   *[other] put back a backup with "sesame backup restore"; keep this folder until that is done
}

e0703 = { $name ->
    [absent] part of the file is lost
   *[other] part of the file { $name } is lost
}
    .why = the vault was damaged once, and this part of it could not be saved
    .remedy = bring the file in again from where it came, or take it from a backup of before

e0710 = { $file ->
    [absent] the backup is damaged
   *[other] the backup at { $file } is damaged
}
    .why = { $reason ->
    [key] its key is missing, damaged or out of bounds, and without it the rest is noise
    [list] no list of what is in it can be read: it was interrupted, cut short or damaged
    [digest] every part is sound, and together they are not what was backed up
    [copies] one of two copies is missing or damaged; nothing is lost while the other is there
   *[other] { $count ->
        [absent] parts of it are missing or do not match their seals
       *[other] parts of it are missing or do not match their seals; entries lost with them: { $count }
    }
}
    .remedy = { $reason ->
    [copies] copy it to a sound disk, or make a new backup in another folder
   *[other] use another backup if you have one, or take what is whole with "sesame backup restore --partial"; as long as the vault is there, make a new backup in another folder
}

e0801 = the vault was written by a newer version
    .why = { $found ->
    [absent] this program does not know its format
   *[other] { $known ->
        [absent] its format is { $found }, which this program does not know
       *[other] its format is { $found }; this program knows formats up to { $known }
    }
}
    .remedy = use the version that wrote it, or a later one; nothing was changed

e0901 = there is no space left on the disk
    .why = { $file ->
    [absent] the last change was not kept; all that was kept before is safe
   *[other] the last change was not kept in { $file }; all that was kept before is safe
}
    .remedy = free some space, then do it again

e1001 = { $contact ->
    [absent] the other node cannot be reached
   *[other] the node of { $contact } cannot be reached
}
    .why = it is off, or one of you two has no network
    .remedy = leave your node on: it tries again by itself

e1002 = the node did not answer in time
    .why = { $seconds ->
    [absent] it is at work on something long, or it has stopped
   *[other] { $seconds } seconds have passed: it is at work on something long, or it has stopped
}
    .remedy = wait a little, then look at "sesame status"

e1003 = the receiver of the webhook did not take the message
    .why = { $why ->
    [unresolved] { webhook-why-unresolved }
    [unreachable] { webhook-why-unreachable }
    [untrusted] { webhook-why-untrusted }
    [late] { webhook-why-late }
    [broken] { webhook-why-broken }
    [redirect] { webhook-why-redirect }
    [gone] { webhook-why-gone }
    [status] { webhook-why-status }
   *[other] it did not say yes
}
    .remedy = { $why ->
    [gone] it is switched off; "sesame desk webhook set URL" sets it again
    [redirect] set the address that it points to, with "sesame desk webhook set URL"
    [untrusted] give the receiver a certificate of an authority that this machine trusts
   *[other] see to the receiver, then try again; "sesame desk webhook show" says what waits
}

e1101 = { $contact ->
    [absent] the key of a contact changed without the usual notice
   *[other] the key of { $contact } changed without the usual notice
}
    .why = often a reinstalled device; sometimes someone posing as that person
    .remedy = call that person and compare the six words with "sesame contact verify"; until then nothing is sent

e1201 = your node refuses this
    .why = { $reason ->
    [words] the 24 words have not been checked yet, and without them this could not be undone
    [self] it is your own node
    [unverified] the six words of that person have not been compared yet
    [blocked] you wanted to hear nothing more of that organisation
    [not-open] the account is not open
    [not-a-desk] it is a person's node, and only an organisation's has a desk
    [of-another] what was handed over is about another organisation
    [too-many] too many requests of this account wait for an answer already
    [webhook-gone] the receiver of the webhook wanted nothing more, and the webhook is switched off
    [special] it is of a special category, such as health or belief, and is opened only when that is said
    [nothing-needed] the purpose needs none of what is asked for, so the smaller answer is no
   *[other] { $limit ->
        [absent] one of its rules forbids it for now
       *[other] it holds { $limit } already, and takes no more
    }
}
    .remedy = { $reason ->
    [words] check them with "sesame key words", then try again
    [unverified] compare the six words with "sesame contact verify", then try again
    [blocked] "sesame vendor block --undo" takes that back
    [not-open] it opens when the person accepts it; "sesame vendor accounts" and "sesame desk accounts" say how far it is
    [not-a-desk] an organisation makes its node with "sesame init --vendor", in a folder of its own
    [of-another] give it to the organisation that it is about
    [too-many] wait until some are answered or have ended
    [webhook-gone] "sesame desk webhook set URL" sets it again
    [special] say so: with "--special" at the command line, or with the box for it on the page
    [nothing-needed] refuse with "sesame request refuse", or choose yourself with "--give FIELD"
   *[other] { $limit ->
        [absent] "sesame status" and "sesame contact list" say what the node waits for
       *[other] remove what you no longer need, then try again
    }
}

e1202 = { $why ->
    [door-open] this door cannot be opened
    [door-other] this door cannot be opened
    [door-ended] this door cannot be opened
   *[other] { $kind ->
        [link] this link cannot be used
       *[other] this invitation cannot be used
    }
}
    .why = { $why ->
    [mine] { $kind ->
        [link] it is your own, and nobody is a customer of themselves
       *[other] it is your own
    }
    [known] this person is in your circle already
    [expired] it has expired
    [door-open] it was opened before: there is an account behind it
    [door-other] it is for another organisation
    [door-ended] it has ended
   *[other] it was used, has expired or was withdrawn
}
    .remedy = { $why ->
    [mine] { $kind ->
        [link] give it to those who want an account with you
       *[other] give it to the person you want to invite
    }
    [known] nothing needs doing; "sesame contact list" shows your circle
    [door-open] "sesame desk accounts" shows the account
    [door-other] give it back to the person who handed it over
    [door-ended] ask the person for a new one; "sesame vendor door" makes it
   *[other] ask for a new one; whoever invites you makes it with "sesame contact invite"
}

e1301 = { $file ->
    [absent] the file is in no format that the node knows
   *[other] "{ $file }" is in no format that the node knows
}
    .why = { $what ->
    [empty] it is empty
    [verify] it is neither a share receipt nor a presentation (SD-JWT)
    [no-such-format] there is no format "{ $found }"; the node knows { $expected }
   *[other] { $looks ->
        [html] it is a web page, perhaps a sign-in page saved instead of the file
        [green-button] it is a Green Button file, which the node cannot read yet
        [xml] it is an XML file, which the node cannot read yet
        [zip] it is an archive or a spreadsheet, not the file itself
        [gzip] it is a compressed file, not the file itself
        [pdf] it is a PDF, and the numbers are not in it as data
        [utf-16] it was saved again by a spreadsheet, as "Unicode text"
        [binary] it holds bytes that are no text
        [enedis-index] it is an Enedis file of daily indexes; the node reads the load curve
        [enedis-maximum] it is an Enedis file of daily maximum power; the node reads the load curve
        [enedis-daily] it is an Enedis file of daily consumption; the node reads the load curve
        [enedis] it is an Enedis file of another kind; the node reads the load curve
       *[other] neither its first lines nor its columns are those of a known file
    }
}
    .remedy = { $what ->
    [verify] "sesame share receipt" gives a receipt, in a file that can be checked
   *[other] take the file just as the organisation hands it out, without opening it in a spreadsheet first
}

e1302 = { $file ->
    [absent] the file is damaged or incomplete
   *[other] "{ $file }" is damaged or incomplete
}
    .why = { $what ->
    [unsigned] one of the two signatures is missing
    [signature] a signature does not hold: something was changed after it was signed, or another key signed
    [record] it is not the record of a share between two who are named by their keys
    [binding] the holder did not sign for showing this
    [over] its time is over
    [presentation] it is not a presentation that can be checked (RFC 9901)
    [profile] it is not a profile: { $why }
    [cut] the file ends inside line { $line }; a whole file ends with an end of line
    [columns] line { $line } has { $found } columns, and { $expected } were expected
    [heading] line { $line } says "{ $found }" where the heading of the columns was expected
    [row] line { $line } says "{ $found }", which is neither a day nor a time
    [no-day] line { $line } gives a time before any day
    [date] line { $line } says "{ $found }", which is no day between 2000 and 2100
    [time] line { $line } says "{ $found }", which is no time of day
    [no-such-time] line { $line } says { $found }, which does not exist on that day: the clocks go forward
    [stamp] line { $line } says "{ $found }", which is no moment with its time zone
    [off-grid] line { $line } says { $found }, which lies between two steps
    [value] line { $line } says "{ $found }", which is no power in watts
    [twice] line { $line } gives a step a second time, with another value
    [unit] line { $line } says "{ $found }" where the unit W was expected
    [production] line { $line } speaks of "{ $found }"; only what you use is imported for now, not what you give to the grid
    [quantity] line { $line } says "{ $found }" where active energy was expected
    [meter] line { $line } names the delivery point with { $found } digits, and it takes 14
    [step] line { $line } gives a step of { $found }, and meters use 5, 10, 15, 30 or 60 minutes
    [mixed-steps] at line { $line } the step changes to { $found }, after { $expected } before
    [too-many] from line { $line } on there are more readings than the node takes at once ({ $limit })
    [no-readings] there is not one reading in it
   *[other] { $line ->
        [absent] a part of it cannot be read
       *[other] line { $line } cannot be read
    }
}
    .remedy = { $what ->
    [unsigned] ask the other side for the receipt that both signed
    [signature] believe nothing that it says; ask whoever gave it to you for the file as it was
    [record] believe nothing that it says; ask whoever gave it to you for the file as it was
    [binding] believe nothing that it says; ask whoever gave it to you for the file as it was
    [over] ask for a new one
    [presentation] take the file just as it came, without a line more or less
    [profile] write it like "profile" in "sesame desk show --json"
   *[other] download it again and import it just as it came; nothing of it was kept
}

e1303 = { $file ->
    [absent] this is too large
   *[other] "{ $file }" is too large
}
    .why = { $line ->
    [absent] { $limit ->
        [absent] the node takes only so much at once
       *[other] the node takes { $limit } at most
    }
   *[other] { $limit ->
        [absent] line { $line } is too long for a file of readings
       *[other] line { $line } is longer than { $limit }, too long for a file of readings
    }
}
    .remedy = split it into smaller parts, by year for instance

e1304 = { $why ->
    [ambiguous] it is not clear which one "{ $value }" is
   *[other] { $name ->
        [absent] a value makes no sense
        [passphrase] the passphrase cannot be taken
       *[other] the value of "{ $name }" makes no sense
    }
}
    .why = { $why ->
    [ambiguous] more than one has this name, or begins like this
    [exists] the file { $value } is there already, and nothing is overwritten
    [differ] the two are not the same
    [empty] there is nothing in it
    [not-asked] it was not asked for, and what is not asked for is not shown
    [no-value] there is no value for it
    [no-address] it is no address such as https://example.com/hook
    [scheme] it is neither https nor, on this machine, http
    [plain] over http anybody in between reads along; only this very machine is reached so
    [credentials] it holds a name or a password, which would be shown wherever it is
    [fragment] what stands behind # is never sent
    [too-long] it is longer than { $limit } characters
    [no-part] a record of this kind has none
    [not-empty] the folder { $value } is not empty, and nothing is overwritten
    [stdin-once] standard input can be read only once
    [readings-only] readings alone are exported so, and none of them is of a special category
    [in-use] another export writes there, as { $value }
   *[other] { $limit ->
        [absent] { $value ->
            [absent] it is outside of what is possible
           *[other] "{ $value }" is not possible there
        }
       *[other] it goes beyond the limit: { $limit }
    }
}
    .remedy = { $why ->
    [ambiguous] give the id instead; the list shows it
    [exists] choose another name
    [not-empty] choose a new folder, or an empty one
    [stdin-once] give - for one of them only
    [readings-only] leave it out, or name a folder that is to hold everything
    [in-use] wait until it is done, or choose another folder
    [no-part] leave it out
    [not-asked] leave it out; "sesame request show" has what was asked for
   *[other] { $give ->
        [absent] { $name ->
            [purpose] give one of: quote, contract, delivery, billing, support, identity_check, newsletter, advertising, profiling, study, loyalty, membership, care, administration
            [terms] give one of the roster, such as SD-BASE, SD-BASE-DP, SD-BASE-A or PDC-GOOD
            [alternative] give one of the roster, such as SD-BASE, SD-BASE-DP, SD-BASE-A or PDC-GOOD
            [market] give a class of COICOP 2018, such as 04.5.1 for electricity
            [subjects] give a register number or a web domain, such as siren:552081317 or domain:volta.example
           *[other] correct it and try again
        }
       *[other] give { $give }
    }
}

e1305 = the passphrase is too weak
    .why = someone who copies your disk would guess it quickly
    .remedy = take the six words that are offered, or a longer sentence of your own

e1306 = { $reason ->
    [other-kind] { $found ->
        [invitation] this is an invitation
        [link] this is the link of an organisation
        [door] this is a door
       *[attestation] this is an attestation
    }
   *[other] { $kind ->
        [absent] the code cannot be read
        [invitation] the invitation cannot be read
        [link] the link cannot be read
        [door] the door cannot be read
       *[attestation] the attestation cannot be read
    }
}
    .why = { $reason ->
    [other-kind] { $kind ->
        [absent] each kind of code has its own place
        [invitation] an invitation from a person is wanted here
        [link] the link of an organisation is wanted here
        [door] a door that a person made is wanted here
       *[attestation] an attestation about your organisation is wanted here
    }
    [newer] it was made by a newer version of this program
   *[other] a sign of it is missing or wrong
}
    .remedy = { $reason ->
    [other-kind] { $found ->
        [invitation] a person accepts it in their circle ("sesame contact accept")
        [link] a person adds it to their organisations ("sesame vendor add")
        [door] the organisation that it was made for opens it at its desk ("sesame desk open")
       *[attestation] the organisation that it is about attaches it at its desk ("sesame desk attach")
    }
    [newer] install the newer version
   *[other] { $kind ->
        [absent] copy all of it, from "SESAME:" to the last sign
        [invitation] copy all of it, from "SESAME:1:" to the last sign
        [link] copy all of it, from "SESAME:L1:" to the last sign
        [door] copy all of it, from "SESAME:D1:" to the last sign
       *[attestation] copy all of it, from "SESAME:A1:" to the last sign
    }
}

e1307 = { $subject ->
    [absent] it is not clear what the rating is about
   *[other] it is not clear what "{ $subject }" is
}
    .why = a rating is about a name, a web address or a register number
    .remedy = write for instance domain:volta.example, siren:552081317 or local:corner-bakery

e1320 = { $file ->
    [absent] there is no backup there
   *[other] there is no backup at { $file }
}
    .why = it is no backup of this program, or the first one was interrupted before anything was written
    .remedy = give the folder or the file that "sesame backup create" wrote

e1321 = { $file ->
    [absent] the backup cannot go there
   *[other] the backup cannot go to { $file }
}
    .why = { $reason ->
    [vault] the backups there are of another vault, or of this one before it was restored
   *[other] something else is there, and a backup replaces nothing
}
    .remedy = give a folder of its own, empty or new, or another name for the file

e1401 = { $what ->
    [absent] { $name ->
        [absent] what you ask for does not exist
       *[other] there is no "{ $name }"
    }
    [contact] { $name ->
        [absent] there is no such contact
       *[other] there is no contact "{ $name }"
    }
    [series] { $name ->
        [absent] there are no such readings
       *[other] there are no readings under "{ $name }"
    }
    [rating] { $name ->
        [absent] there is no such rating of yours
       *[other] there is no rating of yours about "{ $name }"
    }
    [invitation] there is no such invitation
    [vendor] { $name ->
        [absent] you keep no such organisation
       *[other] you keep no organisation "{ $name }"
    }
    [account] { $name ->
        [absent] there is no such account
       *[other] there is no account "{ $name }"
    }
    [request] { $name ->
        [absent] there is no such request or share
       *[other] there is no request or share "{ $name }"
    }
    [receipt] there is no receipt of this share yet
    [webhook] no webhook is set
    [record] { $name ->
        [absent] you keep no such record
       *[other] you keep no record "{ $name }"
    }
    [import] { $name ->
        [absent] there is no such import
       *[other] there is no import "{ $name }"
    }
    [fact] { $name ->
        [absent] you have said no such thing of yourself
       *[other] you have said nothing of "{ $name }"
    }
    [file] { $name ->
        [absent] there is no such file
       *[other] there is no file "{ $name }"
    }
   *[other] { $name ->
        [absent] what you ask for does not exist
       *[other] there is no "{ $name }"
    }
}
    .why = { $what ->
    [receipt] both sides sign it once the organisation was shown what was agreed
    [webhook] it was never set, or was switched off
   *[other] it never existed, was removed, or has another name
}
    .remedy = { $what ->
    [vendor] "sesame vendor list" shows all of them
    [account] "sesame vendor accounts" shows yours, "sesame desk accounts" those of a desk
    [request] "sesame request list" and "sesame share list" show all of them, "sesame desk account" those of a desk
    [receipt] "sesame share show" says how far it is
    [webhook] "sesame desk webhook set URL" sets one
    [fact] "sesame data facts" shows all of them
    [record] "sesame data list" shows all of them
    [import] "sesame data imports" shows all of them, and with --json their ids
    [contact] "sesame contact list" shows all of them
    [series] "sesame data list" shows all of them
    [rating] "sesame ratings" shows all of them
    [file] check the name and the folder
   *[other] check the name
}

e1501 = { $file ->
    [absent] the file brings nothing new
   *[other] "{ $file }" brings nothing new
}
    .why = { $count ->
    [absent] all that is in it was already there
   *[other] all of its { $count } readings were already there
}
    .remedy = nothing needs doing; "sesame data imports" shows what was imported before

e1502 = { $reason ->
    [no-webhook] there is nothing to switch off
   *[other] there is nothing to decide on
}
    .why = { $reason ->
    [ended] the account has ended
    [nothing-asked] the organisation does not ask for an account now
    [decided] it was decided already
    [nothing-shown] nothing is shown, or was shown
    [lapsed] its time has passed
    [no-webhook] no webhook is set
   *[other] it was decided already, has ended, or waits for the other side
}
    .remedy = { $reason ->
    [nothing-asked] "sesame vendor accounts" says how far it is
    [ended] make a new door with "sesame vendor door", if you want one
    [lapsed] the organisation may ask again
   *[other] nothing needs doing; "sesame request list", "sesame share list" and "sesame desk inbox" say how far things are
}

e1503 = there is nothing to free
    .why = nothing in the vault is dead but what any vault has
    .remedy = nothing needs doing; the node frees space by itself when half of the vault is dead

e1504 = there is nothing to repair
    .why = a check of every byte found the vault whole
    .remedy = nothing needs doing; if the node does not open, "sesame doctor" looks for another cause

e13001 = interrupted
    .why = you stopped the command
    .remedy = start it again when you like; what was not finished was not kept
