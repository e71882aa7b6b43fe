import mlflow, random
mlflow.set_tracking_uri("file:./mlruns"); mlflow.set_experiment("anchors")
for arm, lift in (("uniform", 0.0), ("anchored", 0.05)):
    for seed in range(3):
        with mlflow.start_run(run_name=f"{arm}-s{seed}"):
            mlflow.log_param("arm", arm); mlflow.log_param("seed", seed); mlflow.set_tag("stage", "full")
            rng = random.Random(seed + len(arm))
            for step in range(3):
                mlflow.log_metric("val_acc", 0.6 + lift + 0.02 * step + 0.01 * rng.random(), step=step)
            mlflow.log_metric("tokens", 1960)
