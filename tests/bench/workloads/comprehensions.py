"""Comprehensions, generator expressions and generators."""
from time import perf_counter


def pairs(values):
    for left in values:
        for right in (1, 2, 3):
            yield left, right


begun = perf_counter()
squares = [n * n for n in range(300_000) if n % 3]
remainders = {n % 1_009 for n in squares}
index = {n: n // 2 for n in range(150_000)}
total = sum(n for n in squares if n & 1)
products = [left * right for left, right in pairs(range(100_000))]
table = [[row * column for column in range(100)] for row in range(1_000)]
print(perf_counter() - begun)
