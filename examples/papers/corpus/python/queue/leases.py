import heapq


class Leases:
    """Jobs that are lent out for a while and come back when nobody finishes them."""

    def __init__(self, seconds):
        self._seconds = seconds
        self._due = []
        self._open = {}

    def lend(self, job, now):
        self._open[job] = now + self._seconds
        heapq.heappush(self._due, (now + self._seconds, job))

    def finish(self, job):
        return self._open.pop(job, None) is not None

    def expired(self, now):
        while self._due and self._due[0][0] <= now:
            due, job = heapq.heappop(self._due)
            if self._open.get(job) == due:
                del self._open[job]
                yield job
