# The story of the demo.

demo-start = Five programs start on your machine: Alice, Bob, Chloé, and two electricity suppliers. No server.
demo-import =
    Alice drops in two years of her meter: { $readings } half-hours over { $days } days, { $clock-changes ->
        [one] one clock change
       *[other] { $clock-changes } clock changes
    } included; the { $missing } that are missing are named.
demo-sealed = All of it is sealed. We search { $bytes } KiB of her files for “Alice”, “EDF”, any date: not a trace.
demo-finding-always = What she did not know: day and night, without a pause, something draws { $watts } W at her home. That is { $energy } a year, { $percent } % of all she uses.
demo-finding-night = What she did not know: every night, between midnight and 6:00, something draws { $watts } W at her home. Those hours make { $energy } a year, { $percent } % of all she uses.
demo-contact = Alice and { $name } meet by a link that works once. Both see the same six words: { $words }.
demo-said-good = clear bills, and somebody answers
demo-said-fair = twice the wrong meter
demo-said-bad = nine weeks for a bill
demo-rating = Bob and Chloé rate the two suppliers, under pen names. Each word is signed.
demo-advice = She asks about { $subject }: { $score } out of 100, by { $names }: “{ $text }”. One of them lying could move it by { $price } points.
demo-refusal = { $name } will not say where it pays its taxes: Alice’s node opens no account, and tells it why. Nobody had to decide.
demo-account = { $name } says all that it must. It gets an account, under keys that nobody else ever sees. It cannot call her: her node comes when it chooses.
demo-request = { $name } asks for { $count } things, to keep for { $days } days. A quote needs { $needed }; { $excess } have nothing to do with one, and { $most } days are enough.
demo-share = Alice gives one, from her own readings: { $value } last month. On her terms, for { $days } days, and only when { $name } has signed them.
demo-receipt = Both keep the same receipt, with { $signatures } signatures. Anybody can check it: no node, no network.
demo-withdrawal = Alice changes her mind: from now on { $name } may no longer use it.
demo-deletion = { $name } has deleted it, and signs that it did. (If it had not, its silence would be on record.)
demo-restart = Alice’s and Bob’s nodes are killed and started again: { $readings } readings, { $contacts } contacts, { $voices } voices. Nothing is lost.
demo-end = That was it: no account, no company in the middle, nothing in clear on the disk.
demo-page = Your turn. Alice’s page: { $page } (Ctrl-C erases all)
demo-cleaned =
    { $count ->
        [0] Nothing was left of earlier demos.
        [one] The folder of one earlier demo was removed.
       *[other] The folders of { $count } earlier demos were removed.
    }
