use isocost_ledger::text::Source;
fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let mode = &args[0];
    let ledgers: Vec<_> = args[1..]
        .iter()
        .map(|f| {
            isocost_ledger::parse::parse(Source::new(
                f.rsplit('/').next().unwrap(),
                std::fs::read_to_string(f).unwrap(),
            ))
        })
        .collect();
    if mode == "looks" {
        for l in isocost_audit::looks(&ledgers) {
            println!(
                "{:?} {} {:?} {}{:?} seeds={:?} d={:?} p={:?} {:?} {:?} named={} claim={:?} {:?} {:?}",
                l.at.as_ref().map(|s| s.to_string()),
                l.entry,
                l.kind,
                l.split.kind,
                l.split.nominal,
                l.seeds,
                l.delta,
                l.p,
                l.run,
                l.file,
                l.named,
                l.claim.map(|c| c.0),
                l.arms.map(|a| a.left + "|" + &a.right),
                l.reported.iter().map(|r| r.place.line).collect::<Vec<_>>()
            );
        }
        println!("=====");
        for s in isocost_audit::summaries(&ledgers) {
            println!(
                "{} {:?} look={} {:?} counts={:?} with_p={} later={} not_counted={} p={:?} bonf={:?} holm={:?} thr={:?} int={:?} pthr={:?} verdict={:?} declared={:?} reruns={:?}",
                s.claim,
                s.split,
                s.look.entry,
                s.look.run,
                s.counts,
                s.with_p,
                s.later,
                s.not_counted,
                s.p,
                s.bonferroni,
                s.holm,
                s.threshold,
                s.interval,
                s.p_threshold,
                s.verdict,
                s.declared.iter().map(|l| l.place.line).collect::<Vec<_>>(),
                s.reruns.iter().map(|r| (r.entry.0.clone(), r.run.clone(), r.p)).collect::<Vec<_>>()
            );
        }
    }
    if mode == "audit" {
        let t = std::time::Instant::now();
        let a = isocost_audit::audit(&ledgers);
        eprintln!("{:?}", t.elapsed());
        let mut counts = std::collections::BTreeMap::new();
        for f in &a.findings {
            *counts.entry((f.code, f.name)).or_insert(0) += 1;
        }
        for f in &a.findings {
            println!(
                "{} {:?} {:?} | {} | {}",
                f.code,
                f.severity,
                f.entry.as_ref().map(|e| e.0.as_str()),
                f.what,
                f.locations
                    .iter()
                    .take(6)
                    .map(|l| {
                        let src = ledgers.iter().find(|x| x.source.name() == l.file).unwrap();
                        format!(
                            "{}:{} «{}» {}",
                            l.place.line,
                            l.place.column,
                            src.source.slice(l.span).chars().take(60).collect::<String>().replace('\n', "⏎"),
                            l.label
                        )
                    })
                    .collect::<Vec<_>>()
                    .join(" ; ")
            );
        }
        println!("{counts:#?} {:?} {:?}", a.census, a.checkable);
    }
    if mode == "cmd" {
        for l in &ledgers {
            for e in &l.entries {
                if std::env::var("ID").is_ok_and(|i| i == e.id.0) {
                    for c in &e.commands {
                        println!("{:?} {} {:?}\n  {:#?}", c.stage, c.field, c.text.raw, c.shell.globs);
                        println!("  outputs {:?}", c.shell.outputs);
                    }
                    println!("seeds {:?} claims {:?} req {:?}", e.seeds, e.claims, e.metrics_required);
                }
            }
        }
    }
}
