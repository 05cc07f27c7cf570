import asyncio

with asyncio.Runner() as runner:
    runner.run(asyncio.sleep(0.1))

runner.run(asyncio.sleep(0.1))  # error: closed-loop-used at `runner.run(asyncio.sleep(0.1))`
