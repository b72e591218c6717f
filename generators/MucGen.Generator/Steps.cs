namespace MucGen.Generator;

/// <summary>The tracking names of the pipelines' steps; the tests assert the caching of each of them.</summary>
internal static partial class Steps
{
    /// <summary>One schema file to its model.</summary>
    public const string ReadSchema = "Schema.0_Read";

    /// <summary>What other files need to know of each file: names and shapes of its types and global elements.</summary>
    public const string LinkCatalog = "Schema.1_Link";

    /// <summary>One schema, with what it refers to in others, resolved.</summary>
    public const string ResolveSchema = "Schema.2_Resolve";

    /// <summary>One element to its source.</summary>
    public const string EmitElement = "Schema.3_Emit";

    /// <summary>The tables over all schemas.</summary>
    public const string EmitCatalog = "Schema.4_Catalog";

    /// <summary>One data form file to its model.</summary>
    public const string ReadForm = "Form.0_Read";

    /// <summary>One data form to its source.</summary>
    public const string EmitForm = "Form.1_Emit";
}
