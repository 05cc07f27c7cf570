"""Built-in functions over large inputs, where one call is a long stretch of native work."""
from time import perf_counter

begun = perf_counter()
numbers = list(range(1_000_000))
total = sum(numbers)
highest = max(numbers)
shuffled = [(number * 1_103_515_245 + 12_345) % 1_000_003 for number in range(200_000)]
ordered = sorted(shuffled)
backwards = sorted(ordered, reverse=True)
copied = numbers[:] + numbers
texts = list(map(str, range(200_000)))
joined = ",".join(texts)
distinct = set(shuffled)
print(perf_counter() - begun)
