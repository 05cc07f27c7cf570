"""Digits of pi with long integers: few instructions, each of them long."""
from time import perf_counter


def digits_of_pi(count):
    scale = 10 ** (count + 10)

    def arctangent(inverse):
        term = scale // inverse
        total, divisor, sign = term, 1, 1
        square = inverse * inverse
        while term:
            term //= square
            divisor += 2
            sign = -sign
            total += sign * (term // divisor)
        return total

    return 4 * (4 * arctangent(5) - arctangent(239)) // 10**10


begun = perf_counter()
for _ in range(3):
    digits_of_pi(3_000)
print(perf_counter() - begun)
