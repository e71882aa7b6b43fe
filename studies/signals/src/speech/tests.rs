use serde_json::Value;

use super::{ModelError, Silero, speech_share};
use crate::audio::{SampleRate, Waveform};

/// Written by `tests/data/silero.py`.
fn known() -> Value {
    serde_json::from_str(include_str!("../../tests/data/silero.json")).unwrap()
}

fn voice(known: &Value) -> Waveform {
    let sample = |value: &Value| crate::numeric::narrow(value.as_f64().unwrap()) / 32768.0;
    let samples = known["pcm"].as_array().unwrap().iter().map(sample).collect();
    Waveform::new(samples, SampleRate::SPEECH).unwrap()
}

const SHAPES: [(&str, &[usize]); 15] = [
    ("model.stft.forward_basis_buffer", &[258, 1, 256]),
    ("model.encoder.0.reparam_conv.weight", &[128, 129, 3]),
    ("model.encoder.0.reparam_conv.bias", &[128]),
    ("model.encoder.1.reparam_conv.weight", &[64, 128, 3]),
    ("model.encoder.1.reparam_conv.bias", &[64]),
    ("model.encoder.2.reparam_conv.weight", &[64, 64, 3]),
    ("model.encoder.2.reparam_conv.bias", &[64]),
    ("model.encoder.3.reparam_conv.weight", &[128, 64, 3]),
    ("model.encoder.3.reparam_conv.bias", &[128]),
    ("model.decoder.rnn.weight_ih", &[512, 128]),
    ("model.decoder.rnn.weight_hh", &[512, 128]),
    ("model.decoder.rnn.bias_ih", &[512]),
    ("model.decoder.rnn.bias_hh", &[512]),
    ("model.decoder.decoder.2.weight", &[1, 128, 1]),
    ("model.decoder.decoder.2.bias", &[1]),
];

fn varint(mut value: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    while value > 127 {
        bytes.push(u8::try_from(value & 127).unwrap() | 128);
        value >>= 7;
    }
    bytes.push(u8::try_from(value).unwrap());
    bytes
}

/// A field of bytes.
fn field(number: u8, bytes: &[u8]) -> Vec<u8> {
    [&[number << 3 | 2][..], &varint(bytes.len()), bytes].concat()
}

/// The weights that the script makes up.
fn made_up(shapes: &[(&str, &[usize])]) -> Vec<u8> {
    let (mut graph, mut at) = (Vec::new(), 0_u64);
    for (name, shape) in shapes {
        let size: usize = shape.iter().product();
        let fan = (size / shape[0]).max(1) as f64;
        let mut data = Vec::new();
        for _ in 0..size {
            let unit = ((at * 7919 + 104_729) % 65_521) as f64 / 65_521.0;
            data.extend(crate::numeric::narrow((unit - 0.5) * 3.0 / fan.sqrt()).to_le_bytes());
            at += 1;
        }
        let sizes = shape.iter().flat_map(|size| [vec![8], varint(*size)].concat());
        let tensor = sizes.chain([16, 1]).chain(field(8, name.as_bytes())).chain(field(9, &data));
        graph.extend(field(5, &tensor.collect::<Vec<u8>>()));
    }
    field(7, &graph)
}

fn apart(found: &[f32], wanted: &Value) -> f64 {
    let wanted = wanted.as_array().unwrap();
    assert_eq!(found.len(), wanted.len());
    found.iter().zip(wanted).map(|(a, b)| (f64::from(*a) - b.as_f64().unwrap()).abs()).fold(0.0, f64::max)
}

#[test]
fn the_network_gives_what_numpy_gives_for_the_same_weights() {
    let known = known();
    let model = Silero::from_onnx(&made_up(&SHAPES)).unwrap();
    let apart = apart(&model.probabilities(&voice(&known)).unwrap(), &known["made_up"]);
    assert!(apart < 1e-4, "{apart}");
}

#[test]
fn golden_the_real_weights_give_what_the_packages_onnx_model_gives() {
    let Some(path) = std::env::var_os("ISOCOST_SILERO") else {
        eprintln!("skipped: ISOCOST_SILERO names no silero_vad_16k_op15.onnx");
        return;
    };
    let known = known();
    let model = Silero::from_onnx(&isocost_fs::read(path.as_ref()).unwrap()).unwrap();
    let apart = apart(&model.probabilities(&voice(&known)).unwrap(), &known["real"]);
    assert!(apart < 1e-4, "{apart}");
}

#[test]
fn files_that_are_no_model_are_refused_with_what_is_wrong() {
    assert!(matches!(Silero::from_onnx(b"none"), Err(ModelError::NotOnnx(_))));
    assert!(matches!(Silero::from_onnx(&[255; 64]), Err(ModelError::NotOnnx(_))));
    assert!(matches!(Silero::from_onnx(&[]), Err(ModelError::NotOnnx(_))));
    let mut cut = made_up(&SHAPES);
    cut.truncate(cut.len() - 2);
    let error = Silero::from_onnx(&cut).unwrap_err().to_string();
    assert!(error.contains("fields"), "{error}");
    let error = Silero::from_onnx(&made_up(&SHAPES[1..])).unwrap_err().to_string();
    assert!(error.contains("`model.stft.forward_basis_buffer` is not there"), "{error}");
    let mut shapes = SHAPES;
    shapes[1].1 = &[129, 128, 3];
    let error = Silero::from_onnx(&made_up(&shapes)).unwrap_err().to_string();
    assert!(error.contains("[129, 128, 3]") && error.contains("[128, 129, 3]"), "{error}");
}

#[test]
fn sound_at_another_rate_is_refused_and_no_sound_has_no_chunk() {
    let model = Silero::from_onnx(&made_up(&SHAPES)).unwrap();
    let slow = Waveform::new(vec![0.0; 9], SampleRate::new(8_000).unwrap()).unwrap();
    assert!(model.probabilities(&slow).unwrap_err().to_string().contains("needs audio at 16000 Hz"));
    let none = Waveform::new(Vec::new(), SampleRate::SPEECH).unwrap();
    assert!(model.probabilities(&none).unwrap().is_empty());
}

#[test]
fn a_chunk_belongs_to_the_second_of_its_middle() {
    // Chunks last 32 ms: the middle of chunk 31 is at 1.008 s.
    let mut probabilities = vec![0.0_f32; 62];
    probabilities[31] = 0.9;
    let shares = speech_share(&probabilities, 0.5, 3).unwrap();
    assert_eq!(shares, [0.0, 1.0 / 31.0, 0.0]);
    assert!(speech_share(&[f32::NAN], 0.5, 1).is_err());
    assert!(speech_share(&[0.5], 1.5, 1).is_err());
}
