import asyncio


async def greet():
    print("Greetings from inside a coroutine!")


def main():
    loop = asyncio.get_event_loop()
    loop.run_until_complete(asyncio.wait([loop.create_task(greet())]))


if __name__ == "__main__":
    main()

# prints: Greetings from inside a coroutine!
# outcome: completed
