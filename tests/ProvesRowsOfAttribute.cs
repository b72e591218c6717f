namespace MucGen.Requirements;

/// <summary>Cites every row of a list, for a test that is driven by it.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class ProvesRowsOfAttribute(string list) : Attribute
{
    /// <summary>A list in <c>tests/MucGen.Requirements/lists</c>, without its ending.</summary>
    public string List { get; } = list;

    /// <summary>A file beside the lists' folder whose rows (id, reason) name what the test cannot decide, if any.</summary>
    public string? Except { get; init; }
}
