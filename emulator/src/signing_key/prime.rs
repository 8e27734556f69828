//! Random primes of 1024 bits, which neither the standard library nor ring makes.
//!
//! Numbers are limbs of 64 bits, the lowest first.

/// The limbs of a number of 1024 bits.
pub(super) const LIMBS: usize = 16;

/// The divisors that are tried before the slower test.
const SMALL_DIVISORS: std::ops::Range<u64> = 3..30_000;

/// The range after a random number in which a prime is searched.
const REACH: u64 = 10_000;

/// A number that is prime in all probability, whose two highest bits are set.
///
/// `random` gives random limbs without end.
pub(super) fn random_prime(random: &mut impl Iterator<Item = u64>) -> [u64; LIMBS] {
    loop {
        let mut start = [0; LIMBS];
        start.iter_mut().zip(&mut *random).for_each(|(limb, random)| *limb = random);
        start[0] |= 1;
        // Room for the search, and a product of two of them has 2048 bits.
        start[0] &= !(0xffff << 32);
        start[LIMBS - 1] |= 3 << 62;
        if let Some(prime) = prime_after(start) {
            return prime;
        }
    }
}

fn prime_after(start: [u64; LIMBS]) -> Option<[u64; LIMBS]> {
    let odd = SMALL_DIVISORS.step_by(2);
    let remainders: Vec<(u64, u64)> = odd.map(|small| (small, remainder(&start, small))).collect();
    let has_no_small_divisor =
        |step: &u64| remainders.iter().all(|(small, rest)| !(rest + step).is_multiple_of(*small));
    let candidates = (0..REACH).step_by(2).filter(has_no_small_divisor);
    candidates
        .map(|step| {
            let mut candidate = start;
            candidate[0] += step;
            candidate
        })
        .find(is_probable_prime)
}

/// Fermat's test by the base 2. A composite number that is chosen at random and passes it is rarer than
/// a failure of the machine.
fn is_probable_prime(number: &[u64; LIMBS]) -> bool {
    let modulus = Montgomery::new(*number);
    let mut exponent = *number;
    exponent[0] -= 1;
    let power = bits(&exponent).fold(modulus.one, |power, bit| {
        let square = modulus.multiply(&power, &power);
        if bit == 1 { modulus.double(&square) } else { square }
    });
    power == modulus.one
}

/// The inverse of `number` modulo a larger prime, by Fermat's little theorem.
pub(super) fn inverse(number: &[u64; LIMBS], prime: &[u64; LIMBS]) -> [u64; LIMBS] {
    let modulus = Montgomery::new(*prime);
    let mut exponent = *prime;
    // The limb of a prime that two borrows from: odd numbers above 1 have no such one.
    exponent[0] -= 2;
    let mut plain_one = [0; LIMBS];
    plain_one[0] = 1;
    modulus.multiply(&modulus.power(&modulus.enter(number), &exponent), &plain_one)
}

pub(super) fn remainder(number: &[u64], divisor: u64) -> u64 {
    let rest = number
        .iter()
        .rev()
        .fold(0_u128, |rest, limb| ((rest << 64) | u128::from(*limb)) % u128::from(divisor));
    low(rest)
}

/// Arithmetic modulo an odd number whose highest bit is set, on numbers that are multiplied by 2^1024.
struct Montgomery {
    modulus: [u64; LIMBS],
    /// The negative inverse of the lowest limb modulo 2^64.
    inverse: u64,
    one: [u64; LIMBS],
}

impl Montgomery {
    fn new(modulus: [u64; LIMBS]) -> Self {
        // Newton's iteration doubles the number of right bits, from the 3 that a square gives.
        let inverse = (0..5).fold(modulus[0], |guess, _| {
            guess.wrapping_mul(2_u64.wrapping_sub(modulus[0].wrapping_mul(guess)))
        });
        // 2^1024 modulo the modulus is the difference to 2^1024.
        let one = subtract(&[0; LIMBS], &modulus).0;
        Self { modulus, inverse: inverse.wrapping_neg(), one }
    }

    fn enter(&self, number: &[u64; LIMBS]) -> [u64; LIMBS] {
        (0..LIMBS * 64).fold(*number, |number, _| self.double(&number))
    }

    fn double(&self, number: &[u64; LIMBS]) -> [u64; LIMBS] {
        let mut carry = 0;
        let doubled = number.map(|limb| {
            let doubled = (limb << 1) | carry;
            carry = limb >> 63;
            doubled
        });
        self.reduced(doubled, carry)
    }

    fn multiply(&self, one: &[u64; LIMBS], other: &[u64; LIMBS]) -> [u64; LIMBS] {
        let (mut sum, mut high) = ([0; LIMBS], 0);
        for limb in other {
            let (carry, overflow) = add_multiple(&mut sum, one, *limb).overflowing_add(high);
            let factor = sum[0].wrapping_mul(self.inverse);
            let second = add_multiple(&mut sum, &self.modulus, factor);
            // The lowest limb is 0 now: everything moves down by one.
            sum.rotate_left(1);
            let (top, second_overflow) = carry.overflowing_add(second);
            sum[LIMBS - 1] = top;
            high = u64::from(overflow) + u64::from(second_overflow);
        }
        self.reduced(sum, high)
    }

    fn power(&self, base: &[u64; LIMBS], exponent: &[u64; LIMBS]) -> [u64; LIMBS] {
        bits(exponent).fold(self.one, |power, bit| {
            let square = self.multiply(&power, &power);
            if bit == 1 { self.multiply(&square, base) } else { square }
        })
    }

    /// A number of at most twice the modulus, whose bit 1024 is `carry`.
    fn reduced(&self, number: [u64; LIMBS], carry: u64) -> [u64; LIMBS] {
        let (less, borrow) = subtract(&number, &self.modulus);
        if carry >= borrow { less } else { number }
    }
}

/// The highest first.
fn bits(number: &[u64; LIMBS]) -> impl Iterator<Item = u64> {
    number.iter().rev().flat_map(|limb| (0..64).rev().map(move |bit| (limb >> bit) & 1))
}

/// Adds `factor` times `number`, and returns the limb above.
///
/// Nearly all the time goes here, and without optimisation an iterator costs more than the arithmetic.
fn add_multiple(sum: &mut [u64; LIMBS], number: &[u64; LIMBS], factor: u64) -> u64 {
    let (mut carry, mut place) = (0, 0);
    while place < LIMBS {
        let wide = number[place] as u128 * factor as u128 + sum[place] as u128 + carry;
        sum[place] = wide as u64;
        carry = wide >> 64;
        place += 1;
    }
    carry as u64
}

/// The difference modulo 2^1024, and whether something had to be borrowed.
fn subtract(one: &[u64; LIMBS], other: &[u64; LIMBS]) -> ([u64; LIMBS], u64) {
    let (mut difference, mut borrow) = (*one, 0);
    for (limb, other) in difference.iter_mut().zip(other) {
        let (first, under) = limb.overflowing_sub(*other);
        let (second, further) = first.overflowing_sub(borrow);
        (*limb, borrow) = (second, u64::from(under) + u64::from(further));
    }
    (difference, borrow)
}

#[expect(clippy::cast_possible_truncation, reason = "the lowest 64 bits are what is wanted")]
fn low(wide: u128) -> u64 {
    wide as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The prime of the second Oakley group (RFC 2409, section 6.2).
    const OAKLEY: [u64; LIMBS] = [
        0xffff_ffff_ffff_ffff,
        0x49286651ece65381,
        0xae9f24117c4b1fe6,
        0xee386bfb5a899fa5,
        0x0bff5cb6f406b7ed,
        0xf44c42e9a637ed6b,
        0xe485b576625e7ec6,
        0x4fe1356d6d51c245,
        0x302b0a6df25f1437,
        0xef9519b3cd3a431b,
        0x514a08798e3404dd,
        0x020bbea63b139b22,
        0x29024e088a67cc74,
        0xc4c6628b80dc1cd1,
        0xc90fdaa22168c234,
        0xffff_ffff_ffff_ffff,
    ];

    #[test]
    fn a_known_prime_is_one_and_its_neighbours_are_not() {
        assert!(is_probable_prime(&OAKLEY));
        for step in [2, 4, 6, 8] {
            let mut composite = OAKLEY;
            composite[0] -= step;
            assert!(!is_probable_prime(&composite), "{step}");
        }
    }

    #[test]
    fn a_number_times_its_inverse_is_one() {
        let number = OAKLEY.map(|limb| limb / 3);
        let modulus = Montgomery::new(OAKLEY);
        let product =
            modulus.multiply(&modulus.enter(&number), &modulus.enter(&inverse(&number, &OAKLEY)));
        assert_eq!(product, modulus.one);
    }

    #[test]
    fn a_remainder_is_that_of_the_whole_number() {
        assert_eq!(remainder(&[5, 1], 7), ((1_u128 << 64 | 5) % 7) as u64);
    }
}
