//! Several programs that open one vault at the same moment: one of them gets it, and the others are told that it is in
//! use. Now and then the one that got it is killed, and the next must get it all the same. `SESAME_RACES` says how often.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use harness::power::image::Image;
use harness::power::recorder::memory;
use harness::store::story::{Story, Verdict};
use harness::store::vault::{self, Open, open_folder};
use harness::store::{Store, contents};
use sesame_vault::{Error, FileId, MemoryIndex, Vault};

/// Races unless `SESAME_RACES` says otherwise.
const RACES: u64 = 30;
/// Programs in a race.
const RACERS: usize = 3;
/// One winner in so many is killed instead of closing.
const KILLED: u64 = 7;
/// How long a racer may take to answer.
const PATIENCE: Duration = Duration::from_secs(30);
/// What makes a process a racer: how it opens, and the folder.
const VARIABLE: &str = "SESAME_RACER";
const STORY: Story = Story { seed: 5 };

/// A program that opens when it is told to.
struct Racer {
    child: Child,
    orders: ChildStdin,
    answers: Receiver<String>,
}

/// What a race showed.
#[derive(Debug, Default)]
struct Tally {
    races: u64,
    killed: u64,
    /// Races with another number of winners than one.
    wrong: u64,
    /// Losers who were told the winner's number, nobody's, or that of somebody else.
    named: u64,
    unnamed: u64,
    misnamed: u64,
}

impl Racer {
    fn start(way: &str, folder: &Path) -> Result<Self> {
        let mut child = Command::new(std::env::current_exe()?)
            .args(["--ignored", "--exact", "--nocapture", "double::the_racer"])
            .env(VARIABLE, format!("{way} {}", folder.display()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let (orders, out) = (child.stdin.take().context("no pipe")?, child.stdout.take().context("no pipe")?);
        let (sender, answers) = sync_channel(64);
        thread::spawn(move || {
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                if line.starts_with("race: ") && sender.send(line.replace("race: ", "")).is_err() {
                    return;
                }
            }
        });
        let racer = Self { child, orders, answers };
        ensure!(racer.answer()? == "ready", "a racer begins with another word");
        Ok(racer)
    }

    fn tell(&mut self, order: &str) -> Result<()> {
        Ok(self.orders.write_all(format!("{order}\n").as_bytes())?)
    }

    fn answer(&self) -> Result<String> {
        self.answers.recv_timeout(PATIENCE).context("a racer does not answer")
    }
}

impl Drop for Racer {
    fn drop(&mut self) {
        // One that is gone already was killed on purpose.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// Opens the vault of a folder as a node does; or, when told so, without its lock, which has to be noticed.
fn open(way: &str, folder: &Path) -> Result<Vault, Error> {
    if way == "locked" {
        return open_folder(folder);
    }
    let mut image = Image::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if FileId::parse(&name).is_some() {
            image.insert(name, std::fs::read(entry.path())?);
        }
    }
    vault::open(Box::new(memory(&image)), Box::new(MemoryIndex::new())).map(|(vault, _)| vault)
}

#[test]
#[ignore = "the process that races; the campaign tells it when"]
fn the_racer() -> Result<()> {
    let given = std::env::var(VARIABLE).context("nobody says where to race")?;
    let (way, folder) = given.split_once(' ').context("no folder")?;
    let say = |what: &str| println!("\nrace: {what}");
    say("ready");
    let mut held: Option<Open> = None;
    for order in std::io::stdin().lines() {
        let order = order?;
        if order == "close" {
            match held.take() {
                Some(store) => Box::new(store).close()?,
                None => bail!("there is nothing to close"),
            }
            say("closed");
            continue;
        }
        let number: u64 = order.parse()?;
        match open(way, Path::new(folder)) {
            Ok(vault) => {
                let mut store = Open::new(vault);
                store.commit(&STORY.batch(number))?;
                held = Some(store);
                say("won");
            }
            Err(Error::InUse { pid }) => say(&format!("refused {}", pid.map_or("?".to_owned(), |pid| pid.to_string()))),
            Err(error) => say(&format!("failed: {error}")),
        }
    }
    Ok(())
}

fn campaign(way: &str, races: u64) -> Result<Tally> {
    let home = tempfile::Builder::new().prefix("sesame-race-").tempdir()?;
    let folder = home.path().join("vault");
    open_folder(&folder)?.close()?;
    let mut racers = (0..RACERS).map(|_| Racer::start(way, &folder)).collect::<Result<Vec<_>>>()?;
    let mut tally = Tally::default();
    for race in 1..=races {
        tally.races += 1;
        // Who is told first changes, so that nobody wins by that alone.
        racers.rotate_left(1);
        for racer in &mut racers {
            racer.tell(&race.to_string())?;
        }
        let answers = racers.iter().map(Racer::answer).collect::<Result<Vec<_>>>()?;
        let won: Vec<usize> = (0..RACERS).filter(|racer| answers[*racer] == "won").collect();
        let refused = answers.iter().filter_map(|answer| answer.strip_prefix("refused ")).collect::<Vec<_>>();
        if won.len() != 1 || refused.len() + 1 != RACERS {
            tally.wrong += 1;
            return Ok(tally);
        }
        let winner = &mut racers[won[0]];
        let pid = winner.child.id().to_string();
        for named in refused {
            match named {
                "?" => tally.unnamed += 1,
                named if named == pid => tally.named += 1,
                _ => tally.misnamed += 1,
            }
        }
        if race.is_multiple_of(KILLED) {
            tally.killed += 1;
            *winner = Racer::start(way, &folder)?;
        } else {
            winner.tell("close")?;
            ensure!(winner.answer()? == "closed", "a winner does not close");
        }
    }
    drop(racers);
    let mut chapter = STORY.start();
    chapter.reach(races);
    let verdict = chapter.judge(&contents(&Open::new(open_folder(&folder)?))?, false);
    ensure!(verdict == Verdict::Acknowledged, "{verdict:?} after {races} winners");
    Ok(tally)
}

#[test]
fn of_several_programs_that_open_one_vault_at_once_one_gets_it() -> Result<()> {
    crate::seed("double");
    let tally = campaign("locked", crate::number("SESAME_RACES", RACES))?;
    let Tally { races, killed, wrong, named, unnamed, misnamed } = tally;
    println!(
        "{races} races, {killed} winners killed: {wrong} without one winner; of those who came too late {named} were"
    );
    println!("told who has it, {unnamed} were not, {misnamed} were told another number");
    ensure!(wrong == 0, "{wrong} races without one winner");
    // The winner writes its number after it took the lock; a machine that stops it in between makes the others guess.
    ensure!((unnamed + misnamed) * 10 <= named, "{unnamed} were told nobody and {misnamed} another, of {named}");
    Ok(())
}

#[test]
fn programs_that_open_without_the_lock_are_caught() -> Result<()> {
    let tally = campaign("unlocked", RACES)?;
    ensure!(tally.wrong > 0, "{tally:?}");
    Ok(())
}
