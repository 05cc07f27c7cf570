import asyncio
def retried(function):
    def wrapper(*arguments):
        try:
            return function(*arguments)
        except ConnectionError:
            return None
    return wrapper
@retried
async def fetch(n):
    await asyncio.sleep(0.1)
    return n
async def main():
    results = [fetch(n) for n in range(3)]  # error: coroutine-never-awaited
    print(len(results), await fetch(4))
asyncio.run(main())
