namespace MucGen.Requirements.Reading;

/// <summary>One testable point.</summary>
/// <param name="List">The list that it is in, such as <c>xep-0045</c>.</param>
/// <param name="Id">Stable; what tests cite.</param>
/// <param name="Level">MUST, SHOULD NOT, FACT ...; CELL in the privilege matrices and FIELD in the forms, which have no level.</param>
/// <param name="Text">The point in a line.</param>
/// <param name="YieldsTo">The decision that overrides it; then whatever proves the decision settles this row too.</param>
public sealed record Requirement(string List, string Id, string Level, string Text, string? YieldsTo)
{
    /// <summary>Whether conformance depends on it: MUST, SHOULD and their negations.</summary>
    public bool IsObligation => Level is "MUST" or "MUST NOT" or "SHOULD" or "SHOULD NOT";
}
