import asyncio
from asyncio import coroutine  # error: legacy-asyncio
