using System.Buffers;
using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Server.Streams;

/// <summary>Writes what surrounds stanzas: stream headers, stream errors and the closing tag (RFC 6120 section 4).</summary>
internal static class StreamMarkup
{
    /// <summary>The end of a stream.</summary>
    public static ReadOnlySpan<byte> Close => "</stream:stream>"u8;

    /// <summary>The response header. The client's <paramref name="to"/> is told only when it said who it is.</summary>
    public static void WriteHeader(IBufferWriter<byte> output, string id, string from, Jid? to, bool hasVersion)
    {
        using var writer = new XmppWriter(output);
        writer.Raw("<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'"u8);
        writer.Attribute("id"u8, id);
        writer.Attribute("from"u8, from);
        writer.Attribute("to"u8, to);
        if (hasVersion)
            writer.Attribute("version"u8, "1.0");
        writer.Attribute("xml:lang"u8, "en");
        writer.Raw(">"u8);
    }

    /// <summary>A stream error; the caller closes the stream behind it.</summary>
    public static void WriteError(IBufferWriter<byte> output, StreamErrorCondition condition, string? text)
    {
        var writer = new XmppWriter(output);
        var error = StreamErrorWriter.Start(ref writer);
        error.Condition(condition);
        error.Text(text, lang: text is null ? default : "en");
        error.End();
        writer.Flush();
    }
}
