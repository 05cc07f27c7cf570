import asyncio


async def greet():
    print("Greetings from inside a coroutine!")


def main():
    loop = asyncio.get_event_loop()
    # Today wait() takes tasks and futures only.
    loop.run_until_complete(asyncio.wait([greet()]))  # error: legacy-asyncio


if __name__ == "__main__":
    main()

# outcome: raised
