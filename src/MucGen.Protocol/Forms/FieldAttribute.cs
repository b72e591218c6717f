namespace MucGen.Protocol;

/// <summary>
/// Makes a property a field of the configuration form that its class names with <see cref="ConfigurationFormAttribute"/>. The property alone
/// yields the field in the form, the reading of a submission with its exact error, the disco#info features, the status code that tells
/// occupants of a change, the line in the information form, and the stored value.
/// </summary>
/// <param name="variable">The field's <c>var</c>, as the form's definition in <c>schemas/</c> has it: label, type and options are there.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FieldAttribute(string variable) : Attribute
{
    /// <summary>The field's <c>var</c>.</summary>
    public string Variable { get; } = variable;

    /// <summary>
    /// For a property of an enumeration: the value that counts as "on" for <see cref="Disco"/> and <see cref="Status"/>, as it is on the wire. A
    /// Boolean property is on when it is true.
    /// </summary>
    public string? On { get; init; }

    /// <summary>The pair of disco#info features, <c>on|off</c>: <c>muc_membersonly|muc_open</c>.</summary>
    public string? Disco { get; init; }

    /// <summary>The pair of status codes that tell of a change, <c>on|off</c>: <c>172|173</c>. Without it a change is told by 104.</summary>
    public string? Status { get; init; }

    /// <summary>The fields of the information form in disco#info that show the value, by their <c>var</c>, separated by <c>|</c>.</summary>
    public string? Info { get; init; }
}

/// <summary>Marks a partial record whose properties are the fields of one configuration form.</summary>
/// <param name="form">The emitted name of the form: <c>MucRoomConfigForm</c>.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ConfigurationFormAttribute(string form) : Attribute
{
    /// <summary>The emitted name of the configuration form.</summary>
    public string Form { get; } = form;

    /// <summary>The emitted name of the information form that shows some of the values in disco#info.</summary>
    public string? InfoForm { get; init; }
}
