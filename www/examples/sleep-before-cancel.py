import asyncio


async def greet():
    """Says something."""
    print("WELCOME")


async def main():
    greeting = asyncio.get_running_loop().create_task(greet())
    await asyncio.sleep(1)
    greeting.cancel()


if __name__ == "__main__":
    asyncio.run(main())

# prints: WELCOME
# outcome: completed
