# cpu-bound-step: move it to a thread
# prints: 17999997000000

import asyncio

def count(limit):
    total = 0
    for number in range(limit):
        total += number
    return total

async def main():
    print(count(6_000_000))

asyncio.run(main())
