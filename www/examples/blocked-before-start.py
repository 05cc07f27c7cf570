import asyncio
import time


async def greet():
    """Says something."""
    print("WELCOME")


async def main():
    greeting = asyncio.get_running_loop().create_task(greet())  # warning: task-never-started
    time.sleep(1)  # warning: blocking-call
    greeting.cancel()


if __name__ == "__main__":
    asyncio.run(main())

# outcome: completed
