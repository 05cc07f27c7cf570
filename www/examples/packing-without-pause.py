import asyncio
import random

# Put on the queue to say that nothing else will come.
LAST = "nothing else will come: any value would do that is no parcel"


async def pack(queue):
    while True:
        weight = random.randint(1, 42)
        if weight == 42:
            print("Nothing left to pack")
            break
        else:
            parcel = f"parcel of {weight} kg"
            print(f"Packed {parcel}")
            await queue.put(parcel)

    await queue.put(LAST)


async def unpack(queue):
    while True:
        parcel = await queue.get()
        if parcel == LAST:
            print("That was the last one.")
            break
        print(f"Unpacked {parcel}")


if __name__ == "__main__":
    loop = asyncio.get_event_loop()
    queue = asyncio.Queue()
    loop.run_until_complete(asyncio.gather(pack(queue), unpack(queue)))
    loop.stop()
    loop.close()

# prints: …
# outcome: completed
