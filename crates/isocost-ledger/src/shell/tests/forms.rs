use super::normalised;
use crate::shell::{
    AssignmentScope, GlobPlace, HereDocTarget, How, Joiner, RedirectOp, Runnable, StageHint,
    SubstitutionKind, analyse,
};

#[test]
fn words_before_the_program_are_assignments_for_it_alone() {
    let a = analyse("OUT_DIR=runs/E0801_x_$(date +%Y%m%d-%H%M%S) bash s.sh");
    assert_eq!(a.runnable, Runnable::Yes);
    let [segment] = a.segments.as_slice() else { panic!("one segment") };
    assert_eq!(segment.program.as_deref(), Some("bash"));
    assert_eq!(segment.scope, AssignmentScope::Program);
    let [assignment] = segment.assignments.as_slice() else { panic!("one assignment") };
    assert_eq!(assignment.name, "OUT_DIR");
    assert_eq!(assignment.value, "runs/E0801_x_$(date +%Y%m%d-%H%M%S)");
    assert!(assignment.flags.substitution && !assignment.flags.glob);
    assert_eq!(a.substitutions.len(), 1);
    assert_eq!(a.substitutions[0].kind, SubstitutionKind::Date);
    assert_eq!(a.substitutions[0].text, "$(date +%Y%m%d-%H%M%S)");
    let [output] = a.outputs.as_slice() else { panic!("one output") };
    assert_eq!(output.owner.as_deref(), Some("E0801"));
    assert!(output.template && !output.glob);
    assert_eq!(output.how, How::Assignment("OUT_DIR".into()));
    assert_eq!(normalised(&a.inputs), ["s.sh"]);
}

#[test]
fn the_newest_file_is_a_substitution_with_its_wildcard() {
    let a = analyse("X=$(ls -t runs/E0012_*/best_config.json | head -n 1) bash s.sh");
    let glob = "runs/E0012_*/best_config.json";
    assert_eq!(a.segments.len(), 1, "the pipe is inside the substitution");
    assert_eq!(a.substitutions[0].kind, SubstitutionKind::NewestFile(glob.into()));
    let input = &a.inputs[0];
    assert_eq!((input.normalised.as_str(), input.owner.as_deref()), (glob, Some("E0012")));
    assert!(input.glob && input.template);
    assert_eq!(a.globs[0].place, GlobPlace::Substitution);
}

#[test]
fn a_wildcard_in_an_assignment_is_told_from_one_in_a_word() {
    let a = analyse("X=runs/E0801_*/best_config.json bash s.sh runs/E0802_*/m.json 'a*b'");
    let places: Vec<_> = a.globs.iter().map(|glob| glob.place.clone()).collect();
    assert_eq!(places, [GlobPlace::Assignment("X".into()), GlobPlace::Word]);
    assert!(a.segments[0].assignments[0].flags.glob);
    assert!(!a.segments[0].args[2].flags.glob, "quoted");
}

#[test]
fn a_chain_carries_shell_variables_to_later_parts() {
    let text = "OUT_DIR=runs/E0893_q && mkdir -p \"$OUT_DIR\" && jq '.k=1 | .name=\"x\"' runs/E0643_z/config.json > \
                \"$OUT_DIR/config.json\" && A=1 BEST=\"$OUT_DIR/config.json\" bash s.sh";
    let a = analyse(text);
    assert_eq!(a.segments.len(), 4);
    assert_eq!(a.segments[0].scope, AssignmentScope::Shell);
    assert_eq!(a.segments[3].scope, AssignmentScope::Program);
    assert_eq!(a.segments[3].joiner, Joiner::And);
    assert_eq!(normalised(&a.outputs), ["runs/E0893_q", "runs/E0893_q/config.json"]);
    assert_eq!(normalised(&a.inputs), ["runs/E0643_z/config.json", "s.sh"]);
    assert_eq!(a.segments[2].args[0].text, ".k=1 | .name=\"x\"");
    assert_eq!(a.segments[2].redirects[0].op, RedirectOp::Write);
}

#[test]
fn a_prefix_assignment_is_not_visible_in_its_own_command() {
    let a = analyse("D=runs/a python m.py --config $D/c.json");
    assert!(normalised(&a.inputs).contains(&"$D/c.json"), "{:?}", a.inputs);
}

#[test]
fn a_loop_is_one_text_of_several_runs() {
    let a = analyse(
        "O=runs/E0972_e; mkdir -p ${O}; for i in 0 1 2; do python e.py --shard-idx ${i} --out-json ${O}/s${i}.json; done",
    );
    assert_eq!(a.runnable, Runnable::Yes);
    assert_eq!(a.loops.len(), 1);
    assert_eq!(a.loops[0].variable.as_deref(), Some("i"));
    assert_eq!(a.loops[0].values, ["0", "1", "2"]);
    assert_eq!(a.segments.iter().filter(|segment| segment.in_loop == Some(0)).count(), 1);
    assert_eq!(normalised(&a.outputs), ["runs/E0972_e/s${i}.json"]);
    assert!(a.outputs[0].template);
}

#[test]
fn seeds_come_from_variables_options_ranges_and_loops() {
    let cases: &[(&str, Option<&[i64]>)] = &[
        ("SEEDS=0,1,2 bash s.sh", Some(&[0, 1, 2])),
        ("SEED=3 bash s.sh", Some(&[3])),
        ("python m.py --seeds 0 1 2 --x 5", Some(&[0, 1, 2])),
        ("python m.py --seeds 0,1", Some(&[0, 1])),
        ("python m.py --seeds=0..3", Some(&[0, 1, 2, 3])),
        ("SEEDS=0-2 bash s.sh", Some(&[0, 1, 2])),
        ("python m.py --seeds {0..2}", Some(&[0, 1, 2])),
        ("for s in 4 5; do SEED=$s bash s.sh; done", Some(&[4, 5])),
        ("python m.py --seed 0 && python m.py --seed 1", Some(&[0, 1])),
        ("SEEDS=$ALL bash s.sh", None),
        ("bash s.sh", None),
        ("SEEDS=0..99999999999 bash s.sh", None),
    ];
    for (text, seeds) in cases {
        assert_eq!(analyse(text).seeds.as_deref(), *seeds, "{text}");
    }
}

#[test]
fn devices_splits_limits_and_stage_hints_are_read() {
    let a = analyse(
        "CUDA_VISIBLE_DEVICES=0,1 TRAIN_DEVICE=cuda:2 AUDIO_DEVICE=cpu LIMIT_EVAL=32 OUT_DIR=runs/E1_smoke_test402_x \
         python m.py --device cuda --split-eval test --split val --smoke",
    );
    let devices: Vec<_> = a.devices.iter().map(|d| (d.source.as_str(), d.ids.as_slice())).collect();
    assert_eq!(
        devices,
        [
            ("CUDA_VISIBLE_DEVICES", [0, 1].as_slice()),
            ("TRAIN_DEVICE", &[2]),
            ("AUDIO_DEVICE", &[]),
            ("--device", &[])
        ]
    );
    assert_eq!(a.split.as_deref(), Some("test"));
    assert_eq!(a.limits, [("LIMIT_EVAL".to_owned(), "32".to_owned())]);
    let expected = [
        StageHint::SmokeFlag,
        StageHint::OutputName("smoke".into()),
        StageHint::OutputName("test".into()),
        StageHint::SampleLimit,
    ];
    assert_eq!(a.stage_hints, expected);
}

#[test]
fn every_spelling_of_an_output_is_one() {
    for option in [
        "--out-dir",
        "--output-dir",
        "--output_dir",
        "--out-json",
        "--out",
        "--out-costs",
        "--export-weights",
    ] {
        let a = analyse(&format!("python m.py {option} ./outputs//E0122-full/"));
        assert_eq!(normalised(&a.outputs), ["outputs/E0122-full"], "{option}");
        let a = analyse(&format!("python m.py {option}=outputs/E0122-full"));
        assert_eq!(normalised(&a.outputs), ["outputs/E0122-full"], "{option}=");
    }
    let a = analyse("RUN_ROOT=runs/r cmd < in.json >> logs/a.log 2>&1");
    assert_eq!(normalised(&a.outputs), ["runs/r", "logs/a.log"]);
    assert_eq!(normalised(&a.inputs), ["in.json"]);
    let a = analyse("cp runs/a.json runs/b.json && cmd > /dev/null");
    assert_eq!((normalised(&a.outputs), normalised(&a.inputs)), (vec!["runs/b.json"], vec!["runs/a.json"]));
}

#[test]
fn tagged_paths_and_models_of_a_hub_are_told_apart() {
    let a = analyse(
        "WAVLM_MODEL=microsoft/wavlm-base python m.py --dev-curves a=outputs/E1/x.json b=outputs/E2/x.json --tau 1/2",
    );
    assert_eq!(normalised(&a.inputs), ["m.py", "outputs/E1/x.json", "outputs/E2/x.json"]);
}

#[test]
fn a_background_command_is_marked_with_its_wrapper() {
    let a = analyse(
        "CUDA_VISIBLE_DEVICES=0 nohup python -m scripts.eval \\\n  --config c.yaml \\\n  > logs/x.out 2>&1 &",
    );
    let segment = &a.segments[0];
    assert!(a.background && segment.background);
    assert_eq!(segment.wrappers, ["nohup"]);
    assert_eq!(segment.program.as_deref(), Some("python"));
    let texts: Vec<&str> = segment.args.iter().map(|word| word.text.as_str()).collect();
    assert_eq!(texts, ["-m", "scripts.eval", "--config", "c.yaml"]);
    assert_eq!(normalised(&a.outputs), ["logs/x.out"]);
    let a = analyse("a & b");
    assert_eq!((a.segments[0].background, a.segments[1].background), (true, false));
    assert_eq!(a.segments[1].joiner, Joiner::Background);
}

#[test]
fn a_here_document_to_a_file_is_data() {
    let a = analyse("cat > configs/x.yaml <<'YAML'\nk: <v> `x`\nruns/E0001/y.json\nYAML");
    assert_eq!(a.runnable, Runnable::Yes, "the body is not looked at");
    let [heredoc] = a.heredocs.as_slice() else { panic!("one here-document") };
    assert_eq!(heredoc.target, HereDocTarget::File("configs/x.yaml".into()));
    assert_eq!((heredoc.tag.as_str(), heredoc.verbatim), ("YAML", true));
    assert_eq!(heredoc.body, "k: <v> `x`\nruns/E0001/y.json\n");
    assert_eq!(normalised(&a.outputs), ["configs/x.yaml"]);
    assert_eq!(a.outputs[0].how, How::HereDoc);
    assert!(a.inputs.is_empty());
}

#[test]
fn a_here_document_to_a_program_is_a_program() {
    let a = analyse("nohup python - <<'PY' > logs/t.out 2>&1 &\n# heading\n\nprint('<ts>')\nPY\n");
    assert_eq!(a.heredocs[0].target, HereDocTarget::Program("python".into()));
    assert!(a.heredocs[0].body.starts_with("# heading\n\n"));
    assert!(a.background);
    assert_eq!(normalised(&a.outputs), ["logs/t.out"]);
    assert_eq!(a.runnable, Runnable::Yes);
}

#[test]
fn holes_and_gaps_are_not_runnable() {
    for (text, mark) in [
        ("OUT_DIR=runs/E0405_x_<name>_<ts> bash s.sh", "<name>"),
        ("BEST=<candidate>/config.json bash s.sh", "<candidate>"),
        (
            "for cfg in <E0400b/E0400c selected configs>; do bash s.sh; done",
            "<E0400b/E0400c selected configs>",
        ),
        ("X=<metrics.json> bash s.sh", "<metrics.json>"),
        ("bash s.sh --out \"runs/x_<ts>\"", "<ts>"),
    ] {
        let a = analyse(text);
        assert_eq!(a.runnable, Runnable::No(format!("`{mark}` has to be filled in")), "{text}");
        assert_eq!(a.placeholders[0].text, mark);
        assert_eq!(&text[a.placeholders[0].span.clone()], mark);
        assert!(!a.segments.is_empty(), "the rest is still read: {text}");
        assert!(a.segments.iter().all(|segment| segment.redirects.is_empty()), "{text}");
    }
    for text in
        ["BEST=... bash s.sh", "SEEDS=0,1 ... (same config)", "X=.../a.json bash s.sh", "python m.py ..."]
    {
        assert!(matches!(analyse(text).runnable, Runnable::No(_)), "{text}");
    }
    for text in ["cmd <in.txt >out.txt", "cmd < in.txt", "cmd <in.txt>out.txt", "echo 'a<b>c'", "seq 0..2"] {
        assert_eq!(analyse(text).runnable, Runnable::Yes, "{text}");
    }
}

#[test]
fn a_comment_alone_is_no_command() {
    assert!(matches!(analyse("# GPU0: main").runnable, Runnable::No(_)));
    assert!(matches!(analyse("").runnable, Runnable::No(_)));
    assert_eq!(analyse("(a").runnable, Runnable::Unknown);
}

#[test]
fn spans_are_bytes_of_the_text() {
    let text = "É=1 X=\"é b\" bash ./é.sh --out \\\n  'aé b'";
    let a = analyse(text);
    let words: Vec<&str> = a.segments[0].args.iter().map(|word| &text[word.span.clone()]).collect();
    assert_eq!(words.last(), Some(&"'aé b'"));
    let assignment = a.segments[0].assignments.iter().find(|a| a.name == "X");
    if let Some(assignment) = assignment {
        assert_eq!(&text[assignment.value_span.clone()], "\"é b\"");
    }
    assert_eq!(&text[a.outputs[0].span.clone()], "'aé b'");
}

#[test]
fn env_and_export_assign() {
    let a = analyse("env A=1 B=2 python m.py");
    assert_eq!(a.segments[0].assignments.len(), 2);
    assert_eq!(a.segments[0].program.as_deref(), Some("python"));
    let a = analyse("export D=runs/x; python m.py --out-dir $D/y");
    assert_eq!(normalised(&a.outputs), ["runs/x/y"]);
}
