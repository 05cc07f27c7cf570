"""A map over coroutines with a limit."""

import asyncio
from collections import Counter


async def map_words(text):
    counts = Counter()
    for number, word in enumerate(text.split()):
        counts[word] += 1
        if number % 100 == 99:
            await asyncio.sleep(0)
    return counts


async def bounded_map(function, items, limit):
    semaphore = asyncio.Semaphore(limit)

    async def one(item):
        async with semaphore:
            return await function(item)

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(one(item)) for item in items]
    return [task.result() for task in tasks]


async def main():
    texts = ["a b c a", "b c", "c"] * 5
    total = sum(await bounded_map(map_words, texts, 4), Counter())
    print(total.most_common(2))


asyncio.run(main())
