import asyncio


class Job:
    async def run(self):
        await asyncio.sleep(0.1)
        self.check()

    def check(self):
        raise asyncio.CancelledError  # warning: phantom-cancellation at `raise asyncio.CancelledError`


async def main():
    results = await asyncio.gather(Job().run(), return_exceptions=True)
    print(results)


asyncio.run(main())
