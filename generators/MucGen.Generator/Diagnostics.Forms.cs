using Microsoft.CodeAnalysis;

namespace MucGen.Generator;

internal static partial class Diagnostics
{
    private const string FormCategory = "MucGen.Form";

    /// <summary>A file that is no data form.</summary>
    public static readonly DiagnosticDescriptor NotAForm = Error("MG1101", FormCategory, "Not a usable form",
        "'{0}' is not a usable form: {1}");

    /// <summary>A part of a form that the generator does not support.</summary>
    public static readonly DiagnosticDescriptor UnsupportedFormPart = Error("MG1102", FormCategory, "Unsupported part of a form",
        "{0} in '{1}' is not supported: {2}");

    /// <summary>Two fields with one var or name.</summary>
    public static readonly DiagnosticDescriptor DuplicateFormField = Error("MG1103", FormCategory, "Two fields of the same name",
        "The field '{0}' (C# name '{1}') in '{2}' is there already, or has the C# name of another: remove it, or give it mg:name");
}
