using MucGen.Generator.Model;

namespace MucGen.Generator.Linking;

/// <summary>What an element's type amounts to.</summary>
internal enum Shape
{
    Flag,
    Text,
    LanguageText,
    View,
    Foreign,
}

/// <summary>An element declaration with its schema and shape; references and derivations have been followed.</summary>
internal sealed record ElementUse(SchemaModel Schema, ElementModel Declaration, WholeType? Type, Shape Shape)
{
    public ElementName Name => new(Schema.Namespace, Declaration.Name, Schema.WirePrefix);

    public QualifiedName QualifiedName => new(Schema.Namespace, Declaration.Name);

    /// <summary>The type of the text inside, with its overlay; null when there is none.</summary>
    public SimpleContent? Value => Type is null ? new SimpleContent(Schema, Declaration.Type, Declaration.Overlay) : Type.Simple;
}
