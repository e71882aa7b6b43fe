from inspect_ai import Task, task
from inspect_ai.dataset import Sample
from inspect_ai.scorer import match
from inspect_ai.solver import generate

@task
def sums(style: str = "plain"):
    data = [Sample(id=f"sum-{i:02d}", input=f"{i} + {i} = ?", target=str(2 * i), metadata={"level": i % 3}) for i in range(6)]
    return Task(dataset=data, solver=generate(), scorer=match())
