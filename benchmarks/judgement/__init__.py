"""Judgement that holds when the world moves: every figure, with a 95 % interval, beside what was to be reached.

    python -m benchmarks.judgement.usual --size 200 --workers 1     what is usual
    python -m benchmarks.judgement.plans | dips | money | moments | planning
    python -m benchmarks.judgement.tradeoff                          settings of plans, power against false "worked"
    python -m benchmarks.judgement                                   all of them

Each section is a module with `rows(size, seed, workers)`. `--held-out` takes the seed that nothing was tuned on.
"""
