using System.Collections.Generic;
using MucGen.Generator.Model;

namespace MucGen.Generator.Linking;

/// <summary>A global declaration with the schema that has it.</summary>
internal sealed record Declared<T>(SchemaModel Schema, T Declaration);

/// <summary>The global declarations of all schemas by name. Duplicates are reported; the first one stays.</summary>
internal sealed class Declarations
{
    private readonly List<Problem> problems;

    public Declarations(IEnumerable<SchemaModel> schemas, List<Problem> problems)
    {
        this.problems = problems;
        foreach (var schema in schemas)
        {
            Namespaces.Add(schema.Namespace);
            foreach (var element in schema.Elements)
                Add(Elements, schema, element.Name, element.Node, element);
            foreach (var group in schema.Groups)
                Add(Groups, schema, group.Name ?? "", group.Node, group);
            foreach (var type in schema.SimpleTypes)
                Add(SimpleTypes, schema, type.Name ?? "", type.Node, type);
            foreach (var type in schema.ComplexTypes)
                Add(ComplexTypes, schema, type.Name ?? "", type.Node, type);
            foreach (var group in schema.AttributeGroups)
                Add(AttributeGroups, schema, group.Name, group.Node, group);
        }
    }

    public HashSet<string> Namespaces { get; } = [];

    public Dictionary<QualifiedName, Declared<ElementModel>> Elements { get; } = [];

    public Dictionary<QualifiedName, Declared<ParticleModel>> Groups { get; } = [];

    public Dictionary<QualifiedName, Declared<SimpleTypeModel>> SimpleTypes { get; } = [];

    public Dictionary<QualifiedName, Declared<ComplexTypeModel>> ComplexTypes { get; } = [];

    public Dictionary<QualifiedName, Declared<AttributeGroupModel>> AttributeGroups { get; } = [];

    public void Report(SchemaModel schema, int node, Microsoft.CodeAnalysis.DiagnosticDescriptor descriptor, params string[] arguments) =>
        problems.Add(new Problem(schema.Path, node, descriptor, arguments.ToEquatableArray()));

    private void Add<T>(Dictionary<QualifiedName, Declared<T>> known, SchemaModel schema, string name, int node, T declaration)
    {
        var qualified = new QualifiedName(schema.Namespace, name);
        if (known.TryGetValue(qualified, out var first))
            Report(schema, node, Diagnostics.DuplicateDeclaration, qualified.ToString(), first.Schema.Origin);
        else
            known.Add(qualified, new Declared<T>(schema, declaration));
    }
}
