using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Channels;
using System.Xml.Linq;
using MucGen.Transcripts.Running;

namespace MucGen.Transcripts.Tcp;

/// <summary>A bound stream whose stanzas are read as they come and wait in order.</summary>
internal sealed class TcpDialogueClient : IDialogueClient
{
    private const string QuestionPrefix = "transcript-settles-";

    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(10);

    private readonly XmppConnection connection;
    private readonly Channel<XElement> inbox = Channel.CreateUnbounded<XElement>();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> questions = new(StringComparer.Ordinal);
    private readonly Task reading;
    private int asked;

    public TcpDialogueClient(XmppConnection connection, string fullJid)
    {
        this.connection = connection;
        FullJid = fullJid;
        reading = ReadAllAsync();
    }

    public string FullJid { get; }

    public Task SendAsync(string xml, CancellationToken cancellation) => connection.WriteAsync(xml, cancellation);

    public async Task<XElement> ReceiveAsync(CancellationToken cancellation)
    {
        try
        {
            return await inbox.Reader.ReadAsync(cancellation);
        }
        catch (ChannelClosedException e)
        {
            throw new DialogueEndedException(e.InnerException?.Message ?? "the stream is closed");
        }
    }

    public bool TryReceive(out XElement? stanza) => inbox.Reader.TryRead(out stanza);

    /// <summary>
    /// Pings each address. Requests on one stream are handled in order, and so are one room's, so when the answers are here,
    /// everything asked before has been decided and delivered.
    /// </summary>
    public async Task SettleAsync(IReadOnlyCollection<string> addresses, CancellationToken cancellation)
    {
        foreach (var address in addresses.Append(FullJid.Split('@', '/')[1]))
            await AskAsync(address, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(Farewell);
        try
        {
            await connection.WriteAsync("</stream:stream>", limit.Token);
            await reading.WaitAsync(limit.Token);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // A server that is gone, or does not close its side, is left without ceremony.
        }

        await connection.DisposeAsync();
    }

    private async Task AskAsync(string address, CancellationToken cancellation)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{QuestionPrefix}{++asked}");
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        questions[id] = answer;
        await connection.WriteAsync(
            new XElement("iq", new XAttribute("type", "get"), new XAttribute("id", id), new XAttribute("to", address), new XElement(XName.Get("ping", "urn:xmpp:ping")))
                .ToString(SaveOptions.DisableFormatting),
            cancellation);
        await answer.Task.WaitAsync(cancellation);
    }

    private async Task ReadAllAsync()
    {
        try
        {
            while (true)
            {
                var stanza = await connection.ReadElementAsync(CancellationToken.None);
                if (stanza.Attribute("id")?.Value is { } id && questions.TryRemove(id, out var question))
                    question.SetResult();
                else
                    await inbox.Writer.WriteAsync(stanza);
            }
        }
        catch (DialogueEndedException e)
        {
            inbox.Writer.Complete(e);
            foreach (var question in questions.Values)
                question.TrySetException(new DialogueEndedException(e.Message));
        }
    }
}
