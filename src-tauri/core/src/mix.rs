//! A fast hash against accidents: of rows and of what they say. Who means to deceive can work
//! around it; for that there are the seals.

/// Takes in a word; another word always gives another state, and so does another state.
pub fn mix(state: u64, word: u64) -> u64 {
    (state.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Takes in bytes, the last few of them filled up with zeros: where others may follow, how many they
/// are is taken in, too.
pub fn mix_bytes(state: u64, bytes: &[u8]) -> u64 {
    let (words, rest) = bytes.as_chunks::<8>();
    let state = words
        .iter()
        .fold(state, |state, word| mix(state, u64::from_be_bytes(*word)));
    if rest.is_empty() {
        return state;
    }
    let mut word = [0; 8];
    for (place, byte) in word.iter_mut().zip(rest) {
        *place = *byte;
    }
    mix(state, u64::from_be_bytes(word))
}

/// So that sums of alike hashes do not cancel out, and each bit of them counts (splitmix64's end).
pub fn spread(mut state: u64) -> u64 {
    state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    state ^ (state >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_taken_in_word_by_word() {
        assert_eq!(mix_bytes(7, &[]), 7);
        assert_eq!(mix_bytes(7, &[0, 0, 0, 0, 0, 0, 0, 5]), mix(7, 5));
        assert_eq!(mix_bytes(7, &[1]), mix(7, 1 << 56));
        let two = [0, 0, 0, 0, 0, 0, 0, 5, 9];
        assert_eq!(mix_bytes(7, &two), mix(mix(7, 5), 9 << 56));
    }
}
