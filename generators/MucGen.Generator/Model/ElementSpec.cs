namespace MucGen.Generator.Model;

/// <summary>
/// One element, resolved and ready for emission. Records of strings, numbers and equatable arrays only: the emission of an element runs
/// again exactly when one of these values changes. <paramref name="HasList"/>: another element names it as a child that may be repeated.
/// </summary>
internal sealed record ElementSpec(
    string TypeName,
    ElementName Name,
    string Origin,
    string Specification,
    string HintPrefix,
    string? Documentation,
    bool HasList,
    bool TakesNamespace,
    EquatableArray<FieldSpec> Attributes,
    ValueSpec? Value,
    EquatableArray<ChildSpec> Children,
    EquatableArray<ChoiceSpec> Choices,
    EquatableArray<ConditionSpec> Conditions,
    int OthersOrder)
{
    /// <summary>The element has a place for children that its schema does not name.</summary>
    public bool HasOthers => OthersOrder >= 0;

    /// <summary>Nothing can be inside but text: one call writes it whole.</summary>
    public bool IsWhole => Children.IsEmpty && Conditions.IsEmpty && !HasOthers;
}

/// <summary>An element's name as the wire has it. Elements of the content namespaces never declare theirs; those with a prefix neither.</summary>
internal sealed record ElementName(string Namespace, string Local, string? Prefix)
{
    public const string ContentNamespace = "jabber:client";

    public string Tag => Prefix is null ? Local : Prefix + ":" + Local;

    public bool DeclaresNamespace => Prefix is null && Namespace != ContentNamespace;

    public override string ToString() => $"{{{Namespace}}}{Local}";
}

internal enum ValueKind
{
    Text,
    Enumeration,
    Number,
    LongNumber,
    Boolean,
    Instant,
    Jid,
    BareJid,
    FullJid,
    Nick,
    Base64,
    Hex,
    Language,
}

/// <summary>The type of an attribute or of text, with what is checked.</summary>
internal sealed record ValueSpec(
    ValueKind Kind,
    string? EnumType,
    Facets Facets,
    int? MaxBytes,
    bool Open,
    bool Lenient,
    string Condition);

internal sealed record FieldSpec(
    string WireName, string PropertyName, string ParameterName, ValueSpec Value, bool Required, string? Default, string? Fixed, string? Documentation);

internal enum ChildKind
{
    /// <summary>An empty element without attributes: present or not.</summary>
    Flag,

    /// <summary>Text and nothing else.</summary>
    Text,

    /// <summary>Text that may be repeated by xml:lang.</summary>
    LanguageText,

    /// <summary>An element with a view of its own.</summary>
    View,
}

/// <summary>A child that a content model names. <paramref name="Order"/> is its place in a sequence, 0 where order is free.</summary>
internal sealed record ChildSpec(
    ChildKind Kind,
    ElementName Name,
    bool SameNamespace,
    string PropertyName,
    string MethodName,
    string? TypeName,
    ValueSpec? Value,
    int Min,
    int Max,
    int Order,
    bool IsWhole,
    EquatableArray<FieldSpec> Attributes,
    string? Documentation)
{
    public bool IsRepeated => Max > 1;
}

/// <summary>Children of which at most one, or exactly one, may be present; by index.</summary>
internal sealed record ChoiceSpec(EquatableArray<int> Children, bool Required, bool Exclusive);

/// <summary>A choice of elements that is read as one enumeration, its values named by the elements.</summary>
internal sealed record ConditionSpec(
    string PropertyName, string EnumType, bool SameNamespace, bool Required, int Order, EquatableArray<ConditionValue> Values)
{
    public bool HasText
    {
        get
        {
            foreach (var value in Values)
            {
                if (value.HasText)
                    return true;
            }
            return false;
        }
    }
}

internal sealed record ConditionValue(ElementName Name, string Member, bool HasText);

/// <summary>An enumeration to emit.</summary>
internal sealed record EnumSpec(
    string TypeName, string Origin, string Specification, string HintPrefix, string? Documentation, bool ParsesText, EquatableArray<EnumMember> Members);

internal sealed record EnumMember(string Name, string Wire, string? Documentation);
