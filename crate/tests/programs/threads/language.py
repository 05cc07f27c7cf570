"""A thread gives way in the middle of every construct of the language, and each keeps its meaning."""

import sys
import threading
import time


def run(function):
    thread = threading.Thread(target=function)
    thread.start()
    thread.join()


def handles():
    try:
        raise ValueError
    except ValueError:
        time.sleep(0.1)
        print(sys.exc_info()[0].__name__)  # prints: ValueError
    print(sys.exc_info()[0])  # prints: None


run(handles)


def recurse(depth):
    if depth == 0:
        time.sleep(0.01)
        return 0
    return 1 + recurse(depth - 1)


def overflow():
    try:
        recurse(10**6)
    except RecursionError:
        print("too deep")


run(lambda: print(recurse(50)))  # prints: 50
run(overflow)  # prints: too deep


class Manager:
    def __enter__(self):
        time.sleep(0.1)
        return "entered"

    def __exit__(self, kind, error, traceback):
        time.sleep(0.1)
        print("left", kind and kind.__name__)
        return True


def manage():
    with Manager() as one, Manager() as another:
        print(one, another)
        raise KeyError
    for number in range(3):
        with Manager():
            if number == 1:
                break
            continue
    try:
        with Manager():
            return
    finally:
        print("finally")


run(manage)
# prints: entered entered
# prints: left KeyError
# prints: left None
# prints: left None
# prints: left None
# prints: left None
# prints: finally


class Base:
    def __init__(self):
        self.__private = 1

    def method(self):
        time.sleep(0.01)
        return self.__private


class Derived(Base):
    def method(self):
        time.sleep(0.01)
        return super().method() + 1

    @property
    def attribute(self):
        time.sleep(0.01)
        return 3

    @staticmethod
    def static():
        time.sleep(0.01)
        return 4

    @classmethod
    def of_class(cls, *args, key=None, **kwargs):
        time.sleep(0.01)
        return cls.__name__, args, key, kwargs


run(lambda: print(Derived().method(), Derived().attribute, Derived.static(), Derived.of_class(1, key=2, other=3)))
# prints: 2 3 4 ('Derived', (1,), 2, {'other': 3})


def count_together():
    count = 0

    def add():
        nonlocal count
        for _ in range(3):
            time.sleep(0.01)
            count += 1

    threads = [threading.Thread(target=add) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return count


print(count_together())  # prints: 6


def loops():
    numbers = iter(range(5))
    for number in numbers:
        time.sleep(0.01)
        if number == 3:
            break
    else:
        print("never")
    while True:
        time.sleep(0.01)
        if (number := number + 1) > 5:
            break
    match number:
        case 6 if time.sleep(0.01) is None:
            print("six", *(value for value in [number]))  # prints: six 6


run(loops)
