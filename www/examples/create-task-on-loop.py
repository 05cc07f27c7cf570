import asyncio


async def greet():
    print("Greetings from inside a coroutine!")


def main():
    loop = asyncio.get_event_loop()
    first = loop.create_task(greet())
    loop.run_until_complete(greet())
    print(first.done())


main()

# prints: Greetings from inside a coroutine!
# prints: Greetings from inside a coroutine!
# prints: True
# outcome: completed
