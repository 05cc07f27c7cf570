"""Addresses are others in each run; how long a sort by them takes must not be."""

import time


def lasting(objects):
    start = time.perf_counter_ns()
    sorted(objects, key=id)
    return time.perf_counter_ns() - start


in_order = sorted((object() for _ in range(100)), key=id)
mixed = in_order[::2] + in_order[1::2]

print(lasting(in_order) == lasting(mixed))  # prints: True
print(sorted(mixed, key=id) == in_order)  # prints: True
