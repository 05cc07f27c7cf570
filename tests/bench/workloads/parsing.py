"""Texts read and written by native code: JSON, regular expressions, digests, pickles."""
import hashlib
import json
import pickle
import re
from time import perf_counter

begun = perf_counter()
rows = [{"number": number, "text": f"row {number}", "tags": ["a", "b"]} for number in range(20_000)]
text = json.dumps(rows)
again = json.loads(text)
words = re.findall(r"[a-z]+", text)
changed = re.sub(r"row (\d+)", r"line \1", text)
copies = pickle.loads(pickle.dumps(again))
digest = hashlib.sha256(text.encode() * 10).hexdigest()
counted = text.count("row") + len(text.split(",")) + len(text.replace("row", "line").upper())
backtracking = re.match(r"(a+)+$", "a" * 21 + "b")
print(perf_counter() - begun)
