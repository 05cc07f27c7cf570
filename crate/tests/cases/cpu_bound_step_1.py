import asyncio, hashlib

async def login(password):
    await asyncio.sleep(0)
    return hashlib.pbkdf2_hmac("sha256", password, b"salt", 600_000).hex()  # warning: cpu-bound-step

async def main():
    print(await login(b"secret"))

asyncio.run(main())
