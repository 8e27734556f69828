//! Text looked at sixteen bytes at a time, which is what the compiler has vectors for.

const WIDTH: usize = 16;

/// Whether no byte of `text` is special.
#[inline]
pub(crate) fn has_none(text: &str, is_special: impl Fn(u8) -> bool) -> bool {
    let bytes = text.as_bytes();
    let Some(last) = bytes.last_chunk() else {
        return !text.bytes().any(is_special);
    };
    // Sixteen by sixteen, and the last sixteen, which may overlap those before.
    let (chunks, _) = bytes[..bytes.len() - 1].as_chunks::<WIDTH>();
    // To look on after a hit is what makes a vector of it.
    let has_one =
        |chunk: &[u8; WIDTH]| chunk.iter().fold(false, |hit, &byte| hit | is_special(byte));
    !(has_one(last) || chunks.iter().any(has_one))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_special_byte_is_found_wherever_it_stands() {
        for length in 0..70 {
            let plain = "b".repeat(length);
            assert!(has_none(&plain, |byte| byte == b'x'), "{length}");
            for place in 0..length {
                let mut text = plain.clone();
                text.replace_range(place..=place, "x");
                assert!(!has_none(&text, |byte| byte == b'x'), "{place} of {length}");
            }
        }
    }
}
