"""No process can be started here, and a call that would wait for one is told once."""

import asyncio
import os


async def main():
    os.system("sleep 1")  # warning: blocking-call at `os.system("sleep 1")`


asyncio.run(main())
