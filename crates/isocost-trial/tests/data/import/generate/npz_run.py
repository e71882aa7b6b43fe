"""Two arms of five items under two seeds, and an archive without ids: python3 npz_run.py"""
import numpy as np

ids = np.array(["v1", "v2", "v3", "v4", "v5"])
grid = np.arange(10).reshape(5, 2)
np.savez_compressed("left.npz", item=ids, seed=np.array([0, 1]), acc=(grid % 3) / 2, tokens=np.full((5, 2), 1960))
np.savez("right.npz", item=ids[::-1], seed=np.array([0, 1]), acc=((grid % 4) / 3)[::-1], tokens=np.full((5, 2), 1970))
np.savez("no_ids.npz", acc=grid % 2)
