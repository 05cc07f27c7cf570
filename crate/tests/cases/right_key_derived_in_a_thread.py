import asyncio, hashlib

async def login(password):
    return await asyncio.to_thread(hashlib.pbkdf2_hmac, "sha256", password, b"salt", 600_000)

async def main():
    print((await login(b"secret")).hex())

asyncio.run(main())
