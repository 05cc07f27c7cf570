import asyncio
import time


async def take_turns():
    for _ in range(200):
        await asyncio.sleep(0)


async def main():
    await asyncio.gather(*(take_turns() for _ in range(100)))
