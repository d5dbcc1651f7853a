//! The secret that a webhook's messages are signed with, by the symmetric scheme of Standard Webhooks 1.0.0: HMAC-SHA256
//! (RFC 2104) over name, moment and body with full stops between them.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::{Deserialize, Serialize};
use sesame_protocol::Rng;
use sha2::Sha256;
use zeroize::{Zeroize as _, Zeroizing};

/// How a secret begins, so that whoever finds one knows what it is (*Signature scheme*).
const PREFIX: &str = "whsec_";

/// A secret of one webhook. Shown once, when it is made.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(#[serde(with = "serde_bytes")] [u8; 32]);

impl Secret {
    /// A new one.
    pub(super) fn fresh(rng: &mut dyn Rng) -> Self {
        let mut bytes = [0; 32];
        rng.fill_bytes(&mut bytes);
        Self(bytes)
    }

    /// The secret as it is handed to whoever runs the receiver.
    pub(super) fn text(&self) -> Zeroizing<String> {
        let bytes = Zeroizing::new(STANDARD.encode(self.0));
        Zeroizing::new([PREFIX, &bytes].concat())
    }

    /// The signature of one message, with its scheme before it: one part of the header `webhook-signature`.
    pub(super) fn sign(&self, id: &str, seconds: u64, body: &str) -> String {
        signature(&self.0, id, seconds, body)
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(redacted)")
    }
}

fn signature(key: &[u8], id: &str, seconds: u64, body: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length (RFC 2104, section 2)");
    for part in [id, ".", &seconds.to_string(), ".", body] {
        mac.update(part.as_bytes());
    }
    format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_that_of_the_reference_libraries() {
        let key = STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let signed = signature(&key, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, "{\"test\": 2432232314}");
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn a_secret_is_written_as_the_specification_has_it_and_noted_nowhere() {
        let secret = Secret([7; 32]);
        assert_eq!(*secret.text(), "whsec_BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=");
        assert_eq!(format!("{secret:?}"), "Secret(redacted)");
    }
}
