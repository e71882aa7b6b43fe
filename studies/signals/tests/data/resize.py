#!/usr/bin/env python3
"""Writes resize.json: pictures and what Pillow makes of them. Needs pillow and numpy."""
import json
from pathlib import Path

import numpy as np
import PIL
from PIL import Image

rng = np.random.default_rng(7)
cases = []
for width, height, to in [(1, 1, 8), (5, 7, 32), (44, 36, 32), (33, 32, 32), (32, 50, 32), (20, 30, 4)]:
    rgb = rng.integers(0, 256, size=(height, width, 3)).astype(np.uint8)
    if width == 44:
        # Hard edges overshoot, and are cut at 0 and 255.
        rgb = np.where(rgb > 127, 255, 0).astype(np.uint8)
    gray = Image.fromarray(rgb).convert("L")
    small = np.asarray(gray.resize((to, to)))
    cases.append({"width": width, "height": height, "to": to, "rgb": rgb.ravel().tolist(), "gray": np.asarray(gray).ravel().tolist(), "small": small.ravel().tolist()})
frames = [rng.integers(0, 256, size=(20, 30)).astype(np.uint8) for _ in range(4)]
small = [np.asarray(Image.fromarray(f).resize((32, 32)), dtype=np.float32) / 255.0 for f in frames]
change = [0.0] + [float(np.mean(np.abs(b - a))) for a, b in zip(small, small[1:])]
out = {"pillow": PIL.__version__, "numpy": np.__version__, "resize": cases, "frames": [f.ravel().tolist() for f in frames], "width": 30, "height": 20, "frame_change": change}
Path(__file__).with_suffix(".json").write_text(json.dumps(out, separators=(",", ":")) + "\n")
