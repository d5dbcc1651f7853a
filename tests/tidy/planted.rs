//! Faults that were planted on purpose, in small texts: every check must find its own, and must pass over what only
//! looks like it.

use std::collections::BTreeSet;

use crate::papers;
use crate::source::{self, FILE_LINES_MAX, FUNCTION_LINES_MAX};
use crate::tree::{self, Text};
use crate::{Fault, layers};

/// Whether a rule was found broken.
fn finds(faults: &[Fault], part: &str) -> bool {
    faults.iter().any(|fault| fault.rule.contains(part))
}

fn sound(path: &str, code: &str) -> Vec<Fault> {
    source::check(path, &format!("//! What it is.\n{code}"))
}

#[test]
fn comments_and_literals_are_no_code() {
    let text = r##"let a = "fn x() {"; // fn y() {
let b = r#"}" fn z"#; /* { /* { */ } */ let c: &'static str = 'q'; let d = b'{'; let e = '\''; let r#fn = "\"{";"##;
    let blank = source::blanked(text);
    assert_eq!(blank.lines().count(), 2);
    assert!(!blank.contains(['{', '}', '"']), "{blank}");
    for kept in ["let a =", "let b =", "&'static str", "let e ="] {
        assert!(blank.contains(kept), "{kept}: {blank}");
    }
}

#[test]
fn a_function_that_is_too_long_is_found_and_one_of_the_right_size_is_not() {
    let of = |lines: usize| {
        format!("fn long<T>(a: [u8; 3]) -> [u8; 2]\nwhere T: Copy {{\n{}}}\n", "    work();\n".repeat(lines - 3))
    };
    assert_eq!(sound("a/b.rs", &of(FUNCTION_LINES_MAX)), []);
    let faults = sound("a/b.rs", &of(FUNCTION_LINES_MAX + 1));
    assert!(finds(&faults, "`long` has 71 lines"), "{faults:?}");
    assert_eq!(faults[0].line, 2);
    let inside = format!("impl A {{\n{}}}", of(FUNCTION_LINES_MAX + 1));
    assert!(finds(&sound("a/b.rs", &inside), "`long`"));
    assert_eq!(sound("a/b.rs", "trait T { fn short(&self) -> [u8; 3]; }\ntype F = fn(u8) -> u8;"), []);
}

#[test]
fn a_file_that_is_too_long_or_says_nothing_is_found() {
    let body = |lines: usize| format!("//! What it is.\n{}", "\n".repeat(lines - 1));
    assert_eq!(source::check("a/b.rs", &body(FILE_LINES_MAX)), []);
    assert!(finds(&source::check("a/b.rs", &body(FILE_LINES_MAX + 1)), "601 lines"));
    assert!(finds(&source::check("a/b.rs", "// What it is.\n"), "no module doc"));
    assert_eq!(source::check("a/b/tests.rs", "use super::*;\n"), []);
}

#[test]
fn names_that_say_nothing_are_found() {
    assert!(finds(&sound("a/src/mod.rs", ""), "mod.rs"));
    for path in ["a/src/utils.rs", "a/src/types/one.rs", "a/helpers/b.rs"] {
        assert!(finds(&sound(path, ""), "says nothing"), "{path}");
    }
    assert!(finds(&sound("a/b.rs", "pub mod common;"), "`common`"));
    assert_eq!(sound("a/src/typeset.rs", "mod commonplace;\n// mod utils;\n"), []);
}

#[test]
fn globs_are_found_but_for_the_one_in_tests() {
    for code in ["use std::io::*;", "use a::{b,\n    c::*};", "use super::*;", "pub use x::*;"] {
        assert!(finds(&sound("a/b.rs", code), "a glob"), "{code}");
    }
    assert_eq!(sound("a/b.rs", "mod tests {\n    use super::*;\n}"), []);
    assert_eq!(sound("a/b/tests.rs", "use super::*;\nlet a = b * c;"), []);
    assert!(finds(&sound("a/b/tests.rs", "use crate::a::*;"), "a glob"));
}

#[test]
fn what_is_not_finished_is_found() {
    for parts in [["to", "do!()"], ["unimpl", "emented!(\"x\")"]] {
        assert!(finds(&sound("a/b.rs", &format!("fn a() {{ {} }}", parts.concat())), "not finished"));
    }
    let note = ["// TO", "DO: more"].concat();
    assert!(finds(&papers::check("a/b.rs", &note), "in words"));
    assert_eq!(papers::check("a/b.rs", "All that is left to do is in the list; MASTODONS."), []);
}

#[test]
fn machines_registries_and_typing_hands_are_found() {
    let texts = [["cd /wo", "rk/x"], ["(/ro", "ot)"], ["see index.crates", ".io"], ["Co-Authored", "-By: X"]];
    for text in texts.map(|parts| parts.concat()) {
        assert!(finds(&papers::check("docs/A.md", &text), "stands alone"), "{text}");
    }
    assert_eq!(papers::check("docs/A.md", "sesame/1/vault/root, ../workspace, /rooted, a co-author"), []);
}

#[test]
fn a_source_that_leaves_its_layer_is_found() {
    let pure = "protocol/src/a.rs";
    for code in [
        "use std::fs;",
        "use std::{collections::BTreeMap, net::TcpStream};",
        "let now = std::time::SystemTime::now();",
        "use tokio::sync::mpsc;",
        "std::thread::sleep(x);",
    ] {
        assert!(finds(&layers::check(pure, code), "names"), "{code}");
        assert_eq!(layers::check("node/vault/src/a.rs", code), [], "{code}");
    }
    let fine = "// std::fs\nuse crate::net;\nlet fs = 1;\nlet instant = \"Instant\";";
    assert_eq!(layers::check(pure, fine), []);
    let node = "let config = sesame_node::Config::load(home);";
    assert!(finds(&layers::check("cli/src/command/status.rs", node), "sesame_node"));
    for path in ["cli/src/command/up.rs", "cli/src/command/config/tests.rs"] {
        assert_eq!(layers::check(path, node), [], "{path}");
    }
    let protocol = "let receipt = sesame_protocol::receipt::Receipt::read_alone(text);";
    assert!(finds(&layers::check("cli/src/command/share.rs", protocol), "sesame_protocol"));
    assert_eq!(layers::check("cli/src/command/verify.rs", protocol), []);
    assert_eq!(layers::check("cli/src/command/config.rs", &format!("fn a() {{}}\nmod tests {{\n{node}\n}}")), []);
}

#[test]
fn a_manifest_that_imports_upwards_or_knows_too_much_is_found() {
    let of = |name: &str, rest: &str| format!("[package]\nname = \"{name}\"\n{rest}");
    let manifest = |folder: &str, name: &str, rest: &str| layers::manifest(folder, &of(name, rest));
    let engine = |rest: &str| manifest("node/engine", "sesame-engine", rest);
    assert_eq!(engine("[dependencies]\nsesame-protocol.workspace = true\nserde = \"1\""), []);
    assert!(finds(&engine("[dependencies]\nsesame-vault.workspace = true"), "not below"));
    assert!(finds(&engine("[dev-dependencies]\nsesame-node = { path = \"..\" }"), "not below"));
    assert!(finds(&engine("[dependencies]\nlibp2p-identity = \"0.2\""), "only node/network"));
    assert!(finds(&manifest("node", "sesame-node", "[dependencies]\nsled = \"1\""), "only node/vault"));
    assert!(finds(&manifest("node/extra", "sesame-extra", ""), "no layer"));
    assert!(finds(&manifest("cli", "sesame-cli", ""), "not called"));
}

#[test]
fn who_names_a_crate_is_found_in_code_alone() {
    let text = |path: &str, text: &str| Text { path: path.to_owned(), text: text.to_owned() };
    let texts = [
        text("v/src/a.rs", "use sled::Db;"),
        text("v/src/b.rs", "// sled::Db\nmod sledge; let s = \"sled::open\"; pub(crate) mod sled_like;"),
        text("v/src/c.rs", "let db = ::sled::open(path);"),
        text("v/src/d.rs", "mod sled;\npub use self::sled::Index; use sled::Lost;"),
        text("v/src/e.rs", "use crate::sled::Index;"),
        text("w/src/f.rs", "use sled;"),
    ];
    assert_eq!(layers::who_names(&texts, "v/src/", "sled"), ["v/src/a.rs", "v/src/c.rs"]);
    assert_eq!(layers::who_names(&texts, "w/", "sled"), ["w/src/f.rs"]);
}

#[test]
fn promises_without_a_test_are_found() {
    let code = "#[test]\nfn a_thing_holds() {}\nfn no_test() {}\n#[test]\n#[ignore = \"slow\"]\nfn left_out() {}\n\
        proptest! {\n#[test]\nfn any_holds(a in 0..3) {} }\n#[tokio::test(flavor = \"x\")]\nasync fn later_holds() {}";
    let tests = papers::tests(&[Text { path: "a.rs".to_owned(), text: code.to_owned() }]);
    assert_eq!(tests, BTreeSet::from(["a_thing_holds", "any_holds", "later_holds"].map(str::to_owned)));
    let table = |proof: &str| format!("| promise | threat | proof |\n| --- | --- | --- |\n| A | B | {proof} |\n");
    let faults = |proof: &str| papers::unproven("docs/S.md", &table(proof), &tests);
    assert_eq!(faults("`a_thing_holds`, `any_holds`"), []);
    assert!(finds(&faults("`no_test`"), "no test `no_test`"));
    assert!(finds(&faults("believe us"), "without a test"));
    assert!(finds(&papers::unproven("docs/S.md", "No table.", &tests), "no table"));
}

#[test]
fn links_that_lead_nowhere_are_found() {
    let there = |place: &str| ["docs/A.md", "README.md"].contains(&place);
    let page = "[a](A.md) [b](../README.md#top) [c](https://example.org/x) [d](#here)\n```\n[e](gone.md)\n```\n";
    assert_eq!(papers::links("docs/B.md", page, there), []);
    let faults = papers::links("docs/B.md", "one\n![f](home.png) [g](../../out.md)", there);
    assert_eq!(faults.iter().map(|fault| fault.line).collect::<Vec<_>>(), [2, 2]);
}

#[test]
fn a_readme_without_its_commands_is_found() {
    assert_eq!(papers::readme("# S\n`cargo run --release -- demo` and `tests/run`"), []);
    assert_eq!(papers::readme("# S\n`tests/run`").len(), 1);
    assert_eq!(papers::readme(&format!("{}cargo run --release -- demo, tests/run", "\n".repeat(60))).len(), 2);
}

#[test]
fn a_stranger_at_the_top_level_is_found() {
    let names = ["Cargo.toml", ".git", "protocol", "notes.txt", "src"].map(str::to_owned);
    assert_eq!(tree::strangers(&names), ["notes.txt", "src"]);
}
