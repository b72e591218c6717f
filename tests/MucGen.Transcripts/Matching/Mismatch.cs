namespace MucGen.Transcripts.Matching;

/// <summary>The first difference between an expected and a received stanza.</summary>
/// <param name="Path">The element that differs, from the stanza down, such as <c>presence/x/item</c>.</param>
/// <param name="Difference">What differs there.</param>
public sealed record Mismatch(string Path, string Difference)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Path}: {Difference}";
}
