import asyncio


class Once:
    def __init__(self):
        self.future = asyncio.get_running_loop().create_future()

    def resolve(self, value):
        self.future.set_result(value)  # error: primitive-misused at `self.future.set_result(value)`


async def main():
    once = Once()
    loop = asyncio.get_running_loop()
    loop.call_later(0.1, once.resolve, 1)
    loop.call_later(0.2, once.resolve, 2)
    print(await once.future)
    await asyncio.sleep(0.5)


asyncio.run(main())
