//! A real node, its page asked over a real socket, from bare to locked.

use std::collections::BTreeMap;
use std::path::PathBuf;

use sesame_api::node::{Language, State};
use sesame_api::words::Words;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::oneshot;

use crate::app::{Ready, Start};
use crate::config::Config;

/// Routes that answer to `GET`, in any state.
const ROUTES: [&str; 41] = [
    "/data/records",
    "/data/records/R7",
    "/data/records/R7/file",
    "/",
    "/data",
    "/data/look",
    "/data/series/0000000000000000",
    "/data/series/x/totals.csv",
    "/data/series/x/readings.csv",
    "/chart/energy.svg",
    "/who-knows",
    "/organisations",
    "/organisations/00",
    "/organisations/requests/00",
    "/who-knows/share/00",
    "/who-knows/share/00/receipt",
    "/desk",
    "/desk/decide",
    "/desk/inbox",
    "/desk/profile",
    "/desk/attestations",
    "/desk/attestations/of/00",
    "/attestations/00",
    "/desk/accounts/00",
    "/circle",
    "/circle/invitation",
    "/circle/contact/00",
    "/choose",
    "/choose/about?subject=volta.example",
    "/decide",
    "/settings",
    "/setup",
    "/setup/language",
    "/setup/passphrase",
    "/setup/import",
    "/setup/finding",
    "/setup/words",
    "/setup/check",
    "/unlock",
    "/ailing",
    "/nothing-here",
];

/// Routes that answer to `POST`.
const FORMS: [&str; 46] = [
    "/data/look",
    "/data/keep",
    "/data/drop",
    "/organisations/add",
    "/organisations/00/look",
    "/organisations/00/block",
    "/organisations/00/door",
    "/organisations/accounts/00/visit",
    "/organisations/accounts/00/answer",
    "/organisations/accounts/00/close",
    "/organisations/requests/00/answer",
    "/organisations/requests/00/refuse",
    "/who-knows/share/00/withdraw",
    "/desk/open",
    "/desk/profile",
    "/desk/attestations",
    "/desk/attestations/of",
    "/desk/attestations/of/00",
    "/desk/attestations/of/00/look",
    "/organisations/00/attest",
    "/data/facts",
    "/data/facts/forget",
    "/data/records",
    "/data/records/forget",
    "/data/imports/forget",
    "/desk/accounts/00/ask",
    "/desk/accounts/00/again",
    "/desk/requests/00/accept",
    "/desk/requests/00/refuse",
    "/circle/invite",
    "/circle/accept",
    "/circle/contact/00/verify",
    "/circle/contact/00/trust",
    "/circle/contact/00/remove",
    "/choose/rate",
    "/choose/retract",
    "/settings/lock",
    "/settings/leave",
    "/settings/words",
    "/settings/backup",
    "/settings/backup/check",
    "/settings/vault/check",
    "/settings/vault/compact",
    "/settings/vault/passphrase",
    "/unlock",
    "/setup/passphrase",
];

const PASSPHRASE: &str = "ombrelle-tracteur-citron-vague-marbre-lutin";

/// An answer, read whole.
struct Answer {
    status: u16,
    headers: BTreeMap<String, String>,
    body: String,
}

/// A browser with one cookie jar.
struct Browser {
    host: String,
    cookie: Option<String>,
}

impl Browser {
    async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &["sec-fetch-site: same-origin"], &[]).await
    }

    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body =
            fields.iter().map(|(name, value)| format!("{name}={}", escaped(value))).collect::<Vec<_>>().join("&");
        self.post_body(path, "application/x-www-form-urlencoded", body.as_bytes()).await
    }

    async fn post_body(&self, path: &str, kind: &str, body: &[u8]) -> Answer {
        let origin = format!("origin: http://{}", self.host);
        let kind = format!("content-type: {kind}");
        self.send("POST", path, &["sec-fetch-site: same-origin", &origin, &kind], body).await
    }

    async fn send(&self, method: &str, path: &str, headers: &[&str], body: &[u8]) -> Answer {
        let mut request = format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\ncontent-length: {}\r\n",
            self.host,
            body.len()
        );
        if let Some(cookie) = &self.cookie {
            request.extend(["cookie: ", cookie, "\r\n"]);
        }
        for header in headers {
            request.extend([header, "\r\n"]);
        }
        request.push_str("\r\n");
        let mut stream = TcpStream::connect(&self.host).await.expect("the node listens");
        stream.write_all(request.as_bytes()).await.expect("sent");
        stream.write_all(body).await.expect("sent");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).await.expect("answered");
        let text = String::from_utf8_lossy(&bytes);
        let (head, body) = text.split_once("\r\n\r\n").expect("an answer has a head");
        let mut lines = head.lines();
        let status = lines
            .next()
            .and_then(|line| line.split(' ').nth(1))
            .and_then(|status| status.parse().ok())
            .expect("a status");
        let headers = lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
            .collect();
        Answer { status, headers, body: body.to_owned() }
    }

    /// Goes in by a ticket's address.
    async fn enter(&mut self, url: &str) -> Answer {
        let path = url
            .strip_prefix("http://")
            .and_then(|rest| rest.split_once('/'))
            .map(|(_, path)| format!("/{path}"))
            .expect("an address");
        let answer = self.send("GET", &path, &["sec-fetch-site: none"], &[]).await;
        if let Some(cookie) = answer.headers.get("set-cookie") {
            self.cookie = cookie.split(';').next().map(str::to_owned);
        }
        answer
    }

    /// The form token of a page.
    async fn token(&self, path: &str) -> String {
        let page = self.get(path).await;
        let after =
            page.body.split_once("name=\"token\" value=\"").map(|(_, after)| after).expect("the page has a form");
        after[..64].to_owned()
    }
}

fn escaped(value: &str) -> String {
    value
        .bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

fn look_at_headers(answer: &Answer, what: &str) {
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        assert_eq!(answer.headers.get(name).map(String::as_str), Some(value), "{what}: {name}");
    }
    let policy = answer.headers.get("content-security-policy").expect(what);
    assert!(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self';"), "{what}: {policy}");
    assert!(answer.headers.contains_key("permissions-policy"), "{what}");
    let referrer = answer.headers.get("referrer-policy").expect(what);
    assert!(referrer == "no-referrer" || referrer == "same-origin", "{what}: {referrer}");
    let caching = answer.headers.get("cache-control").expect(what);
    assert!(caching == "no-store" || what.contains("/assets/") || what.contains("/events"), "{what}: {caching}");
}

/// Starts a bare node in a folder of its own.
async fn bare(name: &str) -> (Browser, String, PathBuf) {
    let home = std::env::temp_dir().join(format!("sesame-page-{name}-{}", std::process::id()));
    std::fs::remove_dir_all(&home).ok();
    let config = Config {
        page_port: 0,
        listen: vec!["/ip4/127.0.0.1/tcp/0".into()],
        costs: Some(sesame_vault::Costs::TEST),
        ..Config::new(&home)
    };
    let (said, heard) = oneshot::channel::<Ready>();
    // On a thread of its own, as the program has it: the node's future stays where it was made.
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
        runtime.block_on(crate::app::run(config, Start::Bare, move |ready| {
            said.send(ready).ok();
        }))
    });
    let ready = heard.await.expect("the node serves");
    assert_eq!(ready.state, State::Bare);
    let host = ready.page.strip_prefix("http://").expect("the page is on loopback").to_owned();
    (Browser { host, cookie: None }, ready.ticket.expect("a bare node hands out a ticket"), home)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_door_opens_once_and_only_with_a_ticket() {
    let (mut browser, ticket, home) = bare("door").await;
    for path in ROUTES {
        let answer = browser.get(path).await;
        assert_eq!(answer.status, 401, "{path}");
        assert!(
            answer.body.contains("sesame ui") && !answer.body.contains(home.to_str().expect("a plain path")),
            "{path}"
        );
        look_at_headers(&answer, path);
    }
    for path in FORMS {
        let answer = browser.post(path, &[("token", "0")]).await;
        assert_eq!(answer.status, 401, "{path}");
        look_at_headers(&answer, path);
    }
    let answer = browser.enter(&ticket).await;
    assert_eq!((answer.status, answer.headers["location"].as_str()), (303, "/"));
    let cookie = &answer.headers["set-cookie"];
    assert!(
        cookie.contains("HttpOnly")
            && cookie.contains("SameSite=Strict")
            && cookie.contains("Path=/")
            && !cookie.contains("Domain"),
        "{cookie}"
    );
    assert_eq!(answer.headers["referrer-policy"], "no-referrer");
    look_at_headers(&answer, "/enter");
    let mut other = Browser { host: browser.host.clone(), cookie: None };
    assert_eq!(other.enter(&ticket).await.status, 401, "a ticket is good once");
    assert_eq!(browser.get("/").await.headers["location"], "/setup");
    std::fs::remove_dir_all(home).ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_needs_its_token_and_our_own_origin() {
    let (mut browser, ticket, home) = bare("forms").await;
    browser.enter(&ticket).await;
    let token = browser.token("/setup/passphrase").await;
    for path in FORMS {
        let wrong =
            browser.post(path, &[("token", &"0".repeat(64)), ("passphrase", PASSPHRASE), ("again", PASSPHRASE)]).await;
        let without = browser.post(path, &[("passphrase", PASSPHRASE), ("again", PASSPHRASE)]).await;
        for answer in [wrong, without] {
            assert!(
                answer.status == 403 || (path == "/data/look" && answer.status == 303),
                "{path}: {}",
                answer.status
            );
            look_at_headers(&answer, path);
        }
        for origin in ["null", "http://evil.tld", "http://localhost:1"] {
            let headers = [
                "sec-fetch-site: same-origin",
                "content-type: application/x-www-form-urlencoded",
                &format!("origin: {origin}"),
            ];
            let answer = browser.send("POST", path, &headers, format!("token={token}").as_bytes()).await;
            assert_eq!(answer.status, 403, "{path} from {origin}");
        }
    }
    assert_eq!(browser.get("/setup").await.headers["location"], "/setup/language", "nothing was made");
    std::fs::remove_dir_all(home).ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_run_leads_to_a_finding_and_the_words_are_shown_until_checked() {
    let (mut browser, ticket, home) = bare("first").await;
    browser.enter(&ticket).await;
    let token = browser.token("/setup/passphrase").await;
    let differ =
        browser.post("/setup/passphrase", &[("token", &token), ("passphrase", PASSPHRASE), ("again", "other")]).await;
    assert_eq!(differ.status, 422);
    assert!(differ.body.contains("E1304") && differ.body.contains("href=\"#again\""), "{}", differ.body);
    let weak = browser.post("/setup/passphrase", &[("token", &token), ("passphrase", "a"), ("again", "a")]).await;
    assert!(weak.body.contains("E1305"), "{}", weak.body);
    let made = browser
        .post(
            "/setup/passphrase",
            &[("token", &token), ("passphrase", PASSPHRASE), ("again", PASSPHRASE), ("name", "Alice")],
        )
        .await;
    assert_eq!((made.status, made.headers["location"].as_str()), (303, "/setup/import"), "{}", made.body);

    hand_in(&browser, &token).await;
    let preview = browser.get("/data/look").await;
    assert!(preview.body.contains("edf.csv"), "{}", preview.body);
    assert_eq!(browser.post("/data/keep", &[("token", &token)]).await.headers["location"], "/setup/finding");
    let finding = browser.get("/setup/finding").await;
    assert!(finding.body.contains("<svg") && finding.body.contains("\u{a0}W: "), "{}", finding.body);

    let sheet = browser.get("/setup/words").await;
    let words: Vec<&str> = sheet
        .body
        .split("<ol class=\"sheet\">")
        .nth(1)
        .expect("the sheet")
        .split("</ol>")
        .next()
        .expect("its end")
        .split("<li>")
        .skip(1)
        .filter_map(|item| item.split('<').next())
        .collect();
    assert_eq!(words.len(), 24);
    let check = browser.get("/setup/check").await;
    let places: Vec<usize> =
        check.body.split("name=\"word-").skip(1).filter_map(|part| part.split('"').next()?.parse().ok()).collect();
    assert_eq!(places.len(), 3);
    let names: Vec<String> = places.iter().map(|place| format!("word-{place}")).collect();
    let wrong: Vec<(&str, &str)> =
        names.iter().map(|name| (name.as_str(), "zebra")).chain([("token", token.as_str())]).collect();
    let refused = browser.post("/setup/check", &wrong).await;
    assert!(refused.status == 422 && refused.body.contains("E0502"), "{}", refused.body);
    let right: Vec<(&str, &str)> = names
        .iter()
        .zip(&places)
        .map(|(name, place)| (name.as_str(), words[place - 1]))
        .chain([("token", token.as_str())])
        .collect();
    assert_eq!(browser.post("/setup/check", &right).await.headers["location"], "/");
    assert_eq!(browser.get("/setup/words").await.headers["location"], "/settings#words", "never again");

    every_room_is_whole(&browser).await;
    say_and_forget(&browser, &token).await;
    keep_and_correct(&browser, &token).await;
    care_for_the_vault(&browser, &token).await;
    rate_and_lock(&browser, &token).await;
    std::fs::remove_dir_all(home).ok();
}

/// Hands in two months of made-up half-hours.
async fn hand_in(browser: &Browser, token: &str) {
    let file = sesame_import::sample::edf(7, 60, jiff::civil::date(2025, 1, 6));
    let part = "--b\r\ncontent-disposition: form-data; name=";
    let mut body =
        format!("{part}\"token\"\r\n\r\n{token}\r\n{part}\"file\"; filename=\"edf.csv\"\r\n\r\n").into_bytes();
    body.extend_from_slice(&file);
    body.extend_from_slice(b"\r\n--b--\r\n");
    let looked = browser.post_body("/data/look", "multipart/form-data; boundary=b", &body).await;
    assert_eq!(
        (looked.status, looked.headers.get("location").map(String::as_str)),
        (303, Some("/data/look")),
        "{}",
        looked.body
    );
}

/// Visits every room in both languages: no key instead of a sentence, no error, every header.
async fn every_room_is_whole(browser: &Browser) {
    let series = browser
        .get("/data")
        .await
        .body
        .split("/data/series/")
        .nth(1)
        .and_then(|rest| rest.split('"').next().map(str::to_owned))
        .expect("a series");
    let mut paths: Vec<String> = ROUTES.iter().take(6).chain(&ROUTES[7..20]).map(|path| (*path).to_owned()).collect();
    for by in ["month", "day", "hour", "weekday"] {
        paths.push(format!("/data/series/{series}?by={by}"));
    }
    paths.push(format!("/data/series/{series}/totals.csv?by=day"));
    paths.push(format!("/data/series/{series}/readings.csv"));
    paths.push(format!("/chart/energy.svg?series={series}&by=hour"));
    for path in &paths {
        for language in ["en", "fr"] {
            let cookie = format!("{}; sesame-language={language}", browser.cookie.as_deref().expect("entered"));
            let one = Browser { host: browser.host.clone(), cookie: Some(cookie) };
            let answer = one.get(path).await;
            look_at_headers(&answer, path);
            assert!(
                answer.status == 200 || answer.status == 303 || answer.status == 404 || answer.status == 422,
                "{path}: {} {}",
                answer.status,
                answer.body
            );
            assert!(
                !answer.body.contains(">page-") && !answer.body.contains("\"page-"),
                "{path} in {language} has a key for a sentence"
            );
            assert!(!answer.body.contains("{$") && !answer.body.contains(" style="), "{path} in {language}");
        }
    }
    let readings = browser.get(&format!("/data/series/{series}/readings.csv")).await;
    assert!(readings.body.lines().count() > 2_000, "{} lines", readings.body.lines().count());
}

async fn say_and_forget(browser: &Browser, token: &str) {
    let say =
        async |fields: &[(&str, &str)]| browser.post("/data/facts", &[&[("token", token)], fields].concat()).await;
    for (fields, field) in [
        (&[("value", "kept text")][..], "fact-field"),
        (&[("field", "email"), ("value", " ")], "fact-value"),
        (&[("own", "Not A Name"), ("value", "kept text")], "fact-own"),
        (&[("field", "email"), ("value", &"x".repeat(501))], "fact-value"),
    ] {
        let wrong = say(fields).await;
        let leads = wrong.body.contains(&format!("href=\"#{field}\""));
        assert!(wrong.status == 422 && wrong.body.contains("E1304") && leads, "{field}: {}", wrong.body);
        assert!(field == "fact-value" || wrong.body.contains("kept text"), "{}", wrong.body);
    }
    let said = say(&[("field", "email"), ("own", "loyalty_number"), ("value", "4<b>2</b>")]).await;
    assert_eq!((said.status, said.headers["location"].as_str()), (303, "/data#facts"));
    let shown = browser.get("/data").await.body;
    assert!(shown.contains("loyalty_number") && shown.contains("4&#60;b&#62;2"), "{shown}");
    let forgotten = browser.post("/data/facts/forget", &[("token", token), ("field", "loyalty_number")]).await;
    assert_eq!(forgotten.status, 303);
    browser.get("/data").await;
    assert!(!browser.get("/data").await.body.contains("loyalty_number\""), "it is still there");
}

async fn keep_and_correct(browser: &Browser, token: &str) {
    let post =
        async |fields: &[(&str, &str)]| browser.post("/data/records", &[&[("token", token)], fields].concat()).await;
    let wrong = post(&[("kind", "event"), ("text", "kept text"), ("on", "2026-02-30")]).await;
    let leads = wrong.body.contains("href=\"#record-on\"") && wrong.body.contains("kept text");
    assert!(wrong.status == 422 && wrong.body.contains("E1304") && leads, "{}", wrong.body);
    let event = [("kind", "event"), ("text", "<b>Électra</b> called"), ("on", "2026-02-03T14:30"), ("says", "Volta")];
    let place = post(&event).await.headers["location"].clone();
    let name = place.rsplit('/').next().expect("a name").to_owned();
    let again = [("name", name.as_str()), ("kind", "event"), ("text", "Electra called twice"), ("on", "2026-02-03")];
    assert_eq!(post(&again).await.headers["location"], place);
    let shown = browser.get(&place).await.body;
    let history = shown.split_once("id=\"history\"").expect("a history").1;
    assert!(
        history.contains("&#60;b&#62;Électra&#60;") && history.contains("Volta") && shown.contains("twice"),
        "{shown}"
    );
    let found = browser.get("/data/records?words=ELECTRA+tw&from=&to=&organisation=").await;
    assert!(found.status == 200 && found.body.contains(&format!("href=\"{place}\"")), "{}", found.body);

    let shut = post(&[("name", "religion"), ("kind", "fact"), ("text", "quaker")]).await;
    assert!(shut.status == 422 && !shut.body.contains("quaker"), "{}", shut.body);
    let kept = post(&[("name", "religion"), ("kind", "fact"), ("text", "quaker"), ("special", "yes")]).await;
    assert_eq!(kept.headers["location"], "/data/records/religion?special=true");
    for path in ["/data", "/data/records", "/data/records/religion", "/data/records?words=quaker"] {
        let page = browser.get(path).await;
        let text = page.body.replace("value=\"quaker\"", "");
        assert!(page.status == 200 && !text.contains("quaker"), "{path}: {}", page.body);
    }
    let open = browser.get("/data/records/religion?special=true").await.body;
    let heading = Words::of(Language::En).text("terms-field-religion");
    let title = open.split_once("<title>").and_then(|(_, rest)| rest.split_once("</title>")).expect("a title").0;
    assert!(open.contains("quaker") && open.contains(&format!("<h1>{heading}</h1>")), "{open}");
    assert!(!title.contains("quaker") && !title.contains(&heading), "a browser would keep {title}");

    let forget = [("token", token), ("name", name.as_str())];
    assert_eq!(browser.post("/data/records/forget", &forget).await.headers["location"], "/data/records");
    assert_eq!(browser.get(&place).await.status, 404);
}

async fn care_for_the_vault(browser: &Browser, token: &str) {
    const NEW: &str = "bouilloire-phare-ronce-veston-ocarina-drap";
    let said = Words::of(Language::En);
    let before = browser.get("/settings").await.body;
    assert!(before.contains("It was never checked") && before.contains(&said.text("page-care-is-clear")), "{before}");
    let checked = browser.post("/settings/vault/check", &[("token", token)]).await;
    assert_eq!((checked.status, checked.headers["location"].as_str()), (303, "/settings#vault"), "{}", checked.body);
    let after = browser.get("/settings").await.body;
    assert!(after.contains("Your vault is whole") && after.contains("every one of them read"), "{after}");
    let freed = browser.post("/settings/vault/compact", &[("token", token)]).await;
    assert!(freed.status == 303 || freed.body.contains("E1503"), "{}", freed.body);
    let change = async |old: &str, new: &str, again: &str| {
        let fields = [("token", token), ("old", old), ("new", new), ("again", again)];
        browser.post("/settings/vault/passphrase", &fields).await
    };
    let differ = change(PASSPHRASE, NEW, "other").await;
    assert!(differ.status == 422 && differ.body.contains("href=\"#again\""), "{}", differ.body);
    let wrong = change(NEW, NEW, NEW).await;
    assert!(
        wrong.status == 422 && wrong.body.contains("E0501") && wrong.body.contains("href=\"#old\""),
        "{}",
        wrong.body
    );
    let weak = change(PASSPHRASE, "a", "a").await;
    assert!(weak.status == 422 && weak.body.contains("E1305"), "{}", weak.body);
    assert_eq!(change(PASSPHRASE, NEW, NEW).await.headers["location"], "/settings#vault");
    assert_eq!(change(NEW, PASSPHRASE, PASSPHRASE).await.status, 303, "the new one is not the one that opens");
}

async fn rate_and_lock(browser: &Browser, token: &str) {
    let rated = browser
        .post(
            "/choose/rate",
            &[("token", token), ("subject", "volta.example"), ("overall", "80"), ("text", "<b>clear</b> bills")],
        )
        .await;
    assert_eq!(
        (rated.status, rated.headers.get("location").map(String::as_str)),
        (303, Some("/choose/about?subject=domain%3Avolta.example")),
        "{}",
        rated.body
    );
    let wrong = browser
        .post(
            "/choose/rate",
            &[("token", token), ("subject", "volta.example"), ("price", "101"), ("text", "kept text")],
        )
        .await;
    assert!(
        wrong.status == 422 && wrong.body.contains("kept text") && wrong.body.contains("href=\"#price\""),
        "{}",
        wrong.body
    );
    let invited = browser.post("/circle/invite", &[("token", token), ("for", "Bob")]).await;
    assert_eq!(invited.headers["location"], "/circle/invitation");
    assert!(browser.get("/circle/invitation").await.body.contains("SESAME:1:"));
    let bad = browser.post("/circle/accept", &[("token", token), ("code", "nonsense")]).await;
    assert!(bad.status == 422 && bad.body.contains("E1306"), "{}", bad.body);
    assert_eq!(browser.post("/settings/lock", &[("token", token)]).await.headers["location"], "/unlock");
    assert_eq!(browser.get("/circle/invitation").await.headers["location"], "/unlock");
    let refused = browser.post("/unlock", &[("token", token), ("passphrase", "wrong passphrase")]).await;
    assert!(refused.body.contains("E0501"), "{}", refused.body);
    assert_eq!(browser.post("/unlock", &[("token", token), ("passphrase", PASSPHRASE)]).await.headers["location"], "/");
    assert_eq!(browser.get("/circle/invitation").await.headers["location"], "/circle", "the lock forgot the code");
    let left = browser.post("/settings/leave", &[("token", token)]).await;
    assert!(left.status == 200 && left.body.contains("sesame ui"));
    assert_eq!(browser.get("/").await.status, 401, "the session is over");
}
