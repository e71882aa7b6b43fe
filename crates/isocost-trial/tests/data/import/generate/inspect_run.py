from inspect_ai import eval
from inspect_ai.model import get_model, ModelOutput, ModelUsage
from inspect_task import sums
def outputs(wrong):
    outs=[]
    for k in range(12):
        i = k % 6
        o = ModelOutput.from_content("mockllm/model", str(2*i if (k*7+wrong)%3 else 99))
        o.usage = ModelUsage(input_tokens=20+i, output_tokens=3+wrong, total_tokens=23+i+wrong)
        outs.append(o)
    return outs
for name, wrong, style, fmt in [("left",0,"plain","eval"),("right",1,"brief","eval"),("left",0,"plain","json")]:
    eval(sums(style=style), model=get_model("mockllm/"+name, custom_outputs=outputs(wrong)), epochs=2, log_format=fmt, log_dir=f"logs_{name}_{fmt}", display="none", max_samples=1, max_connections=1)
