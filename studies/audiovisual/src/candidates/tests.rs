//! Every set against the hash of the reference's list.

use sha2::Digest;

use super::*;
use crate::Json;

/// Name, number of candidates, and the first 16 digits of SHA-256 over the reference's list (`listen_core` section 13).
const HASHES: [(&str, usize, &str); 56] = [
    ("energy_v1", 10, "1acf60047aff06ae"),
    ("energy_v2", 10, "3d2e6a20e1336b5b"),
    ("energy_v3", 14, "355d31f48f12e8e6"),
    ("ast_v1", 6, "1f3d1a6fe9b0ba6e"),
    ("ltl_gini_v1", 10, "9723346d6689dc9f"),
    ("ltl_gini_v2", 8, "f8caaa90bed444d3"),
    ("ltl_gini_dropfar_v1", 16, "2e695d42c45f33ef"),
    ("ltl_gini_visfb_v1", 6, "be657b48fa7a24a1"),
    ("ltl_gini_keepadj_v1", 12, "cf04472c307d71e5"),
    ("ltl_gini_keepadj_basealloc_v1", 5, "441b173562a7327e"),
    ("ltl_gini_keepadj_hconf_v1", 6, "c58e70521fc46d27"),
    ("ltl_gap_v1", 8, "793ed54980a271ab"),
    ("ltl_std_v1", 8, "e811cf871baa1c05"),
    ("ltl_std_v2", 16, "f845d5f1d59ab7ff"),
    ("ltl_adaptive_v1", 16, "09fb03e363ca0576"),
    ("ltl_adaptive_keepadj_v1", 16, "020989d4e51271ab"),
    ("ltl_adaptive_keepadj_v2", 16, "a586a04ecf0f8534"),
    ("ltl_adaptive_v2", 28, "c7f94e4d39a4aae0"),
    ("ltl_adaptive_v3", 13, "e4bc9f4c8c376e47"),
    ("ltl_smooth_v1", 24, "7e4de6cdf6836c4f"),
    ("ltl_maxhigh1_v1", 24, "e0b5c031c7e8f630"),
    ("ltl_sep3_v1", 10, "e84c80e3bf38c585"),
    ("ltl_extreme_v1", 6, "667af6ff85f8f8f2"),
    ("ltl_top1med_v1", 10, "10e47718a6889080"),
    ("ltl_top1med_norm_v1", 6, "abd05b8fdd097ddf"),
    ("ltl_top1medn_maxhigh1_v1", 6, "03f7c201257249bb"),
    ("ltl_top1med_maxhigh1_v1", 10, "a27c5bb3da80b8d4"),
    ("ltl_top1med_k1_v1", 10, "3e224fd2241f0b7f"),
    ("ltl_top1med_k1_extreme_v1", 16, "1e71ed83961b1830"),
    ("ltl_top1med_extreme_v1", 12, "8c140fa5e4fa9966"),
    ("ltl_top1med_autoshift_v1", 5, "e27bc80c0dab85b7"),
    ("ltl_top1med_moe_v1", 30, "304d2624108cf78e"),
    ("ltl_top1med_band_v1", 6, "03a521ebeb57db5d"),
    ("ltl_top1med_band_low112_v1", 6, "4bbc8ccf9c94560f"),
    ("ltl_top1med_band_midres_v1", 4, "158098db6494488d"),
    ("ltl_top1med_dropfar_v1", 6, "c5a540f05ac972c3"),
    ("ltl_top1med_farfb_v1", 6, "0bfe8f07387713fd"),
    ("ltl_top1med_nmsstrong_v1", 10, "fa061c5ec6a08432"),
    ("ltl_top1med_adjselect_v1", 8, "6588e5420f931c90"),
    ("ltl_top1med_keepadj_v1", 4, "c601555c40113264"),
    ("ltl_top1med_keepadj_basealloc_v1", 5, "f35274354bada19f"),
    ("ltl_top1med_keepadj_basealloc_highonly_v1", 5, "7764d4dff52b8994"),
    ("ltl_top1med_basealloc_v1", 4, "09d292d5d1f30628"),
    ("ltl_top1med_bridgealloc_v1", 2, "0c0e57e74630e974"),
    ("ltl_top1med_scorealloc_v1", 1, "780f8f8cf73224e2"),
    ("ltl_top1med_adaptivegap_v1", 5, "1f4f70eebddeefeb"),
    ("ltl_top1med_adjdist_v1", 5, "368785f4973d8088"),
    ("ltl_top1med_headcap_v1", 6, "99b5f7775d492d09"),
    ("ltl_top1med_resfeat_v1", 2, "d68f736a5dff3361"),
    ("ltl_top1med_highconf_v1", 10, "23ec55da7ece5cb5"),
    ("ltl_top1med_tiered_v1", 5, "a574cf9576fa4578"),
    ("ltl_top1med_anchor2veto_v1", 7, "c6b4945edbab03cd"),
    ("ltl_top1med_gate_lr_v1", 6, "f89779ef26bd6bb1"),
    ("ltl_top1med_gate_all_v1", 8, "20290fdf36ae5e7c"),
    ("ltl_top1med_visfb_v1", 3, "36756465fd9a33a7"),
    ("ltl_top1med_visfb_gated_v1", 9, "86757c402548d0ff"),
];

#[test]
fn every_set_is_the_one_of_the_reference() {
    let mut known: Vec<&str> = HASHES.iter().map(|(name, ..)| *name).collect();
    let mut built = set_names();
    known.sort_unstable();
    built.sort_unstable();
    assert_eq!(built, known);
    for (name, count, hash) in HASHES {
        let candidates = candidate_set(name).unwrap();
        assert_eq!(candidates.len(), count, "{name}");
        let list = Json::list(candidates.iter().map(|candidate| candidate.config.to_json(&candidate.name)));
        let digest = sha2::Sha256::digest(list.compact().as_bytes());
        let first = digest.first_chunk().map(|bytes| u64::from_be_bytes(*bytes));
        assert_eq!(first, u64::from_str_radix(hash, 16).ok(), "{name}: {}", list.compact());
    }
}
