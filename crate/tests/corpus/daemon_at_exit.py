"""A metrics service without end: the end of the program is its end, too."""

import asyncio


class Metrics:
    def __init__(self):
        self.counts = {}

    def count(self, name):
        self.counts[name] = self.counts.get(name, 0) + 1

    async def report_for_ever(self):
        while True:
            await asyncio.sleep(1)
            print("metrics:", self.counts)


async def serve(metrics):
    for _ in range(4):
        await asyncio.sleep(0.6)
        metrics.count("request")


async def main():
    metrics = Metrics()
    reporting = asyncio.create_task(metrics.report_for_ever(), name="metrics")
    await serve(metrics)
    print(reporting.get_name(), "goes with the program")


asyncio.run(main())
