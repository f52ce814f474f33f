//! A file that tells how far it is read, and can be stopped. The whole of it is read twice: once for its SHA-256.

use crate::app::Progress;
use std::io::{self, Read, Seek, SeekFrom};

pub(super) struct Watched<'p, F> {
    file: F,
    progress: &'p Progress,
}

impl<'p, F> Watched<'p, F> {
    pub(super) fn new(file: F, length: u64, progress: &'p Progress) -> Self {
        progress.begin(length.saturating_mul(2));
        Self { file, progress }
    }
}

impl<F: Read> Read for Watched<'_, F> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.progress.step(read as u64).map_err(io::Error::other)?;
        Ok(read)
    }
}

impl<F: Seek> Seek for Watched<'_, F> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}
