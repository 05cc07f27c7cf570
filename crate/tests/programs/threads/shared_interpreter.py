"""The main thread computes and never waits: the others run all the same, each time it has kept the interpreter for long."""

import asyncio
import threading
import time

ready = False


def prepare():
    global ready
    time.sleep(0.02)
    ready = True


thread = threading.Thread(target=prepare)
start = time.monotonic()
thread.start()
while not ready:
    pass
print("seen after", round(time.monotonic() - start, 2))  # prints: seen after 0.02
thread.join()


class Impatient(asyncio.BaseEventLoop):
    """A loop that asks for what is ready and never waits for it, as one with a selector of its own may."""

    def __init__(self):
        super().__init__()
        self._selector = self

    def select(self, timeout):
        return []

    def _process_events(self, events):
        pass

    def _write_to_self(self):
        pass


async def main():
    return await asyncio.get_running_loop().run_in_executor(None, lambda: "from the executor")


with asyncio.Runner(loop_factory=Impatient) as runner:
    print(runner.run(main()))  # prints: from the executor
