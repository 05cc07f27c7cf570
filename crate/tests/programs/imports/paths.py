# Modules are found along `sys.path`, as they are where there is a disk.
import os
import sys

os.makedirs("plugins/inner")
with open("plugins/greeting.py", "w") as file:
    file.write("text = 'found along the path'\n")
with open("plugins/inner/part.py", "w") as file:
    file.write("text = 'found in a folder without __init__'\n")

sys.path.insert(0, "/workspace/plugins")
import greeting
from inner import part

print(greeting.text)  # prints: found along the path
print(part.text)  # prints: found in a folder without __init__
print(greeting.__file__)  # prints: /workspace/plugins/greeting.py
print(os.listdir("plugins"))  # prints: ['inner', 'greeting.py']

# What imports many modules computes with large numbers on the way; that takes no time to speak of.
import decimal

print(decimal.Decimal("0.1") + decimal.Decimal("0.2"))  # prints: 0.3

# leaves: plugins/greeting.py 30
# leaves: plugins/inner/part.py 44
