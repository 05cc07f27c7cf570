"""Calls that come in quick succession end in one: each cancels the timer of the one before."""

import asyncio


class Debounced:
    def __init__(self, seconds, function):
        self.seconds = seconds
        self.function = function
        self.timer = None

    def __call__(self, *args):
        if self.timer is not None:
            self.timer.cancel()
        loop = asyncio.get_running_loop()
        self.timer = loop.call_later(self.seconds, self.function, *args)


async def typing(text, show):
    typed = ""
    for letter in text:
        typed += letter
        show(typed)
        await asyncio.sleep(0.4 if letter == " " else 0.05)


async def main():
    searches = []
    await typing("async io rocks", Debounced(0.2, searches.append))
    await asyncio.sleep(0.5)
    print(searches)


asyncio.run(main())
