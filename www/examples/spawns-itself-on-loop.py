import asyncio


async def greet():
    print("Greetings from inside a coroutine!")
    asyncio.get_event_loop().create_task(greet())  # warning: task-never-started


def main():
    loop = asyncio.get_event_loop()
    loop.run_until_complete(greet())


main()

# prints: Greetings from inside a coroutine!
# prints: Greetings from inside a coroutine!
# outcome: completed
