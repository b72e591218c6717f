namespace MucGen.Rooms.Service;

/// <summary>Which page of a list somebody asks for (XEP-0059 2).</summary>
/// <param name="Max">The most items; null leaves it to the service.</param>
/// <param name="After">Items behind this identifier.</param>
/// <param name="Before">Items ahead of this identifier; empty asks for the last page (2.5).</param>
/// <param name="Index">The position of the first item wanted (2.6).</param>
public readonly record struct PageRequest(int? Max = null, string? After = null, string? Before = null, int? Index = null);

/// <summary>One page of a list.</summary>
/// <param name="Items">The items, in the order of the list.</param>
/// <param name="Start">The position of the first one in the whole list, from 0.</param>
/// <param name="Total">How many items the whole list has.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, int Start, int Total)
{
    /// <summary>Whether the page is the whole list.</summary>
    public bool IsComplete => Items.Count == Total;
}
