//! What organisations ask for and what they were shown: requests with their verdict, answers, shares, who knows what.

use std::collections::BTreeMap;

use sesame_api::vendor::{
    AnswerAsk, AskedField, Deleted, Knows, KnowsState, Need, No, Request, Requests, Share, Shares, Source, Stage,
    WhoKnows, Withdrawn,
};
use sesame_api::{Code, Problem};
use sesame_engine::records::{Name, schema};
use sesame_engine::shares::{self, Share as Row, ShareId};
use sesame_engine::{Decision, Outcome, Unreadable, View, facts, relations, vendors};
use sesame_protocol::letter::evidence::How;
use sesame_protocol::subject::Subject;
use sesame_protocol::terms::ask::Ask;
use sesame_protocol::terms::field::Field;
use sesame_protocol::terms::purpose::Purpose;
use sesame_protocol::terms::roster::Roster;
use sesame_protocol::terms::verdict::{self, Verdict};
use sesame_protocol::time::Timestamp;

use super::circle::{decide, unexpected};
use super::{hex, matching, moment, vendor};
use crate::app::App;
use crate::runtime::{VaultView, now};

/// What organisations ask for: what waits for me first, then the newest.
pub(crate) async fn requests(app: &App) -> Result<Requests, Problem> {
    let handle = app.open().await?;
    let read = handle.read(|view| {
        let mut all = shares::all(view)?;
        all.sort_by_key(|(_, share)| (share.stage != shares::Stage::Asked, std::cmp::Reverse(share.at)));
        all.iter().map(|(id, share)| request_among(view, &all, id, share)).collect::<Result<Vec<_>, _>>()
    });
    Ok(Requests { requests: read.await? })
}

/// What waits for my answer, the newest first.
pub(crate) async fn undecided(app: &App) -> Result<Requests, Problem> {
    listed(app, |share| share.stage == shares::Stage::Asked).await
}

/// All that one organisation ever asked for, the newest first.
pub(crate) async fn asked_by(app: &App, vendor: &str) -> Result<Requests, Problem> {
    let vendor = vendor::find(app, vendor).await?;
    listed(app, move |share| share.vendor == vendor).await
}

/// Some requests, the newest first. They suggest nothing, so that any page can ask.
async fn listed(app: &App, is_listed: impl Fn(&Row) -> bool + Send + 'static) -> Result<Requests, Problem> {
    let handle = app.open().await?;
    let read = handle.read(move |view| {
        let mut all = shares::all(view)?;
        all.sort_by_key(|(_, share)| std::cmp::Reverse(share.at));
        let listed = all.iter().filter(|(_, share)| is_listed(share));
        listed.map(|(id, share)| judged_of(view, &all, id, share)).collect::<Result<Vec<_>, _>>()
    });
    Ok(Requests { requests: read.await? })
}

/// One request.
pub(crate) async fn request(app: &App, text: &str) -> Result<Request, Problem> {
    let id = find(app, text, Sought::Request).await?;
    show(app, id, request_of).await
}

/// Answers a request: with what is given, or with the smaller answer and what is suggested for it.
pub(crate) async fn answer(app: &App, text: &str, ask: AnswerAsk) -> Result<Share, Problem> {
    let share = find(app, text, Sought::Request).await?;
    let request = show(app, share, request_of).await?;
    let values = if ask.values.is_empty() { smaller(&request)? } else { ask.values };
    let choice = shares::Choice::Offer {
        share,
        values,
        terms: ask.terms.unwrap_or_else(|| Roster::Base.id().to_owned()),
        retention_days: ask.retention_days.unwrap_or(request.smaller_days),
        remember: ask.remember,
    };
    decide_share(app, choice).await
}

/// The smaller answer: every field that is needed, with what I said before or what my readings say.
fn smaller(request: &Request) -> Result<BTreeMap<String, String>, Problem> {
    let mut values = BTreeMap::new();
    for asked in request.fields.iter().filter(|asked| request.smaller.contains(&asked.field)) {
        if asked.suggestion.is_empty() {
            return Err(Problem::new(Code::BadValue).with("name", &asked.field).with("why", "no-value"));
        }
        values.insert(asked.field.clone(), asked.suggestion.clone());
    }
    if values.is_empty() { Err(Problem::new(Code::Refused).with("reason", "nothing-needed")) } else { Ok(values) }
}

/// Says no.
pub(crate) async fn refuse(app: &App, text: &str) -> Result<Request, Problem> {
    let share = find(app, text, Sought::Request).await?;
    decide(app, Decision::Share(shares::Choice::Refuse { share })).await?;
    show(app, share, request_of).await
}

/// What was offered or shown, newest first.
pub(crate) async fn all(app: &App) -> Result<Shares, Problem> {
    let handle = app.open().await?;
    let read = handle.read(|view| {
        let mut all = shares::all(view)?;
        all.sort_by_key(|(_, share)| std::cmp::Reverse(share.offer.as_ref().map(|offer| offer.at)));
        all.iter().filter_map(|(id, share)| share_of(view, id, share).transpose()).collect::<Result<Vec<_>, _>>()
    });
    Ok(Shares { shares: read.await? })
}

/// One share.
pub(crate) async fn share(app: &App, text: &str) -> Result<Share, Problem> {
    let id = find(app, text, Sought::Share).await?;
    show(app, id, share_of).await?.ok_or_else(|| Problem::new(Code::NotFound))
}

/// The receipt of a share, signed by both: a file that stands alone.
pub(crate) async fn receipt(app: &App, text: &str) -> Result<String, Problem> {
    let id = find(app, text, Sought::Share).await?;
    let row = show(app, id, |_, _, share| Ok(share.clone())).await?;
    let offer = row.offer.filter(|offer| offer.received.is_some());
    offer.map(|offer| offer.receipt).ok_or_else(|| Problem::new(Code::NotFound).with("what", "receipt"))
}

/// Takes back what was agreed.
pub(crate) async fn withdraw(app: &App, text: &str) -> Result<Share, Problem> {
    let share = find(app, text, Sought::Share).await?;
    decide_share(app, shares::Choice::Withdraw { share }).await
}

/// What each organisation holds of me, as far as I know, by organisation and field.
pub(crate) async fn who_knows(app: &App) -> Result<WhoKnows, Problem> {
    let handle = app.open().await?;
    let read = handle.read(|view| {
        let mut rows = Vec::new();
        for (id, share) in shares::all(view)? {
            rows.extend(known(view, &id, &share)?);
        }
        Ok(rows)
    });
    let mut rows: Vec<Knows> = read.await?;
    rows.sort_by(|one, other| {
        let key = |row: &Knows| (row.vendor_name.to_lowercase(), row.vendor.clone(), row.field.clone());
        key(one).cmp(&key(other)).then(other.since.cmp(&one.since))
    });
    Ok(WhoKnows { rows })
}

async fn decide_share(app: &App, choice: shares::Choice) -> Result<Share, Problem> {
    let decided = decide(app, Decision::Share(choice)).await.map_err(|problem| match problem.code {
        // What expired is the request: nobody was invited.
        Code::Invitation => Problem::new(Code::NothingToDecide).with("reason", "lapsed"),
        _ => problem,
    });
    match decided? {
        Outcome::Share(id) => show(app, id, share_of).await?.ok_or_else(|| Problem::new(Code::NotFound)),
        other => Err(unexpected(&other)),
    }
}

async fn show<T: Send + 'static>(
    app: &App,
    id: ShareId,
    shown: impl FnOnce(&VaultView, &ShareId, &Row) -> Result<T, Unreadable> + Send + 'static,
) -> Result<T, Problem> {
    let handle = app.open().await?;
    let found = handle.read(move |view| match shares::one(view, &id)? {
        Some(row) => shown(view, &id, &row).map(Some),
        None => Ok(None),
    });
    found.await?.ok_or_else(|| Problem::new(Code::NotFound))
}

/// What somebody who gives a name means by it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sought {
    /// Something that an organisation asks for.
    Request,
    /// Something that it was offered or shown.
    Share,
}

impl Sought {
    fn is(self, share: &Row) -> bool {
        self == Self::Request || share.offer.is_some()
    }

    /// Whether there is still something to be done about it: a request is answered, a share may be taken back.
    fn is_open(self, share: &Row) -> bool {
        let is_over = matches!(share.stage, shares::Stage::Refused | shares::Stage::Lapsed) || share.deleted.is_some();
        match self {
            Self::Request => share.stage == shares::Stage::Asked,
            Self::Share => share.offer.is_some() && !is_over,
        }
    }
}

/// A request or share by id, by the beginning of its id, or by the organisation's name: the one that is open, or the newest
/// when none is.
async fn find(app: &App, text: &str, sought: Sought) -> Result<ShareId, Problem> {
    let wanted = text.trim().to_lowercase();
    let handle = app.open().await?;
    let read = handle.read(move |view| {
        let (mut open, mut newest, mut ids) = (Vec::new(), None, Vec::new());
        for (id, share) in shares::all(view)? {
            if sought.is(&share) && vendor_name(view, &share)?.to_lowercase() == wanted {
                if sought.is_open(&share) {
                    open.push(id);
                }
                newest = newest.max(Some((share.at, id)));
            }
            ids.push((name(&id), id));
        }
        let named = if open.is_empty() { newest.into_iter().map(|(_, id)| id).collect() } else { open };
        Ok((named, ids))
    });
    let (named, ids) = read.await?;
    matching("request", text, named, &ids)
}

fn name(id: &ShareId) -> String {
    hex(id.request.as_bytes())
}

fn vendor_name(view: &dyn View, share: &Row) -> Result<String, Unreadable> {
    Ok(vendors::one(view, &share.vendor)?.map(|vendor| vendor.shown_name()).unwrap_or_default())
}

/// A request with what I could answer.
fn request_of(view: &VaultView, id: &ShareId, share: &Row) -> Result<Request, Unreadable> {
    request_among(view, &shares::all(view)?, id, share)
}

fn request_among(view: &VaultView, all: &[(ShareId, Row)], id: &ShareId, share: &Row) -> Result<Request, Unreadable> {
    let mut request = judged_of(view, all, id, share)?;
    let said: BTreeMap<String, facts::Fact> = facts::all(view)?.into_iter().collect();
    for asked in &mut request.fields {
        (asked.suggestion, asked.source) = match said.get(&asked.field) {
            Some(fact) => (fact.value.clone(), Source::Said),
            None => match super::insight::total_for(view, &asked.field, now())? {
                Some(total) => (total, Source::Readings),
                None => (String::new(), Source::None),
            },
        };
    }
    Ok(request)
}

/// A request, held against its purpose.
fn judged_of(view: &VaultView, all: &[(ShareId, Row)], id: &ShareId, share: &Row) -> Result<Request, Unreadable> {
    let asked = &share.asked;
    let before = shares::asked_before(all, id, share);
    let judged = judge(view, share, &before)?;
    let count = |need| u32::try_from(judged.count(need)).unwrap_or(u32::MAX);
    let fields = judged.fields.iter().map(|(field, finding)| AskedField {
        field: field.as_str().to_owned(),
        need: need(finding.need),
        before: finding.before.map(moment),
        identifies: field.known().is_some_and(|known| known.identifies),
        special: finding.is_special,
        suggestion: String::new(),
        source: Source::None,
    });
    Ok(Request {
        id: name(id),
        account: hex(id.relation.as_bytes()),
        vendor: hex(share.vendor.as_bytes()),
        vendor_name: vendor_name(view, share)?,
        at: moment(share.at),
        until: moment(share.until),
        stage: stage(share.stage),
        purpose: asked.purpose.clone(),
        why: asked.why.clone(),
        terms: asked.terms.clone(),
        terms_are_looser: !judged.uses.is_empty(),
        retention_days: asked.retention_days,
        retention_days_justified: judged.retention_days_max.unwrap_or(asked.retention_days),
        recipients: asked.recipients.clone(),
        fields: fields.collect(),
        needed: count(verdict::Need::Needed),
        excess: count(verdict::Need::Excess) + count(verdict::Need::Unknown),
        smaller: judged.smaller.fields.iter().map(|field| field.as_str().to_owned()).collect(),
        smaller_days: judged.smaller.retention_days,
        no: no(share),
    })
}

/// Holds a request against its purpose, in the market that the organisation serves if it serves one.
fn judge(view: &VaultView, share: &Row, before: &BTreeMap<String, Timestamp>) -> Result<Verdict, Unreadable> {
    let asked = &share.asked;
    let fields = asked.fields.iter().filter_map(|field| Field::parse(field).ok());
    let purpose = Purpose::parse(&asked.purpose).expect("a letter with another purpose is not read");
    let mut ask = Ask::new(purpose, fields, asked.retention_days).expect("a letter that asks for nothing is not read");
    let profile = vendors::one(view, &share.vendor)?.and_then(|vendor| vendor.read_profile());
    if let Some([market]) = profile.as_ref().map(|profile| profile.markets.as_slice()) {
        ask = ask.in_market(*market);
    }
    if let Ok(terms) = Roster::parse(&asked.terms) {
        ask = ask.under(terms);
    }
    let recipients = asked.recipients.iter().filter_map(|recipient| Subject::parse(recipient).ok());
    ask = ask.passed_to(recipients).expect("a letter with more recipients is not read");
    let earlier = before.iter().filter_map(|(field, at)| Some((Field::parse(field).ok()?, *at))).collect();
    Ok(verdict::verdict(&ask, &earlier))
}

fn share_of(view: &VaultView, id: &ShareId, share: &Row) -> Result<Option<Share>, Unreadable> {
    let Some(offer) = &share.offer else { return Ok(None) };
    let relation = relations::one(view, &id.relation)?;
    let waiting = match &relation {
        Some(relation) => vendor::waiting(view, &id.relation, relation, |letter| letter.re == Some(id.request))?,
        None => Vec::new(),
    };
    Ok(Some(Share {
        id: name(id),
        account: hex(id.relation.as_bytes()),
        vendor: hex(share.vendor.as_bytes()),
        vendor_name: vendor_name(view, share)?,
        stage: stage(share.stage),
        purpose: share.asked.purpose.clone(),
        terms: offer.terms.clone(),
        retention_days: offer.retention_days,
        values: offer.values.clone(),
        special: special_among(offer.values.keys()),
        offered: moment(offer.at),
        shown: offer.shown.map(moment),
        received: offer.received.map(moment),
        due: moment(offer.due),
        agreement: offer.agreement.to_cid(),
        no: no(share),
        withdrawn: share.withdrawn.as_ref().map(|ending| Withdrawn {
            at: moment(ending.at),
            told: ending.told.map(moment),
            deadline: moment(ending.deadline),
        }),
        deleted: share.deleted.as_ref().map(|deleted| Deleted {
            at: moment(deleted.at),
            how: match deleted.how {
                How::Dropped => "dropped".to_owned(),
                How::Erased => "erased".to_owned(),
            },
        }),
        overdue: share.is_overdue(now()),
        waiting,
    }))
}

/// The fields that are of a special category whatever they are shown for.
fn special_among<'a>(fields: impl Iterator<Item = &'a String>) -> Vec<String> {
    let is_special = |field: &&String| Name::parse(field).is_some_and(|name| schema::is_special(&name));
    fields.filter(is_special).cloned().collect()
}

fn known(view: &VaultView, id: &ShareId, share: &Row) -> Result<Vec<Knows>, Unreadable> {
    let Some((offer, shown)) = share.offer.as_ref().and_then(|offer| Some((offer, offer.shown?))) else {
        return Ok(Vec::new());
    };
    let state = match &share.withdrawn {
        _ if share.deleted.is_some() => KnowsState::Deleted,
        _ if share.is_overdue(now()) => KnowsState::Overdue,
        Some(ending) if ending.told.is_some() => KnowsState::Told,
        Some(_) => KnowsState::Withdrawn,
        None => KnowsState::Allowed,
    };
    let vendor_name = vendor_name(view, share)?;
    let knows = |(field, value): (&String, &String)| Knows {
        vendor: hex(share.vendor.as_bytes()),
        vendor_name: vendor_name.clone(),
        field: field.clone(),
        value: value.clone(),
        since: moment(shown),
        until: moment(offer.due),
        terms: offer.terms.clone(),
        purpose: share.asked.purpose.clone(),
        share: name(id),
        state,
    };
    Ok(offer.values.iter().map(knows).collect())
}

fn no(share: &Row) -> Option<No> {
    let no = share.no.clone()?;
    Some(No { mine: no.mine, reason: no.reason, alternative: no.alternative })
}

fn stage(stage: shares::Stage) -> Stage {
    match stage {
        shares::Stage::Asked => Stage::Asked,
        shares::Stage::Offered => Stage::Offered,
        shares::Stage::Agreed => Stage::Agreed,
        shares::Stage::Shared => Stage::Shared,
        shares::Stage::Refused => Stage::Refused,
        shares::Stage::Lapsed => Stage::Lapsed,
    }
}

fn need(need: verdict::Need) -> Need {
    match need {
        verdict::Need::Needed => Need::Needed,
        verdict::Need::Useful => Need::Useful,
        verdict::Need::Excess => Need::Excess,
        verdict::Need::Unknown => Need::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_names_what_it_shows_of_a_special_category() {
        let shown = ["email", "healthCondition", "religion", "blood_type", "R1", "x.y"].map(str::to_owned);
        assert_eq!(special_among(shown.iter()), ["healthCondition", "religion", "blood_type"]);
    }
}
