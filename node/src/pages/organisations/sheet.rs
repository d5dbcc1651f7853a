//! One organisation: who it says it is, field by field and with whose word stands behind each, my accounts with it, and
//! what it has asked for.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use sesame_api::safe::Safe;
use sesame_api::vendor::{Account, AccountAnswerAsk, AccountStanding, BlockAsk, Request, SheetField, Stage, Vendor};
use sesame_api::words::Words;
use sesame_api::{Code, Problem};

use super::{account_state, asks_for, request_address, shown_name};
use crate::capability;
use crate::pages::attest::{self, Form, Said};
use crate::pages::form::PostedOpen;
use crate::pages::frame::{Frame, Room, Trouble, page, status_of};
use crate::pages::label::{self, Mark};
use crate::pages::picture::Picture;
use crate::pages::visit::{Open, Visit};

#[derive(Template)]
#[template(path = "organisation.html")]
pub(in crate::pages) struct Sheet {
    pub(in crate::pages) frame: Frame,
    pub(in crate::pages) vendor: Vendor,
    /// Accounts that are on their way or open.
    pub(in crate::pages) accounts: Vec<Shown>,
    /// Accounts that are over.
    pub(in crate::pages) ended: Vec<Shown>,
    pub(in crate::pages) requests: Vec<Line>,
    /// What I have said of it.
    pub(in crate::pages) said: Vec<Said>,
    pub(in crate::pages) form: Form,
}

/// An account, with what there is to see of it.
pub(in crate::pages) struct Shown {
    pub(in crate::pages) account: Account,
    pub(in crate::pages) mark: Mark,
    pub(in crate::pages) line: String,
    pub(in crate::pages) picture: Option<Picture>,
}

/// A request in one line.
pub(in crate::pages) struct Line {
    pub(in crate::pages) address: String,
    pub(in crate::pages) what: String,
    pub(in crate::pages) at: String,
    pub(in crate::pages) mark: Mark,
}

/// `GET /organisations/{id}`.
pub(in crate::pages) async fn show(Open(visit): Open, Path(id): Path<String>) -> Response {
    let made = async {
        let vendor = capability::vendor::one(&visit.app, &id).await?;
        view(&visit, vendor, None).await
    };
    visit.answer(made.await)
}

/// The sheet, with the form that was refused and what was wrong.
async fn view(visit: &Visit, vendor: Vendor, refused: Option<(Form, Trouble)>) -> Result<Response, Problem> {
    let mut frame = visit.room(Room::Organisations, "page-room-organisations").await?;
    frame.title = shown_name(visit.words, &vendor.name);
    frame.path = format!("/organisations/{}", vendor.id);
    let requests = capability::share::asked_by(&visit.app, &vendor.id).await?.requests;
    let requests = requests.iter().map(|request| Line::of(visit.words, request)).collect();
    let said = attest::about(visit, &vendor.id).await?;
    let mut sheet = Sheet { said, ..Sheet::of(frame, vendor, requests) };
    if let Some((form, trouble)) = refused {
        sheet.form = form;
        sheet.frame.trouble = Some(trouble);
    }
    Ok(page(&sheet))
}

/// `POST /organisations/{id}/attest`: says that something of what it says of itself is true.
pub(in crate::pages) async fn attest(Path(id): Path<String>, PostedOpen(posted): PostedOpen) -> Response {
    let visit = &posted.visit;
    let made = async {
        let vendor = capability::vendor::one(&visit.app, &id).await?;
        match attest::make(&posted, &vendor.id).await {
            Ok(said) => Ok(Visit::lead(&format!("/organisations/{}#said-{}", vendor.id, said.id))),
            Err((problem, field)) => {
                let form = Form::typed(visit.words, &vendor, &posted);
                let trouble = Trouble::of(visit.words, &problem, Some(field));
                let shown = visit.answer(view(visit, vendor, Some((form, trouble))).await);
                Ok((status_of(&problem), shown).into_response())
            }
        }
    };
    visit.answer(made.await)
}

impl Sheet {
    pub(in crate::pages) fn of(frame: Frame, mut vendor: Vendor, requests: Vec<Line>) -> Self {
        let form = Form::empty(frame.words, &vendor);
        let accounts = std::mem::take(&mut vendor.accounts).into_iter();
        let is_over = |shown: &Shown| {
            matches!(shown.account.standing, AccountStanding::Refused | AccountStanding::Closed)
                && shown.account.waiting.is_empty()
        };
        let (ended, accounts) = accounts.map(|account| Shown::of(frame.words, account)).partition(is_over);
        Self { frame, vendor, accounts, ended, requests, said: Vec::new(), form }
    }

    /// Who says that a field was checked, how, and until when.
    fn proof(&self, field: &SheetField) -> String {
        let words = self.frame.words;
        let said = |text: &Option<String>| Safe(text.as_deref().unwrap_or_default()).to_string();
        let until = words.day_of(&said(&field.until));
        let (name, how) = (said(&field.by), said(&field.how).trim_end_matches('.').to_owned());
        let args = [("name", (&name).into()), ("how", (&how).into()), ("until", (&until).into())];
        words.with("page-sheet-proof", &args)
    }

    /// Where the form of an attestation goes.
    fn attest_address(&self) -> String {
        format!("/organisations/{}/attest", self.vendor.id)
    }

    /// Whether an account is open or on its way, so that another would be a second one.
    fn has_account(&self) -> bool {
        self.accounts.iter().any(Shown::is_live)
    }
}

impl Shown {
    fn of(words: &Words, account: Account) -> Self {
        let (mark, line) = account_state(words, &account);
        let picture = account.door.as_ref().and_then(|door| Picture::of(&door.code));
        Self { account, mark, line, picture }
    }

    fn is_live(&self) -> bool {
        !matches!(self.account.standing, AccountStanding::Refused | AccountStanding::Closed)
    }

    fn is_asked(&self) -> bool {
        self.account.standing == AccountStanding::Asked
    }

    fn is_door(&self) -> bool {
        self.account.standing == AccountStanding::Door
    }

    /// The key of what happens next.
    fn next(&self) -> &'static str {
        match self.account.standing {
            AccountStanding::Door => "page-account-door-next",
            AccountStanding::Asked => "page-account-asked-next",
            AccountStanding::Open => "page-account-open-next",
            AccountStanding::Missing => "page-account-missing-next",
            AccountStanding::Refused => "page-account-refused-next",
            AccountStanding::Closed => "page-account-closed-next",
        }
    }
}

impl Line {
    pub(in crate::pages) fn of(words: &Words, request: &Request) -> Self {
        let has_offer = matches!(request.stage, Stage::Offered | Stage::Agreed | Stage::Shared);
        let address = if has_offer { format!("/who-knows/share/{}", request.id) } else { request_address(&request.id) };
        let at = words.day_of(&request.at);
        Self { address, what: asks_for(words, request), at, mark: label::stage(request.stage) }
    }
}

/// `POST /organisations/{id}/look`.
pub(in crate::pages) async fn look(Path(id): Path<String>, PostedOpen(posted): PostedOpen) -> Response {
    let made = capability::vendor::look(&posted.visit.app, &id).await;
    settle(&posted.visit, made.map(|vendor| (vendor.id, vendor.name)), "page-organisation-looking")
}

/// `POST /organisations/{id}/block`.
pub(in crate::pages) async fn block(Path(id): Path<String>, PostedOpen(posted): PostedOpen) -> Response {
    let blocked = posted.field("blocked") == "yes";
    let key = if blocked { "page-organisation-blocked" } else { "page-organisation-unblocked" };
    let made = capability::vendor::block(&posted.visit.app, &id, BlockAsk { blocked }).await;
    settle(&posted.visit, made.map(|vendor| (vendor.id, vendor.name)), key)
}

/// `POST /organisations/{id}/door`.
pub(in crate::pages) async fn door(Path(id): Path<String>, PostedOpen(posted): PostedOpen) -> Response {
    let visit = &posted.visit;
    let made = async {
        let door = capability::vendor::door(&visit.app, &id).await?;
        capability::vendor::account(&visit.app, &door.account).await
    };
    match made.await {
        Ok(account) => Visit::lead(&format!("/organisations/{}#account-{}", account.vendor, account.id)),
        Err(problem) => visit.failure(&problem),
    }
}

/// `POST /organisations/accounts/{id}/visit`.
pub(in crate::pages) async fn visit(Path(id): Path<String>, PostedOpen(posted): PostedOpen) -> Response {
    let made = capability::vendor::visit(&posted.visit.app, &id).await;
    settle(&posted.visit, made.map(|account| (account.vendor, account.vendor_name)), "page-account-visiting")
}

/// `POST /organisations/accounts/{id}/answer`.
pub(in crate::pages) async fn answer(Path(id): Path<String>, PostedOpen(posted): PostedOpen) -> Response {
    let (accept, key) = match posted.field("answer") {
        "accept" => (true, "page-account-accepted"),
        "refuse" => (false, "page-account-declined"),
        _ => return posted.visit.failure(&Problem::new(Code::BadValue).with("name", "answer")),
    };
    let made = capability::vendor::answer(&posted.visit.app, &id, AccountAnswerAsk { accept }).await;
    settle(&posted.visit, made.map(|account| (account.vendor, account.vendor_name)), key)
}

/// `POST /organisations/accounts/{id}/close`.
pub(in crate::pages) async fn close(Path(id): Path<String>, PostedOpen(posted): PostedOpen) -> Response {
    let made = capability::vendor::close(&posted.visit.app, &id).await;
    settle(&posted.visit, made.map(|account| (account.vendor, account.vendor_name)), "page-account-ended")
}

/// Back to the organisation, with one sentence about what was done.
fn settle(visit: &Visit, made: Result<(String, String), Problem>, key: &str) -> Response {
    match made {
        Ok((vendor, name)) => {
            let name = shown_name(visit.words, &name);
            visit.say(visit.words.with(key, &[("name", (&name).into())]));
            Visit::lead(&format!("/organisations/{vendor}"))
        }
        Err(problem) => visit.failure(&problem),
    }
}
