namespace MucGen.Xml;

/// <summary>What is wrong with a field of an element.</summary>
public enum ReadProblem : byte
{
    /// <summary>A required field is absent.</summary>
    Missing,

    /// <summary>The value is not of the field's type, or out of its range.</summary>
    BadValue,

    /// <summary>A field that may occur once occurs again.</summary>
    Duplicate,

    /// <summary>A field occurs more often than its schema allows.</summary>
    TooMany,

    /// <summary>Something stands where the schema allows nothing of the kind.</summary>
    Unexpected,
}

/// <summary>Why an element is not what its schema says, with the stanza error that answers it.</summary>
/// <param name="element">The element's name as schemas write it.</param>
/// <param name="field">The attribute or child; null when it is the element as a whole.</param>
/// <param name="problem">What is wrong.</param>
/// <param name="condition">The stanza error to answer with.</param>
public readonly struct ReadError(
    string element, string? field, ReadProblem problem, StanzaErrorCondition condition = StanzaErrorCondition.BadRequest)
{
    /// <summary>The element's name as schemas write it.</summary>
    public string Element { get; } = element;

    /// <summary>The attribute or child; null when it is the element as a whole.</summary>
    public string? Field { get; } = field;

    /// <summary>What is wrong.</summary>
    public ReadProblem Problem { get; } = problem;

    /// <summary>The stanza error to answer with.</summary>
    public StanzaErrorCondition Condition { get; } = condition;

    /// <summary>A sentence for the human-readable <c>text</c> of a stanza error.</summary>
    public override string ToString()
    {
        var what = Field is null ? $"<{Element}/>" : $"'{Field}' of <{Element}/>";
        return Problem switch
        {
            ReadProblem.Missing => $"{what} is required.",
            ReadProblem.BadValue => $"{what} has a value that is not allowed.",
            ReadProblem.Duplicate => $"{what} may be given only once.",
            ReadProblem.TooMany => $"{what} is given too often.",
            _ => $"{what} is not expected here.",
        };
    }
}
