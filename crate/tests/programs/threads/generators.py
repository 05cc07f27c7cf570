"""A thread iterates over generators that wait for what the main thread gives them."""

import queue
import threading

questions = queue.Queue()
answers = queue.Queue()


def received(count):
    for _ in range(count):
        yield questions.get()


class Doubling:
    def __init__(self, count):
        self.count = count

    def each(self):
        for number in received(self.count):
            yield number * 2


def failing():
    yield questions.get()
    raise ValueError("no more")


def answer():
    for number in Doubling(2).each():
        answers.put(number)
    single = received(1)
    for number in single:
        answers.put(number)
    try:
        for number in failing():
            answers.put(number)
    except ValueError as error:
        answers.put(error)
    # One that has begun is iterated over as it is.
    begun = iter("ab")
    rest = (letter for letter in begun)
    next(rest)
    for letter in rest:
        answers.put(letter)


thread = threading.Thread(target=answer)
thread.start()
for number in range(4):
    questions.put(number)
    print(answers.get())
# prints: 0
# prints: 2
# prints: 2
# prints: 3
print(repr(answers.get()), answers.get())  # prints: ValueError('no more') b
thread.join()
