import asyncio
class S:
    done = False
async def w(s):
    await asyncio.sleep(2)
    s.done = True
async def main():
    s = S()
    t = asyncio.create_task(w(s))
    while True:
        if s.done:
            break
        await asyncio.sleep(0.001)  # warning: busy-wait
    await t
asyncio.run(main())
