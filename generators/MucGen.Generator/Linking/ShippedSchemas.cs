using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using MucGen.Generator.Model;

namespace MucGen.Generator.Linking;

/// <summary>
/// The schemas that come with the package. They are among the files of every project that has it; those take part that a schema of the project imports, or that another
/// one imports which takes part. For a namespace of which the project has a schema, none does.
/// </summary>
internal static class ShippedSchemas
{
    private const string Metadata = "build_metadata.AdditionalFiles.MucGenShipped";

    /// <summary>Whether the file came with the package.</summary>
    public static bool Has(AdditionalText file, AnalyzerConfigOptionsProvider options) =>
        options.GetOptions(file).TryGetValue(Metadata, out var isShipped) && string.Equals(isShipped, "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The schemas of the project with those of the package that they need.</summary>
    public static EquatableArray<SchemaModel> Needed(IEnumerable<SchemaModel> all, EquatableArray<string> shippedPaths)
    {
        var shipped = all.ToLookup(schema => shippedPaths.Contains(schema.Path));
        var needed = shipped[false].ToList();
        var known = new HashSet<string>(needed.Select(schema => schema.Namespace));
        for (var i = 0; i < needed.Count; i++)
        {
            foreach (var import in needed[i].Imports.Where(import => known.Add(import.Namespace)))
                needed.AddRange(shipped[true].Where(schema => schema.Namespace == import.Namespace));
        }
        return needed.ToEquatableArray();
    }
}
