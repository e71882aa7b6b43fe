use isocost_ledger::text::Source;
fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let mode = &args[0];
    let ledgers: Vec<_> = args[1..].iter().map(|f| isocost_ledger::parse::parse(Source::new(f.rsplit('/').next().unwrap(), std::fs::read_to_string(f).unwrap()))).collect();
    if mode == "looks" {
        for l in isocost_audit::looks(&ledgers) {
            println!("{:?} {} {:?} {}{:?} seeds={:?} d={:?} p={:?} {:?} {:?} named={} claim={:?} {:?} {:?}", l.at.as_ref().map(|s| s.to_string()), l.entry, l.kind, l.split.kind, l.split.nominal, l.seeds, l.delta, l.p, l.run, l.file, l.named, l.claim.map(|c| c.0), l.arms.map(|a| a.left + "|" + &a.right), l.reported.iter().map(|r| r.place.line).collect::<Vec<_>>());
        }
        println!("=====");
        for s in isocost_audit::summaries(&ledgers) { println!("{} {:?} look={} {:?} counts={:?} with_p={} later={} not_counted={} p={:?} bonf={:?} holm={:?} thr={:?} int={:?} pthr={:?} verdict={:?} declared={:?} reruns={:?}", s.claim, s.split, s.look.entry, s.look.run, s.counts, s.with_p, s.later, s.not_counted, s.p, s.bonferroni, s.holm, s.threshold, s.interval, s.p_threshold, s.verdict, s.declared.iter().map(|l| l.place.line).collect::<Vec<_>>(), s.reruns.iter().map(|r| (r.entry.0.clone(), r.run.clone(), r.p)).collect::<Vec<_>>()); }
    }
}
