# A reader at the end of its stream never waits, and this one prints until no more may be printed.
import asyncio
async def echo(reader):
    while True:
        line = await reader.readline()
        print("got", line, "." * 5_000)  # error: task-never-yields
async def main():
    reader = asyncio.StreamReader()
    reader.feed_data(b"hello\n")
    reader.feed_eof()
    await asyncio.gather(echo(reader), asyncio.sleep(1))
asyncio.run(main())
