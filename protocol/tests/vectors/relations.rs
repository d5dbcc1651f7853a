//! Vectors of what goes between a person and an organisation: codes, letters, agreements.

use serde_json::{Value, json};
use sesame_protocol::{
    agreement::{Proffered, Terms},
    document::DocumentId,
    door::{Door, Link},
    key::{PublicKey, SigningKey},
    letter::{
        LetterId,
        evidence::{
            self, AccountRequest, Agreed, Answer, Body, Closing, DataRequest, Deletion, Evidence, How, Presented,
            Proffer, Receipt, Refusal, Verdict, Withdrawal,
        },
    },
    relation::{Keys, Party, Salt},
    seal::SecretKey,
    time::days,
};

use super::{NOW, chance, hex, id, seed};

fn keys() -> Keys {
    Keys::derive(&seed().online(0), &Salt::from_bytes([5; 32]))
}

fn vendor() -> SigningKey {
    SigningKey::from_bytes([6; 32])
}

pub(crate) fn codes() -> Value {
    let keys = keys();
    let link = Link { vendor: id(1), device: [2; 32], addresses: vec!["/ip4/192.0.2.1/udp/4001/quic-v1".into()] };
    let door = Door {
        vendor: id(1),
        relation: keys.sign.public(),
        node: PublicKey::from_bytes(&keys.node()).unwrap(),
        seal: keys.seal.public().hash(),
        expires: NOW,
    };
    json!({
        "vendor": hex(id(1).as_bytes()),
        "device": hex(&[2; 32]),
        "addresses": link.addresses,
        "link": link.to_code(),
        "salt": hex(&[5; 32]),
        "relation": hex(keys.id().as_bytes()),
        "node": hex(&keys.node()),
        "seal_public": hex(keys.seal.public().as_bytes()),
        "expires_seconds": NOW.seconds(),
        "door": door.to_code(&keys.sign),
    })
}

fn request() -> DataRequest {
    DataRequest {
        fields: vec!["electricity_month_kwh".into(), "given_name".into()],
        purpose: "quote".into(),
        why: "To reckon your tariff.".into(),
        retention_days: 30,
        recipients: Vec::new(),
        terms: "SD-BASE".into(),
        nonce: [7; 16],
    }
}

fn terms() -> Terms {
    Terms {
        vendor: id(1),
        vendor_key: vendor().public(),
        request: LetterId::from_bytes([4; 16]),
        asked: evidence::digest(&request()),
        fields: vec!["electricity_month_kwh".into()],
        purpose: "quote".into(),
        terms: "SD-BASE".into(),
        retention_days: 30,
        recipients: Vec::new(),
        nonce: [7; 16],
        issuer: "did:key:issuer".into(),
        holder: "did:key:holder".into(),
        made: NOW,
    }
}

pub(crate) fn agreement() -> Value {
    let proffered = Proffered::sign(&terms(), &keys().sign);
    let agreed = proffered.countersign(&vendor()).unwrap();
    json!({
        "relation": hex(keys().id().as_bytes()),
        "vendor_key": hex(vendor().public().as_bytes()),
        "asked": hex(&evidence::digest(&request())),
        "proffered": hex(&proffered.encode()),
        "agreed": hex(&agreed.encode()),
        "id": agreed.id().to_cid(),
        "transaction_data": agreed.transaction_data(),
    })
}

pub(crate) fn letters() -> Value {
    let agreement = DocumentId::from_bytes([8; 32]);
    let bodies = [
        Body::AccountRequest(AccountRequest { message: "Welcome.".into(), reference: "C-1".into() }),
        Body::Answer(Answer { verdict: Verdict::Open }),
        Body::Answer(Answer { verdict: Verdict::Missing(vec!["tax_country".into()]) }),
        Body::Closing(Closing {}),
        Body::DataRequest(request()),
        Body::Refusal(Refusal { reason: "refused".into(), alternative: Some("SD-BASE-DP".into()) }),
        Body::Proffer(Proffer { agreement: vec![1, 2, 3] }),
        Body::Agreed(Agreed { agreement: vec![1, 2, 3] }),
        Body::Presented(Presented { agreement, presentation: "a~b~c".into(), receipt: "{}".into() }),
        Body::Receipt(Receipt { agreement, receipt: "{}".into() }),
        Body::Withdrawal(Withdrawal { agreement }),
        Body::Deletion(Deletion { agreement, fields: vec!["given_name".into()], how: How::Dropped }),
    ];
    let key = SecretKey::from_bytes([8; 32]);
    let letters: Vec<Value> = bodies
        .into_iter()
        .zip(1..)
        .map(|(body, number)| {
            let kind = body.kind();
            let letter = Evidence {
                from: Party::from(keys().id()),
                to: Party::from(id(1)),
                number,
                id: LetterId::from_bytes([9; 16]),
                sent: NOW.minute(),
                expires: NOW.minute().plus(days(30)),
                re: (number > 1).then(|| LetterId::from_bytes([3; 16])),
                body,
            };
            let (wire, signed) = evidence::seal(&letter, &key.public(), &keys().sign, &mut chance(3)).unwrap();
            json!({ "kind": kind, "number": number, "proof": hex(signed.proof()), "wire": hex(&wire) })
        })
        .collect();
    json!({
        "now_seconds": NOW.seconds(),
        "from": hex(keys().id().as_bytes()),
        "to": hex(id(1).as_bytes()),
        "recipient_seal_secret": hex(key.to_bytes().as_slice()),
        "letters": letters,
    })
}
