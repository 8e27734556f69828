//! A key of a telephone.

/// A key of a telephone.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Tone {
    name: &'static str,
    key: char,
}

impl Tone {
    const ALL: [Self; 16] = {
        const fn tone(name: &'static str, key: char) -> Tone {
            Tone { name, key }
        }
        [
            tone("zero", '0'),
            tone("one", '1'),
            tone("two", '2'),
            tone("three", '3'),
            tone("four", '4'),
            tone("five", '5'),
            tone("six", '6'),
            tone("seven", '7'),
            tone("eight", '8'),
            tone("nine", '9'),
            tone("a", 'a'),
            tone("b", 'b'),
            tone("c", 'c'),
            tone("d", 'd'),
            tone("pound", '#'),
            tone("asterisk", '*'),
        ]
    };

    /// The name that the API has for it.
    pub(crate) fn name(self) -> &'static str {
        self.name
    }

    /// What is printed on the key.
    pub(crate) fn key(self) -> char {
        self.key
    }

    /// Reads a name such as `pound` or a key such as `#`, in any case.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.to_ascii_lowercase();
        let is_key = |tone: &Self| text.chars().eq([tone.key]);
        Self::ALL.into_iter().find(|tone| tone.name == text || is_key(tone))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tone_is_read_by_its_name_or_its_key() {
        for (text, key) in [("pound", '#'), ("#", '#'), ("Seven", '7'), ("7", '7'), ("D", 'd')] {
            assert_eq!(Tone::parse(text).map(Tone::key), Some(key), "{text}");
        }
        for text in ["", "e", "10", "seventh", "hash"] {
            assert_eq!(Tone::parse(text), None, "{text}");
        }
    }
}
