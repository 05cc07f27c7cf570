# async-generator-not-closed: close the generator
# prints: 0 
# prints:   as it was
# prints: closed
# prints: done

import asyncio

async def numbers():
    try:
        for number in range(10):
            yield number
            await asyncio.sleep(0)
    finally:
        await asyncio.sleep(0)
        print('closed')

async def main():
    async for number in numbers():
        text = '''
  as it was'''
        print(number, text)
        break
    print('done')

asyncio.run(main())
