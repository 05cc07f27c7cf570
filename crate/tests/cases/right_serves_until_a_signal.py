"""A program that serves, or waits for a signal, ends when somebody outside ends it: nobody waits in vain."""

import asyncio
import signal


async def main():
    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    server = await asyncio.start_server(lambda reader, writer: writer.close(), "127.0.0.1", 8000)
    async with server:
        await stopped.wait()


asyncio.run(main())
