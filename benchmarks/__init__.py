"""The numbers the project holds itself to, each measured against a bare run of the same thing in the same minute.

`python -m benchmarks` measures them all; `docs/benchmarks.md` says what each line means.
"""
