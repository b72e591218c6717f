using MucGen.Requirements.Reading;

namespace MucGen.Requirements.Reporting;

/// <summary>Whether a requirement is proved, as the report writes it.</summary>
public enum ProofStatus
{
    /// <summary>Nothing cites it.</summary>
    Unproved,

    /// <summary>It is not built or cannot be tested here, for a reviewed reason.</summary>
    Declined,

    /// <summary>A test cites it.</summary>
    Proved,
}

/// <summary>A requirement with what settles it.</summary>
/// <param name="Requirement">The row.</param>
/// <param name="Status">Whether it is proved.</param>
/// <param name="Grounds">The tests, or the reason; empty when unproved.</param>
public sealed record TracedRequirement(Requirement Requirement, ProofStatus Status, string Grounds);
