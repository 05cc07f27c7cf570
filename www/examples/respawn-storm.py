import asyncio


async def greet():
    print("again")
    asyncio.create_task(greet())  # warning: unbounded-tasks


def main():
    loop = asyncio.get_event_loop()
    loop.run_until_complete(asyncio.gather(greet(), asyncio.sleep(0.006)))


main()

# prints: again
# prints: again
# prints: again
# prints: …
# outcome: completed
