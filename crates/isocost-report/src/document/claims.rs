//! Claims with their verdicts and reasons.

use super::{Block, Section};
use crate::model::ClaimView;
use crate::number;
use crate::table::{Cell, Inline};
use crate::tables;

/// A table of all claims, then each with its rule and reasons.
pub(crate) fn section(claims: &[ClaimView]) -> Option<Section> {
    if claims.is_empty() {
        return None;
    }
    let mut blocks = vec![Block::Table { caption: "Claims and verdicts", content: tables::claims(claims) }];
    for claim in claims {
        blocks.extend(one(claim));
    }
    Some(Section { anchor: "claims", title: "Claims", blocks })
}

fn one(claim: &ClaimView) -> Vec<Block> {
    let mut title = vec![Inline::Text(format!("{} ", claim.id))];
    title.extend(Cell::from(claim.verdict).0);
    let mut blocks = vec![
        Block::Heading { anchor: tables::claim_anchor(claim), title: Cell(title) },
        Block::words(&claim.statement),
    ];
    if !claim.reasons.is_empty() {
        blocks.push(Block::List(claim.reasons.iter().map(|reason| Cell::prose(reason)).collect()));
    }
    let facts: Vec<(String, Cell)> =
        facts(claim).into_iter().filter(|(_, value)| !value.is_blank()).collect();
    if !facts.is_empty() {
        blocks.push(Block::Facts(facts));
    }
    blocks
}

fn facts(claim: &ClaimView) -> Vec<(String, Cell)> {
    let level =
        claim.level.map_or_else(|| "Interval".to_owned(), |l| format!("{} interval", number::percent(l)));
    let (effect, interval) = tables::effect_and_interval(claim.effect, claim.interval);
    let evidence = match (claim.n_items, claim.n_seeds) {
        (None, None) => String::new(),
        (items, seeds) => {
            let shown = |n: Option<u64>| n.map_or_else(|| number::MISSING.to_owned(), number::count);
            format!("{} items × {} seeds", shown(items), shown(seeds))
        }
    };
    vec![
        ("Rule".to_owned(), Cell::code(&claim.rule)),
        ("Effect".to_owned(), Cell::text(effect)),
        (level, Cell::text(interval)),
        ("Threshold".to_owned(), Cell::text(tables::threshold(claim.threshold))),
        ("p, raw".to_owned(), Cell::p_value(claim.p_raw)),
        ("p, adjusted".to_owned(), Cell::p_value(claim.p_adjusted)),
        ("Family".to_owned(), Cell::text(claim.family.clone().unwrap_or_default())),
        ("Method".to_owned(), Cell::prose(&claim.method.join(", "))),
        ("Evidence".to_owned(), Cell::text(evidence)),
        ("Looks at the split".to_owned(), Cell::count(claim.looks_at_split)),
    ]
}
