#!/usr/bin/env python3
"""Writes silero.json: probabilities of speech for a made-up voice. `PACKAGE` is the folder of the Python package silero-vad.

    silero.py PACKAGE      (needs numpy, and onnxruntime for the real model)

`real` is what the package's ONNX model gives. `made_up` is its network, as in its tinygrad_model.py, in numpy with weights from a formula.
"""
import json
import sys
from pathlib import Path

import numpy as np

SHAPES = {"stft_conv.weight": (258, 1, 256), "conv1.weight": (128, 129, 3), "conv1.bias": (128,), "conv2.weight": (64, 128, 3), "conv2.bias": (64,), "conv3.weight": (64, 64, 3), "conv3.bias": (64,), "conv4.weight": (128, 64, 3), "conv4.bias": (128,), "lstm_cell.weight_ih": (512, 128), "lstm_cell.weight_hh": (512, 128), "lstm_cell.bias_ih": (512,), "lstm_cell.bias_hh": (512,), "final_conv.weight": (1, 128, 1), "final_conv.bias": (1,)}


def voice(n=16000 * 2):
    t = np.arange(n) / 16000.0
    pitch = 120 + 20 * np.sin(2 * np.pi * 2 * t)
    phase = 2 * np.pi * np.cumsum(pitch) / 16000.0
    tone = sum(np.sin(k * phase) / k for k in range(1, 25))
    return (0.2 * tone * (np.sin(2 * np.pi * 3 * t) > -0.3) * (t > 0.5)).astype(np.float32)


def made_up():
    out, at = {}, 0
    for name, shape in SHAPES.items():
        n = int(np.prod(shape))
        i = np.arange(at, at + n, dtype=np.float64)
        # A number from 0 to 1 that jumps about, by integer arithmetic only.
        unit = ((i.astype(np.int64) * 7919 + 104729) % 65521) / 65521.0
        fan = max(1, n // shape[0])
        out[name] = ((unit - 0.5) * 3.0 / np.sqrt(fan)).astype(np.float32).reshape(shape)
        at += n
    return out


def conv(x, w, b, stride):
    x = np.pad(x, ((0, 0), (1, 1)))
    return np.maximum(np.stack([np.tensordot(w, x[:, s : s + 3], ([1, 2], [0, 1])) for s in range(0, x.shape[1] - 2, stride)], 1) + b[:, None], 0)


def run(w, wave):
    w = {k: v.astype(np.float64) for k, v in w.items()}
    sig = lambda v: 1 / (1 + np.exp(-v))
    h = c = np.zeros(128)
    context, out = np.zeros(64), []
    for at in range(0, len(wave), 512):
        x = np.concatenate([context, np.pad(wave[at : at + 512].astype(np.float64), (0, max(0, 512 - len(wave[at : at + 512]))))])
        context = x[-64:]
        x = np.pad(x, (0, 64), mode="reflect")
        s = np.stack([w["stft_conv.weight"][:, 0] @ x[k : k + 256] for k in range(0, len(x) - 255, 128)], 1)
        x = np.sqrt(s[:129] ** 2 + s[129:] ** 2)
        for k, stride in ((1, 1), (2, 2), (3, 2), (4, 1)):
            x = conv(x, w[f"conv{k}.weight"], w[f"conv{k}.bias"], stride)
        g = w["lstm_cell.weight_ih"] @ x[:, 0] + w["lstm_cell.bias_ih"] + w["lstm_cell.weight_hh"] @ h + w["lstm_cell.bias_hh"]
        i, f, gg, o = np.split(g, 4)
        c = sig(f) * c + sig(i) * np.tanh(gg)
        h = sig(o) * np.tanh(c)
        out.append(float(sig(w["final_conv.weight"][0, :, 0] @ np.maximum(h, 0) + w["final_conv.bias"][0])))
    return out


def real(package, wave):
    import onnxruntime

    session = onnxruntime.InferenceSession(str(package / "data" / "silero_vad_16k_op15.onnx"), providers=["CPUExecutionProvider"])
    state, context, out = np.zeros((2, 1, 128), np.float32), np.zeros((1, 64), np.float32), []
    for at in range(0, len(wave), 512):
        x = np.zeros((1, 512), np.float32)
        x[0, : len(wave[at : at + 512])] = wave[at : at + 512]
        x = np.concatenate([context, x], 1)
        p, state = session.run(None, {"input": x, "state": state, "sr": np.array(16000, np.int64)})
        context = x[:, -64:]
        out.append(float(p[0, 0]))
    return out, onnxruntime.__version__


wave = voice()
probabilities, version = real(Path(sys.argv[1]), wave)
pcm = np.round(wave * 32767).astype(int)
wave = (pcm / 32768).astype(np.float32)
probabilities, version = real(Path(sys.argv[1]), wave)
out = {"numpy": np.__version__, "onnxruntime": version, "silero-vad": "6.2.3", "pcm": pcm.tolist(), "real": probabilities, "made_up": run(made_up(), wave)}
Path(__file__).with_suffix(".json").write_text(json.dumps(out, separators=(",", ":")) + "\n")
