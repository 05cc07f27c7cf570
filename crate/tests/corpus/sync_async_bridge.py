"""Plain code asks a loop in a thread, and threads answer a loop."""

import asyncio
import concurrent.futures
import queue
import threading
import time


class LoopThread:
    """An event loop in a thread of its own, for code that is not asynchronous."""

    def __init__(self):
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.run, daemon=True)

    def run(self):
        asyncio.set_event_loop(self.loop)
        try:
            self.loop.run_forever()
        finally:
            self.loop.run_until_complete(self.loop.shutdown_asyncgens())
            self.loop.close()

    def __enter__(self):
        self.thread.start()
        return self

    def call(self, coroutine, timeout=5):
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(timeout)

    def __exit__(self, *exc):
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()


async def fetch(n):
    await asyncio.sleep(0.05)
    return n * n


def main():
    with LoopThread() as bridge:
        print([bridge.call(fetch(n)) for n in range(3)])
        futures = [asyncio.run_coroutine_threadsafe(fetch(n), bridge.loop) for n in range(3, 6)]
        for future in concurrent.futures.as_completed(futures):
            print(future.result())


main()


async def other_way():
    loop = asyncio.get_running_loop()
    results = asyncio.Queue()
    jobs = queue.Queue()

    def worker():
        while (job := jobs.get()) is not None:
            time.sleep(0.01)
            loop.call_soon_threadsafe(results.put_nowait, job * 2)

    threads = [threading.Thread(target=worker) for _ in range(2)]
    for thread in threads:
        thread.start()
    for n in range(6):
        jobs.put(n)
    got = [await results.get() for _ in range(6)]
    for _ in threads:
        jobs.put(None)
    await asyncio.gather(*(asyncio.to_thread(thread.join) for thread in threads))
    print(sorted(got))


asyncio.run(other_way())
