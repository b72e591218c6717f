using MucGen.Generator.Model;

namespace MucGen.Generator.Linking;

/// <summary>What an element's type amounts to.</summary>
internal enum Shape
{
    Flag,
    Text,
    LanguageText,
    View,
}

/// <summary>An element declaration with its schema and shape; references have been followed.</summary>
internal sealed record ElementUse(SchemaModel Schema, ElementModel Declaration, ComplexTypeModel? Type, SchemaModel TypeSchema, Shape Shape)
{
    public ElementName Name => new(Schema.Namespace, Declaration.Name, Schema.WirePrefix);
}
