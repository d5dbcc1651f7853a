//! The stage of a market: what people and clerks do in one line each.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use futures::executor::block_on;
use harness::world::World;
use serde_json::Value;
use sesame_engine::desk::webhook::{Address, Next, Outcome as Sent, Webhook};
use sesame_engine::desk::{self, Account, Change, Held, Request, Store as _, Task, Undone};
use sesame_engine::profile::{self, Draft};
use sesame_engine::relations::{self, Relation};
use sesame_engine::shares::{self, Share, ShareId};
use sesame_engine::view::Memory;
use sesame_engine::{Decision, Outcome, Refusal, vendors};
use sesame_protocol::document::MANDATORY;
use sesame_protocol::door::Door;
use sesame_protocol::letter::evidence::{AccountRequest, DataRequest};
use sesame_protocol::relation::RelationId;

pub(crate) fn minutes(count: u64) -> Duration {
    Duration::from_mins(count)
}

pub(crate) fn hours(count: u64) -> Duration {
    Duration::from_hours(count)
}

pub(crate) fn days(count: u64) -> Duration {
    Duration::from_hours(24 * count)
}

pub(crate) fn request() -> AccountRequest {
    AccountRequest { message: "Welcome.".to_owned(), reference: "C-1".to_owned() }
}

pub(crate) fn data_request(fields: &[&str], retention_days: u32) -> DataRequest {
    DataRequest {
        fields: fields.iter().map(|field| (*field).to_owned()).collect(),
        purpose: "quote".to_owned(),
        why: String::new(),
        retention_days,
        recipients: Vec::new(),
        terms: "SD-BASE".to_owned(),
        nonce: [0; 16],
    }
}

/// People first, organisations behind them.
pub(crate) struct Market {
    pub(crate) world: World,
    /// What each person shows, when it is not something else for each desk.
    pub(crate) values: Vec<String>,
}

impl Market {
    /// A market whose organisations say all that is mandatory.
    pub(crate) fn open(seed: u64, people: usize, desks: usize) -> Self {
        let mut market = Self { world: World::market(seed, people, desks), values: Vec::new() };
        for desk in people..people + desks {
            market.publish(desk, &[]);
        }
        market
    }

    /// An organisation says all that is mandatory, but for these fields.
    pub(crate) fn publish(&mut self, desk: usize, without: &[&str]) {
        let fields = MANDATORY.iter().filter(|field| !without.contains(field));
        let draft = Draft {
            name: "Organisation".to_owned(),
            subjects: Vec::new(),
            markets: vec!["04.5.1".to_owned()],
            terms: vec!["SD-BASE".to_owned()],
            uses: vec!["quote".to_owned()],
            fields: fields.map(|field| ((*field).to_owned(), format!("{field} of an organisation"))).collect(),
        };
        self.world.decide(desk, Decision::Profile(profile::Choice::Publish(draft))).unwrap();
    }

    /// A person keeps an organisation by its link, makes a door, and the organisation opens it.
    fn opened(&mut self, person: usize, desk: usize) -> RelationId {
        let code = profile::link(&self.world.peers[desk].memory).unwrap().unwrap();
        self.world.decide(person, Decision::Vendor(vendors::Choice::Add { code, name: String::new() })).unwrap();
        let vendor = self.world.peers[desk].id;
        let made = self.world.decide(person, Decision::Relation(relations::Choice::Door { vendor })).unwrap();
        let Outcome::Opened(opened) = made else { panic!("a door was asked for") };
        let door = Door::parse(&opened.code).unwrap();
        self.world.clerk(desk, |store, desk, now, rng| {
            block_on(desk::open(store, desk, &door, ("Somebody", request()), now, rng)).unwrap();
        });
        opened.relation
    }

    /// An organisation wants its own system told what happens.
    pub(crate) fn listen(&mut self, desk: usize) {
        let address = Address::parse("https://volta.example/hook").unwrap();
        self.world.clerk(desk, |store, _, now, rng| {
            let (_, (_, writes)) = store.with(|memory| Webhook::load(memory).unwrap()).set(address, now, rng);
            store.with(|memory| memory.commit(writes));
        });
    }

    /// All that it is told, taken as it comes.
    pub(crate) fn told(&mut self, desk: usize) -> Vec<Value> {
        self.world.clerk(desk, |store, _, now, _| {
            let take = |memory: &mut Memory| {
                let Next::Send(due) = Webhook::load(memory).unwrap().next(memory, now).unwrap() else { return None };
                let settled = Webhook::load(memory).unwrap().settle(&due, Sent::Taken, memory, now);
                memory.commit(settled.unwrap().unwrap().1);
                Some(serde_json::from_str(&due.message.body).unwrap())
            };
            std::iter::from_fn(|| store.with(take)).collect()
        })
    }

    pub(crate) fn account_without_answer(&mut self, person: usize, desk: usize) -> RelationId {
        let account = self.opened(person, desk);
        self.look(person, &account);
        account
    }

    /// An open account.
    pub(crate) fn account(&mut self, person: usize, desk: usize) -> RelationId {
        let account = self.account_without_answer(person, desk);
        self.accept(person, &account).unwrap();
        self.world.run(minutes(1));
        account
    }

    fn accept(&mut self, person: usize, account: &RelationId) -> Result<Outcome, Refusal> {
        let choice = relations::Choice::Answer { relation: *account, accept: true };
        self.world.decide(person, Decision::Relation(choice))
    }

    /// An open account, however long it takes.
    pub(crate) fn account_in_the_end(&mut self, person: usize, desk: usize) -> RelationId {
        let account = self.opened(person, desk);
        for _ in 0..500 {
            if self.relation(person, &account).standing == relations::Standing::Asked {
                self.accept(person, &account).unwrap();
            }
            let is_open = self.desk_account(desk, &account).standing == desk::Standing::Open;
            if is_open && self.relation(person, &account).standing == relations::Standing::Open {
                return account;
            }
            self.world.run(hours(1));
        }
        panic!("the account was never opened: {:?}", self.relation(person, &account));
    }

    /// Somebody says that the seat of an organisation is true, and the organisation shows it.
    pub(crate) fn attest(&mut self, author: usize, desk: usize) -> usize {
        let vendor = self.world.peers[desk].id;
        if author != desk {
            self.keep(author, desk, "");
            self.world.run(minutes(1));
            let (field, how) = ("seat".to_owned(), "Went there.".to_owned());
            let choice = profile::Choice::Attest { vendor, field, how, days: 300 };
            let Outcome::Attested(code) = self.world.decide(author, Decision::Profile(choice)).unwrap() else {
                panic!("an attestation was asked for")
            };
            self.world.decide(desk, Decision::Profile(profile::Choice::Attach { code })).unwrap();
        }
        author
    }

    /// Somebody keeps an organisation, under a name of their own or none.
    pub(crate) fn keep(&mut self, who: usize, desk: usize, name: &str) {
        let code = profile::link(&self.world.peers[desk].memory).unwrap().unwrap();
        let choice = vendors::Choice::Add { code, name: name.to_owned() };
        self.world.decide(who, Decision::Vendor(choice)).unwrap();
        self.world.run(minutes(1));
    }

    /// Who an organisation says it is, as a person sees it.
    pub(crate) fn sheet(&self, person: usize, desk: usize) -> Vec<vendors::Judged> {
        let memory = &self.world.peers[person].memory;
        let vendor = vendors::one(memory, &self.world.peers[desk].id).unwrap().unwrap();
        vendors::judge(memory, &vendor, self.world.now).unwrap()
    }

    /// The person's node visits now.
    pub(crate) fn look(&mut self, person: usize, account: &RelationId) {
        let choice = relations::Choice::Look { relation: *account };
        self.world.decide(person, Decision::Relation(choice)).unwrap();
        self.world.run(minutes(1));
    }

    pub(crate) fn work(&mut self, desk: usize, account: &RelationId, task: Task) -> Result<(), Undone> {
        self.world.clerk(desk, |store, desk, now, rng| block_on(desk::act(store, desk, account, task, now, rng)))
    }

    pub(crate) fn ask(&mut self, desk: usize, account: &RelationId, fields: &[&str], days: u32) {
        let mut asked = data_request(fields, days);
        asked.nonce = self.world.chance();
        self.work(desk, account, Task::Ask(asked)).unwrap();
    }

    /// A desk that does not play fair writes that it deleted what it was never shown.
    pub(crate) fn lie(&mut self, desk: usize, account: &RelationId) {
        self.world.clerk(desk, |store, _, now, _| {
            let (before, version) = block_on(store.load(account)).unwrap().unwrap();
            let mut after = before.clone();
            after.requests[0].held = Some(Held { values: BTreeMap::new(), at: now, due: now });
            block_on(store.commit(Some((&before, version)), &after, &Change::default())).unwrap();
        });
        self.work(desk, account, Task::Due).unwrap();
    }

    /// What is due at a desk is deleted.
    pub(crate) fn sweep(&mut self, desk: usize) {
        let now = self.world.now;
        for (at, account, _) in desk::due(&self.world.peers[desk].memory, 100).unwrap() {
            if at <= now {
                self.work(desk, &account, Task::Due).unwrap();
            }
        }
    }

    pub(crate) fn offer(
        &mut self,
        person: usize,
        share: ShareId,
        values: &[(&str, &str)],
        terms: &str,
        days: u32,
    ) -> Result<Outcome, Refusal> {
        let values: BTreeMap<_, _> =
            values.iter().map(|(field, value)| ((*field).to_owned(), (*value).to_owned())).collect();
        let (terms, remember) = (terms.to_owned(), false);
        let choice = shares::Choice::Offer { share, values, terms, retention_days: days, remember };
        self.world.decide(person, Decision::Share(choice))
    }

    /// An account in which a request has come and waits for an answer.
    pub(crate) fn asked(&mut self, person: usize, desk: usize, fields: &[&str], days: u32) -> (RelationId, ShareId) {
        let account = self.account(person, desk);
        self.ask(desk, &account, fields, days);
        self.look(person, &account);
        let (share, asked) = self.share(person, &account);
        assert_eq!(asked.stage, shares::Stage::Asked);
        (account, share)
    }

    /// Something that was shown.
    pub(crate) fn shared(&mut self, person: usize, desk: usize, values: &[(&str, &str)], days: u32) -> RelationId {
        let fields: Vec<_> = values.iter().map(|(field, _)| *field).collect();
        let (account, share) = self.asked(person, desk, &fields, days);
        self.offer(person, share, values, "SD-BASE", days).unwrap();
        self.world.run(minutes(1));
        assert_eq!(self.share(person, &account).1.stage, shares::Stage::Shared);
        account
    }

    /// Lets time pass until a share is where it should be.
    pub(crate) fn until(&mut self, person: usize, account: &RelationId, what: &str, is_there: impl Fn(&Share) -> bool) {
        for _ in 0..500 {
            let shares = shares::of(&self.world.peers[person].memory, account).unwrap();
            if shares.first().is_some_and(|(_, share)| is_there(share)) {
                return;
            }
            self.world.run(hours(1));
        }
        panic!("not {what}: {:?}", shares::of(&self.world.peers[person].memory, account));
    }

    pub(crate) fn relation(&self, person: usize, account: &RelationId) -> Relation {
        relations::one(&self.world.peers[person].memory, account).unwrap().unwrap()
    }

    pub(crate) fn share(&self, person: usize, account: &RelationId) -> (ShareId, Share) {
        let mut shares = shares::of(&self.world.peers[person].memory, account).unwrap();
        assert_eq!(shares.len(), 1);
        shares.remove(0)
    }

    pub(crate) fn desk_account(&self, desk: usize, account: &RelationId) -> Account {
        desk::load(&self.world.peers[desk].memory, account).unwrap().unwrap().0
    }

    pub(crate) fn desk_request(&self, desk: usize, account: &RelationId) -> Request {
        let mut account = self.desk_account(desk, account);
        assert_eq!(account.requests.len(), 1);
        account.requests.remove(0)
    }

    /// Whether a text stands anywhere in what a node stores.
    pub(crate) fn is_on_disk(&self, peer: usize, text: &str) -> bool {
        let rows = self.world.peers[peer].memory.rows();
        rows.into_iter().any(|(_, value)| value.windows(text.len()).any(|window| window == text.as_bytes()))
    }

    /// Each person opens an account at a desk, is asked and answers, all at the same moments.
    pub(crate) fn deal(&mut self, pairs: &[(usize, usize)]) {
        let accounts: Vec<_> =
            pairs.iter().map(|(person, desk)| (*person, *desk, self.opened(*person, *desk))).collect();
        self.look_all(&accounts);
        for (person, _, account) in &accounts {
            self.accept(*person, account).unwrap();
        }
        self.world.run(minutes(1));
        for (_, desk, account) in &accounts {
            self.ask(*desk, account, &["email", "given_name"], 30);
        }
        self.look_all(&accounts);
        for (person, desk, account) in &accounts {
            let (share, _) = self.share(*person, account);
            let value = self
                .values
                .get(*person)
                .cloned()
                .unwrap_or_else(|| format!("somebody.{}@example.org", ["one", "two", "six"][desk % 3]));
            self.offer(*person, share, &[("email", &value)], "SD-BASE", 30).unwrap();
        }
        self.world.run(minutes(1));
        for (person, _, account) in &accounts {
            assert_eq!(self.share(*person, account).1.stage, shares::Stage::Shared);
        }
    }

    fn look_all(&mut self, accounts: &[(usize, usize, RelationId)]) {
        for (person, _, account) in accounts {
            let choice = relations::Choice::Look { relation: *account };
            self.world.decide(*person, Decision::Relation(choice)).unwrap();
        }
        self.world.run(minutes(1));
    }

    /// Runs of twelve bytes that two desks both saw of their visitors, in frames or in what they stored.
    pub(crate) fn common(&self, one: usize, other: usize) -> BTreeSet<[u8; 12]> {
        let seen = |desk: usize| -> BTreeSet<[u8; 12]> {
            let frames = self.world.heard[&desk].iter().flat_map(|(node, bytes)| [node.to_vec(), bytes.clone()]);
            let rows = self.world.peers[desk].memory.rows();
            let stored = rows.flat_map(|(key, value)| [key.name.clone(), value.clone()]);
            let runs =
                |bytes: Vec<u8>| bytes.windows(12).filter_map(|run| run.try_into().ok()).collect::<Vec<[u8; 12]>>();
            frames.chain(stored).flat_map(runs).collect()
        };
        seen(one).intersection(&seen(other)).copied().collect()
    }
}

/// The length of the longest text that runs of twelve bytes make, each going on where the one before it began.
pub(crate) fn longest(runs: &BTreeSet<[u8; 12]>) -> usize {
    let follows = |run: &[u8; 12]| runs.iter().find(|next| next[..11] == run[1..]);
    let chain = |first: &[u8; 12]| std::iter::successors(Some(first), |run| follows(run)).take(64).count() + 11;
    runs.iter().map(chain).max().unwrap_or(0)
}
