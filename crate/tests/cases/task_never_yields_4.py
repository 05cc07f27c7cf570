# Nobody waits for a turn while a task that is alone prints more than may be printed.
import asyncio
async def main():
    for number in range(100_000):
        print(number, "." * 5_000)
asyncio.run(main())
