//! A WAV file that grows.

use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};
use std::path::PathBuf;

use crate::wav;

/// A file that is made with the first samples, and whole after each append.
#[derive(Debug)]
pub(super) struct WavFile {
    path: PathBuf,
    rate: u32,
    channels: u16,
    file: Option<File>,
    bytes: u32,
}

impl WavFile {
    pub(super) fn new(path: PathBuf, rate: u32, channels: u16) -> Self {
        Self { path, rate, channels, file: None, bytes: 0 }
    }

    /// Appends samples; after 4 GiB, which is as long as such a file can be, nothing more.
    pub(super) fn append(&mut self, samples: &[u8]) -> io::Result<()> {
        let Some(bytes) = u32::try_from(samples.len()).ok().and_then(|n| self.bytes.checked_add(n))
        else {
            return Ok(());
        };
        let header = wav::header(self.rate, self.channels, bytes);
        let mut file = match self.file.take() {
            Some(file) => file,
            None => File::create(&self.path)?,
        };
        file.seek(SeekFrom::Start(0))?;
        file.write_all(&header)?;
        file.seek(SeekFrom::End(0))?;
        file.write_all(samples)?;
        (self.file, self.bytes) = (Some(file), bytes);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_whole_after_each_append() {
        let path = std::env::temp_dir().join(format!("heard-{}.wav", uuid::Uuid::new_v4()));
        let mut file = WavFile::new(path.clone(), 16_000, 1);
        for length in 1..=2 {
            file.append(&[7, 0]).unwrap();
            let sound = wav::read(&std::fs::read(&path).unwrap()).unwrap();
            assert_eq!((sound.rate, &*sound.samples), (16_000, &vec![7; length][..]));
        }
        std::fs::remove_file(path).unwrap();
    }
}
