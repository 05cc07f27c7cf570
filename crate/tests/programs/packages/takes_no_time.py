"""What is imported at the top takes none of the run's time; what is imported later does."""

import time
import aiosignal

print(time.perf_counter() < 0.001, aiosignal.Signal.__name__)  # prints: True Signal

import multidict

print(time.perf_counter() > 0.001, multidict.istr.__name__)  # prints: True istr
