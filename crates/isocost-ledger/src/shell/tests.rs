use super::*;

#[test]
fn words_before_the_program_are_assignments_for_it() {
    let a = analyse("OUT_DIR=runs/E0801_x_$(date +%Y%m%d-%H%M%S) bash s.sh");
    assert_eq!(a.segments.len(), 1);
    assert_eq!(a.segments[0].program.as_deref(), Some("bash"));
}
