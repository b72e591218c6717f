using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using MucGen.Generator.Model;

namespace MucGen.Generator.Linking;

/// <summary>
/// Links all schemas: follows references across files, decides what is a flag, a text or a view, gives every element its C# name, and
/// collects the rows of the name table. Its output is what emission needs and nothing else.
/// </summary>
internal sealed class SchemaLinker
{
    private readonly EquatableArray<SchemaModel> schemas;
    private readonly List<Problem> problems = [];
    private readonly Declarations declarations;
    private readonly ValueResolver values;
    private readonly ContentLinker contents;
    private readonly Dictionary<string, ElementSpec> elements = [];
    private readonly Dictionary<string, SortedDictionary<string, ElementRow>> rows = new(StringComparer.Ordinal);
    private readonly HashSet<QualifiedName> referenced = [];
    private readonly TypeNames typeNames;
    private readonly HashSet<(string Path, int Node)> linked = [];

    private SchemaLinker(EquatableArray<SchemaModel> schemas, TypeNames typeNames)
    {
        this.schemas = schemas;
        this.typeNames = typeNames;
        declarations = new Declarations(schemas, problems);
        values = new ValueResolver(declarations);
        contents = new ContentLinker(declarations, values, typeNames);
    }

    public static Catalog Link(EquatableArray<SchemaModel> schemas)
    {
        var ordered = schemas.OrderBy(s => s.Origin, StringComparer.Ordinal).ToEquatableArray();
        var names = new TypeNames();
        while (true)
        {
            names.Settle();
            var catalog = new SchemaLinker(ordered, names).Link();
            if (!names.HasChanged)
                return catalog;
        }
    }

    private Catalog Link()
    {
        foreach (var schema in schemas)
        {
            foreach (var import in schema.Imports)
            {
                if (!declarations.Knows(import.Namespace))
                    declarations.Report(schema, import.Node, Diagnostics.UnknownImport, import.Namespace);
            }
            foreach (var include in schema.Includes)
            {
                if (declarations.IsMissing(include))
                    declarations.Report(schema, include.Node, Diagnostics.UnknownImport, include.Location);
            }
            values.DeclareNamedEnums(schema);
            CollectReferences(schema);
        }
        foreach (var schema in schemas)
        {
            foreach (var element in schema.Elements)
                LinkGlobal(schema, element);
        }
        // Global elements have the first choice of names.
        for (var locals = contents.TakeLocals(); locals.Count > 0; locals = contents.TakeLocals())
        {
            foreach (var local in locals)
                Emit(local.Use, local.TypeName, local.LongName, isGiven: false);
        }
        MarkLists();
        CheckTypeNames();
        var names = Names();
        CheckKeys(names);
        return new Catalog(
            elements.Values.ToEquatableArray(), values.Enums.OrderBy(e => e.TypeName, StringComparer.Ordinal).ToEquatableArray(), names, problems.ToEquatableArray());
    }

    private void CollectReferences(SchemaModel schema)
    {
        foreach (var element in schema.Elements)
            Collect(element.Type.Complex?.Content);
        foreach (var type in schema.ComplexTypes)
            Collect(type.Content);
        foreach (var group in schema.Groups)
            Collect(group);

        void Collect(ParticleModel? particle)
        {
            if (particle?.Element is { } element && declarations.Meant(schema, element).Reference is { } reference && reference.Namespace == schema.Namespace)
                referenced.Add(reference);
            if (particle?.Element?.Type.Complex?.Content is { } content)
                Collect(content);
            foreach (var item in particle?.Items ?? default)
                Collect(item);
        }
    }

    /// <summary>A flag or text that other elements of its schema refer to is a property there; alone on the wire it has a view.</summary>
    private void LinkGlobal(SchemaModel schema, ElementModel element)
    {
        // A second declaration of the name has been reported.
        if (declarations.Elements[new QualifiedName(schema.Namespace, element.Name)] is var known && (known.Schema.Path != schema.Path || known.Declaration != element))
            return;
        var use = contents.Use(schema, element);
        var typeName = contents.GlobalTypeName(schema, element);
        if (use.Shape == Shape.View || !referenced.Contains(new QualifiedName(schema.Namespace, element.Name)))
            Emit(use, typeName, typeName + "Element", element.Overlay.Name is not null);
        else
            AddRow(use.Name, null, schema);
    }

    private void Emit(ElementUse use, string typeName, string longName, bool isGiven)
    {
        // A declaration inside a named type is met once for each element of the type, and once more inside itself.
        if (!linked.Add((use.Schema.Path, use.Declaration.Node)))
            return;
        AddRow(use.Name, typeName, use.Schema);
        var spec = contents.Link(use, typeName);
        if (elements.TryGetValue(typeName, out var known))
        {
            if (known with { Documentation = spec.Documentation } == spec)
                return;
            if (isGiven)
                declarations.Report(use.Schema, use.Declaration.Node, Diagnostics.DuplicateTypeName, spec.Name.ToString(), typeName, known.Name.ToString());
            else
                typeNames.Choose(use.Schema.Path, use.Declaration.Node, typeName, longName);
            return;
        }
        elements.Add(typeName, spec);
        foreach (var condition in spec.Conditions)
        {
            foreach (var value in condition.Values)
                AddRow(value.Name, null, use.Schema);
        }
        foreach (var child in spec.Children)
        {
            if (child.Kind != ChildKind.View)
                AddRow(child.Name, null, use.Schema);
        }
    }

    /// <summary>A list type is emitted for every view that somewhere may be repeated.</summary>
    private void MarkLists()
    {
        var repeated = elements.Values.SelectMany(e => e.Children).Where(c => c.IsRepeated && c.TypeName is not null).Select(c => c.TypeName!).ToImmutableHashSet();
        foreach (var name in repeated.Where(elements.ContainsKey))
            elements[name] = elements[name] with { HasList = true };
    }

    private void CheckTypeNames()
    {
        foreach (var name in values.Enums.Select(e => e.TypeName))
        {
            foreach (var element in elements.Values)
            {
                if (name == element.TypeName + "View" || name == element.TypeName + "Writer" || name == element.TypeName + "List")
                    declarations.Report(SchemaOf(element.Origin), 0, Diagnostics.DuplicateTypeName, element.Name.ToString(), name, name);
            }
        }
    }

    private SchemaModel SchemaOf(string origin) => schemas.First(s => s.Origin == origin);

    private void AddRow(ElementName name, string? typeName, SchemaModel schema)
    {
        if (!rows.TryGetValue(name.Namespace, out var ofNamespace))
            rows.Add(name.Namespace, ofNamespace = new SortedDictionary<string, ElementRow>(StringComparer.Ordinal));
        if (!ofNamespace.TryGetValue(name.Local, out var row) || row.TypeName is null)
            ofNamespace[name.Local] = new ElementRow(name.Local, ElementKeyHash.Of(name.Namespace, name.Local), typeName, row?.Specification ?? schema.Specification);
    }

    private NamesSpec Names()
    {
        var specifications = schemas.GroupBy(s => s.Specification)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new SpecificationRow(g.Key, g.First().Version));
        var namespaces = rows.OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => new NamespaceRow(r.Key, Aliases(r.Key), r.Value.Values.ToEquatableArray()));
        return new NamesSpec(namespaces.ToEquatableArray(), specifications.ToEquatableArray());
    }

    /// <summary>Older versions of a namespace; and for the content namespace the two others, in which a stanza means the same unless a schema says what it means there.</summary>
    private EquatableArray<string> Aliases(string ns)
    {
        var older = schemas.Where(s => s.Namespace == ns).SelectMany(s => s.OlderNamespaces);
        var all = ns == ElementName.ContentNamespace ? older.Concat(["jabber:component:accept", "jabber:server"]) : older;
        return all.Where(alias => !rows.ContainsKey(alias)).Distinct().ToEquatableArray();
    }

    private void ReportCollision(QualifiedName name, string other, uint key)
    {
        var isGlobal = declarations.Elements.TryGetValue(name, out var declared);
        var schema = isGlobal ? declared!.Schema : schemas.First(s => s.Namespace == name.Namespace);
        declarations.Report(schema, isGlobal ? declared!.Declaration.Node : 0, Diagnostics.KeyCollision, name.ToString(), other, $"0x{key:x8}");
    }

    private void CheckKeys(NamesSpec names)
    {
        var known = new Dictionary<uint, string> { [0] = "no element" };
        foreach (var ns in names.Namespaces)
        {
            foreach (var row in ns.Elements)
            {
                var name = $"{{{ns.Namespace}}}{row.Local}";
                if (known.TryGetValue(row.Key, out var other))
                    ReportCollision(new QualifiedName(ns.Namespace, row.Local), other, row.Key);
                else
                    known.Add(row.Key, name);
            }
        }
    }
}
