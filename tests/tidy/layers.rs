//! The layers: which crate may import which, and where the large foreign crates stop. It reads manifests and sources; the
//! compiler holds the rest.

use toml::{Table, Value};

use crate::Fault;
use crate::source;
use crate::tree::Text;

/// What the suites may import: everything but the binary, which they run.
const ALL: [&str; 8] = [
    "sesame-protocol",
    "sesame-vault",
    "sesame-engine",
    "sesame-import",
    "sesame-insight",
    "sesame-network",
    "sesame-api",
    "sesame-node",
];

/// The comparisons also drive the campaigns of the suites.
const PEERS: [&str; 9] = {
    let [protocol, vault, engine, import, insight, network, api, node] = ALL;
    [protocol, vault, engine, import, insight, network, api, node, "sesame-tests"]
};

/// Each crate's folder, its name, and the crates of this workspace that it may import.
const MAY_IMPORT: [(&str, &str, &[&str]); 11] = [
    ("protocol", "sesame-protocol", &[]),
    ("node/vault", "sesame-vault", &["sesame-protocol"]),
    ("node/engine", "sesame-engine", &["sesame-protocol"]),
    ("node/import", "sesame-import", &[]),
    ("node/insight", "sesame-insight", &[]),
    ("node/network", "sesame-network", &[]),
    ("node/api", "sesame-api", &[]),
    ("node", "sesame-node", ALL.split_at(7).0),
    ("cli", "sesame", &["sesame-api", "sesame-protocol", "sesame-node"]),
    ("tests", "sesame-tests", &ALL),
    ("tests/peers", "sesame-peers", &PEERS),
];

/// Foreign crates that one crate alone may know, with everything that begins like them.
const KEPT_IN: [(&str, &str); 5] =
    [("sled", "node/vault"), ("libp2p", "node/network"), ("quinn", "node/network"), ("axum", "node"), ("clap", "cli")];

/// Where a crate that only computes may not reach: no files, no sockets, no clock, no threads, no runtime.
const OUTSIDE: [&str; 12] = [
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "std::thread",
    "SystemTime",
    "Instant",
    "tokio",
    "libp2p",
    "sled",
    "getrandom",
    "OsRng",
];

/// The crates that only compute.
const PURE: [&str; 3] = ["protocol/src/", "node/engine/src/", "node/insight/src/"];

/// The command line's files that may know the node itself.
const KNOW_THE_NODE: [&str; 7] = [
    "cli/src/command/up",
    "cli/src/command/init",
    "cli/src/command/demo",
    "cli/src/command/backup",
    "cli/src/command/care",
    "cli/src/command/repair",
    "cli/src/command/rotate",
];

/// The command line's files that may know what two nodes agree on: what is checked without a node.
const KNOW_THE_PROTOCOL: [&str; 1] = ["cli/src/command/verify"];

/// Holds one manifest to the tables. `folder` is where it stands.
pub(crate) fn manifest(folder: &str, text: &str) -> Vec<Fault> {
    let path = format!("{folder}/Cargo.toml");
    let fault = |rule: String| Fault { path: path.clone(), line: 1, rule };
    let Some((_, name, allowed)) = MAY_IMPORT.iter().find(|(place, ..)| *place == folder) else {
        return vec![fault("is in no layer: add it to the table".to_owned())];
    };
    let Ok(table) = text.parse::<Table>() else { return vec![fault("cannot be read".to_owned())] };
    let mut faults = Vec::new();
    if table.get("package").and_then(|package| package.get("name")).and_then(Value::as_str) != Some(name) {
        faults.push(fault(format!("is not called `{name}`")));
    }
    for dependency in imports(&table) {
        if dependency.starts_with("sesame") && !allowed.contains(&dependency.as_str()) {
            faults.push(fault(format!("imports `{dependency}`, which is not below it")));
        }
        for (kept, home) in KEPT_IN {
            if dependency.starts_with(kept) && home != folder && !folder.starts_with("tests") {
                faults.push(fault(format!("knows `{dependency}`, which only {home} may")));
            }
        }
    }
    faults
}

/// Everything that a manifest depends on, for tests too.
fn imports(table: &Table) -> Vec<String> {
    let parts = ["dependencies", "dev-dependencies", "build-dependencies"];
    let tables = parts.iter().filter_map(|part| table.get(*part).and_then(Value::as_table));
    tables.flat_map(|table| table.keys().cloned()).collect()
}

/// Holds one source to its layer. What only tests a crate may read files, and look at what is above it.
pub(crate) fn check(path: &str, text: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    if path.ends_with("/tests.rs") || path.contains("/tests/") {
        return faults;
    }
    let text = text.split("\nmod tests {").next().unwrap_or(text);
    if PURE.iter().any(|folder| path.starts_with(folder)) {
        faults.extend(source::named(path, text, &OUTSIDE));
    }
    if path.starts_with("cli/") && !KNOW_THE_NODE.iter().any(|file| path.starts_with(file)) {
        faults.extend(source::named(path, text, &["sesame_node"]));
    }
    if path.starts_with("cli/") && !KNOW_THE_PROTOCOL.iter().any(|file| path.starts_with(file)) {
        faults.extend(source::named(path, text, &["sesame_protocol"]));
    }
    faults
}

/// The files below a folder that name a foreign crate in their code.
pub(crate) fn who_names<'t>(texts: &'t [Text], folder: &str, name: &str) -> Vec<&'t str> {
    let inside = texts.iter().filter(|text| text.path.starts_with(folder) && text.is("rs"));
    inside.filter(|text| knows(&text.text, name)).map(|text| text.path.as_str()).collect()
}

/// Whether a source names a foreign crate. A module of the same name hides it, but for `::name`.
fn knows(text: &str, name: &str) -> bool {
    let blank = source::blanked(text);
    let is_hidden = source::words(&blank, name).any(|at| blank[..at].trim_end().ends_with("mod"));
    source::words(&blank, name).any(|at| {
        let (before, after) = (blank[..at].trim_end(), blank[at + name.len()..].trim_start());
        let is_path = after.starts_with("::") || (after.starts_with(';') && before.ends_with("use"));
        let is_inner =
            before.strip_suffix("::").is_some_and(|root| root.ends_with(|sign: char| sign.is_alphanumeric()));
        is_path && !is_inner && (!is_hidden || before.ends_with("::"))
    })
}
