"""A coroutine among what a call was given: the call itself is no coroutine."""

import asyncio
import json


async def line(number):
    await asyncio.sleep(0)
    return str(number)


async def joined():
    print(", ".join(line(number) for number in range(3)))  # error: coroutine-as-value # says: is among what this call was


async def dumped():
    body = {"line": line(1)}  # related: coroutine-as-value
    print(json.dumps(body))  # error: coroutine-as-value # says: A coroutine is among what this call was given


async def summed():
    tasks = [asyncio.create_task(line(number)) for number in range(2)]  # related: coroutine-as-value
    await asyncio.sleep(1)
    print(sum(tasks))  # error: coroutine-as-value # says: A task is among what this call was given


for program in joined, dumped, summed:
    try:
        asyncio.run(program())
    except TypeError as error:
        print(error)
