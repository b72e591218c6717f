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

    /// <summary>A form with more fields than a reader keeps count of.</summary>
    public static readonly DiagnosticDescriptor TooManyFormFields = Error("MG1104", FormCategory, "Too many fields in a form",
        "The form '{0}' in '{1}' has {2} fields, and readers keep count of {3}: leave out those that nobody reads, they are let through all the same");

    /// <summary>Two forms with one C# name.</summary>
    public static readonly DiagnosticDescriptor DuplicateForm = Error("MG1105", FormCategory, "Two forms of the same name",
        "The form '{0}' in '{1}' would get the C# name '{2}', which the form in '{3}' has already: give one of them another mg:name");
}
