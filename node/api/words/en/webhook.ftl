# What the command line and the page both say of a desk's webhook. Keys begin with `webhook-`.

webhook-none = No webhook is set: no other system is told what happens at this desk.
webhook-idle = { $taken ->
    [never] Nothing has happened since it was set, so it was told nothing yet.
   *[other] It was told all that happened. Last message taken: { $taken }.
}
webhook-sending = { $waiting ->
    [one] One event is on its way.
   *[other] { $waiting } events are on their way.
}
webhook-failing = { $waiting ->
    [one] One event waits
   *[other] { $waiting } events wait
}: { $why }. Next try: { $next }; { $left ->
    [0] it is the last
    [one] it is the last
   *[other] after { $left } more the first event is given up
}. A test that is taken sends everything at once.
webhook-gone = Switched off ({ $gone }): the receiver answered that it wants nothing more (410). Set it again to go on.
webhook-missed = { $count ->
    [one] One event was never taken, and is not told any more.
   *[other] { $count } events were never taken, and are not told any more.
} The accounts and the inbox show what they were about.
webhook-overlap = Every message bears two signatures, of the new secret and of the one before. End of the old one: { $until }.
webhook-secret-once = The secret, shown this once. Whoever runs the receiver needs it to check signatures, as Standard Webhooks has them.
webhook-moved = It moved, with its secret and with what waits.
webhook-taken = The receiver took the test.

# Why a message was not taken; clauses
webhook-why-unresolved = no name server knows its host
webhook-why-unreachable = nobody answers at its address
webhook-why-untrusted = this machine does not trust its certificate
webhook-why-late = it did not answer in time
webhook-why-broken = its answer is not HTTP
webhook-why-redirect = it points to another address (status { $status }), which is not followed
webhook-why-gone = it wants nothing more (410)
webhook-why-status = it answered with status { $status }
