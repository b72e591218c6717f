using MucGen.Server.Sessions;
using MucGen.Xml;

namespace MucGen.Server.Accounts;

/// <summary>What an account is told, and nothing else ever reaches it.</summary>
internal enum AccountInputKind : byte
{
    /// <summary>A session was bound.</summary>
    Bound,

    /// <summary>A session is gone.</summary>
    Gone,

    /// <summary>One of the account's sessions sent a stanza.</summary>
    Outbound,

    /// <summary>One of the account's sessions has sent a message to a room, which has it already.</summary>
    Sent,

    /// <summary>A stanza comes for the account or one of its sessions.</summary>
    Inbound,

    /// <summary>The account is being deleted.</summary>
    Deleted,
}

/// <summary>One input, in the order of its arrival.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Session">The session bound, gone or sending.</param>
/// <param name="Stanza">The stanza; the input owns a lease.</param>
/// <param name="From">The sender of an inbound stanza.</param>
/// <param name="To">The prepared address of the stanza; null when it names none.</param>
/// <param name="Language">The stream language of its sender.</param>
/// <param name="Done">Completes when the input has been carried out; for those who wait.</param>
internal readonly record struct AccountInput(
    AccountInputKind Kind,
    Session? Session = null,
    Stanza? Stanza = null,
    Jid? From = null,
    Jid? To = null,
    string? Language = null,
    TaskCompletionSource? Done = null);
