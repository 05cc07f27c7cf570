# loopscope: loss=300, seed=1
# A stream sends again what was lost, so that all arrives, in order and late; a datagram that is lost is lost.
import asyncio


class Counter(asyncio.DatagramProtocol):
    def __init__(self):
        self.received = []

    def datagram_received(self, data, addr):
        self.received.append(data)


async def numbers(reader, writer):
    for number in range(50):
        writer.write(f"{number}\n".encode())
        await writer.drain()
        await asyncio.sleep(0.01)
    writer.close()


async def main():
    loop = asyncio.get_running_loop()
    async with await asyncio.start_server(numbers, "127.0.0.1", 8000):
        reader, writer = await asyncio.open_connection("127.0.0.1", 8000)
        lines = [int(line) async for line in reader]
        print(lines == list(range(50)), round(loop.time(), 1))  # prints: True 2.8
        writer.close()

    transport, counter = await loop.create_datagram_endpoint(Counter, local_addr=("127.0.0.1", 9000))
    sender, _ = await loop.create_datagram_endpoint(asyncio.DatagramProtocol, remote_addr=("127.0.0.1", 9000))
    for number in range(100):
        sender.sendto(bytes([number]))
    await asyncio.sleep(1)
    print(len(counter.received), counter.received == sorted(counter.received))  # prints: 76 True
    sender.close()
    transport.close()


asyncio.run(main())
