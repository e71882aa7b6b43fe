//! GPUs of this machine.

use std::collections::BTreeSet;
use std::process::{Command, Stdio};

/// GPUs by the names that `CUDA_VISIBLE_DEVICES` takes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Gpus {
    /// All.
    pub all: Vec<String>,
    /// Those that no process uses.
    pub free: Vec<String>,
}

/// The GPUs that `ISOCOST_GPUS` names (`0,1`; `none` for none), else those that `nvidia-smi` finds. No `nvidia-smi`, no GPUs.
pub fn detect_gpus() -> Gpus {
    match std::env::var("ISOCOST_GPUS") {
        Ok(list) => named(&list),
        Err(_) => found().unwrap_or_default(),
    }
}

fn named(list: &str) -> Gpus {
    let names = list.split(',').map(str::trim).filter(|name| !name.is_empty() && *name != "none");
    let all: Vec<String> = names.map(str::to_owned).collect();
    Gpus { free: all.clone(), all }
}

fn found() -> Option<Gpus> {
    let listed = ask(&["--query-gpu=index,uuid", "--format=csv,noheader"])?;
    let used = ask(&["--query-compute-apps=gpu_uuid", "--format=csv,noheader"]).unwrap_or_default();
    Some(parse(&listed, &used))
}

fn parse(listed: &str, used: &str) -> Gpus {
    let used: BTreeSet<&str> = used.lines().map(str::trim).collect();
    let mut gpus = Gpus::default();
    for (index, uuid) in listed.lines().filter_map(|line| line.split_once(',')) {
        gpus.all.push(index.trim().to_owned());
        if !used.contains(uuid.trim()) {
            gpus.free.push(index.trim().to_owned());
        }
    }
    gpus
}

fn ask(arguments: &[&str]) -> Option<String> {
    let output = Command::new("nvidia-smi")
        .args(arguments)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gpu_with_a_process_is_not_free() {
        let gpus = parse("0, GPU-aa\n1, GPU-bb\n", "GPU-aa\nGPU-aa\n");
        assert_eq!((gpus.all, gpus.free), (vec!["0".to_owned(), "1".to_owned()], vec!["1".to_owned()]));
    }

    #[test]
    fn none_is_no_gpu() {
        assert_eq!(named("none"), Gpus::default());
        assert_eq!(named(" 0, 2").free, ["0", "2"]);
    }
}
