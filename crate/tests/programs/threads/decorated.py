"""A decorated function of a thread is pointed at as any other."""

import functools
import threading


def twice(function):
    @functools.wraps(function)
    def wrapper(*arguments):
        function(*arguments)
        return function(*arguments)

    return wrapper


class Worker:
    @classmethod
    def run(
        cls,
        number,
    ):
        """Says more than one line

        before it does anything.
        """
        # A comment is in the way, too.
        number += 1
        raise ValueError(number)  # reports: line 28, in run

    @staticmethod
    @twice
    def start():
        threading.Event().wait(1)
        int("x")  # reports: line 34, in start


@twice
def top():
    threading.Event().wait(1)
    print([][1])  # reports: line 40, in top


for target, arguments in ((Worker.run, (1,)), (Worker.start, ()), (top, ())):
    thread = threading.Thread(target=target, args=arguments)
    thread.start()
    thread.join()
print("done")  # prints: done
