import asyncio


class Timer:
    def __init__(self, delay, callback):
        self._handle = asyncio.get_running_loop().call_later(delay, self._fire)
        self.callback = callback

    def _fire(self):
        self.callback()


def bad():
    raise KeyError("x")  # error: exception-in-callback at `raise KeyError("x")`


async def main():
    Timer(0.1, bad)
    await asyncio.sleep(0.2)


asyncio.run(main())
