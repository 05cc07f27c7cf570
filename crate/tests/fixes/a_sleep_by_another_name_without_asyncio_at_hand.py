# blocking-call: use `asyncio.sleep`
# prints: slept

'''Sleeps.'''
from __future__ import annotations
from asyncio import run
from time import sleep as nap

async def main():
    nap(0.5)
    print('slept')

run(main())
