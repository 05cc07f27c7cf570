"""Dictionaries and sets: counting, grouping, membership, iteration."""
from time import perf_counter

begun = perf_counter()
counts = {}
for number in range(300_000):
    key = (number * 7_919) % 5_003
    counts[key] = counts.get(key, 0) + 1
groups = {}
for number in range(150_000):
    groups.setdefault(number % 101, []).append(number)
names = {f"user{number}": number for number in range(30_000)}
found = 0
for number in range(0, 60_000, 2):
    if f"user{number}" in names:
        found += names[f"user{number}"]
seen = set()
for number in range(200_000):
    seen.add(number & 1_023)
total = 0
for turn in range(20):
    for key, value in counts.items():
        total += key * value
print(perf_counter() - begun)
