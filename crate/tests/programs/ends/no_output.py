# A program without standard output prints to nothing.
import sys

print("before")  # prints: before
sys.stdout = None
print("lost")
