//! The early check that the vault stays a log, a locator and a few pages: a million rows, timed.

use std::{
    env, fs,
    process::Command,
    time::{Duration, Instant},
};

use super::*;

const ROWS: u64 = 1_000_000;
type Name = dyn Fn(u64) -> Vec<u8>;

const STEP: &str = "SESAME_MILLION_STEP";

fn resident_kib() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|word| word.parse().ok()).unwrap_or(0)
}

fn mix(number: u64) -> u64 {
    blake3::hash(&number.to_le_bytes()).as_bytes()[..8].try_into().map(u64::from_le_bytes).unwrap()
}

/// Processor time of this process, all threads, in hundredths of a second.
fn ticks() -> u64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    fields.skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum()
}

fn timed<T>(what: &str, act: impl FnOnce() -> T) -> T {
    let (start, before) = (Instant::now(), ticks());
    let done = act();
    let (wall, busy) = (start.elapsed().as_secs_f64(), Duration::from_millis((ticks() - before) * 10).as_secs_f64());
    println!("{what:<40} {wall:>9.3} s, {busy:>6.2} s of processor, {:>7} KiB resident", resident_kib());
    done
}

fn fill(dir: &Path, name: &Name) {
    let mut vault = Vault::create(dir, new(&recovery().public())).unwrap();
    let mut last = Instant::now();
    for batch in 0..ROWS / 1000 {
        let rows = (0..1000).map(|row| batch * 1000 + row);
        let writes: Vec<_> = rows.map(|row| put(1, name(row), row.to_le_bytes())).collect();
        vault.commit(writes).unwrap();
        if last.elapsed() > Duration::from_secs(5) {
            vault.checkpoint().unwrap();
            last = Instant::now();
        }
    }
    vault.close().unwrap();
}

/// The steps of the measurement, each in a process of its own, so that its memory is its own.
fn step(step: &str, dir: &Path, name: &Name) {
    let unlock = || Unlock::Passphrase(PASSPHRASE);
    match step {
        "write" => return timed("write, batches of 1,000", || fill(dir, name)),
        "rebuild" => {
            fs::remove_dir_all(dir.join("index")).unwrap();
            let (vault, opening) =
                timed("open with the index gone", || Vault::open(dir, unlock(), &mut |_| {}).unwrap());
            assert!(opening.index_rebuilt);
            return vault.close().unwrap();
        }
        _ => {}
    }
    let (vault, opening) = timed("open", || Vault::open(dir, unlock(), &mut |_| {}).unwrap());
    assert_eq!((opening.index_rebuilt, vault.size().records), (false, ROWS));
    let reader = vault.reader();
    timed("walk of 100 rows", || assert_eq!(reader.walk(1, b"", None, 100).unwrap().len(), 100));
    if step == "scan" {
        timed("scan of all rows, 1,000 at a time", || {
            let (mut after, mut count) = (None::<Vec<u8>>, 0);
            loop {
                let rows = reader.walk(1, b"", after.as_deref(), 1000).unwrap();
                count += rows.len() as u64;
                match rows.last() {
                    Some((name, _)) => after = Some(name.clone()),
                    None => break,
                }
            }
            assert_eq!(count, ROWS);
        });
    } else {
        timed("100,000 gets at random", || {
            for number in 0..100_000 {
                let row = mix(number) % ROWS;
                assert_eq!(reader.get(&key(1, name(row))).unwrap().unwrap(), row.to_le_bytes());
            }
        });
    }
    timed("close", || vault.close().unwrap());
}

fn tree_bytes(dir: &Path) -> u64 {
    let entries = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| if path.is_dir() { tree_bytes(&path) } else { fs::metadata(path).unwrap().len() }).sum()
}

#[test]
#[ignore = "a measurement, not a claim: run it alone, in release"]
fn a_million_rows() {
    let by_order = |row: u64| row.to_be_bytes().to_vec();
    let by_chance = |row: u64| [mix(row).to_be_bytes(), row.to_be_bytes()].concat();
    let names: [(&str, &Name); 2] = [("in order", &by_order), ("by chance", &by_chance)];
    if let Ok(asked) = env::var(STEP) {
        let [which, what, dir] = asked.splitn(3, ' ').collect::<Vec<_>>().try_into().unwrap();
        return step(what, Path::new(dir), names[which.parse::<usize>().unwrap()].1);
    }
    for (which, (what, _)) in names.iter().enumerate() {
        println!("a million rows, names {what}");
        let home = tempfile::tempdir().unwrap();
        for step in ["write", "get", "scan", "rebuild", "get"] {
            let done = Command::new(env::current_exe().unwrap())
                .args(["--ignored", "--exact", "--nocapture", "vault::tests::million::a_million_rows"])
                .env(STEP, format!("{which} {step} {}", home.path().display()))
                .output()
                .unwrap();
            assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
            String::from_utf8_lossy(&done.stdout).lines().filter(|line| line.contains("KiB")).for_each(|line| {
                println!("{}", line.split_once("... ").map_or(line, |(_, told)| told));
            });
        }
        let index = tree_bytes(&home.path().join("index"));
        println!("journal and keys {} MB, index {} MB", (tree_bytes(home.path()) - index) >> 20, index >> 20);
    }
}

#[test]
#[ignore = "a measurement, not a claim: run it alone, in release"]
fn durable_batches_against_bare_syncs() {
    let home = tempfile::tempdir().unwrap();
    let mut vault = Vault::create(&home.path().join("vault"), new(&recovery().public())).unwrap();
    let bare = Disk::open(&home.path().join("bare")).unwrap();
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for batch in 0..400_u64 {
        let writes: Vec<_> =
            (0..100_u64).map(|row| put(1, mix(batch * 100 + row).to_be_bytes(), vec![7; 1024])).collect();
        let start = Instant::now();
        vault.commit(writes).unwrap();
        ours.push(start.elapsed());
        let start = Instant::now();
        bare.append(FileId::Segment(1), &vec![7; 110 << 10]).unwrap();
        bare.sync(FileId::Segment(1)).unwrap();
        theirs.push(start.elapsed());
    }
    ours.sort_unstable();
    theirs.sort_unstable();
    println!("100 x 1 KiB: commit {:?}, bare append and sync {:?} (medians of 400)", ours[200], theirs[200]);
    println!("             p99 {:?}, {:?}", ours[396], theirs[396]);
    let total: Duration = ours.iter().sum();
    println!("             {:.0} puts a second", 40_000.0 / total.as_secs_f64());
}
