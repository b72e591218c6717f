using MucGen.Xml;

namespace MucGen.Server.Storage;

/// <summary>Messages that wait for accounts (XEP-0160). A completed change is on disk; they go with their account.</summary>
public interface IOfflineStore
{
    /// <summary>How much waits for an account.</summary>
    ValueTask<WaitingMessages> CountAsync(Jid owner, CancellationToken cancellationToken);

    /// <summary>Adds a message, the whole stanza as the account's sessions are to get it.</summary>
    ValueTask KeepAsync(Jid owner, byte[] message, CancellationToken cancellationToken);

    /// <summary>What waits, in the order in which it came.</summary>
    ValueTask<IReadOnlyList<KeptMessage>> LoadAsync(Jid owner, CancellationToken cancellationToken);

    /// <summary>Forgets a message and those before it.</summary>
    ValueTask DeleteAsync(Jid owner, long last, CancellationToken cancellationToken);
}

/// <summary>How much waits for an account.</summary>
/// <param name="Messages">How many messages.</param>
/// <param name="Bytes">How many bytes they have together.</param>
public readonly record struct WaitingMessages(int Messages, long Bytes);

/// <summary>A message that waits.</summary>
/// <param name="Number">Its place among those of its account; later ones have higher numbers.</param>
/// <param name="Stanza">The stanza.</param>
public sealed record KeptMessage(long Number, byte[] Stanza);
