using System.Collections.Generic;
using System.Linq;

public record Part(string Number, int Pieces, int Minimum);

public static class Inventory
{
    public static IEnumerable<(string Number, int Missing)> Reorder(IEnumerable<Part> parts) =>
        parts
            .GroupBy(part => part.Number)
            .Select(group => (group.Key, group.Max(p => p.Minimum) - group.Sum(p => p.Pieces)))
            .Where(need => need.Item2 > 0)
            .OrderByDescending(need => need.Item2);
}
