using MucGen.Xml;

namespace MucGen.Protocol;

/// <summary>
/// One stanza on its way through the rules of whoever it is addressed to: a room, a service, an account, the server. Handlers read from it and
/// write their effects into it. A turn is used by one thread at a time.
/// </summary>
public abstract class StanzaTurn
{
    /// <summary>The stanza that is being handled. The turn does not own the lease; retain it to keep it.</summary>
    public abstract Stanza Stanza { get; }

    /// <summary>The stanza's root element.</summary>
    public virtual ElementView Root => Stanza.Root;

    /// <summary>The full JID that sent the stanza, vouched for by its session; never read from the stanza.</summary>
    public abstract Jid From { get; }

    /// <summary>The payload cannot be read: answers with the error that its schema names.</summary>
    public virtual void Malformed(in ReadError error) => Refuse(error.Condition, StanzaErrorType.Modify, error.ToString());

    /// <summary>
    /// Answers the stanza with an error (RFC 6120 8.3), unless it is one itself. Without a type, the condition's usual one.
    /// </summary>
    /// <param name="condition">The defined condition.</param>
    /// <param name="type">What the sender may do about it.</param>
    /// <param name="text">A sentence for people; absent for none.</param>
    public abstract void Refuse(StanzaErrorCondition condition, StanzaErrorType? type = null, XmlText text = default);
}
