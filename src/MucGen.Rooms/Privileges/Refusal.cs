using MucGen.Xml;

namespace MucGen.Rooms.Privileges;

/// <summary>
/// A refusal as data: the stanza error that answers a request (RFC 6120, 8.3). Rules return one, or null when they
/// have nothing against it; only a turn sends it.
/// </summary>
/// <param name="Condition">The defined condition.</param>
/// <param name="Type">What the sender may do about it.</param>
/// <param name="Text">One English sentence for people, without names or addresses of others.</param>
public sealed record Refusal(StanzaErrorCondition Condition, StanzaErrorType Type, string Text)
{
    /// <summary>The URI of what to address instead, for the conditions that have one (RFC 6120 8.3.3.5, 8.3.3.14); null when it is not told.</summary>
    public string? Address { get; init; }

    /// <summary>A request by somebody who lacks the right in general (XEP-0045 8, 9, 10; A10).</summary>
    public static Refusal Forbidden(string text) => new(StanzaErrorCondition.Forbidden, StanzaErrorType.Auth, text);

    /// <summary>The right is there, but this target is protected (XEP-0045 8.2, 8.4, 9.1, 9.7; A10).</summary>
    public static Refusal NotAllowed(string text) => new(StanzaErrorCondition.NotAllowed, StanzaErrorType.Cancel, text);

    /// <summary>What nobody but the service may do (XEP-0045 10.4).</summary>
    public static Refusal NotAuthorized(string text) => new(StanzaErrorCondition.NotAuthorized, StanzaErrorType.Auth, text);

    /// <summary>The request collides with the state of the room: oneself, the last owner, a nick that is taken.</summary>
    public static Refusal Conflict(string text) => new(StanzaErrorCondition.Conflict, StanzaErrorType.Cancel, text);

    /// <summary>The sender is not in the room, or the room cannot accept these values.</summary>
    public static Refusal NotAcceptable(string text, StanzaErrorType type = StanzaErrorType.Cancel) =>
        new(StanzaErrorCondition.NotAcceptable, type, text);

    /// <summary>The request itself is wrong.</summary>
    public static Refusal BadRequest(string text) => new(StanzaErrorCondition.BadRequest, StanzaErrorType.Modify, text);

    /// <summary>An address in the request cannot be an address.</summary>
    public static Refusal JidMalformed(string text) => new(StanzaErrorCondition.JidMalformed, StanzaErrorType.Modify, text);

    /// <summary>There is nothing of that name here.</summary>
    public static Refusal ItemNotFound(string text) => new(StanzaErrorCondition.ItemNotFound, StanzaErrorType.Cancel, text);

    /// <summary>Only members may.</summary>
    public static Refusal RegistrationRequired(string text) =>
        new(StanzaErrorCondition.RegistrationRequired, StanzaErrorType.Auth, text);
}
