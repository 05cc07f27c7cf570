"""Reading and writing attributes, methods, properties and slots."""
from time import perf_counter


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def move(self, dx, dy):
        self.x += dx
        self.y += dy

    @property
    def size(self):
        return self.x * self.x + self.y * self.y


class Cell:
    __slots__ = ("value", "next")

    def __init__(self, value, following):
        self.value = value
        self.next = following


begun = perf_counter()
point = Point(0, 0)
for turn in range(200_000):
    point.move(1, -1)
    if point.size < 0:
        point.x = 0
head = None
for turn in range(100_000):
    head = Cell(turn, head)
total = 0
while head is not None:
    total += head.value
    head = head.next
print(perf_counter() - begun)
