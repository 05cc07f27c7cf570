# coroutine-never-awaited: run it
# prints: hello

async def main():
    print('hello')

main()
