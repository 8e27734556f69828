//! Checks over all bytes of a text, sixteen at a time: the compiler turns loops of this shape into
//! vector instructions.

const WIDTH: usize = 16;

/// Whether `predicate` holds for every byte of `text`.
#[inline]
pub(crate) fn all_bytes(text: &str, predicate: impl Fn(u8) -> bool) -> bool {
    let bytes = text.as_bytes();
    let Some(last) = bytes.last_chunk() else {
        return text.bytes().all(predicate);
    };
    // The last chunk may overlap the one before. The others end before the last byte: no chunk is
    // checked twice if the length is a multiple of sixteen.
    let (chunks, _) = bytes[..bytes.len() - 1].as_chunks::<WIDTH>();
    // A fold without early exit is what the compiler vectorises.
    let holds =
        |chunk: &[u8; WIDTH]| !chunk.iter().fold(false, |miss, &byte| miss | !predicate(byte));
    holds(last) && chunks.iter().all(holds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_byte_that_differs_is_found_at_every_position() {
        for length in 0..70 {
            let plain = "b".repeat(length);
            assert!(all_bytes(&plain, |byte| byte != b'x'), "{length}");
            for position in 0..length {
                let mut text = plain.clone();
                text.replace_range(position..=position, "x");
                assert!(!all_bytes(&text, |byte| byte != b'x'), "{position} of {length}");
            }
        }
    }
}
