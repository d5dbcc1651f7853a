use clap::CommandFactory;
use clap::error::ErrorKind;

use super::*;

fn parse(line: &str) -> Result<Cli, clap::Error> {
    Cli::try_parse_from(line.split_whitespace())
}

#[test]
fn the_command_line_is_sound() {
    Cli::command().debug_assert();
}

#[test]
fn every_command_has_two_sentences_and_an_example() {
    fn look(command: &clap::Command) {
        for command in command.get_subcommands() {
            let name = command.get_name();
            let long = command.get_long_about().unwrap_or_else(|| panic!("{name} has no long help")).to_string();
            let sentences = long.split_once("\n\n").unwrap_or_else(|| panic!("{name}: {long}")).1;
            let stops = sentences.matches(['.', ';']).count();
            assert!(stops >= 2, "{name}: {sentences}");
            let example = command.get_after_help().unwrap_or_else(|| panic!("{name} has no example")).to_string();
            assert!(example.contains("  sesame "), "{name}: {example}");
            look(command);
        }
    }
    look(&Cli::command());
}

#[test]
fn every_example_can_be_typed() {
    fn look(command: &clap::Command) {
        for command in command.get_subcommands() {
            let help = command.get_after_help().unwrap().to_string();
            let line = help.lines().nth(1).unwrap().split([';', '>', '<']).next().unwrap();
            let words = line
                .split('"')
                .enumerate()
                .flat_map(|(place, part)| if place % 2 == 1 { vec![part] } else { part.split_whitespace().collect() });
            Cli::try_parse_from(words).unwrap_or_else(|error| panic!("{line}: {error}"));
            look(command);
        }
    }
    look(&Cli::command());
}

#[test]
fn a_mark_beyond_a_hundred_is_refused() {
    assert_eq!(parse("sesame rate x --overall 101").unwrap_err().kind(), ErrorKind::ValueValidation);
    assert!(matches!(parse("sesame rate x --overall 100").unwrap().command, Some(Command::Rate(_))));
}

#[test]
fn words_cannot_be_both_the_same_and_different() {
    let error = parse("sesame contact verify Bob --same --different").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ArgumentConflict);
}

#[test]
fn no_option_takes_a_secret() {
    fn look(command: &clap::Command) {
        for arg in command.get_arguments() {
            let name = arg.get_long().unwrap_or_default();
            assert!(!["passphrase", "password", "words", "secret"].contains(&name), "{}", command.get_name());
            assert!(arg.get_env().is_none_or(|name| name == "SESAME_HOME"), "{}", command.get_name());
        }
        command.get_subcommands().for_each(look);
    }
    look(&Cli::command());
}

#[test]
fn globals_stand_anywhere() {
    let cli = parse("sesame data list --json --home /x --lang fr").unwrap();
    assert!(cli.global.json);
    assert_eq!(cli.global.home.as_deref(), Some(std::path::Path::new("/x")));
    assert_eq!(cli.global.lang.as_deref(), Some("fr"));
}
