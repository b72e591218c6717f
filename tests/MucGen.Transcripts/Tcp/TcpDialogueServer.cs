using System.Collections.Concurrent;
using MucGen.Transcripts.Running;

namespace MucGen.Transcripts.Tcp;

/// <summary>A server that clients reach over TCP.</summary>
public sealed class TcpDialogueServer(TcpOptions options) : IDialogueServer
{
    private readonly ConcurrentDictionary<string, Task> registrations = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public async Task<IDialogueClient> ConnectAsync(DialogueLogin login, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(login);
        if (options.Register)
            await registrations.GetOrAdd(login.BareJid, _ => RegisterAsync(login, cancellation));
        var connection = await OpenAsync(login, cancellation);
        try
        {
            var fullJid = await new Login(connection, options, login).RunAsync(cancellation);
            return new TcpDialogueClient(connection, fullJid);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task RegisterAsync(DialogueLogin login, CancellationToken cancellation)
    {
        await using var connection = await OpenAsync(login, cancellation);
        await new Login(connection, options, login).RegisterAsync(cancellation);
    }

    private Task<XmppConnection> OpenAsync(DialogueLogin login, CancellationToken cancellation) =>
        XmppConnection.ConnectAsync(login.Host ?? options.Host, login.Port ?? options.Port, cancellation);
}
