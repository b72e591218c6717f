namespace MucGen.Generator.Model;

/// <summary>
/// One element, resolved and ready for emission. Records of strings, numbers and equatable arrays only: the emission of an element runs
/// again exactly when one of these values changes. <paramref name="HasList"/>: another element names it as a child that may be repeated.
/// <paramref name="OthersNamespaces"/>: whence the children are that the schema does not name, empty for any. <paramref name="KeepsOrder"/>: the order of the children says more
/// than their names do, because some of them are repeated together.
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
    EquatableArray<RuleSpec> Rules,
    int OthersOrder,
    EquatableArray<string> OthersNamespaces,
    Wildcard? OtherAttributes,
    bool IsMixed,
    bool IsNillable,
    bool KeepsOrder)
{
    /// <summary>The element has a place for children that its schema does not name.</summary>
    public bool HasOthers => OthersOrder >= 0;

    /// <summary>Nothing can be inside but text: one call writes it whole.</summary>
    public bool IsWhole => Children.IsEmpty && Conditions.IsEmpty && !HasOthers && !IsMixed;
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
    UnsignedLong,
    Decimal,
    Double,
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

/// <summary>
/// The type of an attribute or of text, with what is checked. <paramref name="Union"/>: a text that has to be one of these. <paramref name="Item"/>: a text of words that each have to be
/// one of these.
/// </summary>
internal sealed record ValueSpec(
    ValueKind Kind,
    string? EnumType,
    Facets Facets,
    int? MaxBytes,
    bool Open,
    bool Lenient,
    string Condition,
    EquatableArray<ValueSpec> Union = default,
    ValueSpec? Item = null);

/// <summary>An attribute. <paramref name="Namespace"/>: the one that it is in; null for none, as is usual, and for those of XML itself.</summary>
internal sealed record FieldSpec(
    string WireName, string? Namespace, string PropertyName, string ParameterName, ValueSpec Value, bool Required, string? Default, string? Fixed, string? Documentation);

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

    /// <summary>An element of a namespace that no schema of the project describes: taken as it is.</summary>
    Foreign,
}

/// <summary>
/// A child that a content model names. <paramref name="Order"/> is its place in a sequence, 0 where order is free; <paramref name="LaterOrder"/> the last place, where it has
/// several.
/// </summary>
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
    int LaterOrder,
    bool IsWhole,
    EquatableArray<FieldSpec> Attributes,
    bool TakesOtherAttributes,
    string? Documentation)
{
    public bool IsRepeated => Max > 1;
}

/// <summary>Children of which at most one, or exactly one, may be present; by index.</summary>
internal sealed record ChoiceSpec(EquatableArray<int> Children, bool Required, bool Exclusive);

/// <summary>What must hold of the children together, where a choice is between more than single elements. <paramref name="Children"/>: those that it is about.</summary>
internal sealed record RuleSpec(Rule Rule, EquatableArray<int> Children);

internal enum RuleKind
{
    /// <summary>Each of the rules inside holds; without any, always.</summary>
    All,

    /// <summary>One of the rules inside holds.</summary>
    OneOf,

    /// <summary>The child is there.</summary>
    Present,

    /// <summary>The child is not there.</summary>
    Absent,
}

internal sealed record Rule(RuleKind Kind, int Child, EquatableArray<Rule> Items)
{
    public static Rule True { get; } = new(RuleKind.All, -1, default);

    public static Rule Present(int child) => new(RuleKind.Present, child, default);

    public static Rule Absent(int child) => new(RuleKind.Absent, child, default);
}

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
