use proptest::prelude::*;

use super::{
    Decoder, Ffmpeg, FrameRequest, MediaError, decode_audio, read_audio, resampled, wav_bytes, wav_pcm16,
};
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
    assert!(matches!(error, MediaError::Truncated { found: 5, wanted: 8, .. }), "{error}");
    // Half a frame of two channels.
    assert!(matches!(
        wav_pcm16(&file(2, &[1, 2, 3])),
        Err(MediaError::Truncated { found: 6, wanted: 8, .. })
    ));
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

/// A file of `tests/data`; `tones.sh` made them.
fn data(name: &str) -> std::path::PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "tests", "data", name].iter().collect()
}

/// Strength and pitch of the middle of a tone.
fn strength_and_pitch(wave: &Waveform) -> (f64, f64) {
    let samples = wave.samples();
    let middle = &samples[samples.len() / 4..3 * samples.len() / 4];
    let squares: f64 = middle.iter().map(|sample| f64::from(sample * sample)).sum();
    let crossings = middle.windows(2).filter(|pair| (pair[0] < 0.0) != (pair[1] < 0.0)).count();
    let seconds = middle.len() as f64 / f64::from(wave.rate().hertz());
    ((2.0 * squares / middle.len() as f64).sqrt(), crossings as f64 / 2.0 / seconds)
}

#[test]
fn every_format_decodes_to_the_tone_that_was_encoded() {
    let files = ["tone.flac", "tone.mp3", "tone.aac", "tone.m4a", "tone.ogg", "tone24.wav"];
    for name in files {
        let read = read_audio(&data(name), SampleRate::SPEECH).unwrap();
        assert_eq!((read.decoder, read.file_rate.hertz()), (Decoder::BuiltIn, 22_050), "{name}");
        assert_eq!(read.wave.rate(), SampleRate::SPEECH);
        let (strength, pitch) = strength_and_pitch(&read.wave);
        assert!((strength - 0.5).abs() < 0.03, "{name}: {strength}");
        assert!((pitch - 440.0).abs() < 5.0, "{name}: {pitch} Hz");
        // An encoder may add a few packets of 1024 or 1152 samples.
        assert!((0.49..0.75).contains(&read.wave.duration()), "{name}: {} s", read.wave.duration());
    }
}

#[test]
fn flac_and_24_bit_sound_have_the_exact_length() {
    for name in ["tone.flac", "tone24.wav"] {
        let wave = decode_audio(isocost_fs::read(&data(name)).unwrap(), "").unwrap();
        assert_eq!(wave.samples().len(), 11_025, "{name}");
        assert_eq!(resampled(&wave, SampleRate::SPEECH).unwrap().samples().len(), 8_000);
    }
}

#[test]
fn a_cut_off_file_is_refused_by_name_in_every_format() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["tone.flac", "tone.mp3", "tone.m4a", "tone.ogg", "tone24.wav"] {
        let bytes = isocost_fs::read(&data(name)).unwrap();
        let path = folder.path().join(name);
        isocost_fs::write_cache(&path, &bytes[..bytes.len() / 2]).unwrap();
        match read_audio(&path, SampleRate::SPEECH) {
            Err(error) => assert!(error.to_string().contains(name), "{error}"),
            Ok(read) => panic!("{name}: {} s of {:?}", read.wave.duration(), read.decoder),
        }
    }
}

#[test]
fn empty_and_absent_files_are_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("empty.wav");
    isocost_fs::write_cache(&path, b"").unwrap();
    let error = read_audio(&path, SampleRate::SPEECH).unwrap_err().to_string();
    assert!(error.contains("empty.wav") && error.contains("no sound"), "{error}");
    let error = read_audio(&folder.path().join("none.wav"), SampleRate::SPEECH).unwrap_err().to_string();
    assert!(error.contains("none.wav"), "{error}");
}

#[test]
fn without_ffmpeg_the_message_says_how_to_get_it() {
    let folder = tempfile::tempdir().unwrap();
    let error = Ffmpeg::find_in([folder.path().to_owned()].into_iter()).unwrap_err();
    assert!(error.to_string().contains("apt-get install ffmpeg"), "{error}");
}

#[test]
fn what_ffmpeg_cannot_read_either_is_told_in_its_words() {
    let Ok(ffmpeg) = Ffmpeg::find() else { return };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("-i.mp4");
    isocost_fs::write_cache(&path, b"no media at all").unwrap();
    assert!(matches!(ffmpeg.audio(&path, SampleRate::SPEECH), Err(MediaError::Ffmpeg { .. })));
    let wave = ffmpeg.audio(&data("tone.flac"), SampleRate::SPEECH).unwrap();
    let (strength, pitch) = strength_and_pitch(&wave);
    assert!((strength - 0.5).abs() < 0.02 && (pitch - 440.0).abs() < 5.0, "{strength} {pitch}");
    let request = FrameRequest { count: 1, width: 4, height: 4 };
    assert!(ffmpeg.frames(&data("tone.flac"), request).is_err());
}

#[test]
fn frames_of_a_video_are_one_a_second_and_the_last_repeats() {
    let Ok(ffmpeg) = Ffmpeg::find() else { return };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("video.avi");
    let source = "color=white:size=16x16:rate=5:duration=3,format=rgb24";
    let made = std::process::Command::new("ffmpeg")
        .args(["-v", "error", "-f", "lavfi", "-i", source, "-c:v", "rawvideo"])
        .arg(&path)
        .status();
    assert!(made.unwrap().success());
    let frames = ffmpeg.frames(&path, FrameRequest { count: 5, width: 8, height: 8 }).unwrap();
    assert_eq!(frames.len(), 5);
    assert!(frames.iter().all(|frame| frame.pixels().iter().all(|pixel| *pixel > 250)), "{frames:?}");
}

#[test]
fn resampling_keeps_a_tone_and_the_length() {
    let tone = |sample: u16| {
        crate::numeric::narrow(
            0.5 * (2.0 * std::f64::consts::PI * 440.0 * f64::from(sample) / 44_100.0).sin(),
        )
    };
    let wave = Waveform::new((0..22_050).map(tone).collect(), SampleRate::new(44_100).unwrap()).unwrap();
    let slow = resampled(&wave, SampleRate::SPEECH).unwrap();
    assert_eq!(slow.samples().len(), 8_000);
    for (at, sample) in slow.samples().iter().enumerate().skip(200).take(7_600) {
        let wanted = 0.5 * (2.0 * std::f64::consts::PI * 440.0 * at as f64 / 16_000.0).sin();
        assert!((f64::from(*sample) - wanted).abs() < 2e-3, "{at}: {sample}, not {wanted}");
    }
    let empty = Waveform::new(Vec::new(), wave.rate()).unwrap();
    assert!(resampled(&empty, SampleRate::SPEECH).unwrap().samples().is_empty());
}
