# What a list, a tuple or a function holds goes in the order in which CPython lets it go: the last first.
class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print(self.name, end=" ")


numbers = [Noisy(1), Noisy(2)]
del numbers
pair = Noisy(3), Noisy(4)
del pair


def function():
    first = Noisy(5)
    second = Noisy(6)


function()
named = {"a": Noisy(7), "b": Noisy(8)}
del named
print()  # prints: 2 1 4 3 6 5 7 8
