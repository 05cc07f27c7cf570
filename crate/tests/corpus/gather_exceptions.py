"""`gather` that asks for everybody's outcome."""

import asyncio


async def check(host):
    await asyncio.sleep(0.1)
    if host.startswith("down"):
        raise ConnectionError(host)
    return "up"


async def main():
    hosts = ["up-1", "down-1", "up-2", "down-2"]
    outcomes = await asyncio.gather(*map(check, hosts), return_exceptions=True)
    for host, outcome in zip(hosts, outcomes):
        if isinstance(outcome, Exception):
            print(host, "is unreachable:", type(outcome).__name__)
        else:
            print(host, outcome)


asyncio.run(main())
