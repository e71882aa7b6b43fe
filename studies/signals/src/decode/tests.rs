use proptest::prelude::*;

use super::{MediaError, wav_bytes, wav_pcm16};
use crate::audio::{SampleRate, Waveform};

fn tone() -> Waveform {
    Waveform::new(vec![0.0, 0.5, -0.5, 0.25], SampleRate::SPEECH).unwrap()
}

/// A file of these frames.
fn file(channels: u16, samples: &[i16]) -> Vec<u8> {
    let mut bytes = wav_bytes(&tone());
    bytes[22..24].copy_from_slice(&channels.to_le_bytes());
    bytes.truncate(44);
    bytes.extend(samples.iter().flat_map(|sample| sample.to_le_bytes()));
    bytes[40..44].copy_from_slice(&u32::try_from(2 * samples.len()).unwrap().to_le_bytes());
    bytes
}

#[test]
fn sound_that_was_written_reads_back_unchanged() {
    assert_eq!(wav_pcm16(&wav_bytes(&tone())).unwrap(), tone());
}

#[test]
fn channels_are_averaged_before_they_become_fractions() {
    let wave = wav_pcm16(&file(2, &[1, 2, -3, 5])).unwrap();
    assert_eq!(wave.samples(), [1.5 / 32768.0, 1.0 / 32768.0]);
}

#[test]
fn other_chunks_are_passed_over() {
    let mut bytes = file(1, &[7]);
    let odd = [b"LIST".as_slice(), &3_u32.to_le_bytes(), &[1, 2, 3, 0]].concat();
    bytes.splice(12..12, odd.iter().copied());
    assert_eq!(wav_pcm16(&bytes).unwrap().samples(), [7.0 / 32768.0]);
}

#[test]
fn a_size_that_the_writer_could_not_know_means_the_rest() {
    let mut bytes = file(1, &[7, 8]);
    bytes[40..44].copy_from_slice(&u32::MAX.to_le_bytes());
    assert_eq!(wav_pcm16(&bytes).unwrap().samples().len(), 2);
}

#[test]
fn a_file_that_was_cut_off_is_refused_with_its_sizes() {
    let mut bytes = file(1, &[1, 2, 3, 4]);
    bytes.truncate(bytes.len() - 3);
    let error = wav_pcm16(&bytes).unwrap_err();
    assert!(matches!(error, MediaError::Truncated { found: 5, wanted: 8 }), "{error}");
    // Half a frame of two channels.
    assert!(matches!(wav_pcm16(&file(2, &[1, 2, 3])), Err(MediaError::Truncated { found: 6, wanted: 8 })));
}

#[test]
fn a_file_without_samples_or_of_another_kind_is_refused() {
    assert!(matches!(wav_pcm16(&file(1, &[])), Err(MediaError::NoSound)));
    assert!(matches!(wav_pcm16(&[]), Err(MediaError::NotWav(_))));
    assert!(matches!(wav_pcm16(b"ID3\x04 and more bytes"), Err(MediaError::NotWav(_))));
    assert!(matches!(wav_pcm16(b"RIFF\0\0\0\0WAVE"), Err(MediaError::NotWav(_))));
    assert!(matches!(wav_pcm16(&file(0, &[1])), Err(MediaError::NotWav(_))));
    let mut bytes = file(1, &[1]);
    bytes[34] = 24;
    let error = wav_pcm16(&bytes).unwrap_err();
    assert!(error.to_string().contains("24-bit") && error.to_string().contains("pcm_s16le"), "{error}");
    let mut bytes = file(1, &[1]);
    bytes[24..28].fill(0);
    assert!(matches!(wav_pcm16(&bytes), Err(MediaError::Signal(_))));
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(cut in 0_usize..60, place in 0_usize..60, byte: u8) {
        let mut bytes = file(1, &[1, 2, 3, 4]);
        if let Some(held) = bytes.get_mut(place) {
            *held = byte;
        }
        bytes.truncate(cut);
        let _ = wav_pcm16(&bytes);
    }
}
