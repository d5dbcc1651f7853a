//! `sesame config`: the settings in `config.toml`, checked before they are written. A person's comments and order stay:
//! only the line of the setting changes. The node reads the file when it starts.

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Map, Value as Json, json};
use sesame_api::{Code, Problem};
use toml::{Table, Value};

use super::Context;
use crate::args::{Config, Setting};
use crate::sheet::Sheet;
use crate::{Result, home, problem};

/// A settings file larger than this is not one; the node holds the same.
const FILE_BYTES_MAX: u64 = 64 << 10;
/// The most addresses to listen on, and the longest one.
const LISTEN_MAX: usize = 16;
const ADDRESS_BYTES_MAX: usize = 256;
/// A week: longer than that is "never", which is 0.
const LOCK_MINUTES_MAX: i64 = 7 * 24 * 60;

const ALL: [Setting; 4] = [Setting::Language, Setting::PagePort, Setting::Listen, Setting::AutoLockMinutes];

/// Runs a command about settings.
pub(super) fn run(context: &Context, args: &Config) -> Result<()> {
    let path = context.home.join(home::SETTINGS);
    match args {
        Config::Get { key } => get(context, &path, *key),
        Config::Set { key, value } => set(context, &path, *key, value),
        Config::Edit => edit(context, &path),
    }
}

/// The settings of a file, checked one by one; none when there is no file.
pub(super) fn read(path: &Path) -> Result<Table> {
    parse(&text_of(path)?)
}

fn get(context: &Context, path: &Path, key: Option<Setting>) -> Result<()> {
    let table = read(path)?;
    let wanted: Vec<Setting> = ALL.into_iter().filter(|setting| key.is_none_or(|key| key == *setting)).collect();
    let values: Map<String, Json> =
        wanted.iter().map(|setting| (setting.name().to_owned(), setting.shown(&table))).collect();
    if context.output.is_json() {
        return context.output.value(&Json::Object(values));
    }
    let text = |value: &Json| match value {
        Json::String(text) => text.clone(),
        Json::Array(all) => all.iter().filter_map(Json::as_str).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    };
    let sheet = match key {
        Some(key) => Sheet::new().line(text(&values[key.name()])),
        None => Sheet::new().pairs(values.iter().map(|(name, value)| (name.clone(), text(value)))),
    };
    context.output.sheet(&sheet)
}

fn set(context: &Context, path: &Path, key: Setting, given: &[String]) -> Result<()> {
    let value = key.parse(given)?;
    let before = text_of(path)?;
    let mut table = parse(&before)?;
    table.insert(key.name().to_owned(), value.clone());
    let after = changed(&before, key.name(), &value, &table)?;
    home::make(&context.home)?;
    replace(path, &after)?;
    let answer = json!({ key.name(): key.shown(&table) });
    context.output.done(answer, |words, _: Json| words.with("cli-config-done", &[("setting", key.name().into())]))
}

fn edit(context: &Context, path: &Path) -> Result<()> {
    use std::io::IsTerminal;
    if context.no_input || !std::io::stdin().is_terminal() {
        return Err(problem::give("config edit", "sesame config set KEY VALUE"));
    }
    let before = text_of(path)?;
    home::make(&context.home)?;
    let copy = beside(path, "edit");
    std::fs::write(&copy, &before).map_err(|error| problem::disk(&copy, &error))?;
    let editor =
        ["VISUAL", "EDITOR"].into_iter().find_map(|name| std::env::var(name).ok().filter(|text| !text.is_empty()));
    let editor = editor.unwrap_or_else(|| "vi".to_owned());
    let mut parts = editor.split_whitespace();
    let program = parts.next().unwrap_or("vi");
    let ended = Command::new(program).args(parts).arg(&copy).status();
    let ended = ended.map_err(|error| problem::disk(Path::new(program), &error))?;
    let text = text_of(&copy)?;
    let good = if ended.success() { parse(&text).map(|_| ()) } else { Err(Problem::new(Code::Interrupted)) };
    // A copy that makes no sense is taken away too: the settings are as they were.
    let _ = std::fs::remove_file(&copy);
    good?;
    if text == before {
        context.output.tell(&context.words().text("cli-config-same"));
        return Ok(());
    }
    replace(path, &text)?;
    context.output.done(json!({ "changed": true }), |words, _: Json| words.text("cli-config-edited"))
}

impl Setting {
    /// The name in the file.
    fn name(self) -> &'static str {
        match self {
            Self::Language => "language",
            Self::PagePort => "page_port",
            Self::Listen => "listen",
            Self::AutoLockMinutes => "auto_lock_minutes",
        }
    }

    /// What would be right.
    fn form(self) -> &'static str {
        match self {
            Self::Language => "en | fr",
            Self::PagePort => "0 – 65535",
            Self::Listen => "/ip4/0.0.0.0/tcp/4001 …",
            Self::AutoLockMinutes => "0 – 10080",
        }
    }

    /// The value that a command line gives.
    fn parse(self, given: &[String]) -> Result<Value> {
        let wrong = || self.wrong(&given.join(" "));
        let value = match (self, given) {
            (Self::Listen, all) => Value::Array(all.iter().cloned().map(Value::String).collect()),
            (Self::Language, [one]) => Value::String(one.clone()),
            (Self::PagePort | Self::AutoLockMinutes, [one]) => Value::Integer(one.parse().map_err(|_| wrong())?),
            _ => return Err(wrong()),
        };
        if self.accepts(&value) { Ok(value) } else { Err(wrong()) }
    }

    /// Whether a value makes sense.
    fn accepts(self, value: &Value) -> bool {
        match (self, value) {
            (Self::Language, Value::String(tag)) => tag == "en" || tag == "fr",
            (Self::PagePort, Value::Integer(port)) => (0..=65_535).contains(port),
            (Self::AutoLockMinutes, Value::Integer(minutes)) => (0..=LOCK_MINUTES_MAX).contains(minutes),
            (Self::Listen, Value::Array(all)) => all.len() <= LISTEN_MAX && all.iter().all(is_address),
            _ => false,
        }
    }

    /// The value in the file, or the one that the node takes when the file says nothing.
    fn shown(self, table: &Table) -> Json {
        match table.get(self.name()) {
            Some(Value::String(text)) => json!(text),
            Some(Value::Integer(number)) => json!(number),
            Some(Value::Array(all)) => json!(all.iter().filter_map(Value::as_str).collect::<Vec<_>>()),
            _ => self.usual(),
        }
    }

    /// What the node takes when nothing was set; a test holds it against the node's own.
    fn usual(self) -> Json {
        match self {
            Self::Language => json!("en"),
            Self::PagePort => json!(7373),
            Self::Listen => json!(["/ip4/0.0.0.0/tcp/0", "/ip4/0.0.0.0/udp/0/quic-v1"]),
            Self::AutoLockMinutes => json!(0),
        }
    }

    fn wrong(self, value: &str) -> Problem {
        Problem::new(Code::Setting).with("name", self.name()).with("value", value).with("give", self.form())
    }
}

/// Whether a value looks like a multiaddress; the node has the last word on it when it starts.
fn is_address(value: &Value) -> bool {
    value.as_str().is_some_and(|text| {
        let plain = text.bytes().all(|byte| byte.is_ascii_graphic());
        plain && text.len() <= ADDRESS_BYTES_MAX && text.starts_with('/') && text.split('/').count() >= 3
    })
}

/// The text of a file; empty when there is none.
fn text_of(path: &Path) -> Result<String> {
    match std::fs::metadata(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(String::new()),
        Err(error) => return Err(problem::disk(path, &error)),
        Ok(file) if file.len() > FILE_BYTES_MAX => {
            return Err(Problem::new(Code::TooLarge).with("file", path.display()).with("limit", FILE_BYTES_MAX));
        }
        Ok(_) => {}
    }
    std::fs::read_to_string(path).map_err(|error| problem::disk(path, &error))
}

/// Reads settings and checks every one of them: an unknown name is a mistake, not something to pass over.
fn parse(text: &str) -> Result<Table> {
    let table: Table =
        text.parse().map_err(|error: toml::de::Error| Problem::new(Code::Setting).with("why", error.message()))?;
    for (name, value) in &table {
        let known = ALL.into_iter().find(|setting| setting.name() == name);
        let Some(setting) = known else {
            let names = ALL.map(Setting::name).join(" | ");
            return Err(Problem::new(Code::Setting).with("name", name).with("reason", "unknown").with("give", names));
        };
        if !setting.accepts(value) {
            return Err(setting.wrong(&value.to_string()));
        }
    }
    Ok(table)
}

/// The text with one setting changed, line by line so that comments stay. Where that would not give what is wanted
/// (a list over several lines, say) the whole file is written anew.
fn changed(before: &str, name: &str, value: &Value, wanted: &Table) -> Result<String> {
    let line = format!("{name} = {value}");
    let is_it = |text: &str| text.split_once('=').is_some_and(|(left, _)| left.trim() == name);
    let mut lines: Vec<&str> = before.lines().collect();
    match lines.iter().position(|text| is_it(text)) {
        Some(place) => lines[place] = &line,
        None => lines.push(&line),
    }
    let text = lines.join("\n") + "\n";
    if parse(&text).is_ok_and(|table| table == *wanted) {
        return Ok(text);
    }
    toml::to_string(wanted).map_err(|error| Problem::new(Code::Failed).with("why", error))
}

/// Writes a file whole or not at all, a power cut included: a name that reached the disk before what it stands for would
/// leave an empty file, and the settings gone.
fn replace(path: &Path, text: &str) -> Result<()> {
    let new = beside(path, "new");
    let write = || {
        let mut file = File::create(&new)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        std::fs::rename(&new, path)?;
        // The home folder is absolute, so that there is a folder above the file.
        path.parent().map_or(Ok(()), |folder| File::open(folder)?.sync_all())
    };
    write().map_err(|error| problem::disk(path, &error))
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> [String; 1] {
        [text.to_owned()]
    }

    #[test]
    fn comments_and_order_stay_when_a_setting_changes() {
        let before = "# mine\npage_port = 7373 # the usual\nlanguage = \"fr\"\n";
        let value = Setting::PagePort.parse(&one("0")).unwrap();
        let mut wanted = parse(before).unwrap();
        wanted.insert("page_port".into(), value.clone());
        let after = changed(before, "page_port", &value, &wanted).unwrap();
        assert_eq!(after, "# mine\npage_port = 0\nlanguage = \"fr\"\n");
    }

    #[test]
    fn a_list_over_several_lines_is_replaced_whole() {
        let before = "listen = [\n  \"/ip4/127.0.0.1/tcp/1\",\n]\nlanguage = \"en\"\n";
        let value = Setting::Listen.parse(&one("/ip4/127.0.0.1/tcp/2")).unwrap();
        let mut wanted = parse(before).unwrap();
        wanted.insert("listen".into(), value.clone());
        let after = changed(before, "listen", &value, &wanted).unwrap();
        assert_eq!(parse(&after).unwrap(), wanted, "{after}");
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        for (setting, value) in [
            (Setting::Language, "de"),
            (Setting::PagePort, "65536"),
            (Setting::PagePort, "-1"),
            (Setting::AutoLockMinutes, "soon"),
            (Setting::AutoLockMinutes, "10081"),
            (Setting::Listen, "0.0.0.0:4001"),
            (Setting::Listen, "/ip4/\u{1b}/tcp"),
        ] {
            let problem = setting.parse(&one(value)).unwrap_err();
            assert_eq!(problem.code.exit(), 2, "{value}");
            assert_eq!(problem.facts["name"], setting.name());
        }
        assert!(Setting::Language.parse(&[]).is_err());
        assert_eq!(Setting::Listen.parse(&[]).unwrap(), Value::Array(Vec::new()));
    }

    #[test]
    fn what_was_never_set_is_shown_as_the_node_takes_it() {
        let node = sesame_node::Config::new(Path::new("/x"));
        let shown = ALL.map(|setting| setting.shown(&Table::new()));
        let taken = [json!(node.language), json!(node.page_port), json!(node.listen), json!(node.auto_lock_minutes)];
        assert_eq!(shown, taken);
    }

    #[test]
    fn settings_are_replaced_whole_and_nothing_is_left_beside_them() {
        let folder = std::env::temp_dir().join(format!("sesame-config-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join(home::SETTINGS);
        replace(&path, "language = \"fr\" # a longer text\n").unwrap();
        replace(&path, "page_port = 0\n").unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "page_port = 0\n");
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
        assert!(replace(&folder.join("none/config.toml"), "").is_err());
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn an_unknown_name_in_the_file_is_a_problem() {
        assert_eq!(parse("pageport = 1").unwrap_err().facts["name"], "pageport");
        assert_eq!(parse("language = 3").unwrap_err().facts["name"], "language");
        assert!(parse("not toml").is_err());
        assert!(parse("").unwrap().is_empty());
    }
}
