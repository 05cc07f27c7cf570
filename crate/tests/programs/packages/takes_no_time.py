"""What is imported at the top takes none of the run's time; what is imported later does."""

import time
import aiosignal

start = time.perf_counter()
print(start < 0.00002, aiosignal.Signal.__name__)  # prints: True Signal

import multidict

print(time.perf_counter() - start > 0.00005, multidict.istr.__name__)  # prints: True istr
