use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use sesame_api::Code;
use sesame_api::node::Language;

use super::*;
use crate::sheet::Look;

/// A folder of its own, removed at the end.
struct Home(PathBuf);

impl Home {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("sesame-doctor-{}-{name}", std::process::id()));
        std::fs::create_dir_all(path.join("vault")).unwrap();
        for folder in [path.clone(), path.join("vault")] {
            std::fs::set_permissions(folder, PermissionsExt::from_mode(0o700)).unwrap();
        }
        Self(path)
    }

    fn look(&self) -> Vec<Check> {
        look::all(&self.0, Err(&Problem::new(Code::NoNode)))
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn of<'a>(checks: &'a [Check], name: &str) -> &'a Check {
    checks.iter().find(|check| check.about == name).unwrap()
}

#[test]
fn a_folder_that_others_can_read_fails() {
    let home = Home::new("modes");
    assert_eq!(of(&home.look(), "modes").result, Outcome::Ok);
    std::fs::set_permissions(home.0.join("vault"), PermissionsExt::from_mode(0o750)).unwrap();
    let checks = home.look();
    assert_eq!(of(&checks, "modes").result, Outcome::Fail);
    assert!(of(&checks, "modes").facts["file"].ends_with("vault"));
}

#[test]
fn a_wrong_setting_fails_with_its_name() {
    let home = Home::new("settings");
    std::fs::write(home.0.join("config.toml"), "page_port = \"x\"").unwrap();
    let checks = home.look();
    assert_eq!(of(&checks, "settings").result, Outcome::Fail);
    assert_eq!(of(&checks, "settings").facts["name"], "page_port");
}

#[test]
fn a_taken_port_fails() {
    let home = Home::new("port");
    let other = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = other.local_addr().unwrap().port();
    std::fs::write(home.0.join("config.toml"), format!("page_port = {port}")).unwrap();
    assert_eq!(of(&home.look(), "port").says, "taken");
    drop(other);
    assert_eq!(of(&home.look(), "port").says, "free");
}

#[test]
fn the_holder_of_a_lock_is_read_from_the_systems_table() {
    let table = "1: POSIX  ADVISORY  WRITE 9 00:1a:77 0 EOF\n2: FLOCK  ADVISORY  WRITE 4121 fe:01:1310 0 EOF\n\
                 2: -> FLOCK  ADVISORY  WRITE 5000 fe:01:1310 0 EOF\n";
    let device = rustix::fs::makedev(0xfe, 0x01);
    assert_eq!(look::holder(table, device, 1310), Some(4121));
    assert_eq!(look::holder(table, device, 131), None);
    assert_eq!(look::holder("", device, 1310), None);
}

#[test]
fn a_lock_that_somebody_holds_is_seen_without_taking_it() {
    if !std::path::Path::new("/proc/locks").exists() {
        eprintln!("skipped: this system has no /proc/locks");
        return;
    }
    let home = Home::new("lock");
    let path = home.0.join("vault/lock");
    let file = std::fs::File::create(&path).unwrap();
    assert_eq!(of(&home.look(), "lock").says, "free");
    file.try_lock().unwrap();
    assert_eq!(of(&home.look(), "lock").says, "silent");
    drop(file);
    std::fs::File::open(&path).unwrap().try_lock().unwrap();
}

#[test]
fn every_sentence_exists_and_every_fault_has_a_remedy() {
    let source = include_str!("look.rs");
    let mut seen = 0;
    let said = [
        ("home", vec!["none", "file", "foreign", "ok"]),
        ("modes", vec!["ok", "wide"]),
        ("vault", vec!["ok", "none"]),
        ("lock", vec!["free", "unknown", "held", "silent"]),
        ("settings", vec!["none", "ok", "wrong"]),
        ("node", vec!["long", "ok", "none", "foreign", "silent"]),
        ("version", vec!["ok", "other"]),
        ("port", vec!["served", "free", "taken"]),
        ("clock", vec!["early", "behind", "ok"]),
        ("disk", vec!["unknown", "full", "low", "ok"]),
    ];
    for (check, all) in said {
        for says in all {
            assert!(source.contains(&format!("\"{says}\"")), "{check}-{says} is never said");
            let key = key(&Check::new(check, Outcome::Ok, says));
            for language in [Language::En, Language::Fr] {
                assert!(Words::of(language).has(&key), "{key}");
            }
            let harmless = ["ok", "none", "free", "unknown", "held", "served"].contains(&says);
            assert!(harmless || Words::of(Language::Fr).has(&format!("{key}-remedy")), "{key}");
            seen += 1;
        }
    }
    assert!(seen > 25);
}

#[test]
fn the_report_says_how_it_ends_and_fills_every_gap() {
    let home = Home::new("report");
    for language in [Language::En, Language::Fr] {
        let report = Report { version: "0.1.0".into(), home: "/h".into(), checks: home.look() };
        let text = sheet(Words::of(language), &report).drawn(Look::default());
        assert!(!text.contains(['{', '$']), "{text}");
    }
}
