"""A subclass of Thread with methods and private attributes, a Timer, and thread-local data."""

import threading
import time


class Worker(threading.Thread):
    def __init__(self, number):
        super().__init__(name=f"worker-{number}")
        self.__number = number

    def run(self):
        for step in range(2):
            self.work(step)

    def work(self, step):
        time.sleep(0.1)
        print(self.name, self.__number, step)


# prints: worker-1 1 0
# prints: worker-2 2 0
# prints: worker-1 1 1
# prints: worker-2 2 1
workers = [Worker(1), Worker(2)]
for worker in workers:
    worker.start()
for worker in workers:
    worker.join()

fired = threading.Timer(0.5, print, ["timer"])
cancelled = threading.Timer(0.5, print, ["never"])
fired.start()
cancelled.start()
cancelled.cancel()
fired.join()  # prints: timer

data = threading.local()
data.value = "main"


def use_its_own():
    data.value = "thread"
    time.sleep(0.1)
    print(data.value)


thread = threading.Thread(target=use_its_own)
thread.start()
data.value = "still main"
thread.join()  # prints: thread
print(data.value)  # prints: still main
