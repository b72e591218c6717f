namespace MucGen.Generator;

internal static partial class Steps
{
    /// <summary>The attributed methods to handlers.</summary>
    public const string ReadHandlers = "Dispatch.0_ReadHandlers";

    /// <summary>The features that name their context.</summary>
    public const string ReadFeatures = "Dispatch.1_ReadFeatures";

    /// <summary>Handlers and features by context.</summary>
    public const string ComposeDispatch = "Dispatch.2_Compose";

    /// <summary>The assembly's extension.</summary>
    public const string ComposeExtension = "Dispatch.3_Extension";

    /// <summary>The annotated properties of a configuration.</summary>
    public const string ReadFields = "Fields.0_Read";
}
