using System.Buffers;
using MucGen.Xml;

namespace MucGen.Rooms.Archive;

/// <summary>
/// Finds in a relayed message what the room itself wrote into it. That is known to the byte: attributes in single quotes, and at the end
/// the author's occupant-id and the room's stanza-id.
/// </summary>
public static class RelayedStanza
{
    /// <summary>The id that the room gave to the message (XEP-0359); empty when it has none.</summary>
    public static ReadOnlySpan<byte> IdOf(ReadOnlySpan<byte> message)
    {
        var at = message.LastIndexOf("<stanza-id "u8);
        if (at < 0)
            return default;
        var element = message[at..];
        var id = element[(element.IndexOf(" id='"u8) + " id='"u8.Length)..];
        return id[..id.IndexOf((byte)'\'')];
    }

    /// <summary>
    /// Writes the tombstone of a message (XEP-0424 4, XEP-0425 4): addresses, id, the author's occupant-id and the stanza-id stay, all that the
    /// author said goes.
    /// </summary>
    /// <param name="message">The message as it was relayed.</param>
    /// <param name="retracted">The element that stands for the content.</param>
    /// <param name="output">Receives the message.</param>
    public static void WriteTombstone(ReadOnlySpan<byte> message, ReadOnlySpan<byte> retracted, IBufferWriter<byte> output)
    {
        output.Write(message[..StartTagLength(message)]);
        output.Write(retracted);
        var end = message.LastIndexOf("<occupant-id "u8);
        output.Write(message[(end < 0 ? message.LastIndexOf("</message>"u8) : end)..]);
    }

    /// <summary>The message as it stands inside of another element: in its own namespace, up to its end tag.</summary>
    internal static void WriteForwarded(ref XmppWriter writer, ReadOnlySpan<byte> message)
    {
        writer.Raw("<message xmlns='jabber:client'"u8);
        writer.Raw(message["<message"u8.Length..^"</message>"u8.Length]);
    }

    // A client's id may hold a '>', which XML allows in attributes.
    private static int StartTagLength(ReadOnlySpan<byte> message)
    {
        var isQuoted = false;
        for (var i = 0; i < message.Length; i++)
        {
            if (message[i] == '\'')
                isQuoted = !isQuoted;
            else if (message[i] == '>' && !isQuoted)
                return i + 1;
        }

        throw new ArgumentException("A relayed message has a start tag.", nameof(message));
    }
}
