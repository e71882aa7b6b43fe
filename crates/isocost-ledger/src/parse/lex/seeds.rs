//! Seeds (spec §1.5).

/// Longest list of seeds that is written out from a range.
const MOST_SEEDS: i64 = 10_000;

/// The seeds at the start of `text`: `0..9`, `0-4`, `0,1,2`, `[0, 1]`, `3`. A range includes both ends.
pub(crate) fn seeds_at(text: &str) -> Option<Vec<i64>> {
    let text = text.trim_start_matches(['`', '[', ' ']);
    let (first, rest) = integer(text)?;
    let range = rest.strip_prefix("..").or_else(|| rest.strip_prefix('-')).or_else(|| rest.strip_prefix('–'));
    if let Some((last, _)) = range.and_then(integer) {
        let length = last.checked_sub(first)?;
        return (0..MOST_SEEDS).contains(&length).then(|| (first..=last).collect());
    }
    let mut seeds = vec![first];
    let mut rest = rest;
    while let Some((next, after)) =
        rest.strip_prefix(',').map(|r| r.strip_prefix(' ').unwrap_or(r)).and_then(integer)
    {
        seeds.push(next);
        rest = after;
    }
    Some(seeds)
}

fn integer(text: &str) -> Option<(i64, &str)> {
    let length = text.bytes().take(19).take_while(u8::is_ascii_digit).count();
    let (digits, rest) = text.split_at_checked(length)?;
    Some((digits.parse().ok()?, rest))
}

/// The seeds that a text names: `SEEDS=0..2`, `seed=0`, `seed1`, `Full seeds (`0..9`)`. The first place counts.
pub(crate) fn find_seeds(text: &str) -> Option<Vec<i64>> {
    let bytes = text.as_bytes();
    memchr::memchr2_iter(b's', b'S', bytes).find_map(|at| {
        let word = text.get(at..at + 4)?;
        let glued = at.checked_sub(1).and_then(|i| bytes.get(i)).is_some_and(u8::is_ascii_alphanumeric);
        if glued || !word.eq_ignore_ascii_case("seed") {
            return None;
        }
        let rest = text.get(at + 4..)?;
        let rest = rest.strip_prefix(['s', 'S']).unwrap_or(rest);
        let rest = rest.strip_prefix(['=', ' ']).unwrap_or(rest);
        let rest = rest.strip_prefix('(').unwrap_or(rest);
        seeds_at(rest)
    })
}

/// The seeds that a path names: `_s0-9_`, `_s0_`, `_seed42`. A digit string like `s012` is read digit by digit.
pub(crate) fn seeds_in_path(path: &str) -> Option<Vec<i64>> {
    path.split(['_', '/']).find_map(|word| {
        if let Some(rest) = word.strip_prefix("seeds").or_else(|| word.strip_prefix("seed")) {
            return seeds_at(rest);
        }
        let rest = word.strip_prefix('s')?;
        if rest.len() > 1
            && rest.len() <= 10
            && rest.starts_with('0')
            && rest.bytes().all(|b| b.is_ascii_digit())
        {
            return Some(rest.bytes().map(|b| i64::from(b - b'0')).collect());
        }
        let plain = rest.len() == 1 && rest.bytes().all(|b| b.is_ascii_digit());
        let range = rest.split_once('-').is_some_and(|(a, b)| {
            (1..=2).contains(&a.len())
                && (1..=2).contains(&b.len())
                && (a.to_owned() + b).bytes().all(|c| c.is_ascii_digit())
        });
        if plain || range { seeds_at(rest) } else { None }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_lists_and_single_seeds_are_read() {
        assert_eq!(find_seeds("(test402; SEEDS=0..2):"), Some(vec![0, 1, 2]));
        assert_eq!(find_seeds("SEEDS=0,1 EPOCHS=1"), Some(vec![0, 1]));
        assert_eq!(find_seeds("seed1 uniform"), Some(vec![1]));
        assert_eq!(find_seeds("Full seeds (`0..9`) now"), Some((0..10).collect()));
        assert_eq!(find_seeds("seeds=0-4"), Some((0..5).collect()));
        assert_eq!(find_seeds("SEEDS>=3, multi-seed, p_seed"), None);
        assert_eq!(find_seeds("SEEDS=0..99999999"), None);
        assert_eq!(
            seeds_in_path("runs/E0976_full_test402_best_s0-9_20260214-030359"),
            Some((0..10).collect())
        );
        assert_eq!(seeds_in_path("runs/E0100_x_s012_20260209-045119"), Some(vec![0, 1, 2]));
        assert_eq!(seeds_in_path("runs/E0604_val_s1_2026/p"), Some(vec![1]));
        assert_eq!(seeds_in_path("runs/E0100_ms120_s64_x"), None);
    }
}
