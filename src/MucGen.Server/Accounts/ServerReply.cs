using MucGen.Protocol;
using MucGen.Server.Sessions;
using MucGen.Xml;

namespace MucGen.Server.Accounts;

/// <summary>An answer that is given after its turn has ended. It holds the request until it is disposed of.</summary>
public sealed class ServerReply : IDisposable
{
    private readonly Stanza request;
    private readonly Jid? to;
    private readonly Jid sender;
    private readonly Action<ReadOnlyMemory<byte>> send;

    internal ServerReply(Stanza request, Jid? to, Jid sender, Action<ReadOnlyMemory<byte>> send)
    {
        this.request = request.Retain();
        this.to = to;
        this.sender = sender;
        this.send = send;
    }

    /// <summary>Who asked.</summary>
    public Jid Sender => sender;

    /// <summary>The request.</summary>
    public ElementView Request => request.Root;

    /// <summary>Sends a message to whoever asked, ahead of the answer.</summary>
    /// <param name="from">Who sends it.</param>
    /// <param name="content">What is in it.</param>
    public void Tell(Jid from, StanzaContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        using var output = new PooledBufferWriter();
        var writer = new XmppWriter(output);
        writer.Raw("<message"u8);
        writer.Attribute("from"u8, from);
        writer.Attribute("to"u8, sender);
        writer.Raw(">"u8);
        content(ref writer);
        writer.Raw("</message>"u8);
        writer.Flush();
        send(output.WrittenMemory);
    }

    /// <summary>Answers with an empty result.</summary>
    public void Acknowledge()
    {
        using var output = new PooledBufferWriter();
        var writer = new XmppWriter(output);
        WriteResultStart(ref writer, request.Root, to, sender);
        writer.Raw("/>"u8);
        writer.Flush();
        send(output.WrittenMemory);
    }

    /// <summary>Answers with a result.</summary>
    /// <param name="payload">One element, as markup that means the same in every stanza.</param>
    public void Result(ReadOnlySpan<byte> payload)
    {
        using var output = new PooledBufferWriter();
        var writer = new XmppWriter(output);
        WriteResultStart(ref writer, request.Root, to, sender);
        writer.Raw(">"u8);
        writer.Raw(payload);
        writer.Raw("</iq>"u8);
        writer.Flush();
        send(output.WrittenMemory);
    }

    /// <summary>Answers with an error.</summary>
    public void Refuse(StanzaErrorCondition condition, StanzaErrorType? type = null, string? text = null) =>
        Answer(IqAnswer.Error(condition, text, type));

    /// <summary>Answers with what was decided.</summary>
    public void Answer(IqAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        using var output = new PooledBufferWriter();
        if (answer.Content is { } content)
        {
            var writer = new XmppWriter(output);
            WriteResultStart(ref writer, request.Root, to, sender);
            writer.Raw(">"u8);
            content(ref writer);
            writer.Raw("</iq>"u8);
            writer.Flush();
        }
        else
        {
            StanzaError.Write(output, request.Root, to, sender, answer);
        }

        send(output.WrittenMemory);
    }

    /// <inheritdoc/>
    public void Dispose() => request.Dispose();

    /// <summary>Writes the start tag of an iq result, up to its attributes.</summary>
    internal static void WriteResultStart(ref XmppWriter writer, ElementView request, Jid? from, Jid to)
    {
        writer.Raw("<iq type='result'"u8);
        writer.Attribute("id"u8, request.Attribute("id"u8));
        writer.Attribute("from"u8, from);
        writer.Attribute("to"u8, to);
    }
}
