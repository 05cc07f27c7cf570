"""Files through `open`, `pathlib`, `os`, `shutil` and `tempfile`; what is left is told at the end."""

import os
import shutil
import tempfile
from pathlib import Path

with open("notes.txt", "w") as file:
    file.write("one\ntwo\n")
with open("notes.txt", "a") as file:
    print("three", file=file)
print(open("notes.txt").read().split())  # prints: ['one', 'two', 'three']
print(Path("main.py").read_text().startswith('"""Files'))  # prints: True
folder = Path("data/deep")
folder.mkdir(parents=True)
(folder / "a.bin").write_bytes(b"\xff\x00")
print(sorted(path.as_posix() for path in Path("data").rglob("*")))  # prints: ['data/deep', 'data/deep/a.bin']
print(os.path.getsize("notes.txt"), os.listdir("data"), os.getcwd())  # prints: 14 ['deep'] /workspace
shutil.copy("notes.txt", "copy.txt")
os.rename("copy.txt", "moved.txt")
print(os.path.exists("copy.txt"), Path("moved.txt").stat().st_size)  # prints: False 14
with tempfile.TemporaryDirectory() as temporary:
    Path(temporary, "x").write_text("x")
    print(os.listdir(temporary))  # prints: ['x']
print(os.path.exists(temporary))  # prints: False
with tempfile.NamedTemporaryFile("w+") as file:
    file.write("kept in memory")
    file.seek(0)
    print(file.read())  # prints: kept in memory
try:
    open("missing.txt")
except FileNotFoundError as error:
    print(error)  # prints: [Errno 2] No such file or directory: 'missing.txt'
# leaves: data/deep/a.bin 2
# leaves: moved.txt 14
# leaves: notes.txt 14
