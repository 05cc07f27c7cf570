"""Floating-point work: a small n-body step and a numerical integral."""
from math import sin, sqrt
from time import perf_counter

begun = perf_counter()
bodies = [[float(n), float(n * 2), 0.0, 0.01 * n] for n in range(1, 6)]
for _ in range(5_000):
    for first in range(5):
        x, y, vx, vy = bodies[first]
        for second in range(first + 1, 5):
            other = bodies[second]
            dx, dy = other[0] - x, other[1] - y
            pull = 0.001 / (sqrt(dx * dx + dy * dy) + 0.1)
            vx += dx * pull
            vy += dy * pull
        bodies[first] = [x + vx * 0.01, y + vy * 0.01, vx, vy]
area = 0.0
for step in range(300_000):
    area += sin(step * 0.00001) * 0.00001
print(perf_counter() - begun)
