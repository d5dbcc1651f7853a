//! Two hundred secrets go through everything that a person does: names, texts, companies, files, values, passphrases,
//! invitations. Afterwards none of them stands in any file of the two homes, nor in what the nodes noted with everything
//! noted. The search is shown a secret that is in the open first: one that finds nothing anywhere proves nothing.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use harness::http::escaped;
use harness::node::{Node, text};
use harness::sample;

/// What must be nowhere, by kind.
#[derive(Default)]
struct Secrets {
    all: Vec<(String, String)>,
}

impl Secrets {
    /// A new secret: a word that no file holds by chance.
    fn word(&mut self, kind: &str) -> String {
        let hash = blake3::hash(format!("{kind} {}", self.all.len()).as_bytes()).to_hex();
        self.keep(kind, &format!("zq{}", &hash[..14]))
    }

    /// A new secret of the size of a reading, in watts: nine digits, below what is believed.
    fn value(&mut self) -> String {
        let hash = blake3::hash(format!("value {}", self.all.len()).as_bytes());
        let number = hash.as_bytes()[..4].iter().fold(0, |number: u64, byte| number << 8 | u64::from(*byte));
        self.keep("value", &(500_000_000 + number % 400_000_000).to_string())
    }

    fn keep(&mut self, kind: &str, text: &str) -> String {
        self.all.push((kind.to_owned(), text.to_owned()));
        text.to_owned()
    }

    /// The secrets that stand in a file, by kind.
    fn found(&self, bytes: &[u8]) -> BTreeSet<String> {
        let starts = |at: usize, wanted: &[u8]| bytes[at..].starts_with(wanted);
        let wide: Vec<(&str, Vec<u8>)> = self.all.iter().map(|(kind, text)| (kind.as_str(), utf16(text))).collect();
        let mut found = BTreeSet::new();
        // All secrets begin with few different bytes: most places are passed at a glance.
        let firsts: BTreeSet<u8> = self.all.iter().map(|(_, text)| text.as_bytes()[0]).collect();
        for at in (0..bytes.len()).filter(|at| firsts.contains(&bytes[*at])) {
            found.extend(self.all.iter().filter(|(_, text)| starts(at, text.as_bytes())).map(|(kind, _)| kind.clone()));
            found.extend(wide.iter().filter(|(_, text)| starts(at, text)).map(|(kind, _)| (*kind).to_owned()));
        }
        found
    }
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// Every file below a folder; sockets and such are left out.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            found.extend(files(&entry.path())?);
        } else if entry.file_type()?.is_file() {
            found.push(entry.path());
        }
    }
    Ok(found)
}

/// A node whose notes are all taken, with a passphrase and a name that are secrets.
fn open(secrets: &mut Secrets) -> Result<Node> {
    let mut node = Node::new()?;
    let passphrase = format!("{}-{}", secrets.word("passphrase"), secrets.word("passphrase"));
    fs::write(node.passphrase_file(), format!("{passphrase}\n"))?;
    let words = node.init(&secrets.word("own name"))?;
    secrets.keep("the 24 words", &words[..3].join(" "));
    secrets.keep("the 24 words", &words[..3].join("\",\""));
    node.trace();
    node.up()?;
    Ok(node)
}

/// A file whose values are secrets, as many as there are.
fn meter(secrets: &mut Secrets, days: u32) -> Vec<u8> {
    let mut file = Vec::new();
    let mut left = 5;
    for line in sample::edf(u64::from(days), days).split_inclusive(|byte| *byte == b'\n') {
        let cells: Vec<&[u8]> = line.split(|byte| *byte == b';').collect();
        let is_reading = cells.len() == 3 && cells[1].first().is_some_and(u8::is_ascii_digit);
        if is_reading && left > 0 {
            left -= 1;
            let value = secrets.value();
            file.extend_from_slice(&[cells[0], value.as_bytes(), cells[2]].join(&b';'));
        } else {
            file.extend_from_slice(line);
        }
    }
    file
}

/// Everything that a person does, with secrets; gives what the commands told them.
fn live(secrets: &mut Secrets, alice: &Node, bob: &Node) -> Result<String> {
    let mut said = String::new();
    let code = alice.ok(&["contact", "invite", &secrets.word("name of a contact")])?;
    let code = code["code"].as_str().context("no code")?;
    secrets.keep("invitation", &code[code.len() / 2..]);
    bob.ok(&["contact", "accept", code, "--name", &secrets.word("name of a contact")])?;
    for node in [alice, bob] {
        node.wait(&["contact", "list"], |circle| circle["contacts"][0]["standing"] == "known")?;
    }
    for days in 1..=10 {
        let name = format!("{}.csv", secrets.word("name of a file"));
        let path = alice.file(&name, &meter(secrets, days))?;
        alice.ok(&["data", "import", text(&path)?])?;
        let again = alice.fails(15, &["data", "import", text(&path)?])?;
        said.push_str(&again.err.replace(&name, ""));
    }
    // The name that a person just typed may stand in the answer to them; the values in the file may not.
    let name = format!("{}.csv", secrets.word("name of a file"));
    let torn = alice.file(&name, &[&meter(secrets, 3)[..], b"12:30;9"].concat())?;
    said.push_str(&alice.fails(13, &["data", "import", text(&torn)?])?.err.replace(&name, ""));
    for _ in 0..34 {
        let subject = format!("domain:{}.example", secrets.word("company"));
        let (label, words) = (secrets.word("label"), secrets.word("text"));
        bob.ok(&["rate", &subject, "--label", &label, "--overall", "50", "--text", &words])?;
    }
    let note = secrets.word("text");
    bob.ok(&["rate", &secrets.word("somebody local"), "--private", "--overall", "1", "--text", &note])?;
    alice.wait(&["advice"], |advice| advice["subjects"].as_array().is_some_and(|all| all.len() == 34))?;
    let contact = alice.ok(&["contact", "list"])?["contacts"][0]["id"].as_str().context("no contact")?.to_owned();
    alice.ok(&["contact", "trust", &contact, "much"])?;
    Ok(said)
}

/// Mistakes, which programs like to write down with everything that was typed.
fn stumble(secrets: &mut Secrets, node: &Node) -> Result<String> {
    let mut said = String::new();
    let wrong = node.file("wrong", format!("{}\n", secrets.word("wrong passphrase")).as_bytes())?;
    node.ok(&["lock"])?;
    said.push_str(&node.fails(5, &["unlock", "--passphrase-file", text(&wrong)?])?.err);
    let right = node.passphrase_file();
    node.ok(&["unlock", "--passphrase-file", text(&right)?])?;
    let words = secrets.word("wrong words");
    let file = node.file("words", vec![words; 24].join(" ").as_bytes())?;
    said.push_str(&node.fails(5, &["key", "words", "--file", text(&file)?])?.err);

    let cookie = node.enter()?;
    secrets.keep("session", cookie.split('=').nth(1).unwrap_or_default());
    let page = node.look(&cookie, "/settings")?.text();
    let token = page.split("name=\"token\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let token = secrets.keep("form token", token.context("no form token")?);
    for path in ["/", "/data", "/circle", "/choose", "/decide", "/who-knows", "/organisations"] {
        ensure!(node.look(&cookie, path)?.status == 200, "{path} is not served");
    }
    node.look(&cookie, &format!("/choose/about?subject={}", escaped(&secrets.word("question"))))?;
    node.look(&cookie, &format!("/{}", secrets.word("address")))?;
    node.look(&format!("{cookie}; x={}", secrets.word("cookie")), "/")?;
    node.look(&cookie, &format!("/enter/{}", secrets.word("ticket")))?;
    let mark = secrets.word("mark");
    let form = [("token", token.as_str()), ("subject", &secrets.word("company")), ("overall", &mark)];
    node.page(&node.ask("POST", "/choose/rate").header("Cookie", &cookie).form(&form))?;
    let form =
        [("token", token.as_str()), ("code", &secrets.word("code")), ("name", &secrets.word("name of a contact"))];
    node.page(&node.ask("POST", "/circle/accept").header("Cookie", &cookie).form(&form))?;
    let form = [("token", token.as_str()), ("words", &secrets.word("wrong words"))];
    node.page(&node.ask("POST", "/settings/words").header("Cookie", &cookie).form(&form))?;
    node.page(&node.ask("POST", "/settings/lock").header("Cookie", &cookie).form(&[("token", token.as_str())]))?;
    let form = [("token", token.as_str()), ("passphrase", &secrets.word("wrong passphrase"))];
    let refused = node.page(&node.ask("POST", "/unlock").header("Cookie", &cookie).form(&form))?;
    ensure!((400..500).contains(&refused.status), "a wrong passphrase is answered with {}", refused.status);
    said.push_str(&refused.text().replace(&token, ""));
    node.ok(&["unlock", "--passphrase-file", text(&right)?])?;
    Ok(said)
}

#[test]
fn two_hundred_secrets_are_in_no_file_and_in_no_note() -> Result<()> {
    let mut secrets = Secrets::default();
    let (mut alice, mut bob) = (open(&mut secrets)?, open(&mut secrets)?);
    let mut said = live(&mut secrets, &alice, &bob)?;
    for node in [&alice, &bob] {
        said.push_str(&stumble(&mut secrets, node)?);
    }
    let count = secrets.all.len();
    println!("{count} secrets");
    ensure!(count >= 200, "only {count} secrets");

    let open = fs::read(alice.passphrase_file())?;
    ensure!(secrets.found(&open).contains("passphrase"), "the search does not find a passphrase in the open");
    ensure!(secrets.found(said.as_bytes()).is_empty(), "the errors tell: {:?}", secrets.found(said.as_bytes()));
    // Once while the nodes run and once after a power cut: what is written last counts too.
    for moment in ["running", "killed"] {
        for (node, name) in [(&mut alice, "Alice"), (&mut bob, "Bob")] {
            if moment == "killed" {
                node.kill()?;
            }
            let mut bytes = 0;
            for path in files(&node.home())?.into_iter().chain([node.log()]) {
                let file = fs::read(&path)?;
                bytes += file.len();
                let found = secrets.found(&file);
                ensure!(found.is_empty(), "{}, {moment}: {} holds {found:?}", name, path.display());
            }
            println!("{name}, {moment}: {bytes} bytes searched");
            ensure!(bytes > 10_000, "there is hardly anything to search: {bytes} bytes");
        }
    }
    let notes = fs::metadata(alice.log())?.len();
    ensure!(notes > 1_000, "the node noted only {notes} bytes: it was not told to note everything");
    Ok(())
}
