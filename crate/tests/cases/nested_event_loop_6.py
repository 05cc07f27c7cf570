"""What a runner makes to end its own loop is nothing that the program has forgotten."""

import asyncio


async def main():
    with asyncio.Runner() as runner:  # error: nested-event-loop
        runner.get_loop()


try:
    asyncio.run(main())  # related: nested-event-loop
except RuntimeError:
    print("refused")
