//! The RSA key that signs the tokens of callbacks.
//!
//! The service signs with RS256, and programs that check its tokens accept nothing else. No package
//! can hold a private key, ring signs but makes no RSA keys, and the crates that make them are many
//! and take seconds without optimisation. A key is derived here from the access key, for the first
//! token, which takes about half a second without optimisation.

use std::sync::{Arc, LazyLock, OnceLock};
use std::thread;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use ring::digest::{SHA256, digest};
use ring::rand::SystemRandom;
use ring::rsa::{KeyPairComponents, PublicKeyComponents};
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair, RsaPublicKeyComponents};
use serde_json::{Value, json};
use tokio::sync::Semaphore;

use self::prime::{LIMBS, inverse, random_prime, remainder};
use crate::access_key::AccessKey;

mod prime;

/// The public exponent.
const EXPONENT: u64 = 65_537;

/// A signing key that is made with its first use.
pub(crate) struct LazySigningKey {
    access_key: AccessKey,
    key: OnceLock<SigningKey>,
}

impl LazySigningKey {
    /// The same access key always gives the same signing key, after a restart too.
    pub(crate) fn derived_from(access_key: AccessKey) -> Arc<Self> {
        Arc::new(Self { access_key, key: OnceLock::new() })
    }

    /// The key that the emulators of this process share for which no access key was chosen.
    pub(crate) fn of_process() -> Arc<Self> {
        static KEY: LazyLock<Arc<LazySigningKey>> =
            LazyLock::new(|| LazySigningKey::derived_from(AccessKey::random()));
        KEY.clone()
    }

    pub(crate) fn get(&self) -> &SigningKey {
        self.key.get_or_init(|| SigningKey::derive(&self.access_key))
    }
}

/// A key pair, and the id by which a token names it.
pub(crate) struct SigningKey {
    id: String,
    pair: RsaKeyPair,
}

impl SigningKey {
    /// Runs something that takes the time of a signature, or of making the key, beside the tasks,
    /// and two at a time: many events at once would leave no time for requests.
    ///
    /// `None` when the runtime is shutting down.
    pub(crate) async fn beside_tasks<T: Send + 'static>(
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Option<T> {
        static SIGNING: Semaphore = Semaphore::const_new(2);
        let _permit = SIGNING.acquire().await;
        tokio::task::spawn_blocking(work).await.ok()
    }

    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    /// The signature of RS256.
    pub(crate) fn sign(&self, text: &[u8]) -> Vec<u8> {
        let mut signature = vec![0; self.pair.public().modulus_len()];
        self.pair
            .sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), text, &mut signature)
            .expect("the buffer is as long as the modulus");
        signature
    }

    /// The public half as a JSON Web Key.
    pub(crate) fn jwk(&self) -> Value {
        let public = RsaPublicKeyComponents::<Vec<u8>>::from(self.pair.public());
        let encode = |bytes: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(bytes);
        json!({
            "kty": "RSA",
            "use": "sig",
            "kid": self.id,
            "alg": "RS256",
            "n": encode(&public.n),
            "e": encode(&public.e),
        })
    }

    fn derive(access_key: &AccessKey) -> Self {
        // A pair may be unfit, for example because of equal factors; another one is tried then.
        let pair = (1..).find_map(|attempt| {
            let (one, other) = two_factors(access_key, attempt);
            key_pair(one, other)
        });
        let pair = pair.expect("most pairs of primes are fit");
        let fingerprint = digest(&SHA256, pair.public().as_ref());
        let id = BASE64_URL_SAFE_NO_PAD.encode(&fingerprint.as_ref()[..16]);
        Self { id, pair }
    }
}

/// Two factors, looked for at the same time.
fn two_factors(access_key: &AccessKey, attempt: u32) -> ([u64; LIMBS], [u64; LIMBS]) {
    let factor = |name| factor(access_key, &format!("signing key {attempt} {name}"));
    thread::scope(|scope| {
        let one = scope.spawn(|| factor("p"));
        let other = factor("q");
        (one.join().expect("the search for a prime does not panic"), other)
    })
}

/// A prime that leaves an inverse to the public exponent.
fn factor(access_key: &AccessKey, label: &str) -> [u64; LIMBS] {
    let mut limbs = (0_u32..).map(|place| {
        let bytes = access_key.derive(&format!("{label} {place}"));
        bytes.iter().take(8).fold(0, |limb, byte| (limb << 8) | u64::from(*byte))
    });
    loop {
        let prime = random_prime(&mut limbs);
        if remainder(&prime, EXPONENT) != 1 {
            return prime;
        }
    }
}

/// The key pair of two primes, with the parameters of RFC 8017, section 3.2.
fn key_pair(one: [u64; LIMBS], other: [u64; LIMBS]) -> Option<RsaKeyPair> {
    let is_larger = one.iter().rev().gt(other.iter().rev());
    let (p, q) = if is_larger { (one, other) } else { (other, one) };
    let less_one = |prime: &[u64; LIMBS]| {
        let mut even = *prime;
        even[0] -= 1;
        even
    };
    let totient = product(&less_one(&p), &less_one(&q));
    let public_key =
        PublicKeyComponents { n: to_bytes(&product(&p, &q)), e: to_bytes(&[EXPONENT]) };
    let components = KeyPairComponents {
        public_key,
        d: to_bytes(&inverse_of_exponent(&totient)),
        dP: to_bytes(&inverse_of_exponent(&less_one(&p))),
        dQ: to_bytes(&inverse_of_exponent(&less_one(&q))),
        qInv: to_bytes(&inverse(&q, &p)),
        p: to_bytes(&p),
        q: to_bytes(&q),
    };
    RsaKeyPair::from_components(&components).ok()
}

/// The inverse of the public exponent: of the numbers that are 1 modulo `modulus`, the first that the
/// exponent divides, divided by it.
fn inverse_of_exponent(modulus: &[u64]) -> Vec<u64> {
    let rest = remainder(modulus, EXPONENT);
    let factor = (1..EXPONENT).find(|factor| (factor * rest + 1).is_multiple_of(EXPONENT));
    let mut multiple =
        product(modulus, &[factor.expect("the exponent is a prime, and divides no totient")]);
    // A totient is even, as is its multiple.
    multiple[0] += 1;
    let mut rest = 0;
    for limb in multiple.iter_mut().rev() {
        let wide = (rest << 64) | u128::from(*limb);
        *limb = u64::try_from(wide / u128::from(EXPONENT)).expect("the rest is below the exponent");
        rest = wide % u128::from(EXPONENT);
    }
    multiple
}

fn product(one: &[u64], other: &[u64]) -> Vec<u64> {
    let mut product = vec![0_u64; one.len() + other.len()];
    for (place, factor) in other.iter().enumerate() {
        let mut carry = 0;
        for (limb, own) in product[place..].iter_mut().zip(one.iter().chain([&0])) {
            let wide = u128::from(*own) * u128::from(*factor) + u128::from(*limb) + carry;
            carry = wide >> 64;
            *limb = u64::try_from(wide & u128::from(u64::MAX)).expect("64 bits are left");
        }
    }
    product
}

/// Big-endian, without leading zeros.
fn to_bytes(number: &[u64]) -> Vec<u8> {
    let bytes = number.iter().rev().flat_map(|limb| limb.to_be_bytes());
    bytes.skip_while(|byte| *byte == 0).collect()
}

#[cfg(test)]
mod tests {
    use ring::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};

    use super::*;

    #[test]
    fn a_key_signs_what_its_public_half_verifies() {
        let derive = |key: &str| SigningKey::derive(&AccessKey::from_base64(key).unwrap());
        let (first, second) = (derive("Zmlyc3Q="), derive("c2Vjb25k"));
        assert_ne!(first.id, second.id);
        assert_eq!(first.id, derive("Zmlyc3Q=").id);
        let signature = first.sign(b"text");
        let verifies = |key: &SigningKey, text: &[u8]| {
            let public = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, key.pair.public());
            public.verify(text, &signature).is_ok()
        };
        assert!(verifies(&first, b"text"));
        assert!(!verifies(&first, b"other") && !verifies(&second, b"text"));
    }

    #[test]
    fn the_public_half_has_2048_bits() {
        let key = LazySigningKey::of_process().get().jwk();
        assert_eq!(key["e"], "AQAB");
        let modulus = BASE64_URL_SAFE_NO_PAD.decode(key["n"].as_str().unwrap()).unwrap();
        assert!(modulus.len() == 256 && modulus[0] >= 0x80);
    }

    #[test]
    fn numbers_are_multiplied_and_written() {
        let square = product(&[u64::MAX], &[u64::MAX]);
        assert_eq!(square, [1, u64::MAX - 1]);
        assert_eq!(to_bytes(&[EXPONENT, 0]), [1, 0, 1]);
    }
}
