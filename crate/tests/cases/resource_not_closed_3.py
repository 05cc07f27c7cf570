import asyncio
async def main():
    loop = asyncio.get_running_loop()
    server = await asyncio.start_server(lambda r, w: None, "127.0.0.1", 9999)  # info: resource-not-closed
    print("listening")
asyncio.run(main())
