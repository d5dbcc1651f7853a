//! Tickets, sessions and form tokens under a clock that the test sets.

use std::collections::BTreeSet;

use sesame_api::data::Import;

use super::super::memory::Draft;
use super::*;

fn entered(sessions: &Sessions, now: Instant) -> (String, Session) {
    let ticket = sessions.ticket_at(now);
    let cookie = sessions.enter_at(&ticket, now).expect("a fresh ticket opens a session");
    let session = sessions.session_at(&cookie, now).expect("a fresh cookie stands for a session");
    (cookie, session)
}

fn draft(bytes: usize, since: Instant) -> Draft {
    let found = Import {
        id: String::new(),
        name: "a.csv".into(),
        format: "edf-30min".into(),
        at: String::new(),
        bytes: 0,
        series: String::new(),
        readings: 0,
        added: 0,
        known: 0,
        differing: 0,
        estimated: 0,
        missing: 0,
        days: 0,
        from: String::new(),
        to: String::new(),
        holes: Vec::new(),
        clock_changes: Vec::new(),
        dry_run: true,
    };
    Draft { bytes: Zeroizing::new(vec![0; bytes]), found, since }
}

#[test]
fn a_ticket_is_good_once() {
    let sessions = Sessions::new();
    let now = Instant::now();
    let ticket = sessions.ticket_at(now);
    assert!(sessions.enter_at(&ticket, now).is_some());
    assert!(sessions.enter_at(&ticket, now).is_none());
}

#[test]
fn a_ticket_has_128_bits_and_ends_after_sixty_seconds() {
    let sessions = Sessions::new();
    let now = Instant::now();
    let ticket = sessions.ticket_at(now);
    assert_eq!(URL_SAFE_NO_PAD.decode(&ticket).expect("a ticket is base64url").len(), 16);
    assert!(sessions.enter_at(&ticket, now + Duration::from_mins(1)).is_none());
    let ticket = sessions.ticket_at(now);
    assert!(sessions.enter_at(&ticket, now + Duration::from_secs(59)).is_some());
}

#[test]
fn what_is_no_ticket_opens_nothing() {
    let sessions = Sessions::new();
    let now = Instant::now();
    let ticket = sessions.ticket_at(now);
    for wrong in
        ["", "a", &ticket[1..], &format!("{ticket}="), &ticket.to_uppercase(), "../../etc", &"A".repeat(10_000)]
    {
        if wrong != ticket {
            assert!(sessions.enter_at(wrong, now).is_none(), "{wrong}");
        }
    }
    assert!(sessions.enter_at(&ticket, now).is_some(), "wrong guesses do not spend the right ticket");
}

#[test]
fn tickets_have_a_bound_and_the_oldest_goes() {
    let sessions = Sessions::new();
    let now = Instant::now();
    let tickets: Vec<String> = (0..=TICKETS_MAX).map(|_| sessions.ticket_at(now)).collect();
    assert!(sessions.enter_at(&tickets[0], now).is_none());
    assert!(sessions.enter_at(&tickets[1], now).is_some());
    assert_eq!(tickets.iter().collect::<BTreeSet<_>>().len(), tickets.len());
}

#[test]
fn a_session_ends_when_idle_and_use_keeps_it() {
    let sessions = Sessions::new();
    let now = Instant::now();
    let (cookie, _) = entered(&sessions, now);
    let later = now + Duration::from_mins(29);
    assert!(sessions.session_at(&cookie, later).is_some());
    assert!(sessions.session_at(&cookie, later + Duration::from_mins(29)).is_some());
    assert!(sessions.session_at(&cookie, later + Duration::from_hours(1)).is_none());
}

#[test]
fn sessions_have_a_bound_and_the_idlest_goes() {
    let sessions = Sessions::new();
    let now = Instant::now();
    let all: Vec<String> = (0..SESSIONS_MAX).map(|_| entered(&sessions, now).0).collect();
    let later = now + Duration::from_secs(1);
    for cookie in &all[1..] {
        sessions.session_at(cookie, later);
    }
    let (newest, _) = entered(&sessions, later);
    assert!(sessions.session_at(&all[0], later).is_none());
    assert!(sessions.session_at(&all[1], later).is_some());
    assert!(sessions.session_at(&newest, later).is_some());
}

#[test]
fn a_session_that_was_left_is_over() {
    let sessions = Sessions::new();
    let (cookie, session) = entered(&sessions, Instant::now());
    assert!(sessions.is_live(&session));
    sessions.leave(&session);
    assert!(!sessions.is_live(&session));
    assert!(sessions.session(&cookie).is_none());
}

#[test]
fn a_form_token_belongs_to_one_session() {
    let sessions = Sessions::new();
    let now = Instant::now();
    let (cookie, one) = entered(&sessions, now);
    let (_, other) = entered(&sessions, now);
    let token = one.token();
    assert!(one.is_token(&token));
    assert!(sessions.session_at(&cookie, now).expect("live").is_token(&token), "the same all session long");
    assert!(!other.is_token(&token));
    for wrong in ["", "0", &token[1..], &format!("{token}0"), &"0".repeat(64), &cookie, "é".repeat(32).as_str()] {
        assert!(!one.is_token(wrong), "{wrong}");
    }
}

#[test]
fn nothing_that_is_held_is_a_ticket_a_cookie_or_a_token() {
    let sessions = Sessions::new();
    let now = Instant::now();
    let ticket = sessions.ticket_at(now);
    let (cookie, session) = entered(&sessions, now);
    let held = sessions.held();
    let hashes: Vec<String> = held
        .tickets
        .iter()
        .map(|(hash, _)| hash.to_hex().to_string())
        .chain(held.open.iter().map(|open| open.session.id.to_hex().to_string()))
        .collect();
    assert_eq!(hashes.len(), 2);
    for secret in [ticket, cookie, session.token()] {
        assert!(!hashes.contains(&secret));
    }
}

#[test]
fn the_words_outlive_the_session_and_not_the_check_nor_the_lock() {
    let sessions = Sessions::new();
    let now = Instant::now();
    let (_, session) = entered(&sessions, now);
    sessions.keep_words(vec!["abandon".into(); 24]);
    sessions.leave(&session);
    assert_eq!(sessions.words().expect("kept").len(), 24);
    sessions.forget_words();
    assert!(sessions.words().is_none());
    sessions.keep_words(vec!["abandon".into(); 24]);
    sessions.forget();
    assert!(sessions.words().is_none());
}

#[test]
fn the_places_asked_for_stay_the_same_and_differ_from_each_other() {
    let sessions = Sessions::new();
    for _ in 0..50 {
        let (_, session) = entered(&sessions, Instant::now());
        let places = session.places(3, 24);
        assert_eq!(places, session.places(3, 24));
        assert_eq!(places.iter().collect::<BTreeSet<_>>().len(), 3);
        assert!(places.iter().all(|place| *place < 24) && places.is_sorted());
    }
}

#[test]
fn a_draft_goes_after_a_quarter_of_an_hour_and_at_the_lock() {
    let sessions = Sessions::new();
    let now = Instant::now();
    let (cookie, session) = entered(&sessions, now);
    sessions.recall(&session, |memory| memory.draft = Some(draft(10, now)));
    sessions.session_at(&cookie, now + DRAFT_TIME_MAX);
    assert!(sessions.held().open[0].memory.draft.is_none());
    sessions.recall(&session, |memory| memory.draft = Some(draft(10, now)));
    sessions.forget();
    assert_eq!(sessions.recall(&session, |memory| memory.draft.is_none()), Some(true));
}

#[test]
fn drafts_of_all_sessions_together_have_a_bound() {
    let sessions = Sessions::new();
    let now = Instant::now();
    let all: Vec<Session> = (0..3).map(|_| entered(&sessions, now).1).collect();
    for (age, session) in all.iter().enumerate() {
        let since = now + Duration::from_secs(u64::try_from(age).expect("small"));
        sessions.recall(session, |memory| memory.draft = Some(draft(DRAFTS_BYTES_MAX / 2, since)));
    }
    let kept: Vec<bool> =
        all.iter().map(|session| sessions.recall(session, |memory| memory.draft.is_some()).expect("live")).collect();
    assert_eq!(kept, [false, true, true]);
}

#[test]
fn listeners_have_a_bound_and_give_their_place_back() {
    let sessions = Sessions::new();
    let mut places: Vec<_> = (0..LISTENERS_MAX).map(|_| sessions.listen().expect("a place is free")).collect();
    assert!(sessions.listen().is_none());
    places.pop();
    assert!(sessions.listen().is_some());
}
