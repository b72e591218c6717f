using MucGen.Xml;

namespace MucGen.Protocol;

/// <summary>Writes what is inside a stanza or an element.</summary>
/// <param name="writer">Stands inside; it is left at the same depth.</param>
public delegate void StanzaContent(ref XmppWriter writer);

/// <summary>The answer to a request as data, for those who decide before they know how it is sent: a result, or an error.</summary>
public sealed class IqAnswer
{
    private IqAnswer(StanzaContent content) => Content = content;

    private IqAnswer(StanzaErrorCondition condition, StanzaErrorType type, string? text, StanzaContent? detail)
    {
        Condition = condition;
        Type = type;
        Text = text;
        Detail = detail;
    }

    /// <summary>What the result holds; null for an error.</summary>
    public StanzaContent? Content { get; }

    /// <summary>The error's defined condition.</summary>
    public StanzaErrorCondition Condition { get; }

    /// <summary>What the requester may do about the error.</summary>
    public StanzaErrorType Type { get; }

    /// <summary>A sentence for people about the error; null for none.</summary>
    public string? Text { get; }

    /// <summary>The error's application-specific condition (RFC 6120 8.3.4); null for none.</summary>
    public StanzaContent? Detail { get; }

    /// <summary>A result.</summary>
    public static IqAnswer Result(StanzaContent content) => new(content);

    /// <summary>An error; without a type, the condition's usual one.</summary>
    public static IqAnswer Error(StanzaErrorCondition condition, string? text = null, StanzaErrorType? type = null, StanzaContent? detail = null) =>
        new(condition, type ?? condition.DefaultType(), text, detail);
}
