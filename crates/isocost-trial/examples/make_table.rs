//! Writes a large outcome table for the bench of tables: `make_table OUT [ITEMS [SEEDS [ARMS]]]`; `.jsonl` by extension, else CSV.

use std::io::{BufWriter, Write};
use std::path::PathBuf;

use isocost_stats::Stream;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args_os().skip(1);
    let path = PathBuf::from(arguments.next().ok_or("name the file to write")?);
    let mut number = |default: u32| -> Result<u32, Box<dyn std::error::Error>> {
        let given = arguments.next().map(|text| text.to_string_lossy().parse());
        Ok(given.transpose()?.unwrap_or(default))
    };
    let (items, seeds, arms) = (number(50_000)?, number(10)?, number(20)?);
    let is_json = path.extension().is_some_and(|extension| extension == "jsonl");
    let mut out = BufWriter::with_capacity(1 << 20, isocost_fs::create_file(&path)?);
    if !is_json {
        writeln!(out, "item,seed,arm,budget,cost,cost_unit,split,metric,value")?;
    }
    for item in 0..items {
        let mut stream = Stream::new(11, 0, u64::from(item));
        for seed in 0..seeds {
            for arm in 0..arms {
                let value = u8::from(stream.unit() < 0.5 + 0.01 * f64::from(arm));
                let cost = 1900.0 + (120.0 * stream.unit()).round();
                if is_json {
                    writeln!(
                        out,
                        r#"{{"item":"clip_{item:06}","seed":{seed},"arm":"arm_{arm:02}","budget":1960,"cost":{cost},"cost_unit":"tokens","split":"test","metric":"acc","value":{value}}}"#
                    )?;
                } else {
                    writeln!(out, "clip_{item:06},{seed},arm_{arm:02},1960,{cost},tokens,test,acc,{value}")?;
                }
            }
        }
    }
    out.flush()?;
    Ok(())
}
