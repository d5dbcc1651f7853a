//! Organisations, accounts, requests and shares in every state, with one text wherever somebody else can write.

use std::collections::BTreeMap;

use sesame_api::circle::Waiting;
use sesame_api::desk::{self, Desk, DeskAttestation, Profile, ProfileField};
use sesame_api::node::{Language, State};
use sesame_api::records::{Dated, File, FindAsk, Hit, Kind, Record, Says, Version};
use sesame_api::safe::Safe;
use sesame_api::vendor::{
    Account, AccountStanding, AskedField, Attested, Deleted, Door, Fact, Knows, KnowsState, Need, No, Request, Share,
    SheetField, SheetStanding, Source, Stage, Vendor, Withdrawn,
};
use sesame_api::webhook::{self, Failed, Webhook};
use sesame_api::words::Words;

use crate::pages::frame::{Frame, Room};
use crate::pages::records::Form;

/// A moment in the far past, and one in the far future.
pub(super) const LONG_AGO: &str = "2020-01-01T00:00:00Z";
const FAR_AHEAD: &str = "2400-01-01T00:00:00Z";

/// How far an account can be.
pub(super) const STANDINGS: [AccountStanding; 6] = [
    AccountStanding::Door,
    AccountStanding::Asked,
    AccountStanding::Open,
    AccountStanding::Refused,
    AccountStanding::Missing,
    AccountStanding::Closed,
];

/// How far a request can be.
pub(super) const STAGES: [Stage; 6] =
    [Stage::Asked, Stage::Offered, Stage::Agreed, Stage::Shared, Stage::Refused, Stage::Lapsed];

/// The frame of an open page without a word to say.
pub(super) fn frame(language: Language, text: &str) -> Frame {
    Frame {
        words: Words::of(language),
        title: Safe(text).to_string(),
        room: Room::Organisations,
        path: "/organisations".to_owned(),
        token: "0".repeat(64),
        state: State::Open,
        fingerprint: "one two three".to_owned(),
        notice: None,
        trouble: None,
        decisions: 1,
        is_desk: false,
    }
}

/// An organisation with an account of every standing and a field of every kind.
pub(super) fn vendor(text: &str) -> Vendor {
    let field = |standing, by: Option<&str>, how: Option<&str>| SheetField {
        field: text.into(),
        value: if standing == SheetStanding::Missing { String::new() } else { text.into() },
        mandatory: true,
        standing,
        by: by.map(str::to_owned),
        how: how.map(str::to_owned),
        until: how.map(str::to_owned),
    };
    Vendor {
        id: "1".into(),
        name: text.into(),
        did: text.into(),
        since: text.into(),
        seen: Some(text.into()),
        blocked: false,
        sheet: vec![
            field(SheetStanding::Proven, Some(text), Some(text)),
            field(SheetStanding::Stated, Some(text), None),
            field(SheetStanding::Stated, None, None),
            field(SheetStanding::Missing, None, None),
        ],
        missing: vec![text.into()],
        subjects: vec![text.into()],
        markets: vec![text.into()],
        terms: vec![text.into()],
        uses: vec![text.into()],
        accounts: STANDINGS.map(|standing| account(text, standing)).into(),
    }
}

/// An account.
pub(super) fn account(text: &str, standing: AccountStanding) -> Account {
    Account {
        id: format!("{standing:?}"),
        vendor: "1".into(),
        vendor_name: text.into(),
        standing,
        missing: vec![text.into()],
        since: text.into(),
        message: text.into(),
        reference: text.into(),
        visited: Some(text.into()),
        next: Some(text.into()),
        waiting: vec![waiting(text)],
        door: (standing == AccountStanding::Door).then(|| Door {
            account: "1".into(),
            code: text.into(),
            expires: text.into(),
        }),
    }
}

fn waiting(text: &str) -> Waiting {
    Waiting { what: text.into(), why: text.into(), since: text.into(), until: text.into() }
}

/// A request with a field of every need and source.
pub(super) fn request(text: &str, stage: Stage) -> Request {
    let field = |name: &str, need, source| AskedField {
        field: name.into(),
        need,
        before: Some(text.into()),
        identifies: true,
        special: true,
        suggestion: text.into(),
        source,
    };
    Request {
        id: "1".into(),
        account: "1".into(),
        vendor: "1".into(),
        vendor_name: text.into(),
        at: text.into(),
        until: FAR_AHEAD.into(),
        stage,
        purpose: "quote".into(),
        why: text.into(),
        terms: "SD-BASE-ATP".into(),
        terms_are_looser: true,
        retention_days: 365,
        retention_days_justified: 90,
        recipients: vec![text.into(), text.into()],
        fields: vec![
            field("electricity_month_kwh", Need::Needed, Source::Readings),
            field("household_size", Need::Useful, Source::Said),
            field("religion", Need::Excess, Source::None),
            field(text, Need::Unknown, Source::None),
        ],
        needed: 1,
        excess: 2,
        smaller: vec!["electricity_month_kwh".into()],
        smaller_days: 90,
        no: (stage == Stage::Refused).then(|| No {
            mine: false,
            reason: text.into(),
            alternative: Some("SD-BASE-A".into()),
        }),
    }
}

/// A share that was taken back, as far as this says.
pub(super) fn share(text: &str, stage: Stage, ending: Option<KnowsState>) -> Share {
    let told = ending.filter(|state| *state != KnowsState::Withdrawn).map(|_| text.to_owned());
    Share {
        id: "1".into(),
        account: "1".into(),
        vendor: "1".into(),
        vendor_name: text.into(),
        stage,
        purpose: text.into(),
        terms: "SD-BASE".into(),
        retention_days: 30,
        values: BTreeMap::from([(text.to_owned(), text.to_owned())]),
        special: vec![text.to_owned()],
        offered: text.into(),
        shown: Some(text.into()),
        received: Some(text.into()),
        due: text.into(),
        agreement: text.into(),
        no: (stage == Stage::Refused).then(|| No { mine: false, reason: text.into(), alternative: None }),
        withdrawn: ending.map(|_| Withdrawn { at: text.into(), told, deadline: text.into() }),
        deleted: (ending == Some(KnowsState::Deleted)).then(|| Deleted { at: text.into(), how: text.into() }),
        overdue: ending == Some(KnowsState::Overdue),
        waiting: vec![waiting(text)],
    }
}

/// What two organisations know, in every state.
pub(super) fn known(text: &str) -> Vec<Knows> {
    let row = |(place, state): (usize, KnowsState)| Knows {
        vendor: place.min(1).to_string(),
        vendor_name: text.into(),
        field: text.into(),
        value: text.into(),
        since: text.into(),
        until: text.into(),
        terms: text.into(),
        purpose: text.into(),
        share: "1".into(),
        state,
    };
    KNOWN.into_iter().enumerate().map(row).collect()
}

/// How something that was shown can stand.
pub(super) const KNOWN: [KnowsState; 5] =
    [KnowsState::Allowed, KnowsState::Withdrawn, KnowsState::Told, KnowsState::Deleted, KnowsState::Overdue];

/// How a webhook may fare.
pub(super) const HOOKS: [webhook::State; 5] = [
    webhook::State::None,
    webhook::State::Idle,
    webhook::State::Sending,
    webhook::State::Failing,
    webhook::State::Gone,
];

/// A webhook that fares so.
pub(super) fn webhook(text: &str, state: webhook::State) -> Webhook {
    let said = || Some(text.to_owned());
    Webhook {
        state,
        url: said().filter(|_| state != webhook::State::None),
        since: said(),
        gone: said().filter(|_| state == webhook::State::Gone),
        waiting: 2,
        oldest: said(),
        taken: said().filter(|_| state == webhook::State::Sending),
        failed: Some(Failed { at: text.to_owned(), why: "redirect".into(), status: Some(302) }),
        tries: 9,
        tries_max: 10,
        next: said(),
        given_up: 1,
        dropped: 0,
        overlap: said(),
    }
}

/// An organisation behind its desk, and what it says of itself.
pub(super) fn own(text: &str) -> Desk {
    let said = DeskAttestation {
        field: text.into(),
        value: text.into(),
        by: text.into(),
        how: text.into(),
        until: text.into(),
    };
    let field = |name: &str, mandatory| ProfileField { field: name.into(), mandatory };
    Desk {
        name: text.into(),
        did: text.into(),
        link: text.into(),
        profile: Profile {
            name: text.into(),
            subjects: vec![text.into()],
            markets: vec![text.into()],
            terms: vec![text.into()],
            uses: vec![text.into()],
            fields: BTreeMap::from([("seat".to_owned(), text.to_owned()), ("website".to_owned(), text.to_owned())]),
        },
        published: true,
        missing: vec![text.into()],
        fields: vec![field("seat", true), field("tax_country", true), field("website", false)],
        attestations: vec![said],
    }
}

/// How far an account can be at a desk.
pub(super) const DESK_STANDINGS: [desk::Standing; 5] = [
    desk::Standing::Asked,
    desk::Standing::Open,
    desk::Standing::Refused,
    desk::Standing::Missing,
    desk::Standing::Closed,
];

/// An account at a desk, with a request of every kind.
pub(super) fn desk_account(text: &str, standing: desk::Standing) -> desk::Account {
    let stages = [
        (desk::Stage::Asked, None),
        (desk::Stage::Proffered, None),
        (desk::Stage::Agreed, None),
        (desk::Stage::Held, None),
        (desk::Stage::Refused, None),
        (desk::Stage::Ended, Some("withdrawn")),
        (desk::Stage::Ended, Some("due")),
        (desk::Stage::Ended, Some("closed")),
        (desk::Stage::Ended, None),
    ];
    desk::Account {
        id: "1".into(),
        name: text.into(),
        standing,
        missing: vec![text.into()],
        since: text.into(),
        visited: Some(text.into()),
        waiting: 2,
        requests: stages.map(|(stage, why)| desk_request(text, stage, why)).into(),
    }
}

/// A request at a desk.
pub(super) fn desk_request(text: &str, stage: desk::Stage, deleted_why: Option<&str>) -> desk::Request {
    let is_held = stage == desk::Stage::Held;
    desk::Request {
        id: format!("{stage:?}"),
        account: "1".into(),
        account_name: text.into(),
        agreement: Some(text.into()),
        fields: vec![text.into()],
        purpose: text.into(),
        retention_days: 30,
        at: text.into(),
        stage,
        offered: vec![text.into()],
        terms: Some(text.into()),
        offered_days: Some(20),
        values: if is_held { BTreeMap::from([(text.to_owned(), text.to_owned())]) } else { BTreeMap::new() },
        held: is_held.then(|| text.into()),
        due: is_held.then(|| text.into()),
        no: (stage == desk::Stage::Refused).then(|| text.into()),
        no_is_mine: false,
        deleted: deleted_why.map(|_| text.into()),
        deleted_why: deleted_why.map(str::to_owned),
    }
}

/// What I say of an organisation.
pub(super) fn attested(text: &str, ended: bool, changed: bool) -> Attested {
    Attested {
        id: "1".into(),
        vendor: "1".into(),
        vendor_name: text.into(),
        field: text.into(),
        value: text.into(),
        how: text.into(),
        at: text.into(),
        until: text.into(),
        ended,
        changed,
        code: text.into(),
    }
}

/// What I said of myself, and who asked for it.
pub(super) fn fact(text: &str, is_asked: bool) -> Fact {
    let asked = |text: &str| is_asked.then(|| text.to_owned());
    Fact {
        field: text.into(),
        value: text.into(),
        at: text.into(),
        asked_by: asked("1"),
        asked_by_name: asked(text),
        asked_at: asked(text),
    }
}

/// A search for something, and a form with something in it.
pub(super) fn search(text: &str) -> (FindAsk, Form) {
    let ask = FindAsk {
        words: text.into(),
        organisation: text.into(),
        from: Some(text.into()),
        to: Some(text.into()),
        special: true,
        ..FindAsk::default()
    };
    let form = Form {
        name: String::new(),
        kind: text.into(),
        text: text.into(),
        on: text.into(),
        organisation: text.into(),
        basis: text.into(),
        days: text.into(),
        says: text.into(),
        special: true,
    };
    (ask, form)
}

/// Something that was found.
pub(super) fn hit(kind: &str, text: &str) -> Hit {
    Hit {
        kind: kind.into(),
        name: text.into(),
        text: text.into(),
        organisation: text.into(),
        day: text.into(),
        special: true,
    }
}

/// A record with its history.
pub(super) fn record(text: &str) -> Record {
    let version = Version {
        text: text.into(),
        on: Some(text.into()),
        organisation: text.into(),
        basis: text.into(),
        dates: vec![Dated { what: text.into(), on: text.into() }],
        file: Some(File { name: text.into(), bytes: 9, blake3: text.into() }),
        says: Says::Organisation,
        says_name: Some(text.into()),
        at: text.into(),
        device: Some(text.into()),
        import: Some(text.into()),
        credential: Some(text.into()),
    };
    Record {
        name: text.into(),
        kind: Kind::Paper,
        property: Some(text.into()),
        special: true,
        day: text.into(),
        versions: 2,
        newest: version.clone(),
        earlier: vec![version],
    }
}
