"""Building, splitting, searching and formatting text."""
from time import perf_counter

begun = perf_counter()
lines = []
for number in range(60_000):
    lines.append(f"{number:06d};name-{number % 97};{number / 7:.3f}")
text = "\n".join(lines)
lengths = 0
for line in text.split("\n"):
    key, name, value = line.split(";")
    if name.startswith("name-1") and value.endswith("5"):
        lengths += len(key.strip("0")) + len(name.upper().replace("-", "_"))
letters = ""
for turn in range(60_000):
    letters += chr(97 + turn % 26)
vowels = 0
for letter in letters:
    if letter in "aeiou":
        vowels += 1
print(perf_counter() - begun)
