import asyncio


async def greet():
    print("Greetings from inside a coroutine!")


def main():
    loop = asyncio.get_event_loop()
    waiting = loop.create_task(greet())  # warning: task-never-started
    print("the loop never runs")


main()

# prints: the loop never runs
# outcome: completed
