using System.Xml.Linq;

namespace MucGen.Transcripts.Running;

/// <summary>What a script talks to: a server behind a socket, or the rooms in memory.</summary>
public interface IDialogueServer : IAsyncDisposable
{
    /// <summary>Logs a character in and binds its resource; sends no presence.</summary>
    Task<IDialogueClient> ConnectAsync(DialogueLogin login, CancellationToken cancellation);
}

/// <summary>Who logs in, and where if not at the usual place.</summary>
/// <param name="BareJid">The account.</param>
/// <param name="Password">Its password.</param>
/// <param name="Resource">The resource to ask for, or null to let the server choose.</param>
/// <param name="Host">The host to connect to, or null for the usual one (the property <c>connect_host</c>).</param>
/// <param name="Port">The port to connect to, or null for the usual one (the property <c>connect_port</c>).</param>
public sealed record DialogueLogin(string BareJid, string Password, string? Resource, string? Host = null, int? Port = null);

/// <summary>One connected character. Stanzas wait in order until they are received.</summary>
public interface IDialogueClient : IAsyncDisposable
{
    /// <summary>The address that the server bound.</summary>
    string FullJid { get; }

    /// <summary>Sends one stanza as it is written.</summary>
    Task SendAsync(string xml, CancellationToken cancellation);

    /// <summary>Takes the next stanza, waiting for it.</summary>
    /// <exception cref="DialogueEndedException">The stream ended before one came.</exception>
    /// <exception cref="OperationCanceledException">None came in time.</exception>
    Task<XElement> ReceiveAsync(CancellationToken cancellation);

    /// <summary>Takes the next stanza if one is waiting.</summary>
    bool TryReceive(out XElement? stanza);

    /// <summary>
    /// Waits until whatever this client's stanzas caused at these bare addresses has been decided, and until everything sent
    /// to this client by then is waiting. No time is guessed: each address is asked and has to answer.
    /// </summary>
    Task SettleAsync(IReadOnlyCollection<string> addresses, CancellationToken cancellation);
}

/// <summary>The server ended the stream, or refused the login.</summary>
public sealed class DialogueEndedException(string reason) : Exception(reason);
