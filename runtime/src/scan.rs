//! Text looked at sixteen bytes at a time, which is what the compiler has vectors for.

const WIDTH: usize = 16;

/// Whether every byte of `text` is plain.
#[inline]
pub(crate) fn all(text: &str, is_plain: impl Fn(u8) -> bool) -> bool {
    let bytes = text.as_bytes();
    let Some(last) = bytes.last_chunk() else {
        return text.bytes().all(is_plain);
    };
    // Sixteen by sixteen, and the last sixteen, which may overlap those before: without the last
    // byte, they are not taken twice.
    let (chunks, _) = bytes[..bytes.len() - 1].as_chunks::<WIDTH>();
    // To look on after a miss is what makes a vector of it.
    let is_all =
        |chunk: &[u8; WIDTH]| !chunk.iter().fold(false, |miss, &byte| miss | !is_plain(byte));
    is_all(last) && chunks.iter().all(is_all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_that_is_not_is_found_wherever_it_stands() {
        for length in 0..70 {
            let plain = "b".repeat(length);
            assert!(all(&plain, |byte| byte != b'x'), "{length}");
            for place in 0..length {
                let mut text = plain.clone();
                text.replace_range(place..=place, "x");
                assert!(!all(&text, |byte| byte != b'x'), "{place} of {length}");
            }
        }
    }
}
