using System;

public sealed class RateLimiter
{
    private readonly double perSecond;
    private readonly double most;
    private double tokens;
    private DateTime last;

    public RateLimiter(double perSecond, double most, DateTime now)
    {
        this.perSecond = perSecond;
        this.most = most;
        tokens = most;
        last = now;
    }

    public bool TryTake(DateTime now)
    {
        tokens = Math.Min(most, tokens + (now - last).TotalSeconds * perSecond);
        last = now;
        if (tokens < 1)
        {
            return false;
        }
        tokens -= 1;
        return true;
    }
}
