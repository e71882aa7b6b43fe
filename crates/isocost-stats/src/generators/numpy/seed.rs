//! How `NumPy` makes the state of a generator from a seed.

const SHIFT: u32 = 16;
const MIX_LEFT: u32 = 0xca01_f9dd;
const MIX_RIGHT: u32 = 0x4973_f715;
const POOL: usize = 4;

/// `numpy.random.SeedSequence`: any integer or list of integers becomes well-mixed words (after M. E. O'Neill, "Developing a `seed_seq`
/// alternative", 2015).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeedSequence {
    entropy: Vec<u32>,
    spawn_key: Vec<u32>,
    pool: [u32; POOL],
}

impl SeedSequence {
    /// `SeedSequence(seed)`.
    pub fn new(seed: u128) -> Self {
        Self::assemble(words_of(seed), Vec::new())
    }

    /// `SeedSequence([a, b, …])`: the 32-bit words of each number, one after the other.
    pub fn from_list(seeds: &[u64]) -> Self {
        let words = seeds.iter().flat_map(|&seed| words_of(u128::from(seed))).collect();
        Self::assemble(words, Vec::new())
    }

    /// The child with this number, as `spawn` numbers them from 0.
    #[must_use]
    pub fn child(&self, number: u32) -> Self {
        let mut key = self.spawn_key.clone();
        key.push(number);
        Self::assemble(self.entropy.clone(), key)
    }

    /// `generate_state(count, uint64)`.
    pub fn generate_state(&self, count: usize) -> Vec<u64> {
        let mut hash = Hash { constant: 0x8b51_f9dd, multiplier: 0x58f3_8ded };
        let mut words = self.pool.iter().cycle().map(|&word| hash.of(word));
        let mut next = || u64::from(words.next().unwrap_or_default());
        (0..count).map(|_| next() | next() << 32).collect()
    }

    fn assemble(entropy: Vec<u32>, spawn_key: Vec<u32>) -> Self {
        let mut words = entropy.clone();
        if !spawn_key.is_empty() && words.len() < POOL {
            words.resize(POOL, 0);
        }
        words.extend(&spawn_key);
        let pool = mixed(&words);
        Self { entropy, spawn_key, pool }
    }
}

struct Hash {
    constant: u32,
    multiplier: u32,
}

impl Hash {
    fn of(&mut self, word: u32) -> u32 {
        let mut value = word ^ self.constant;
        self.constant = self.constant.wrapping_mul(self.multiplier);
        value = value.wrapping_mul(self.constant);
        value ^ value >> SHIFT
    }
}

fn mix(left: u32, right: u32) -> u32 {
    let value = MIX_LEFT.wrapping_mul(left).wrapping_sub(MIX_RIGHT.wrapping_mul(right));
    value ^ value >> SHIFT
}

fn mixed(words: &[u32]) -> [u32; POOL] {
    let mut hash = Hash { constant: 0x43b0_d7e5, multiplier: 0x931e_8875 };
    let mut pool = [0_u32; POOL];
    for (at, slot) in pool.iter_mut().enumerate() {
        *slot = hash.of(words.get(at).copied().unwrap_or(0));
    }
    for source in 0..POOL {
        for target in (0..POOL).filter(|&target| target != source) {
            pool[target] = mix(pool[target], hash.of(pool[source]));
        }
    }
    for &word in words.iter().skip(POOL) {
        for slot in &mut pool {
            *slot = mix(*slot, hash.of(word));
        }
    }
    pool
}

/// The 32-bit words of a number, lowest first; 0 is one word.
pub(in crate::generators) fn words_of(mut number: u128) -> Vec<u32> {
    let mut words = Vec::new();
    loop {
        #[expect(clippy::cast_possible_truncation, reason = "the low word is what is asked for")]
        words.push(number as u32);
        number >>= 32;
        if number == 0 {
            return words;
        }
    }
}
