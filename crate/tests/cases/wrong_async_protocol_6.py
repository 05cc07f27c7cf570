import asyncio

class Pause:
    def __init__(self, future):
        self.future = future

    def __await__(self):
        yield self.future  # error: wrong-async-protocol
        return 1

async def main():
    future = asyncio.get_running_loop().create_future()
    try:
        await Pause(future)
    except RuntimeError as error:
        print("caught", type(error).__name__)
    future.cancel()

asyncio.run(main())
