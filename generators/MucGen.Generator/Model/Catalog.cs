using System;
using System.Collections.Generic;
using System.Linq;

namespace MucGen.Generator.Model;

/// <summary>All schemas, linked: what to emit, and what is wrong. <paramref name="Fault"/>: linking itself failed, and there is nothing else.</summary>
internal sealed record Catalog(
    EquatableArray<ElementSpec> Elements,
    EquatableArray<EnumSpec> Enums,
    NamesSpec Names,
    EquatableArray<Problem> Problems,
    DiagnosticInfo? Fault = null)
{
    public static Catalog Failed(DiagnosticInfo fault) => new(default, default, new NamesSpec(default, default), default, fault);
}

/// <summary>The rows of the name table and the catalogue.</summary>
internal sealed record NamesSpec(EquatableArray<NamespaceRow> Namespaces, EquatableArray<SpecificationRow> Specifications)
{
    public bool IsEmpty => Namespaces.IsEmpty;

    /// <summary>The same with the specifications that forms come from.</summary>
    public NamesSpec With(IEnumerable<SpecificationRow> forms) => this with
    {
        Specifications = Specifications.Concat(forms.Where(form => form.Id.Length > 0))
            .GroupBy(row => row.Id)
            .Select(same => same.First())
            .OrderBy(row => row.Id, StringComparer.Ordinal)
            .ToEquatableArray(),
    };
}

/// <summary>A namespace with its elements; <paramref name="Aliases"/> are names that stand for the same.</summary>
internal sealed record NamespaceRow(string Namespace, EquatableArray<string> Aliases, EquatableArray<ElementRow> Elements);

internal sealed record ElementRow(string Local, uint Key, string? TypeName, string Specification);

internal sealed record SpecificationRow(string Id, string Version);
