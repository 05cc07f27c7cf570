"""What a signal calls, and a method that a lambda calls, are told with the place where they were added."""

import asyncio
import os
import signal


def on_terminate():
    raise RuntimeError("already closing")  # error: exception-in-callback


class Connection:
    def __init__(self):
        self.closed = asyncio.get_running_loop().create_future()
        self.closed.add_done_callback(lambda done: self.on_close(done.result()))  # related: exception-in-callback

    def on_close(self, code):
        print(self.name, code)  # error: exception-in-callback at `self.name`


async def main():
    connection = Connection()
    connection.closed.set_result(1000)
    await asyncio.sleep(0.1)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, on_terminate)  # related: exception-in-callback
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.sleep(0.1)


asyncio.run(main())
