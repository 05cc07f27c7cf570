import asyncio


async def greet():
    print("Greetings from inside a coroutine!")


def main():
    loop = asyncio.get_event_loop()
    asyncio.create_task(greet())  # error: no-running-loop  # error: coroutine-never-awaited


main()

# outcome: raised
