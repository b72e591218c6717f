using Microsoft.CodeAnalysis;

namespace MucGen.Generator;

/// <summary>
/// Every diagnostic of the generator: MG10xx schemas, MG11xx data forms, MG2xxx dispatch (Diagnostics.Dispatch.cs), MG9999 a fault of
/// ours. Ids are never reused. A message names the element and the fix; the place names the file and line.
/// </summary>
internal static partial class Diagnostics
{
    private const string SchemaCategory = "MucGen.Schema";
    private const string HelpRoot = "generators/MucGen.Generator/README.md#";

    /// <summary>The file is not well-formed XML.</summary>
    public static readonly DiagnosticDescriptor MalformedXml = Schema(
        "MG1001", "Malformed XML", "'{0}' is not well-formed XML: {1}");

    /// <summary>The root or its attributes are not those of a schema.</summary>
    public static readonly DiagnosticDescriptor NotASchema = Schema(
        "MG1002", "Not a usable schema", "'{0}' is not a usable schema: {1}");

    /// <summary>A construct of XML Schema that the generator does not support.</summary>
    public static readonly DiagnosticDescriptor UnsupportedConstruct = Schema(
        "MG1003", "Unsupported schema construct", "<xs:{0}> in '{1}' is not supported here: {2}");

    /// <summary>An attribute of XML Schema that the generator does not support, or a value of one.</summary>
    public static readonly DiagnosticDescriptor UnsupportedAttribute = Schema(
        "MG1004", "Unsupported schema attribute", "Attribute '{0}' of <xs:{1}> in '{2}' is not supported: {3}");

    /// <summary>An overlay attribute that does not exist, stands in the wrong place or has a bad value.</summary>
    public static readonly DiagnosticDescriptor BadOverlay = Schema(
        "MG1005", "Bad overlay attribute", "Overlay attribute 'mg:{0}' on <xs:{1}> in '{2}': {3}");

    /// <summary>A named type that no schema declares.</summary>
    public static readonly DiagnosticDescriptor UnknownType = Schema(
        "MG1006", "Unknown type", "Type '{0}', used by '{1}', is not declared: declare it in a schema of its namespace, or use a built-in type that the README lists");

    /// <summary>A reference to a global element, group or attribute group that no schema declares.</summary>
    public static readonly DiagnosticDescriptor UnknownReference = Schema(
        "MG1007", "Unknown reference", "'{0}', referred to by '{1}', is not declared: add its schema to the project, or use xs:any for payloads of other schemas");

    /// <summary>Two global declarations of one name.</summary>
    public static readonly DiagnosticDescriptor DuplicateDeclaration = Schema(
        "MG1008", "Duplicate declaration", "'{0}' is declared already in '{1}': remove one of them");

    /// <summary>Two different elements or enumerations that would get one C# name.</summary>
    public static readonly DiagnosticDescriptor DuplicateTypeName = Schema(
        "MG1009", "Duplicate C# type name", "'{0}' would get the C# name '{1}', which '{2}' has already: give one of them mg:name, or the schema another mg:prefix");

    /// <summary>Two fields of one element that would get one C# name, or a field with the name of a member that every view has.</summary>
    public static readonly DiagnosticDescriptor FieldNameClash = Schema(
        "MG1010", "Field name is taken", "The C# name '{0}' in '{1}' is taken already: give the field another one by mg:name or mg:plural");

    /// <summary>Two element names with one key.</summary>
    public static readonly DiagnosticDescriptor KeyCollision = Schema(
        "MG1011", "Element keys collide", "'{0}' and '{1}' have the same key {2}: the two cannot be in one project; give one a namespace of another version");

    /// <summary>mg:type-ref names an enumeration that no schema declares.</summary>
    public static readonly DiagnosticDescriptor UnknownEnumeration = Schema(
        "MG1012", "Unknown enumeration", "mg:type-ref='{0}' of '{1}' names no enumeration: use the mg:name of an xs:simpleType with values, or a full name such as MucGen.Xml.StanzaErrorType");

    /// <summary>A facet that is not enforced, or that contradicts its type.</summary>
    public static readonly DiagnosticDescriptor BadFacet = Schema(
        "MG1013", "Facet cannot be enforced", "Facet '{0}' in '{1}': {2}");

    /// <summary>A wrong number of occurrences.</summary>
    public static readonly DiagnosticDescriptor BadOccurrence = Schema(
        "MG1014", "Bad number of occurrences", "'{0}' has minOccurs='{1}' and maxOccurs='{2}': both are numbers from 0 (maxOccurs also 'unbounded'), the first not above the second");

    /// <summary>An imported namespace for which the project has no schema.</summary>
    public static readonly DiagnosticDescriptor UnknownImport = Information(
        "MG1015", SchemaCategory, "Imported namespace has no schema", "The project has no schema of '{0}': elements that only it describes are taken as they are, unless you add it to AdditionalFiles");

    /// <summary>A named type or group that contains itself.</summary>
    public static readonly DiagnosticDescriptor RecursiveType = Schema(
        "MG1016", "Type contains itself", "'{0}' contains itself: declare a global element for the inner part and refer to it by ref");

    /// <summary>A default or fixed value that its own type does not allow.</summary>
    public static readonly DiagnosticDescriptor BadDefault = Schema(
        "MG1017", "Bad default value", "The value '{0}' of '{1}' is not one that its type allows: {2}");

    /// <summary>A name that cannot be a C# identifier.</summary>
    public static readonly DiagnosticDescriptor BadName = Schema(
        "MG1018", "Not a C# name", "'{0}' is not a C# name: use letters and digits, beginning with a capital letter");

    /// <summary>An enumeration whose values are not distinct.</summary>
    public static readonly DiagnosticDescriptor DuplicateValue = Schema(
        "MG1019", "Duplicate value", "Value '{0}' of '{1}' is there already, or gets the same C# name: remove it, or give it mg:name");

    /// <summary>An overlay file that cannot be used.</summary>
    public static readonly DiagnosticDescriptor NotAnOverlay = Schema("MG1020", "Not a usable overlay", "'{0}' is not a usable overlay: {1}");

    /// <summary>A mistake of a published schema that has one sensible reading.</summary>
    public static readonly DiagnosticDescriptor Repaired = Information(
        "MG1021", SchemaCategory, "Read by a repair rule", "{0} in '{1}': {2}");

    /// <summary>A patch of a published text that is no longer what it was.</summary>
    public static readonly DiagnosticDescriptor PatchDoesNotFit = Schema(
        "MG1022", "Patch does not fit", "The published text has changed: the patch in '{0}' ({1}) finds its text {2} times, not {3}; look whether it is needed still");

    /// <summary>An exception inside the generator.</summary>
    public static readonly DiagnosticDescriptor Internal = Error(
        "MG9999", "MucGen.Generator", "The generator failed", "The generator failed on '{0}', report this with the file: {1}");

    private static DiagnosticDescriptor Schema(string id, string title, string message) => Error(id, SchemaCategory, title, message);

    private static DiagnosticDescriptor Information(string id, string category, string title, string message) => new(
        id, title, message, category, DiagnosticSeverity.Info, isEnabledByDefault: true, helpLinkUri: HelpRoot + id.ToLowerInvariant());

    private static DiagnosticDescriptor Error(string id, string category, string title, string message) => new(
        id, title, message, category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpRoot + id.ToLowerInvariant());
}
