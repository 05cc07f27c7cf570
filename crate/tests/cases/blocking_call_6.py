import asyncio
async def main():
    name = input("name? ")  # warning: blocking-call
    print(name)
asyncio.run(main())
