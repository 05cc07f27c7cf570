import asyncio, subprocess
async def main():
    subprocess.run(["sleep", "1"])  # warning: blocking-call
asyncio.run(main())
