# loopscope: signal=SIGINT@2s
"""Ctrl-C after two seconds: `asyncio.run` cancels the main task, and raises KeyboardInterrupt when it has ended."""

import asyncio


async def main():
    try:
        await asyncio.sleep(10)
    finally:
        print("cleaning up", round(asyncio.get_running_loop().time(), 1))  # prints: cleaning up 2.0


try:
    asyncio.run(main())
except KeyboardInterrupt:
    print("interrupted")  # prints: interrupted
