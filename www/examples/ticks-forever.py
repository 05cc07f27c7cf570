import asyncio


async def tick():
    while True:
        print("tick")
        await asyncio.sleep(1)


def main():
    loop = asyncio.get_event_loop()
    ticking = loop.create_task(tick())
    loop.run_forever()


main()

# prints: tick
# prints: tick
# prints: tick
# prints: …
# outcome: limit
