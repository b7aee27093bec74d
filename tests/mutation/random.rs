//! Numbers that look like chance and are the same in every run: splitmix64.

/// A source of numbers.
pub struct Random(u64);

impl Random {
    /// The numbers that belong to `seed` and `name`: what one kind picks does not depend on the kinds before it.
    pub fn new(seed: u64, name: &str) -> Self {
        // FNV-1a, to make a number of a name.
        let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        Self(name.bytes().fold(seed ^ 0xcbf2_9ce4_8422_2325, mix))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit as u64).unwrap()
    }

    /// `count` of `things`, or all if there are fewer, none of them twice.
    pub fn pick<T>(&mut self, mut things: Vec<T>, count: usize) -> Vec<T> {
        let mut picked = Vec::new();
        while picked.len() < count && !things.is_empty() {
            let index = self.below(things.len());
            picked.push(things.swap_remove(index));
        }
        picked
    }
}
