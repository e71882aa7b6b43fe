//! The `ffmpeg` program, for what the built-in decoders do not read and for frames of videos.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::{MediaError, MediaResult};
use crate::audio::{SampleRate, Waveform};
use crate::visual::Gray;

/// Where the program is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ffmpeg {
    program: PathBuf,
}

/// Which frames of a video are wanted, and at which size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FrameRequest {
    /// Frames, one per second from half a second on; where the video ends earlier its last frame repeats.
    pub count: usize,
    /// Pixels in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
}

impl Ffmpeg {
    /// Looks for it in the folders of the `PATH`.
    pub fn find() -> MediaResult<Self> {
        let folders = std::env::var_os("PATH").unwrap_or_default();
        Self::find_in(std::env::split_paths(&folders))
    }

    /// Looks for it in these folders, in order.
    pub fn find_in(folders: impl Iterator<Item = PathBuf>) -> MediaResult<Self> {
        let mut programs = folders.map(|folder| folder.join("ffmpeg"));
        let program = programs.find(|program| program.is_file()).ok_or(MediaError::NoFfmpeg)?;
        Ok(Self { program })
    }

    /// The first audio track, mixed to one channel and resampled by it.
    pub fn audio(&self, path: &Path, rate: SampleRate) -> MediaResult<Waveform> {
        let rate_text = rate.hertz().to_string();
        let bytes = self.output(path, &[], &["-vn", "-ac", "1", "-ar", &rate_text, "-f", "s16le"])?;
        let (samples, _) = bytes.as_chunks::<2>();
        let samples: Vec<f32> =
            samples.iter().map(|bytes| f32::from(i16::from_le_bytes(*bytes)) / 32768.0).collect();
        if samples.is_empty() { Err(MediaError::NoSound) } else { Ok(Waveform::new(samples, rate)?) }
    }

    /// Frames in grey, from the red, green and blue that it decodes.
    pub fn frames(&self, path: &Path, request: FrameRequest) -> MediaResult<Vec<Gray>> {
        let FrameRequest { count, width, height } = request;
        let filter = format!("fps=1,scale={width}:{height}");
        let number = count.to_string();
        let wanted = ["-an", "-vf", &filter, "-frames:v", &number, "-f", "rawvideo", "-pix_fmt", "rgb24"];
        let bytes = self.output(path, &["-ss", "0.5"], &wanted)?;
        // A size that is no picture is refused by the first frame.
        let size = width.saturating_mul(height).saturating_mul(3).max(1);
        let mut frames = bytes
            .chunks_exact(size)
            .map(|rgb| Gray::from_rgb(width, height, rgb))
            .collect::<Result<Vec<_>, _>>()?;
        let last = frames.last().ok_or(MediaError::NoPicture)?.clone();
        frames.resize(count, last);
        Ok(frames)
    }

    fn output(&self, path: &Path, before: &[&str], after: &[&str]) -> MediaResult<Vec<u8>> {
        // The prefix keeps a file name from being read as an option or as an address.
        let mut input = OsString::from("file:");
        input.push(path);
        let run = Command::new(&self.program)
            .args(["-nostdin", "-v", "error"])
            .args(before)
            .arg("-i")
            .arg(input)
            .args(after)
            .arg("pipe:1")
            .stdin(Stdio::null())
            .output()
            .map_err(|source| MediaError::Start { program: self.program.display().to_string(), source })?;
        if run.status.success() {
            return Ok(run.stdout);
        }
        let words = String::from_utf8_lossy(&run.stderr);
        Err(MediaError::Ffmpeg {
            reason: words.lines().last().unwrap_or("it said nothing").trim().to_owned(),
        })
    }
}
