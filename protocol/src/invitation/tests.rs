use proptest::prelude::{any, prop_assert_eq, proptest};

use super::*;

fn invitation() -> Invitation {
    Invitation {
        inviter: IdentityId::from_bytes([1; 32]),
        device: [2; 32],
        addresses: vec![
            "/ip4/192.168.1.10/udp/4001/quic-v1".into(),
            "/ip4/192.168.1.10/tcp/4001".into(),
            "/ip6/2001:db8:85a3:8d3:1319:8a2e:370:7348/udp/4001/quic-v1".into(),
        ],
        secret: [3; 16],
        expires: Timestamp::from_seconds(1_800_000_000),
    }
}

#[test]
fn a_code_comes_back_in_any_case_and_any_lines() {
    let code = invitation().to_code();
    assert_eq!(Invitation::parse(&code).unwrap(), invitation());
    assert_eq!(Invitation::parse(&code.to_lowercase()).unwrap(), invitation());
    let broken = code.replace('A', " a\r\n").replace('E', "\tE\u{a0}");
    assert_eq!(Invitation::parse(&broken).unwrap(), invitation());
}

/// ISO/IEC 18004: version 13 at level L holds 619 alphanumeric characters.
#[test]
fn a_code_fits_in_a_small_square() {
    let code = invitation().to_code();
    assert!(code.len() <= 619, "{} characters", code.len());
    assert!(code.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == ':'));
}

#[test]
fn errors_say_what_is_wrong() {
    let code = invitation().to_code();
    for text in ["", "hello", "SESAME", "SESAME:", "SESAME:x:AAAA", "SESAME:0:AAAA", "https://example.org"] {
        assert_eq!(Invitation::parse(text), Err(Error::NotACode), "{text}");
    }
    assert_eq!(Invitation::parse("SESAME:2:AAAA"), Err(Error::Newer));
    assert_eq!(Invitation::parse("SESAME:1:"), Err(Error::Mistyped));
    assert_eq!(Invitation::parse("SESAME:1:A1"), Err(Error::Mistyped));
    assert_eq!(Invitation::parse(&code[..code.len() - 1]), Err(Error::Mistyped));
    assert_eq!(Invitation::parse(&format!("{code}A")), Err(Error::Mistyped));
    assert!(matches!(Invitation::parse(&"A".repeat(10_000)), Err(Error::TooLong { .. })));
}

#[test]
fn every_single_mistake_is_noticed() {
    let code = invitation().to_code();
    for at in "SESAME:1:".len()..code.len() {
        for other in [b'A', b'Q', b'7'] {
            let mut bytes = code.clone().into_bytes();
            if bytes[at] != other {
                bytes[at] = other;
                let text = String::from_utf8(bytes).unwrap();
                assert_eq!(Invitation::parse(&text), Err(Error::Mistyped), "{at}");
            }
        }
    }
}

#[test]
fn the_secret_does_not_show_and_gives_two_names() {
    let invitation = invitation();
    assert!(!format!("{invitation:?}").contains("secret"));
    assert_ne!(invitation.token()[..16], invitation.id());
    let mut other = invitation.clone();
    other.secret = [4; 16];
    assert_ne!(invitation.token(), other.token());
    assert_ne!(invitation.id(), other.id());
}

proptest! {
    #[test]
    fn no_text_panics(text in any::<String>(), digits in "[A-Z2-7]{0,300}") {
        let _ = Invitation::parse(&text);
        let _ = Invitation::parse(&format!("SESAME:1:{digits}"));
    }

    #[test]
    fn every_invitation_comes_back(inviter in any::<[u8; 32]>(), device in any::<[u8; 32]>(), secret in any::<[u8; 16]>(),
        addresses in proptest::collection::vec("[!-~]{1,128}", 0..=8), seconds in 0_u64..1 << 40) {
        let invitation = Invitation { inviter: IdentityId::from_bytes(inviter), device, addresses, secret, expires: Timestamp::from_seconds(seconds) };
        prop_assert_eq!(Invitation::parse(&invitation.to_code()).unwrap(), invitation);
    }
}
