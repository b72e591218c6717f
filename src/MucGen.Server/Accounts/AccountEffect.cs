using MucGen.Xml;

namespace MucGen.Server.Accounts;

/// <summary>What a turn has decided that its actor must do.</summary>
public enum AccountEffectKind : byte
{
    /// <summary>A composed stanza goes to one of the account's sessions.</summary>
    SendToResource,

    /// <summary>The stanza of the turn goes to one of the account's sessions as it came.</summary>
    Relay,

    /// <summary>A composed stanza goes to another address.</summary>
    Route,

    /// <summary>The stanza of the turn goes on to another address as it came.</summary>
    Forward,

    /// <summary>A contact is kept.</summary>
    SaveContact,

    /// <summary>A contact is forgotten.</summary>
    DeleteContact,

    /// <summary>The vCard is replaced.</summary>
    SaveVCard,

    /// <summary>The list of who is blocked changes.</summary>
    SaveBlocked,

    /// <summary>A composed message goes to the archive.</summary>
    Archive,

    /// <summary>A composed message waits for somebody to take it.</summary>
    KeepMessage,

    /// <summary>The messages that wait go to one of the account's sessions.</summary>
    DeliverKept,

    /// <summary>The time of the last presence is kept.</summary>
    SaveLastSeen,

    /// <summary>The time of the login is kept.</summary>
    SaveLogin,
}

/// <summary>One effect. Effects are carried out in order, those that change the store first of all.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="Resource">The session for the kinds that address one.</param>
/// <param name="From">The sender of a routed stanza.</param>
/// <param name="To">The recipient of a routed stanza, the contact that is forgotten, or the other side of an archived message.</param>
/// <param name="Bytes">Where the composed stanza, or the vCard, is in the turn's output.</param>
/// <param name="Contact">The contact that is kept.</param>
/// <param name="Added">The addresses that are blocked.</param>
/// <param name="Removed">The addresses that are blocked no more.</param>
public readonly record struct AccountEffect(
    AccountEffectKind Kind,
    Resource? Resource = null,
    Jid? From = null,
    Jid? To = null,
    Range Bytes = default,
    Contact? Contact = null,
    IReadOnlyList<Jid>? Added = null,
    IReadOnlyList<Jid>? Removed = null);
