"""Writes the Parquet files beside it, and rows.csv with the same rows. Made with pyarrow 25.0.1: python3 make.py"""
import csv
import pyarrow as pa
import pyarrow.parquet as pq

items, seeds, arms = [f"clip {i}" for i in range(6)], [0, 1], ["uniform", "anchored"]
rows = []
for i, item in enumerate(items):
    for seed in seeds:
        for a, arm in enumerate(arms):
            value = None if (i, seed, a) == (2, 1, 0) else ((7 * i + 3 * seed + a) % 4) / 4
            cost = None if i == 4 else 1960.0 + a
            rows.append(dict(item=item, seed=seed, arm=arm, budget=1960, cost=cost, cost_unit="tokens" if cost else "", split="test", metric="acc", value=value, label=None if i == 5 else f"l{i % 3}"))
columns = {name: [row[name] for row in rows] for name in rows[0]}
text = ["item", "arm", "cost_unit", "split", "metric", "label"]


def table(string, whole, real):
    types = {name: string if name in text else whole if name in ("seed", "budget") else real for name in columns}
    return pa.table({name: pa.array(values, types[name]) for name, values in columns.items()})


pq.write_table(table(pa.string(), pa.int64(), pa.float64()), "snappy_dictionary.parquet")
pq.write_table(table(pa.large_string(), pa.int32(), pa.float64()), "zstd_groups.parquet", compression="zstd", row_group_size=7)
pq.write_table(table(pa.string(), pa.uint16(), pa.float32()), "gzip_plain_v2.parquet", compression="gzip", use_dictionary=False, data_page_version="2.0")
pq.write_table(table(pa.dictionary(pa.int32(), pa.string()), pa.int64(), pa.float64()), "lz4_categories.parquet", compression="lz4")
nested = table(pa.string(), pa.int64(), pa.float64()).append_column("parts", pa.array([[1, 2]] * len(rows)))
pq.write_table(nested, "nested_extra.parquet", compression="none")
with open("rows.csv", "w", newline="") as out:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow("" if value is None else repr(value) if isinstance(value, float) else value for value in row.values())
