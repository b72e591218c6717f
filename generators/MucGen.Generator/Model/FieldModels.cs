namespace MucGen.Generator.Model;

/// <summary>What a property holds, as far as forms tell it apart.</summary>
internal enum FieldKind
{
    Boolean,
    Number,
    OptionalNumber,
    Text,
    Choice,
    Choices,
}

/// <summary>A configuration record and its fields.</summary>
internal sealed record ConfigurationModel(
    string Namespace,
    string Name,
    bool IsPublic,
    string Form,
    string? InfoForm,
    EquatableArray<FieldModel> Fields);

/// <summary>One annotated property.</summary>
/// <param name="Property">Its name.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Variable">The field's <c>var</c>.</param>
/// <param name="Member">What the emitted form calls the field.</param>
/// <param name="EnumType">For choices: the enumeration, with <c>global::</c>.</param>
/// <param name="Options">For choices: the values of the enumeration and how the wire writes them.</param>
/// <param name="IsOn">The C# expression, over a value named by <c>{0}</c>, that says whether the field is on; null when it is neither on nor off.</param>
/// <param name="Disco">The features for on and off.</param>
/// <param name="Status">The status codes for on and off.</param>
/// <param name="InfoMembers">What the emitted information form calls the fields that show the value.</param>
internal sealed record FieldModel(
    string Property,
    FieldKind Kind,
    string Variable,
    string Member,
    string? EnumType,
    EquatableArray<OptionModel> Options,
    string? IsOn,
    PairModel? Disco,
    PairModel? Status,
    EquatableArray<string> InfoMembers);

/// <summary>One value of an enumeration.</summary>
internal sealed record OptionModel(string Member, string Wire);

/// <summary>What holds when a field is on, and when it is off.</summary>
internal sealed record PairModel(string On, string Off);

/// <summary>What reading one configuration yields.</summary>
internal sealed record ReadConfiguration(ConfigurationModel? Model, EquatableArray<DiagnosticInfo> Diagnostics);
