"""The first two answers within a time limit; what is left is cancelled and awaited."""

import asyncio


async def ask(mirror, seconds):
    await asyncio.sleep(seconds)
    return mirror


async def main():
    tasks = [asyncio.create_task(ask(f"mirror {n}", n / 10)) for n in range(1, 6)]
    answers = []
    try:
        for next_one in asyncio.as_completed(tasks, timeout=0.25):
            answers.append(await next_one)
    except TimeoutError:
        print("time is up")
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    print(answers)


asyncio.run(main())
