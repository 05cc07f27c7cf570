import asyncio

# The name is another task's to set, and so is what the list holds.
settings = None
names = []

async def load():
    global settings
    await asyncio.sleep(0.2)
    settings = {"colour": "green"}
    names.append("ada")

async def paint():
    await asyncio.sleep(0.1)
    return settings["colour"]  # error: assumed-order

async def greet():
    first = names[0]  # error: assumed-order
    return first

async def main():
    tasks = [asyncio.create_task(it()) for it in (load, paint, greet)]
    await asyncio.gather(*tasks, return_exceptions=True)

asyncio.run(main())
