using System;
using System.Collections.Generic;
using System.Linq;
using MucGen.Generator.Model;
using MucGen.Generator.Reading.Repairs;

namespace MucGen.Generator.Linking;

/// <summary>A global declaration with the schema that has it.</summary>
internal sealed record Declared<T>(SchemaModel Schema, T Declaration);

/// <summary>The global declarations of all schemas by name. Duplicates are reported; the first one stays.</summary>
internal sealed class Declarations
{
    private readonly List<Problem> problems;
    private readonly HashSet<string> namespaces = [AttributeModel.XmlNamespace];
    private readonly HashSet<string> incomplete = [];
    private readonly HashSet<string> fileNames;
    private readonly List<SchemaModel> schemas;
    private readonly Dictionary<QualifiedName, List<Declared<ElementModel>>> substitutes = [];

    public Declarations(IEnumerable<SchemaModel> schemas, List<Problem> problems)
    {
        this.problems = problems;
        this.schemas = schemas.ToList();
        fileNames = [.. this.schemas.Select(schema => schema.Path.Substring(schema.Path.Replace('\\', '/').LastIndexOf('/') + 1))];
        foreach (var schema in this.schemas)
        {
            namespaces.Add(schema.Namespace);
            if (schema.Includes.Any(IsMissing))
                incomplete.Add(schema.Namespace);
            foreach (var element in schema.Elements)
                AddElement(schema, element);
            foreach (var group in schema.Groups)
                Add(Groups, schema, group.Name ?? "", group.Node, group);
            foreach (var type in schema.SimpleTypes)
                Add(SimpleTypes, schema, type.Name ?? "", type.Node, type);
            foreach (var type in schema.ComplexTypes)
                Add(ComplexTypes, schema, type.Name ?? "", type.Node, type);
            foreach (var group in schema.AttributeGroups)
                Add(AttributeGroups, schema, group.Name, group.Node, group);
            foreach (var attribute in schema.Attributes)
                Add(Attributes, schema, attribute.Name, attribute.Node, attribute);
        }
    }

    public Dictionary<QualifiedName, Declared<ElementModel>> Elements { get; } = [];

    public Dictionary<QualifiedName, Declared<ParticleModel>> Groups { get; } = [];

    public Dictionary<QualifiedName, Declared<SimpleTypeModel>> SimpleTypes { get; } = [];

    public Dictionary<QualifiedName, Declared<ComplexTypeModel>> ComplexTypes { get; } = [];

    public Dictionary<QualifiedName, Declared<AttributeGroupModel>> AttributeGroups { get; } = [];

    public Dictionary<QualifiedName, Declared<AttributeModel>> Attributes { get; } = [];

    /// <summary>Whether a schema of the project describes the namespace.</summary>
    public bool Knows(string ns) => namespaces.Contains(Meant(ns));

    /// <summary>Whether a schema of the project describes the whole namespace; one that includes files which are not there describes a part.</summary>
    public bool KnowsWholly(string ns) => Knows(ns) && !incomplete.Contains(Meant(ns));

    /// <summary>Whether an included file is none of the project.</summary>
    public bool IsMissing(IncludeModel include) => !fileNames.Contains(include.FileName);

    /// <summary>The one declaration of a name that stands inside others only; null when there is none, or several that differ.</summary>
    public Declared<ElementModel>? FindLocal(QualifiedName name)
    {
        var found = schemas.Where(schema => schema.Namespace == name.Namespace)
            .SelectMany(schema => LocalElements(schema).Where(element => element.Name == name.Local).Select(element => new Declared<ElementModel>(schema, element)))
            .ToList();
        return found.Select(local => local.Declaration.Type.Name).Distinct().Count() == 1 && (found.Count == 1 || found[0].Declaration.Type.Name is not null) ? found[0] : null;
    }

    /// <summary>
    /// An element inside another as it is meant: one with a type that is declared nowhere, but begins with the element's name, refers to the element of that name in the namespace of the type.
    /// Where a type there has a name like it, that may be meant as well, and it stays an error.
    /// </summary>
    public ElementModel Meant(SchemaModel schema, ElementModel element)
    {
        if (element.Type.Name is not { } type || !type.Local.StartsWith(element.Name, StringComparison.Ordinal))
            return element;
        var name = type with { Local = element.Name };
        if (!Elements.ContainsKey(name) || !KnowsWholly(type.Namespace) || HasTypeLike(type))
            return element;
        Report(schema, element.Node, Diagnostics.Repaired, RepairRule.TypeOfElement.Id, element.Name, RepairRule.TypeOfElement.Reading);
        return element with { Reference = name, Type = TypeUse.Absent };
    }

    /// <summary>The namespace whose schema describes a name: stanzas mean the same in all content namespaces.</summary>
    public QualifiedName Meant(QualifiedName name) => name with { Namespace = Meant(name.Namespace) };

    /// <summary>The elements that say that they may stand for another.</summary>
    public IReadOnlyList<Declared<ElementModel>> SubstitutesFor(QualifiedName head) => substitutes.TryGetValue(head, out var known) ? known : [];

    /// <summary>Reports a problem, once: what refers to a declaration links it again.</summary>
    public void Report(SchemaModel schema, int node, Microsoft.CodeAnalysis.DiagnosticDescriptor descriptor, params string[] arguments)
    {
        var problem = new Problem(schema.Path, node, descriptor, arguments.ToEquatableArray());
        if (!problems.Contains(problem))
            problems.Add(problem);
    }

    /// <summary>Whether a type has that name, or one that may be meant by it.</summary>
    private bool HasTypeLike(QualifiedName name) =>
        SimpleTypes.Keys.Concat(ComplexTypes.Keys).Any(known => known.Namespace == name.Namespace && Misspelling.IsLike(known.Local, name.Local));

    private static IEnumerable<ElementModel> LocalElements(SchemaModel schema)
    {
        var types = schema.Elements.Select(element => element.Type.Complex).Concat(schema.ComplexTypes);
        return types.Select(type => type?.Content).Concat(schema.Groups).SelectMany(Inside);

        static IEnumerable<ElementModel> Inside(ParticleModel? particle)
        {
            if (particle?.Element is { Reference: null } element)
                return new[] { element }.Concat(Inside(element.Type.Complex?.Content));
            return (particle?.Items ?? default).SelectMany(Inside);
        }
    }

    private string Meant(string ns) => ns is "jabber:server" or "jabber:component:accept" && !namespaces.Contains(ns) ? ElementName.ContentNamespace : ns;

    private void AddElement(SchemaModel schema, ElementModel element)
    {
        Add(Elements, schema, element.Name, element.Node, element);
        if (element.Head is not { } head)
            return;
        if (!substitutes.TryGetValue(head, out var known))
            substitutes.Add(head, known = []);
        known.Add(new Declared<ElementModel>(schema, element));
    }

    private void Add<T>(Dictionary<QualifiedName, Declared<T>> known, SchemaModel schema, string name, int node, T declaration)
    {
        var qualified = new QualifiedName(schema.Namespace, name);
        if (known.TryGetValue(qualified, out var first))
            Report(schema, node, Diagnostics.DuplicateDeclaration, qualified.ToString(), first.Schema.Origin);
        else
            known.Add(qualified, new Declared<T>(schema, declaration));
    }
}
