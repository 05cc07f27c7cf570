# loopscope: signal=SIGTERM@3s
"""A handler of the loop ends the program's work when it is told to terminate."""

import asyncio
import os
import signal


async def work():
    try:
        while True:
            await asyncio.sleep(1)
            print("working")
    except asyncio.CancelledError:
        print("stopped")
        raise


async def main():
    loop = asyncio.get_running_loop()
    heard = []
    loop.add_signal_handler(signal.SIGUSR1, heard.append, "usr1")
    os.kill(os.getpid(), signal.SIGUSR1)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print(heard)  # prints: ['usr1']
    print(loop.remove_signal_handler(signal.SIGUSR1))  # prints: True
    task = asyncio.create_task(work())
    loop.add_signal_handler(signal.SIGTERM, task.cancel)
    await asyncio.wait([task])
    # prints: working
    # prints: working
    # prints: stopped
    print(task.cancelled(), round(loop.time(), 1))  # prints: True 3.0
    try:
        loop.add_signal_handler(signal.SIGKILL, print)
    except RuntimeError as error:
        print(error)  # prints: sig 9 cannot be caught


asyncio.run(main())
