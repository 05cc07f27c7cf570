import asyncio
import time


async def greet():
    """Says something."""

async def main():
    greeting = asyncio.get_running_loop().create_task(greet())
     time.sleep(1)

if __name__ == "__main__":

# outcome: raised
