# Much is printed, in many short steps: the run ends, and no task has kept the others waiting.
import asyncio
async def tell(name):
    while True:
        print(name, "." * 5_000)
        await asyncio.sleep(0.5)
async def main():
    await asyncio.gather(tell("a"), tell("b"))
asyncio.run(main())
