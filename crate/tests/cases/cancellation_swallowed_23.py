"""A signal ends the program, which returns at once: it does what the signal asks for."""

import asyncio
import signal


async def main():
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, asyncio.current_task().cancel)
    loop.call_later(0.5, signal.raise_signal, signal.SIGTERM)
    try:
        await asyncio.Event().wait()
    except asyncio.CancelledError:  # info: cancellation-swallowed
        print("bye")


asyncio.run(main())
