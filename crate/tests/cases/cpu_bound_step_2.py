import asyncio, hashlib

def derive(password):
    return hashlib.scrypt(password, salt=b"salt", n=2**14, r=8, p=8, maxmem=2**26)  # warning: cpu-bound-step

async def main():
    await asyncio.sleep(0)
    print(derive(b"x").hex()[:8])

asyncio.run(main())
