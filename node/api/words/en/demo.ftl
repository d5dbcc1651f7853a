# The story of the demo.

demo-start = Three programs start on your machine: Alice, Bob and Chloé. No server.
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
demo-rating = Bob and Chloé rate two suppliers that have no node, under pen names. Each word is signed.
demo-advice = She asks about { $subject }: { $score } out of 100, by { $names }: “{ $text }”. One of them lying could move it by { $price } points.
demo-restart = Alice’s and Bob’s nodes are killed and started again: { $readings } readings, { $contacts } contacts, { $voices } voices. Nothing is lost.
demo-end = That was it: no account, no company in the middle, nothing in clear on the disk.
demo-page = Your turn. Alice’s page: { $page } (Ctrl-C erases all)
demo-cleaned =
    { $count ->
        [0] Nothing was left of earlier demos.
        [one] The folder of one earlier demo was removed.
       *[other] The folders of { $count } earlier demos were removed.
    }
