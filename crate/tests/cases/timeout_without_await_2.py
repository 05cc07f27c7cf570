import asyncio
async def main():
    try:
        async with asyncio.timeout(0.5):  # warning: timeout-without-await
            total = 0
            for n in range(1000):
                total += n
    except TimeoutError:
        print("late")
    print(total)
asyncio.run(main())
