namespace MucGen.Generator.Model;

/// <summary>What the value of a form's field is.</summary>
internal enum FormValueKind
{
    Text,
    Boolean,
    Number,
    Nick,
    Language,
    Jid,
    Choice,
    Texts,
    Choices,
    Jids,
}

/// <summary>One data form, ready for emission.</summary>
internal sealed record FormModel(
    string TypeName,
    string FormType,
    string Origin,
    SpecificationRow Source,
    string HintPrefix,
    string Documentation,
    EquatableArray<FormFieldModel> Fields)
{
    /// <summary>What it comes from, for people.</summary>
    public string Specification => Source.Version.Length == 0 ? Source.Id : Source.Id + " " + Source.Version;
}

/// <summary>One field of a form.</summary>
/// <param name="Variable">Its <c>var</c>.</param>
/// <param name="Name">What C# calls it.</param>
/// <param name="WireType">Its type as the wire has it, and as an emitted value of <c>FormFieldType</c> in Pascal case.</param>
/// <param name="Label">Its label.</param>
/// <param name="Kind">What its value is.</param>
/// <param name="EnumType">For a choice: the enumeration that its options become.</param>
/// <param name="Options">What there is to choose from.</param>
/// <param name="IsOpen">Whether other values are allowed.</param>
/// <param name="None">The option that stands for no value.</param>
/// <param name="Alias">Another <c>var</c> under which a submission may carry the field; never written.</param>
/// <param name="Least">The least number, as the definition has it; null when any will do.</param>
internal sealed record FormFieldModel(
    string Variable,
    string Name,
    string WireType,
    string Label,
    FormValueKind Kind,
    string? EnumType,
    EquatableArray<FormOptionModel> Options,
    bool IsOpen,
    string? None,
    string? Alias,
    string? Least)
{
    /// <summary>Whether this <c>var</c> means the field.</summary>
    public bool IsCalled(string variable) => variable == Variable || variable == Alias;
}

/// <summary>One option of a field.</summary>
internal sealed record FormOptionModel(string Label, string Value);

/// <summary>A form file after reading, with the place of its root for what is found between files.</summary>
internal sealed record FormFile(FormModel? Model, EquatableArray<DiagnosticInfo> Diagnostics, LocationInfo? Place);
