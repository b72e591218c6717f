using Microsoft.CodeAnalysis;

namespace MucGen.Generator;

/// <summary>
/// Every diagnostic of the generator: MG1xxx schemas and forms, MG2xxx dispatch (Diagnostics.Dispatch.cs), MG9999 a fault of ours.
/// Ids are never reused. A message names the element, and the fix; the place names the file and line.
/// </summary>
internal static partial class Diagnostics
{
    private const string HelpRoot = "generators/MucGen.Generator/README.md#";

    /// <summary>An exception inside the generator.</summary>
    public static readonly DiagnosticDescriptor Internal = Error("MG9999", "MucGen.Generator", "The generator failed", "The generator failed on '{0}': {1}. Report this with the file.");

    private static DiagnosticDescriptor Error(string id, string category, string title, string message) => new(
        id, title, message, category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpRoot + id.ToLowerInvariant());
}
