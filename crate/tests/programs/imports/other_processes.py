"""What would need another process says so plainly, and what to use instead."""

import asyncio
import subprocess


async def main():
    try:
        await asyncio.create_subprocess_exec("ls")
    except OSError as error:
        print(type(error).__name__, "process" in str(error))  # prints: OSError True
    try:
        await asyncio.create_subprocess_shell("ls")
    except OSError as error:
        print("process" in str(error))  # prints: True


asyncio.run(main())
try:
    subprocess.run(["ls"])
except OSError as error:
    print("process" in str(error))  # prints: True
