# async-generator-not-closed: close the generator
# prints: 0
# prints: closed

import asyncio


async def rows():
	try:
		for number in range(9):
			yield number
			await asyncio.sleep(0)
	finally:
		print("closed")


async def main():
	async for row in rows():
		print(row)
		break


asyncio.run(main())
