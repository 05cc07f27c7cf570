"""Requests and answers share a connection; a task matches them."""

import asyncio
import json


class Server:
    def __init__(self):
        self.handlers = {"echo": self.echo, "sum": self.sum}
        self.clients = set()

    async def echo(self, params):
        await asyncio.sleep(0.001)
        return params

    async def sum(self, params):
        await asyncio.sleep(0.002)
        return sum(params)

    async def serve(self, reader, writer):
        self.clients.add(writer)
        try:
            async for line in reader:
                request = json.loads(line)
                try:
                    result = await self.handlers[request["method"]](request["params"])
                    answer = {"id": request["id"], "result": result}
                except KeyError as error:
                    answer = {"id": request["id"], "error": repr(error)}
                writer.write(json.dumps(answer).encode() + b"\n")
                await writer.drain()
        finally:
            self.clients.discard(writer)
            writer.close()
            await writer.wait_closed()


class Client:
    def __init__(self, reader, writer):
        self.reader, self.writer = reader, writer
        self.pending = {}
        self.counter = 0
        self.receiver = asyncio.create_task(self.receive())

    @classmethod
    async def connect(cls, port):
        return cls(*await asyncio.open_connection("127.0.0.1", port))

    async def receive(self):
        async for line in self.reader:
            answer = json.loads(line)
            future = self.pending.pop(answer["id"])
            if "error" in answer:
                future.set_exception(RuntimeError(answer["error"]))
            else:
                future.set_result(answer["result"])

    async def call(self, method, params):
        self.counter += 1
        future = asyncio.get_running_loop().create_future()
        self.pending[self.counter] = future
        self.writer.write(json.dumps({"id": self.counter, "method": method, "params": params}).encode() + b"\n")
        await self.writer.drain()
        return await asyncio.wait_for(future, timeout=5)

    async def close(self):
        self.writer.close()
        await self.writer.wait_closed()
        await self.receiver


async def main():
    server = await asyncio.start_server(Server().serve, "127.0.0.1", 7000)
    async with server:
        client = await Client.connect(7000)
        print(await asyncio.gather(client.call("echo", "hi"), client.call("sum", [1, 2, 3])))
        try:
            await client.call("nope", None)
        except RuntimeError as error:
            print("error", error)
        await client.close()


asyncio.run(main())
