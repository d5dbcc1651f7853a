//! The house rules that no compiler holds: sizes, names, layers, links, and a test behind every promise. Each check is a
//! function over text, and has a test here that shows it a planted fault: a check that cannot fail proves nothing.

#[path = "tidy/layers.rs"]
mod layers;
#[path = "tidy/papers.rs"]
mod papers;
#[path = "tidy/planted.rs"]
mod planted;
#[path = "tidy/source.rs"]
mod source;
#[path = "tidy/terms.rs"]
mod terms;
#[path = "tidy/tree.rs"]
mod tree;

use std::collections::BTreeSet;
use std::fmt;
use std::process::Command;

use tree::Text;

/// A rule that is broken, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) path: String,
    pub(crate) line: usize,
    pub(crate) rule: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.rule)
    }
}

/// Fails with the whole list: whoever repairs one wants to see the others.
fn none(faults: &[Fault]) {
    let list: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert!(faults.is_empty(), "{} faults\n{}", list.len(), list.join("\n"));
}

fn sources() -> Vec<Text> {
    tree::texts().into_iter().filter(|text| text.is("rs")).collect()
}

fn one(path: &str) -> String {
    std::fs::read_to_string(tree::top().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn every_source_is_of_a_size_and_says_what_it_is() {
    let faults: Vec<Fault> = sources().iter().flat_map(|text| source::check(&text.path, &text.text)).collect();
    none(&faults);
}

#[test]
fn every_source_stays_in_its_layer() {
    let faults: Vec<Fault> = sources().iter().flat_map(|text| layers::check(&text.path, &text.text)).collect();
    none(&faults);
}

#[test]
fn every_crate_imports_only_what_is_below_it() {
    let texts = tree::texts();
    let manifests = texts.iter().filter_map(|text| Some((text.path.strip_suffix("/Cargo.toml")?, &text.text)));
    let mut faults: Vec<Fault> = Vec::new();
    let mut count = 0;
    // The fuzz targets are a workspace of their own.
    for (folder, text) in manifests.filter(|(folder, _)| *folder != "tests/fuzz") {
        faults.extend(layers::manifest(folder, text));
        count += 1;
    }
    assert!(count >= 10, "only {count} manifests were found");
    none(&faults);
}

#[test]
fn the_engine_is_built_without_a_runtime_a_network_or_a_store() {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let tree = |package: &str| {
        let asked = ["tree", "--locked", "--offline", "--edges", "normal", "--prefix", "none", "--package", package];
        let answer = Command::new(&cargo).args(asked).current_dir(tree::top()).output().expect("cargo runs");
        assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
        String::from_utf8(answer.stdout).expect("cargo writes UTF-8")
    };
    let is = |line: &str, name: &str| line.split(' ').next().is_some_and(|word| word.split('-').next() == Some(name));
    let knows = |text: &str, name: &str| text.lines().any(|line| line.starts_with(name) || is(line, name));
    for package in ["sesame-protocol", "sesame-engine", "sesame-insight", "sesame-import"] {
        let text = tree(package);
        assert!(knows(&text, package), "{text}");
        for name in ["tokio", "libp2p", "sled", "axum"] {
            assert!(!knows(&text, name), "{package} is built with {name}");
        }
    }
    // The question itself can be answered with yes.
    assert!(knows(&tree("sesame-vault"), "sled") && knows(&tree("sesame-network"), "libp2p"));
}

#[test]
fn sled_is_named_in_one_file() {
    let sources = sources();
    assert_eq!(layers::who_names(&sources, "node/vault/src/", "sled"), ["node/vault/src/index/sled.rs"]);
}

#[test]
fn foreign_crates_stay_where_they_are_kept() {
    let sources = sources();
    for (name, home) in [
        ("libp2p", "node/network/"),
        ("sled", "node/vault/"),
        ("axum", "node/"),
        ("clap", "cli/"),
        ("quinn", "node/network/"),
    ] {
        let all = layers::who_names(&sources, "", name);
        assert!(all.iter().any(|path| path.starts_with(home)), "{name} is named nowhere");
        let strays: Vec<_> = all.iter().filter(|path| !path.starts_with(home) && !path.starts_with("tests/")).collect();
        assert!(strays.is_empty(), "{name} is named in {strays:?}");
    }
}

#[test]
fn nothing_tells_where_or_with_what_it_was_written() {
    let faults: Vec<Fault> = tree::texts().iter().flat_map(|text| papers::check(&text.path, &text.text)).collect();
    none(&faults);
}

#[test]
fn every_promise_has_a_test() {
    let tests: BTreeSet<String> = papers::tests(&tree::texts());
    none(&papers::unproven("docs/SECURITY.md", &one("docs/SECURITY.md"), &tests));
}

#[test]
fn every_link_leads_somewhere() {
    let top = tree::top();
    let texts = tree::texts();
    let pages = texts.iter().filter(|text| text.is("md"));
    let faults: Vec<Fault> =
        pages.flat_map(|text| papers::links(&text.path, &text.text, |place| papers::is_there(&top, place))).collect();
    none(&faults);
}

#[test]
fn the_readme_begins_with_the_two_commands() {
    none(&papers::readme(&one("README.md")));
}

#[test]
fn the_architecture_can_be_read_in_one_go() {
    let lines = one("docs/ARCHITECTURE.md").lines().count();
    assert!(lines <= papers::ARCHITECTURE_LINES_MAX, "{lines} lines");
}

#[test]
fn the_top_level_holds_only_what_belongs_there() {
    let strangers = tree::strangers(&tree::names());
    assert!(strangers.is_empty(), "{strangers:?}");
}
