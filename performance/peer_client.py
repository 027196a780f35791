"""The plain client beside the bench: httpx and asyncio, nothing stored.

Usage: peer_client.py BASE_URL CONCURRENCY CALLS IDEAL_PER_SECOND
"""

import asyncio
import resource
import sys
import time

import httpx

PROMPT = "Write a function that sorts what it is given. " * 20


async def main(base, concurrency, calls, ideal):
    limits = httpx.Limits(max_connections=concurrency, max_keepalive_connections=concurrency)
    numbers = iter(range(calls))
    done = []
    async with httpx.AsyncClient(limits=limits, timeout=60) as client:

        async def worker():
            for number in numbers:
                body = {
                    "model": "bench",
                    "messages": [{"role": "user", "content": f"{number}: {PROMPT}"}],
                }
                reply = await client.post(base + "/chat/completions", json=body)
                reply.raise_for_status()
                reply.json()["choices"][0]["message"]["content"]
                done.append(time.monotonic())

        began = time.monotonic()
        await asyncio.gather(*(worker() for _ in range(concurrency)))
    end = done[-1]
    usage = resource.getrusage(resource.RUSAGE_SELF)
    later = sum(t > began + 10 for t in done)
    rest = f"{later / (end - began - 10) / ideal:.3f}" if end > began + 11 else "(over before)"
    cpu = (usage.ru_utime + usage.ru_stime) * 1000 / calls
    print(
        f"httpx       concurrency {concurrency:4d}  calls {calls}"
        f"  ratio {calls / (end - began) / ideal:.3f}  after 10 s {rest}  cpu {cpu:.2f} ms/call"
    )


asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])))
