using MucGen.Xml;

namespace MucGen.Protocol;

/// <summary>Which field of a submitted form cannot be taken, and the stanza error that answers it.</summary>
/// <param name="variable">The field's <c>var</c>.</param>
/// <param name="problem">What is wrong.</param>
/// <param name="condition">The stanza error to answer with.</param>
public readonly struct FormError(string variable, ReadProblem problem, StanzaErrorCondition condition)
{
    /// <summary>The field's <c>var</c>.</summary>
    public string Var { get; } = variable;

    /// <summary>What is wrong.</summary>
    public ReadProblem Problem { get; } = problem;

    /// <summary>The stanza error to answer with; XEP-0004 (4) asks for not-acceptable.</summary>
    public StanzaErrorCondition Condition { get; } = condition;

    /// <summary>A sentence for the human-readable <c>text</c> of a stanza error.</summary>
    public string Text => ToString();

    /// <inheritdoc/>
    public override string ToString() => Problem switch
    {
        ReadProblem.Missing => $"The field '{Var}' is required.",
        ReadProblem.Duplicate => $"The field '{Var}' may be given only once.",
        ReadProblem.TooMany => $"The field '{Var}' takes one value.",
        _ => $"The field '{Var}' has a value that is not allowed.",
    };
}
