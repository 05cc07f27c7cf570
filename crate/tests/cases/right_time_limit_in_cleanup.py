"""timeout in a cancelled task's cleanup: the limit's own request is not another's."""
import asyncio
async def work():
    try: await asyncio.sleep(9)
    finally:
        try:
            async with asyncio.timeout(0.1):
                await asyncio.sleep(5)
        except TimeoutError: print("limited")
async def main():
    t = asyncio.create_task(work()); await asyncio.sleep(0.1); t.cancel()
    await asyncio.gather(t, return_exceptions=True)
asyncio.run(main())
