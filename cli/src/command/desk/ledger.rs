//! What a clerk reads: accounts, what was asked in them and how far that is, what is held and until when.

use sesame_api::desk::{Account, Accounts, Inbox, Request, Stage, Standing};
use sesame_api::words::Words;

use super::super::{day, moment, short, wording};
use super::called;
use crate::sheet::{Sheet, Tone};

/// A page of accounts.
pub(super) fn accounts(words: &Words, page: &Accounts) -> Sheet {
    if page.accounts.is_empty() {
        return Sheet::new().line(words.text("cli-desk-accounts-none"));
    }
    let header = ["cli-account", "cli-standing", "cli-since", "cli-visited", "cli-id"].map(|key| words.text(key));
    let rows = page.accounts.iter().map(|account| {
        vec![
            called(words, &account.name, &account.id),
            standing(words, account.standing),
            day(words, &account.since),
            account.visited.as_ref().map(|at| moment(words, at)).unwrap_or_default(),
            short(&account.id),
        ]
    });
    let sheet = Sheet::new().table(header.to_vec(), rows.collect(), &[]);
    let sheet = page.accounts.iter().fold(sheet, |sheet, account| pending(words, account, sheet));
    match &page.next {
        Some(next) => sheet.line(words.with("cli-desk-more", &[("id", next.into())])),
        None => sheet,
    }
}

/// One account, with all that was asked.
pub(super) fn account(words: &Words, account: &Account) -> Sheet {
    let visited = account.visited.as_ref().map_or_else(|| words.text("cli-desk-never"), |at| moment(words, at));
    let sheet = Sheet::new().title(called(words, &account.name, &account.id)).pairs([
        (words.text("cli-standing"), standing(words, account.standing)),
        (words.text("cli-since"), day(words, &account.since)),
        (words.text("cli-visited"), visited),
        (words.text("cli-id"), account.id.clone()),
    ]);
    let sheet = pending(words, account, sheet);
    account.requests.iter().fold(sheet, |sheet, request| one(words, request, sheet.gap()))
}

/// What has to be decided first, then what is held, the soonest end first.
pub(super) fn inbox(words: &Words, inbox: &Inbox) -> Sheet {
    let mut sheet = Sheet::new();
    if inbox.todo.is_empty() {
        sheet = sheet.line(words.text("cli-inbox-nothing"));
    }
    for request in &inbox.todo {
        sheet = one(words, request, sheet);
    }
    if inbox.held.is_empty() {
        return sheet.line(words.text("cli-inbox-holds-nothing"));
    }
    let header = ["cli-account", "cli-what", "cli-purpose", "cli-held-since", "cli-deleted-on", "cli-id"];
    let rows = inbox.held.iter().map(|request| {
        vec![
            called(words, &request.account_name, &request.account),
            wording::fields(words, request.values.keys()),
            wording::purpose(words, &request.purpose),
            request.held.as_ref().map(|at| day(words, at)).unwrap_or_default(),
            request.due.as_ref().map(|at| day(words, at)).unwrap_or_default(),
            short(&request.id),
        ]
    });
    sheet.gap().table(header.map(|key| words.text(key)).to_vec(), rows.collect(), &[])
}

/// One request: what was asked, how far it is, what is proffered, what is held.
fn one(words: &Words, request: &Request, sheet: Sheet) -> Sheet {
    let name = called(words, &request.account_name, &request.account);
    let (fields, purpose) = (wording::fields(words, &request.fields), wording::purpose(words, &request.purpose));
    let (at, id) = (day(words, &request.at), short(&request.id));
    let args = [
        ("account", (&name).into()),
        ("fields", (&fields).into()),
        ("purpose", (&purpose).into()),
        ("days", request.retention_days.into()),
        ("at", (&at).into()),
    ];
    let mut sheet = sheet
        .line(words.with("cli-desk-request", &args))
        .pairs([(words.text("cli-standing"), stage(words, request)), (words.text("cli-id"), id.clone())]);
    if request.stage == Stage::Proffered {
        let fields = wording::fields(words, &request.offered);
        let account = short(&request.account);
        let terms = request.terms.as_ref().map(|terms| wording::terms(words, terms)).unwrap_or_default();
        let args = [
            ("fields", (&fields).into()),
            ("terms", (&terms).into()),
            ("days", request.offered_days.unwrap_or_default().into()),
            ("id", (&id).into()),
            ("account", (&account).into()),
        ];
        sheet = sheet.toned(Tone::Warn, words.with("cli-desk-proffered", &args));
        sheet = sheet.line(format!("    {}", words.with("cli-desk-decide", &args)));
    }
    if !request.values.is_empty() {
        let values = request.values.iter().map(|(field, value)| (wording::field(words, field), value.clone()));
        let due = request.due.as_ref().map(|due| day(words, due)).unwrap_or_default();
        sheet = sheet.pairs(values).line(words.with("cli-desk-due", &[("until", (&due).into())]));
    }
    sheet
}

/// How far a request is, with why it is over when it is.
fn stage(words: &Words, request: &Request) -> String {
    let at = request.deleted.as_ref().map(|at| moment(words, at)).unwrap_or_default();
    let why = request.deleted_why.clone().unwrap_or_default();
    match request.stage {
        Stage::Asked => words.text("org-desk-stage-asked"),
        Stage::Proffered => words.text("org-desk-stage-proffered"),
        Stage::Agreed => words.text("org-desk-stage-agreed"),
        Stage::Held => words.text("org-desk-stage-held"),
        Stage::Refused if request.no_is_mine => words.text("org-desk-stage-refused-mine"),
        Stage::Refused => words.text("org-desk-stage-refused"),
        Stage::Ended if at.is_empty() => words.text("org-desk-stage-ended"),
        Stage::Ended => words.with("org-desk-deleted", &[("at", (&at).into()), ("why", (&why).into())]),
    }
}

fn standing(words: &Words, standing: Standing) -> String {
    words.text(match standing {
        Standing::Asked => "org-desk-account-asked",
        Standing::Open => "org-desk-account-open",
        Standing::Refused => "org-desk-account-refused",
        Standing::Missing => "org-desk-account-missing",
        Standing::Closed => "org-desk-account-closed",
    })
}

/// What an account waits for, and what would end it.
fn pending(words: &Words, account: &Account, mut sheet: Sheet) -> Sheet {
    let (name, id) = (called(words, &account.name, &account.id), short(&account.id));
    if account.standing == Standing::Missing {
        let missing = account.missing.iter().map(|field| format!("{} ({field})", wording::said(words, field)));
        let missing = missing.collect::<Vec<_>>().join(", ");
        let args = [("account", (&name).into()), ("fields", (&missing).into()), ("id", (&id).into())];
        sheet = sheet.toned(Tone::Warn, words.with("cli-desk-missing", &args));
    }
    if account.waiting > 0 {
        let args = [("account", (&name).into()), ("count", account.waiting.into())];
        sheet = sheet.toned(Tone::Warn, words.with("org-desk-waiting", &args));
    }
    sheet
}
