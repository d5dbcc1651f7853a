//! A person and an organisation, from the first link to the proof of deletion, by commands alone. The organisation's machine
//! loses its power between the steps; the person's node never hears more than its desk says when it goes there.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use harness::node::{Node, text};
use serde_json::{Value, json};

/// How long one visit after the other is made until something is so.
const VISITS_TIME_MAX: Duration = Duration::from_secs(40);
/// The exit status of a command that finds nothing to do.
const NOTHING_TO_DO: i32 = 15;
/// How long one visit may take to bring what it brings.
const VISIT_TIME: Duration = Duration::from_secs(2);

/// What an organisation says of itself, but for where data are kept.
const PROFILE: [&str; 20] = [
    "desk",
    "profile",
    "--name",
    "Volta",
    "--claim",
    "siren:552081317",
    "--market",
    "04.5.1",
    "--accept-terms",
    "SD-BASE",
    "--use",
    "quote",
    "--set",
    "legal_name=Volta SAS",
    "--set",
    "register_number=552081317",
    "--set",
    "seat=1 rue du Port, Lyon",
    "--set",
    "privacy_contact=dpo@volta.example",
];
/// What Volta asks for. A quote for electricity needs the second.
const ASKED: [&str; 7] =
    ["birth_date", "electricity_year_kwh", "email", "iban", "religion", "telephone", "volta.score"];

/// An organisation that says all that is mandatory.
pub(crate) fn volta() -> Result<Node> {
    let volta = Node::open_desk("Volta")?;
    volta.ok(&PROFILE)?;
    let desk = volta.ok(&["desk", "profile", "--set", "tax_country=FR", "--set", "data_location=Lyon"])?;
    ensure!(desk["missing"] == json!([]) && desk["published"] == true, "{desk}");
    Ok(volta)
}

/// Hands a code over in a file, as a mail would carry it.
fn code(from: &Value, to: &Node, name: &str) -> Result<String> {
    let code = from["code"].as_str().with_context(|| format!("no code in {from}"))?;
    let (head, tail) = code.split_at(code.len() / 2);
    let path = to.file(name, format!("Bonjour,\n{head}\n{tail}\n\nÀ bientôt").as_bytes())?;
    Ok(text(&path)?.to_owned())
}

/// The person keeps the organisation, once its desk has said who it is.
fn keep(person: &Node, desk: &Node) -> Result<Value> {
    let link = code(&desk.ok(&["desk", "link"])?, person, "link.txt")?;
    person.ok(&["vendor", "add", &link])?;
    let is_seen = |all: &Value| all["vendors"][0]["seen"].is_string();
    Ok(person.wait(&["vendor", "list"], is_seen)?["vendors"][0].clone())
}

/// The person makes a door and the organisation opens it; the account's id.
fn opened(person: &Node, desk: &Node, name: &str) -> Result<String> {
    let door = code(&person.ok(&["vendor", "door", "Volta"])?, desk, "door.txt")?;
    let account = desk.ok(&["desk", "open", &door, "--name", name, "--reference", "C-42", "--message", "Welcome."])?;
    Ok(account["id"].as_str().context("no id")?.to_owned())
}

/// Visits the desk until the answer of a command fits, for forty seconds at most: a visit that finds nobody is no failure.
pub(crate) fn visits(person: &Node, account: &str, arguments: &[&str], fits: impl Fn(&Value) -> bool) -> Result<Value> {
    let until = Instant::now() + VISITS_TIME_MAX;
    loop {
        let asked = person.run(&["vendor", "visit", account])?;
        // What was to be said may have been said by a visit that the node made by itself.
        ensure!([0, NOTHING_TO_DO].contains(&asked.status), "no visit: {}{}", asked.out, asked.err);
        let visited = Instant::now();
        while visited.elapsed() < VISIT_TIME {
            let answer = person.ok(arguments)?;
            if fits(&answer) {
                return Ok(answer);
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        if Instant::now() > until {
            return person.wait(arguments, fits);
        }
    }
}

fn standing(standing: &'static str) -> impl Fn(&Value) -> bool {
    move |all: &Value| all["accounts"][0]["standing"] == standing
}

/// An open account.
pub(crate) fn customer(person: &Node, desk: &Node) -> Result<String> {
    keep(person, desk)?;
    let account = opened(person, desk, "Customer 42")?;
    visits(person, &account, &["vendor", "accounts"], standing("asked"))?;
    person.ok(&["vendor", "accept", &account])?;
    visits(person, &account, &["vendor", "accounts"], |all| all["accounts"][0]["waiting"] == json!([]))?;
    Ok(account)
}

/// The organisation asks for some of its fields, and the question has come; its id.
pub(crate) fn asked(person: &Node, desk: &Node, account: &str, fields: &[&str]) -> Result<String> {
    let mut arguments = vec!["desk", "ask", account, "--purpose", "quote", "--days", "365", "--why", "For a quote."];
    arguments.extend(fields.iter().flat_map(|field| ["--field", field]));
    desk.ok(&arguments)?;
    let open = |all: &Value| all["requests"][0]["stage"] == "asked";
    let requests = visits(person, account, &["request", "list"], open)?;
    Ok(requests["requests"][0]["id"].as_str().context("no id")?.to_owned())
}

/// An organisation that leaves unsaid what is mandatory is refused, says it, and gets its account.
fn mended(alice: &Node, volta: &mut Node, desk: &Value) -> Result<String> {
    // Who it says it is; what it leaves unsaid is known before any account is.
    let vendor = keep(alice, volta)?;
    ensure!(vendor["name"] == "Volta" && vendor["missing"] == desk["missing"], "{vendor}");
    let account = opened(alice, volta, "Customer 42")?;
    volta.restart()?;
    let refused = visits(alice, &account, &["vendor", "accounts"], standing("missing"))?;
    ensure!(refused["accounts"][0]["missing"] == desk["missing"], "{refused}");
    let known = visits(alice, &account, &["vendor", "accounts"], |all| all["accounts"][0]["waiting"] == json!([]))?;
    ensure!(known["accounts"][0]["standing"] == "missing", "{known}");
    let told = volta.ok(&["desk", "account", "Customer 42"])?;
    ensure!(told["standing"] == "missing" && told["missing"] == desk["missing"], "{told}");

    // It says what was missing and asks again.
    volta.ok(&["desk", "profile", "--set", "tax_country=FR", "--set", "data_location=Lyon"])?;
    volta.ok(&["desk", "again", "Customer 42", "--reference", "C-42", "--message", "Welcome."])?;
    let asks = visits(alice, &account, &["vendor", "accounts"], standing("asked"))?;
    ensure!(asks["accounts"][0]["reference"] == "C-42" && asks["accounts"][0]["message"] == "Welcome.", "{asks}");
    volta.restart()?;
    alice.ok(&["vendor", "accept", &account])?;
    visits(alice, &account, &["vendor", "accounts"], |all| all["accounts"][0]["waiting"] == json!([]))?;
    ensure!(volta.ok(&["desk", "account", &account[..12]])?["standing"] == "open", "the answer was lost");
    Ok(account)
}

#[test]
fn one_value_is_lent_proven_taken_back_and_deleted_although_the_power_goes() -> Result<()> {
    let (alice, mut volta) = (Node::open("Alice")?, Node::open_desk("Volta")?);
    let desk = volta.ok(&PROFILE)?;
    ensure!(desk["missing"] == json!(["data_location", "tax_country"]), "{desk}");

    let account = mended(&alice, &mut volta, &desk)?;

    // It asks for seven things; a quote needs one.
    let request = asked(&alice, &volta, &account, &ASKED)?;
    let shown = alice.ok(&["request", "show", "Volta"])?;
    ensure!(shown["needed"] == 1 && shown["fields"].as_array().is_some_and(|fields| fields.len() == 7), "{shown}");
    ensure!(shown["smaller"] == json!(["electricity_year_kwh"]) && shown["smaller_days"] == 90, "{shown}");
    alice.fails(2, &["request", "answer", "Volta", "--smaller"])?;
    alice.ok(&["data", "add", "electricity_year_kwh", "4120"])?;
    volta.kill()?;
    let offered = alice.ok(&["request", "answer", "Volta", "--smaller"])?;
    ensure!(offered["stage"] == "offered" && offered["waiting"][0]["what"] == "offer", "{offered}");
    volta.up()?;
    let share = visits(&alice, &account, &["share", "show", &request[..8]], |share| share["received"].is_string())?;
    ensure!(share["values"] == json!({ "electricity_year_kwh": "4120" }), "{share}");
    ensure!(share["terms"] == "SD-BASE" && share["retention_days"] == 90, "{share}");
    volta.restart()?;
    let inbox = volta.ok(&["desk", "inbox"])?;
    ensure!(inbox["held"][0]["values"] == share["values"] && inbox["todo"] == json!([]), "{inbox}");

    is_proven(&alice, &share)?;
    let knows = alice.ok(&["share", "who-knows"])?;
    ensure!(knows["rows"][0]["state"] == "allowed" && knows["rows"][0]["value"] == "4120", "{knows}");

    // Taken back while nobody answers: three facts, one after the other.
    volta.kill()?;
    let taken = alice.ok(&["share", "withdraw", "Volta"])?;
    ensure!(taken["withdrawn"]["told"].is_null() && taken["waiting"][0]["what"] == "withdrawal", "{taken}");
    ensure!(alice.ok(&["share", "who-knows"])?["rows"][0]["state"] == "withdrawn", "{taken}");
    volta.up()?;
    let gone = visits(&alice, &account, &["share", "show", &request[..8]], |share| share["deleted"].is_object())?;
    ensure!(gone["withdrawn"]["told"].is_string() && gone["overdue"] == false, "{gone}");
    ensure!(alice.ok(&["share", "who-knows"])?["rows"][0]["state"] == "deleted", "{gone}");
    ensure!(
        alice.ok(&["share", "show", "Volta"])?["id"] == request,
        "what is over is found by its organisation no more"
    );
    volta.restart()?;
    let ended = volta.ok(&["desk", "account", "Customer 42"])?;
    let ended = &ended["requests"][0];
    ensure!(
        ended["stage"] == "ended" && ended["deleted_why"] == "withdrawn" && ended["values"] == json!({}),
        "{ended}"
    );
    ensure!(volta.ok(&["desk", "inbox"])?["held"] == json!([]), "it is still held");

    alice.ok(&["vendor", "close", &account, "--yes"])?;
    visits(&alice, &account, &["vendor", "accounts"], |all| all["accounts"][0]["waiting"] == json!([]))?;
    ensure!(volta.ok(&["desk", "account", "Customer 42"])?["standing"] == "closed", "the end was lost");
    Ok(())
}

/// The receipt stands alone: somebody without a vault can check it, and sees when it was changed.
fn is_proven(alice: &Node, share: &Value) -> Result<()> {
    let path = alice.home().join("../receipt.json");
    alice.ok(&["share", "receipt", "Volta", "--out", text(&path)?])?;
    let nobody = Node::new()?;
    let proven = nobody.ok(&["verify", text(&path)?])?;
    let record = &proven["record"];
    ensure!(proven["kind"] == "receipt" && record["agreement"] == share["agreement"], "{proven}");
    let fields = &record["pii_processing"]["pii_information"];
    ensure!(*fields == json!([{ "pii_type": "electricity_year_kwh" }]), "{fields}");
    let key = alice.ok(&["vendor", "show", "Volta"])?["did"].clone();
    ensure!(record["party_identification"][0]["party_id"] == key, "{key} did not sign {record}");
    let receipt = std::fs::read_to_string(&path)?;
    ensure!(!receipt.contains("4120") && alice.run(&["share", "receipt", "Volta"])?.out == receipt, "{receipt}");
    let place = receipt.rfind("\"signature\":\"").context("no signature")? + 20;
    let other = if &receipt[place..=place] == "A" { "B" } else { "A" };
    let forged =
        alice.file("forged.json", format!("{}{other}{}", &receipt[..place], &receipt[place + 1..]).as_bytes())?;
    let refused = nobody.fails(13, &["verify", text(&forged)?])?;
    ensure!(refused.err.contains("E1302"), "{}", refused.err);
    nobody.fails(14, &["verify", "no-such-file"])?;
    Ok(())
}

#[test]
fn terms_that_are_not_signed_by_themselves_wait_for_a_clerk() -> Result<()> {
    let (alice, volta) = (Node::open("Alice")?, volta()?);
    let account = customer(&alice, &volta)?;
    let request = asked(&alice, &volta, &account, &["electricity_year_kwh", "religion"])?;
    let values = b"# not in any argument\nelectricity_year_kwh = 4120\nreligion = quaker\n";
    let values = alice.file("values", values)?;
    let answer = ["request", "answer", "Volta", "--from", text(&values)?, "--terms", "SD-BASE-DP", "--days", "20"];
    alice.ok(&[&answer[..], &["--remember"]].concat())?;
    ensure!(alice.ok(&["data", "facts"])?["facts"][0]["value"] == "4120", "it was not remembered");
    alice.fails(15, &answer)?;

    let is_there = |inbox: &Value| inbox["todo"][0]["stage"] == "proffered";
    alice.ok(&["vendor", "visit", &account])?;
    let todo = volta.wait(&["desk", "inbox"], is_there)?["todo"][0].clone();
    ensure!(todo["terms"] == "SD-BASE-DP" && todo["offered_days"] == 20 && todo["values"] == json!({}), "{todo}");
    volta.fails(14, &["desk", "accept", "ffffff", "--account", "Customer 42"])?;
    volta.ok(&["desk", "accept", &request[..6], "--account", "Customer 42"])?;
    volta.fails(15, &["desk", "accept", &request, "--account", "Customer 42"])?;
    visits(&alice, &account, &["share", "show", &request], |share| share["received"].is_string())?;
    ensure!(volta.ok(&["desk", "inbox"])?["held"][0]["values"]["electricity_year_kwh"] == "4120", "nothing came");
    is_left_out(&alice, &request)?;

    let second = asked(&alice, &volta, &account, &["iban"])?;
    // The name of the organisation is the request that waits, or the share that is not over.
    let no = alice.ok(&["request", "refuse", "Volta"])?;
    ensure!(no["id"] == second && no["stage"] == "refused" && no["no"]["mine"] == true, "{no}");
    ensure!(alice.ok(&["share", "show", "Volta"])?["id"] == request, "one name, two shares");
    alice.fails(15, &["request", "refuse", &second])?;
    Ok(())
}

/// What an organisation was shown of a special category is taken away only when that is said.
fn is_left_out(alice: &Node, share: &str) -> Result<()> {
    let receipt = format!("receipts/{share}-receipt.json");
    let (ordinary, whole) = (alice.home().join("../ordinary"), alice.home().join("../whole"));
    let told = alice.ok(&["data", "export", text(&ordinary)?])?;
    let read = |path: &Path| std::fs::read_to_string(path);
    let shares = read(&ordinary.join("shares.json"))?;
    ensure!(told["left_out"] == 2 && shares.contains("4120") && !shares.contains("quaker"), "{told}: {shares}");
    ensure!(!ordinary.join(&receipt).exists() && !read(&ordinary.join("shares.csv"))?.contains("quaker"));
    let manifest: Value = serde_json::from_str(&read(&ordinary.join("manifest.json"))?)?;
    let gone = json!([
        { "file": "shares.json", "share": share, "field": "religion" },
        { "file": receipt, "share": share },
    ]);
    ensure!(manifest["left_out"] == gone, "{manifest}");
    alice.ok(&["data", "export", text(&whole)?, "--special"])?;
    ensure!(read(&whole.join("shares.json"))?.contains("quaker") && whole.join(&receipt).exists());
    Ok(())
}

#[test]
fn an_organisation_goes_by_the_name_of_its_node_and_reads_what_it_cannot_say() -> Result<()> {
    let volta = Node::open_desk("Volta")?;
    for (option, wrong, part) in
        [("--use", "nonsense", "purpose"), ("--market", "99", "market"), ("--claim", "nobody", "subjects")]
    {
        let refused = volta.fails(13, &["desk", "profile", option, wrong])?;
        ensure!(refused.err.contains(wrong) && refused.err.contains(part), "{}", refused.err);
    }
    let desk = volta.ok(&["desk", "profile", "--market", "04.5.1"])?;
    ensure!(desk["profile"]["name"] == "Volta" && desk["published"] == true, "{desk}");

    let mut nameless = Node::new()?;
    nameless.init_with("", &["--vendor"])?;
    nameless.up()?;
    ensure!(nameless.ok(&["desk", "show"])?["name"] == "Organisation without a name", "it is somebody");
    Ok(())
}

#[test]
fn a_door_is_for_one_organisation_and_a_word_for_those_who_know_who_said_it() -> Result<()> {
    let (alice, volta) = (Node::open("Alice")?, volta()?);
    let tiers = Node::open_desk("Tiers")?;
    keep(&alice, &volta)?;
    let door = code(&alice.ok(&["vendor", "door", "Volta"])?, &tiers, "door.txt")?;
    let other = tiers.fails(12, &["desk", "open", &door])?;
    ensure!(other.err.contains("door-other"), "{}", other.err);
    volta.ok(&["desk", "open", &door])?;
    volta.fails(12, &["desk", "open", &door])?;
    for read in [&["desk", "show"][..], &["desk", "inbox"], &["desk", "accounts"], &["desk", "account", "C-42"]] {
        let refused = alice.fails(12, read)?;
        ensure!(refused.err.contains("not-a-desk"), "{read:?}: {}", refused.err);
    }
    let wrong = alice.fails(13, &["vendor", "add", &door])?;
    ensure!(wrong.err.contains("other-kind"), "{}", wrong.err);

    // A word about the seat, by somebody whom Alice does not know, and then does.
    keep(&tiers, &volta)?;
    let word = ["desk", "attest", "Volta", "seat", "--how", "I was there."];
    let said = tiers.ok(&word)?;
    let kept = tiers.ok(&["desk", "attestations"])?;
    ensure!(kept["attestations"] == json!([said]) && said["vendor_name"] == "Volta", "{kept}");
    let attestation = code(&said, &volta, "attestation.txt")?;
    tiers.fails(12, &["desk", "attach", &attestation])?;
    volta.ok(&["desk", "attach", &attestation])?;
    let seat = |vendor: &Value| {
        let sheet = vendor["sheet"].as_array().map(Vec::as_slice).unwrap_or_default();
        sheet.iter().find(|field| field["field"] == "seat").cloned().unwrap_or_default()
    };
    alice.ok(&["vendor", "look", "Volta"])?;
    let stated = alice.wait(&["vendor", "show", "Volta"], |vendor| seat(vendor)["by"] == "Tiers")?;
    ensure!(seat(&stated)["standing"] == "stated", "{stated}");
    let link = code(&tiers.ok(&["desk", "link"])?, &alice, "tiers.txt")?;
    alice.ok(&["vendor", "add", &link, "--name", "Les Tiers"])?;
    let proven = alice.wait(&["vendor", "show", "Volta"], |vendor| seat(vendor)["standing"] == "proven")?;
    ensure!(seat(&proven)["by"] == "Les Tiers" && seat(&proven)["how"] == "I was there.", "{proven}");

    // Another seat is another claim: who attested the first says nothing of it.
    volta.ok(&["desk", "profile", "--set", "seat=Paris"])?;
    tiers.ok(&["vendor", "look", "Volta"])?;
    tiers.wait(&["desk", "attestations"], |all| all["attestations"][0]["changed"] == true)?;

    alice.ok(&["vendor", "block", "Volta", "--yes"])?;
    let shut = alice.fails(12, &["vendor", "door", "Volta"])?;
    ensure!(shut.err.contains("blocked"), "{}", shut.err);
    ensure!(alice.ok(&["vendor", "accounts"])?["accounts"][0]["standing"] == "closed", "its account is open");
    alice.ok(&["vendor", "block", "Volta", "--undo"])?;
    alice.ok(&["vendor", "door", "Volta"])?;
    Ok(())
}
