"""The first handler keeps nothing; the second ends in a statement with branches."""

import asyncio
import contextlib


async def work():
    try:
        try:
            await asyncio.sleep(9)
        except asyncio.CancelledError as error:
            error.add_note("on its way")
            raise error
    except BaseException as error:  # warning: cancellation-swallowed at `except BaseException as error`
        if error.__notes__:
            try:
                print("kept", *error.__notes__)
            except ValueError:
                print("never")


async def main():
    task = asyncio.create_task(work())
    await asyncio.sleep(0)
    task.cancel()
    await task


asyncio.run(main())
