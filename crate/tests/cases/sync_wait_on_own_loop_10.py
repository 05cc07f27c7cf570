import asyncio

async def answer():
    return 42

class Job:
    def __init__(self, loop):
        self.future = asyncio.run_coroutine_threadsafe(answer(), loop)

    def value(self):
        return self.future.result()  # error: sync-wait-on-own-loop

async def main():
    print(Job(asyncio.get_running_loop()).value())

asyncio.run(main())
