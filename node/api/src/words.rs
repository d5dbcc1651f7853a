//! The words of both languages: whole sentences in Fluent files, numbers and dates the way each language writes them.
//! What people read anywhere in Sésame comes from here; codes, JSON and identifiers never pass through.

mod amount;

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::types::FluentNumber;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::{LanguageIdentifier, langid};

use crate::node::Language;
use crate::{Code, Problem};

/// The files of one language: their names for error texts, and what they hold.
type Files = [(&'static str, &'static str); 13];

const ENGLISH: Files = [
    ("common", include_str!("../words/en/common.ftl")),
    ("errors", include_str!("../words/en/errors.ftl")),
    ("cli", include_str!("../words/en/cli.ftl")),
    ("page", include_str!("../words/en/page.ftl")),
    ("organisations", include_str!("../words/en/organisations.ftl")),
    ("desk", include_str!("../words/en/desk.ftl")),
    ("demo", include_str!("../words/en/demo.ftl")),
    ("terms", include_str!("../words/en/terms.ftl")),
    ("dealings", include_str!("../words/en/dealings.ftl")),
    ("webhook", include_str!("../words/en/webhook.ftl")),
    ("backups", include_str!("../words/en/backups.ftl")),
    ("records", include_str!("../words/en/records.ftl")),
    ("care", include_str!("../words/en/care.ftl")),
];
const FRENCH: Files = [
    ("common", include_str!("../words/fr/common.ftl")),
    ("errors", include_str!("../words/fr/errors.ftl")),
    ("cli", include_str!("../words/fr/cli.ftl")),
    ("page", include_str!("../words/fr/page.ftl")),
    ("organisations", include_str!("../words/fr/organisations.ftl")),
    ("desk", include_str!("../words/fr/desk.ftl")),
    ("demo", include_str!("../words/fr/demo.ftl")),
    ("terms", include_str!("../words/fr/terms.ftl")),
    ("dealings", include_str!("../words/fr/dealings.ftl")),
    ("webhook", include_str!("../words/fr/webhook.ftl")),
    ("backups", include_str!("../words/fr/backups.ftl")),
    ("records", include_str!("../words/fr/records.ftl")),
    ("care", include_str!("../words/fr/care.ftl")),
];

static WORDS_EN: LazyLock<Words> = LazyLock::new(|| Words::read(Language::En, &ENGLISH));
static WORDS_FR: LazyLock<Words> = LazyLock::new(|| Words::read(Language::Fr, &FRENCH));

/// Every fact that an error's words may use. One that a problem does not carry is given to the words as `absent`, so
/// that a sentence can choose a form that reads well without it. A fact under another name is simply not shown; `why`
/// is what a library or the system says, in its own English.
pub const FACTS: &[&str] = &[
    "address", "command", "contact", "count", "expected", "file", "found", "give", "kind", "known", "limit", "line",
    "looks", "name", "pid", "port", "reason", "seconds", "since", "status", "subject", "value", "what", "why",
];

/// Other names under which a fact may come, tried in this order when it is absent under its own.
const ALIASES: &[(&str, &[&str])] = &[
    ("count", &["known"]),
    ("file", &["path"]),
    ("limit", &["most", "limit_bytes"]),
    ("name", &["id", "field", "setting"]),
];

/// The words of one language. Cheap to pass round: there are two, both made once.
pub struct Words {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

/// Something that a sentence needs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Arg<'a> {
    /// Shown as it is. In a terminal it must have passed through [`crate::safe::Safe`] when somebody else wrote it.
    Text(&'a str),
    /// A whole number: grouped the way of the language, and the plural goes by it.
    Count(u64),
    /// A number with one decimal; for more, write it with [`Words::decimal`] and pass the text.
    Number(f64),
}

/// A problem in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// The stable code, such as `E0601`.
    pub code: &'static str,
    /// What happened: one clause without a full stop.
    pub what: String,
    /// Why it happened, or what it means.
    pub why: String,
    /// What to do about it.
    pub remedy: String,
}

impl Words {
    /// The words of a language.
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::En => &WORDS_EN,
            Language::Fr => &WORDS_FR,
        }
    }

    /// Which language these words are in.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The tag of the language for `lang="…"`: `en` or `fr`.
    pub fn tag(&self) -> &'static str {
        match self.language {
            Language::En => "en",
            Language::Fr => "fr",
        }
    }

    /// A sentence that needs nothing. A key that does not exist is shown itself, never a panic: a test holds that every
    /// key in the sources exists.
    pub fn text(&self, key: &str) -> String {
        self.say(key, None, None)
    }

    /// A sentence with what it needs.
    pub fn with(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        let args: FluentArgs<'_> = args.iter().map(|(name, value)| ((*name).to_owned(), value.to_fluent())).collect();
        self.say(key, None, Some(&args))
    }

    /// Whether there is a sentence under this key.
    pub fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    /// A problem in three parts. Clauses start in lower case and end without a full stop; [`sentence`] makes sentences
    /// of them. The limit of what is too large is shown as a size, a count as a number, every other fact as it is.
    pub fn problem(&self, problem: &Problem) -> Explained {
        let mut args = FluentArgs::with_capacity(FACTS.len());
        for name in FACTS {
            let shown = match fact(problem, name) {
                None => "absent".to_owned(),
                Some(given) if *name == "limit" && problem.code == Code::TooLarge => {
                    given.parse().map_or_else(|_| given.to_owned(), |count| self.bytes(count))
                }
                Some(given) if *name == "count" => {
                    given.parse().map_or_else(|_| given.to_owned(), |count| self.number(count))
                }
                Some(given) => given.to_owned(),
            };
            args.set(*name, shown);
        }
        let key = message_of(problem.code);
        Explained {
            code: problem.code.text(),
            what: self.say(&key, None, Some(&args)),
            why: self.say(&key, Some("why"), Some(&args)),
            remedy: self.say(&key, Some("remedy"), Some(&args)),
        }
    }

    fn read(language: Language, files: &Files) -> Self {
        const EN: LanguageIdentifier = langid!("en");
        const FR: LanguageIdentifier = langid!("fr");
        let mut bundle = FluentBundle::new_concurrent(vec![match language {
            Language::En => EN,
            Language::Fr => FR,
        }]);
        // Isolation marks are for sentences that mix writing directions; in a terminal they are junk.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match language {
            Language::En => |value, _| written(value, Language::En),
            Language::Fr => |value, _| written(value, Language::Fr),
        }));
        for (_, source) in files {
            // A test reads each file and names what is wrong in it; here what can be read is kept.
            let resource = match FluentResource::try_new((*source).to_owned()) {
                Ok(resource) | Err((resource, _)) => resource,
            };
            bundle.add_resource_overriding(resource);
        }
        Self { language, bundle }
    }

    fn say(&self, key: &str, attribute: Option<&str>, args: Option<&FluentArgs<'_>>) -> String {
        let message = self.bundle.get_message(key);
        let pattern = message.and_then(|message| match attribute {
            None => message.value(),
            Some(name) => message.get_attribute(name).map(|attribute| attribute.value()),
        });
        let Some(pattern) = pattern else { return key.to_owned() };
        let mut errors = Vec::new();
        self.bundle.format_pattern(pattern, args, &mut errors).into_owned()
    }
}

impl Arg<'_> {
    fn to_fluent(self) -> FluentValue<'static> {
        match self {
            Self::Text(text) => FluentValue::from(text.to_owned()),
            Self::Count(count) => FluentValue::from(count),
            Self::Number(number) => FluentValue::from(number),
        }
    }
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

impl From<u64> for Arg<'_> {
    fn from(count: u64) -> Self {
        Self::Count(count)
    }
}

impl From<u32> for Arg<'_> {
    fn from(count: u32) -> Self {
        Self::Count(u64::from(count))
    }
}

impl From<u8> for Arg<'_> {
    fn from(count: u8) -> Self {
        Self::Count(u64::from(count))
    }
}

impl From<f64> for Arg<'_> {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

/// The language that a person wants: what was said on the command line, then `SESAME_LANG`, then the locale
/// (`LC_ALL`, `LC_MESSAGES`, `LANG`: the first that is not empty, as POSIX has it). A name that is neither French nor
/// English gives English, except for the flag and `SESAME_LANG`, where it is passed over.
pub fn choose(flag: Option<&str>, variable: impl Fn(&str) -> Option<String>) -> Language {
    if let Some(language) = flag.and_then(language) {
        return language;
    }
    if let Some(language) = variable("SESAME_LANG").as_deref().and_then(language) {
        return language;
    }
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| variable(name).filter(|value| !value.is_empty()))
        .as_deref()
        .and_then(language)
        .unwrap_or_default()
}

/// The language that a tag or a locale names: `fr`, `fr-CA`, `fr_FR.UTF-8`, `en`, `en_GB`.
pub fn language(tag: &str) -> Option<Language> {
    let first = tag.split(['-', '_', '.', '@']).next().unwrap_or_default();
    match first.to_ascii_lowercase().as_str() {
        "fr" => Some(Language::Fr),
        "en" => Some(Language::En),
        _ => None,
    }
}

/// Every key of a language, attributes as `key.attribute`, in order. For tests.
pub fn keys(language: Language) -> Vec<String> {
    let files = match language {
        Language::En => &ENGLISH,
        Language::Fr => &FRENCH,
    };
    let mut keys: Vec<String> = files.iter().flat_map(|(_, source)| entries(source)).map(|entry| entry.key).collect();
    keys.sort();
    keys
}

/// A clause of [`Explained`] as a sentence: a capital, and a full stop unless it has an end of its own.
pub fn sentence(clause: &str) -> String {
    let mut signs = clause.chars();
    let first = signs.next().map(|sign| sign.to_uppercase().to_string()).unwrap_or_default();
    let end = if clause.ends_with(['.', '!', '?', '…']) || clause.is_empty() { "" } else { "." };
    format!("{first}{}{end}", signs.as_str())
}

/// A fact of a problem, under its own name or another that means the same. The file that brought nothing new is what
/// its problem is about, so there its name will do.
fn fact<'a>(problem: &'a Problem, name: &str) -> Option<&'a str> {
    let given = |name: &str| problem.facts.get(name).map(String::as_str).filter(|text| !text.is_empty());
    let others = ALIASES.iter().find(|(own, _)| *own == name).map_or(&[][..], |(_, others)| others);
    let found = given(name).or_else(|| others.iter().find_map(|name| given(name)));
    match (found, name, problem.code) {
        (None, "file", Code::NothingNew) => given("name"),
        (found, ..) => found,
    }
}

/// The key of the words of a code: `e0601` for `E0601`.
fn message_of(code: Code) -> String {
    code.text().to_ascii_lowercase()
}

/// A number in the writing of a language; everything else the way Fluent writes it.
fn written(value: &FluentValue<'_>, language: Language) -> Option<String> {
    let FluentValue::Number(FluentNumber { value, .. }) = value else { return None };
    let decimals = usize::from(value.fract() != 0.0);
    Some(amount::decimal(language, *value, decimals))
}

/// One message or attribute of a Fluent file, as far as the keys and the arguments go.
struct Entry {
    key: String,
    text: String,
}

/// The messages and attributes of a Fluent file by its layout: a message starts at the left margin, an attribute with a
/// full stop after blanks. Fluent's own parser reads the same files; a test holds that both find as many.
fn entries(source: &str) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut message = String::new();
    for line in source.lines() {
        if line.starts_with('#') {
            continue;
        }
        let begins = line.starts_with(|sign: char| sign.is_ascii_alphabetic());
        let attribute = line.trim_start().strip_prefix('.').filter(|_| line.starts_with(' '));
        let head = if begins { Some(line) } else { attribute };
        if let Some((name, text)) = head.and_then(|head| head.split_once('=')) {
            let key = if begins {
                name.trim().clone_into(&mut message);
                message.clone()
            } else {
                format!("{message}.{}", name.trim())
            };
            entries.push(Entry { key, text: text.trim().to_owned() });
        } else if let Some(last) = entries.last_mut() {
            last.text.push('\n');
            last.text.push_str(line.trim());
        }
    }
    entries
}

#[cfg(test)]
mod tests;
