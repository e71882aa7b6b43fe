use isocost_study_budget::plan::{Band, ExactPlanner, Pixels, Plan, PlanResult, Request, Triad};
use isocost_study_budget::{ClassToken, VitShape};
use serde_json::Value;

use crate::golden::{count, floats, lines, side};

struct Clip {
    triad: Triad,
    rule: String,
    anchors: Vec<i64>,
    scores: Option<Vec<f64>>,
    seconds: usize,
    max_high: Option<usize>,
}

impl Clip {
    fn read(given: &Value) -> Self {
        Self {
            triad: Triad::of(side(&given["low_res"]), side(&given["base_res"]), side(&given["high_res"])),
            rule: given["base_alloc"].as_str().unwrap().to_owned(),
            anchors: given["anchors"].as_array().unwrap().iter().map(|a| a.as_i64().unwrap()).collect(),
            scores: given["scores"].as_array().map(|_| floats(&given["scores"])),
            seconds: count(&given["num_segments"]).unwrap(),
            max_high: count(&given["max_high_anchors"]),
        }
    }

    fn request(&self) -> Request<'_> {
        Request {
            seconds: self.seconds,
            anchors: &self.anchors,
            scores: self.scores.as_deref(),
            max_high: self.max_high,
        }
    }

    fn exact(&self) -> PlanResult<Plan> {
        ExactPlanner::new(self.triad, self.rule.parse()?)?.plan(&self.request())
    }

    fn band(&self, given: &Value) -> PlanResult<Plan> {
        let extra = given["extra_resolutions"].as_array();
        let extra = extra.map(|extra| extra.iter().map(|pixels| Pixels::new(side(pixels))).collect());
        let tolerance = given["epsilon_frac"].as_f64().unwrap();
        let rule = self.rule.parse()?;
        Band { triad: self.triad, extra: extra.unwrap_or_default(), tolerance, rule }.plan(&self.request())
    }
}

fn check(line: usize, case: &Value, plan: PlanResult<Plan>) {
    match (case.get("err"), plan) {
        (Some(_), plan) => assert!(plan.is_err(), "line {line}: {case} gave {plan:?}"),
        (None, Err(error)) => panic!("line {line}: {case}: {error}"),
        (None, Ok(plan)) => {
            let sides: Vec<u32> = case["out"]["resolutions"].as_array().unwrap().iter().map(side).collect();
            assert_eq!(
                plan.resolutions,
                sides.into_iter().map(Pixels::new).collect::<Vec<_>>(),
                "line {line}: {case}"
            );
            if let Some(tokens) = case["out"]["tokens"].as_u64() {
                assert_eq!(plan.total_tokens.get(), tokens, "line {line}");
            }
        }
    }
}

#[test]
fn golden_exact_plans_are_the_references() {
    for (line, case) in lines("plan_exact.jsonl").iter().enumerate() {
        check(line, case, Clip::read(&case["in"]).exact());
    }
}

#[test]
fn golden_band_plans_are_the_references() {
    for (line, case) in lines("plan_band.jsonl").iter().enumerate() {
        check(line, case, Clip::read(&case["in"]).band(&case["in"]));
    }
}

#[test]
fn golden_floating_point_operations_of_a_vision_transformer() {
    for case in lines("vit_flops.jsonl") {
        let [layers, width, mlp, pixels] =
            <[u32; 4]>::try_from(case["in"].as_array().unwrap().iter().map(side).collect::<Vec<_>>())
                .unwrap();
        let shape = VitShape { layers, width, mlp, patch: 16, channels: 3, class_token: ClassToken::With };
        assert_eq!(shape.flops(pixels).unwrap().get(), case["out"].as_u64().unwrap(), "{case}");
    }
}
