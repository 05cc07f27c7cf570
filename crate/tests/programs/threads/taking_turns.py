"""Two threads hand turns back and forth through two queues."""

import queue
import threading

to_pong, to_ping = queue.Queue(), queue.Queue()


def ping():
    for turn in range(2):
        to_pong.put(turn)
        print("ping", to_ping.get())


def pong():
    for _ in range(2):
        turn = to_pong.get()
        print("pong", turn)
        to_ping.put(turn)


# prints: pong 0
# prints: ping 0
# prints: pong 1
# prints: ping 1
threads = [threading.Thread(target=function) for function in (ping, pong)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
