import asyncio

# A row that takes and one that gives; the peer goes away between the two.
class Ledger:
    def __init__(self):
        self.rows = []

    async def insert(self, amount):
        self.rows.append(("ann", -amount))
        await asyncio.sleep(0.1)  # error: unshielded-critical-section
        self.rows.append(("bob", amount))

async def handler(ledger):
    await ledger.insert(25)

async def main():
    ledger = Ledger()

    async def accept(reader, writer):
        await reader.readline()
        request = asyncio.create_task(handler(ledger))
        await reader.read()
        request.cancel()
        await asyncio.wait([request])
        writer.close()
        await writer.wait_closed()

    async with await asyncio.start_server(accept, "127.0.0.1", 8080):
        reader, writer = await asyncio.open_connection("127.0.0.1", 8080)
        writer.write(b"pay\n")
        await asyncio.sleep(0.05)
        writer.close()
        await writer.wait_closed()
        await asyncio.sleep(1)
    print(ledger.rows)

asyncio.run(main())
