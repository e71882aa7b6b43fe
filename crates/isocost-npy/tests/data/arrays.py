#!/usr/bin/env python3
"""Archives that NumPy writes, for the tests of reading them. usage: arrays.py FOLDER (made with NumPy 2.4.6)"""
import io
import pathlib
import sys

import numpy as np

out = pathlib.Path(sys.argv[1])
arrays = {}
for name in ("i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8"):
    for order in "<>":
        arrays[f"{name}{'be' if order == '>' else 'le'}"] = (np.arange(6).reshape(2, 3) * 3).astype(order + name)
arrays["bool"] = np.array([True, False, True])
arrays["fortran"] = np.asfortranarray(np.arange(24, dtype="f4").reshape(2, 3, 4))
arrays["scalar"] = np.float64(2.5)
arrays["empty"] = np.zeros((0, 7), "f4")
arrays["text"] = np.array(["a", "", "Grüße", "𝕊"])
arrays["text_be"] = np.array(["a", "bc"]).astype(">U2")
arrays["bytes"] = np.array([b"xy", b"z"])
np.savez(out / "stored.npz", **arrays)
np.savez_compressed(out / "deflated.npz", **arrays)
np.savez(out / "refused.npz", objects=np.array([{"a": 1}, None], dtype=object), complex=np.zeros(2, "c8"),
         record=np.zeros(2, [("a", "f4")]), date=np.zeros(2, "M8[s]"))
for version in ((1, 0), (2, 0), (3, 0)):
    buffer = io.BytesIO()
    np.lib.format.write_array(buffer, np.arange(5, dtype="f4"), version=version)
    (out / f"version{version[0]}.npy").write_bytes(buffer.getvalue())
