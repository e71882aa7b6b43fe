use super::analysis::{Device, Loop, StageHint};
use super::paths::PathRef;
use super::segment::Segment;

/// A named value: from an assignment, from `--option value`, or from `--option=value`.
pub(super) struct Named {
    pub(super) name: String,
    /// The same in lower case, dashes as underscores, none in front.
    plain: String,
    /// One value, or several words behind one option.
    pub(super) values: Vec<String>,
    pub(super) span: std::ops::Range<usize>,
    pub(super) segment: usize,
    pub(super) in_loop: Option<usize>,
}

/// All named values in order. An option takes the words up to the next option.
pub(super) fn named_values(segments: &[Segment]) -> Vec<Named> {
    let mut all = Vec::new();
    for (position, segment) in segments.iter().enumerate() {
        let named = |name: &str, values: Vec<String>, span: std::ops::Range<usize>| Named {
            name: name.to_owned(),
            plain: plain(name),
            values,
            span,
            segment: position,
            in_loop: segment.in_loop,
        };
        for assignment in &segment.assignments {
            all.push(named(&assignment.name, vec![assignment.value.clone()], assignment.value_span.clone()));
        }
        let mut words = segment.args.iter().peekable();
        while let Some(word) = words.next() {
            if !is_option(&word.text) {
                continue;
            }
            if let Some((name, value)) = word.text.split_once('=') {
                let start = (word.span.start + name.len() + 1).min(word.span.end);
                all.push(named(name, vec![value.to_owned()], start..word.span.end));
                continue;
            }
            let mut values = Vec::new();
            let mut span = word.span.clone();
            while let Some(value) = words.next_if(|next| !is_option(&next.text)) {
                span = if values.is_empty() { value.span.clone() } else { span.start..value.span.end };
                values.push(value.text.clone());
            }
            all.push(named(&word.text, values, span));
        }
    }
    all
}

/// `--name` or `-n`, but not `-1` or a lone dash.
pub(super) fn is_option(word: &str) -> bool {
    word.strip_prefix('-')
        .is_some_and(|rest| rest.trim_start_matches('-').starts_with(|c: char| c.is_alphabetic()))
}

fn plain(name: &str) -> String {
    name.trim_start_matches('-').replace('-', "_").to_ascii_lowercase()
}

/// Seeds from `SEEDS=0,1,2`, `SEED=0`, `--seeds 0 1 2`, `--seeds 0..4`, and loops over a seed variable.
pub(super) fn seeds(named: &[Named], loops: &[Loop]) -> Option<Vec<i64>> {
    let mut seeds: Vec<i64> = Vec::new();
    let mut found = false;
    for value in named.iter().filter(|named| matches!(named.plain.as_str(), "seed" | "seeds")) {
        let texts = looped(value, loops).unwrap_or_else(|| value.values.clone());
        for text in texts.iter().map_while(|text| integers(text)) {
            found = true;
            for seed in text {
                if !seeds.contains(&seed) {
                    seeds.push(seed);
                }
            }
        }
    }
    found.then_some(seeds)
}

/// The values of the loop variable, if the value is that variable.
fn looped(value: &Named, loops: &[Loop]) -> Option<Vec<String>> {
    let variable = value.values.first()?.strip_prefix('$')?.trim_matches(['{', '}']);
    let mut at = value.in_loop;
    // Each step goes outwards, so this ends.
    while let Some(enclosing) = at.and_then(|at| loops.get(at)) {
        if enclosing.variable.as_deref() == Some(variable) {
            return Some(enclosing.values.clone());
        }
        at = enclosing.outer;
    }
    None
}

/// `0`, `0,1,2`, `0 1`, `0..4`, `{0..4}`, `0-4`; a range includes both ends. `None` if anything else is in it.
fn integers(text: &str) -> Option<Vec<i64>> {
    const MOST: i64 = 10_000;
    let mut all = Vec::new();
    for part in text.trim_matches(['[', ']', '{', '}']).split([',', ' ']).filter(|part| !part.is_empty()) {
        if let Ok(seed) = part.parse() {
            all.push(seed);
            continue;
        }
        let (low, high) = part.split_once("..").or_else(|| part.split_once('-'))?;
        let (low, high): (i64, i64) = (low.parse().ok()?, high.parse().ok()?);
        if high < low || high.checked_sub(low)? > MOST {
            return None;
        }
        all.extend(low..=high);
    }
    (!all.is_empty()).then_some(all)
}

/// Devices from `CUDA_VISIBLE_DEVICES`, `…DEVICE`, `…_DEVICES`, `--device`, `--…-device`.
pub(super) fn devices(named: &[Named]) -> Vec<Device> {
    let is_device = |named: &&Named| {
        let name = named.plain.as_str();
        name == "device" || name == "devices" || name.ends_with("_device") || name.ends_with("_devices")
    };
    named
        .iter()
        .filter(is_device)
        .filter_map(|named| {
            let value = named.values.first()?.clone();
            let ids = value
                .split(',')
                .filter_map(|part| part.rsplit_once(':').map_or(part, |(_, id)| id).trim().parse().ok())
                .collect();
            let source = named.name.clone();
            Some(Device { source, value, ids, segment: named.segment, span: named.span.clone() })
        })
        .collect()
}

/// The split that is evaluated: `SPLIT_EVAL`, `--split-eval`, `--test-split`, else `SPLIT`, `--split`.
pub(super) fn split(named: &[Named]) -> Option<String> {
    let of = |wanted: &[&str]| {
        named
            .iter()
            .find(|named| wanted.contains(&named.plain.as_str()))
            .and_then(|named| named.values.first())
    };
    of(&["split_eval", "eval_split"])
        .or_else(|| of(&["split"]))
        .or_else(|| of(&["test_split"]))
        .filter(|value| !value.contains('$'))
        .cloned()
}

/// Limits on the number of samples.
pub(super) fn limits(named: &[Named]) -> Vec<(String, String)> {
    named
        .iter()
        .filter(|named| is_limit(&named.plain))
        .filter_map(|named| Some((named.name.clone(), named.values.first()?.clone())))
        .collect()
}

fn is_limit(name: &str) -> bool {
    name == "limit"
        || name.starts_with("limit_")
        || name.ends_with("_limit")
        || (name.starts_with("max_") && name.ends_with("samples"))
        || name.starts_with("n_samples")
}

/// What hints at the stage, sorted, each once.
pub(super) fn stage_hints(segments: &[Segment], named: &[Named], outputs: &[PathRef]) -> Vec<StageHint> {
    let mut hints = Vec::new();
    let flag = segments.iter().any(|segment| segment.args.iter().any(|arg| arg.text == "--smoke"));
    let variable = named.iter().any(|named| {
        named.name == "SMOKE"
            && named.values.first().is_some_and(|value| !matches!(value.as_str(), "" | "0" | "false"))
    });
    if flag || variable {
        hints.push(StageHint::SmokeFlag);
    }
    for output in outputs {
        hints.extend(stage_names(&output.normalised).map(StageHint::OutputName));
    }
    if named.iter().any(|named| is_limit(&named.plain) && !named.plain.starts_with("n_samples")) {
        hints.push(StageHint::SampleLimit);
    }
    hints.sort();
    hints.dedup();
    hints
}

/// Stage words in a path; `test402` counts as `test`.
fn stage_names(path: &str) -> impl Iterator<Item = String> {
    const STAGES: &[&str] = &["smoke", "quick", "full", "val", "test", "dev", "train"];
    path.split(|c: char| !c.is_ascii_alphanumeric())
        .filter_map(|part| {
            let word = part.trim_end_matches(|c: char| c.is_ascii_digit());
            STAGES.contains(&word).then(|| word.to_owned())
        })
        .collect::<Vec<_>>()
        .into_iter()
}
