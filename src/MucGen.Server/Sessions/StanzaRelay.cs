using System.Buffers;
using MucGen.Xml;

namespace MucGen.Server.Sessions;

/// <summary>Passes a stanza on: everything as it came, but <c>from</c> as the server knows it (RFC 6120 8.1.2.1).</summary>
internal static class StanzaRelay
{
    /// <summary>Writes the stanza; <paramref name="language"/> stands in where it has no <c>xml:lang</c> (RFC 6120 4.7.4).</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="stanza">A message, presence or iq.</param>
    /// <param name="from">The sender.</param>
    /// <param name="language">The language of the sender's stream; null = none.</param>
    /// <param name="to">Replaces the stanza's own <c>to</c>; null leaves it.</param>
    /// <param name="arrival">The account whose sessions get it; null when it goes on to another account.</param>
    public static void Write(IBufferWriter<byte> output, ElementView stanza, Jid from, string? language = null, Jid? to = null, Arrival? arrival = null)
    {
        var writer = new XmppWriter(output);
        writer.Raw("<"u8);
        writer.Raw(stanza.LocalName);
        WriteRest(ref writer, stanza, from, language, to, arrival);
        writer.Flush();
    }

    /// <summary>Writes the stanza as it stands inside of another one: in its own namespace.</summary>
    public static void WriteForwarded(ref XmppWriter writer, ElementView stanza, Jid from, string? language, Arrival arrival)
    {
        writer.Raw("<"u8);
        writer.Raw(stanza.LocalName);
        writer.Raw(" xmlns='jabber:client'"u8);
        WriteRest(ref writer, stanza, from, language, null, arrival);
    }

    private static void WriteRest(ref XmppWriter writer, ElementView stanza, Jid from, string? language, Jid? to, Arrival? arrival)
    {
        writer.Attribute("from"u8, from);
        writer.Attribute("to"u8, to);
        WriteOthers(ref writer, stanza, to is not null);
        if (language is not null && !stanza.Attribute("xml:lang"u8).IsPresent)
            writer.Attribute("xml:lang"u8, language);
        writer.Raw(">"u8);
        foreach (var child in stanza.Children)
        {
            if (arrival is not { } at || !at.Forbids(child))
                writer.Element(child);
        }

        arrival?.WriteMarks(ref writer);
        writer.Raw("</"u8);
        writer.Raw(stanza.LocalName);
        writer.Raw(">"u8);
    }

    private static void WriteOthers(ref XmppWriter writer, ElementView stanza, bool isReaddressed)
    {
        var index = 0;
        foreach (var attribute in stanza.Attributes)
        {
            var name = attribute.Name;
            var colon = name.IndexOf((byte)':');
            if (colon >= 0 && !name.StartsWith("xml:"u8) && IsFirstOfPrefix(stanza, name[..(colon + 1)], index))
                WriteDeclaration(ref writer, name[..colon], attribute.Namespace);
            index++;
            if (!name.SequenceEqual("from"u8) && !(isReaddressed && name.SequenceEqual("to"u8)))
                writer.Attribute(name, attribute.Value);
        }
    }

    /// <summary>A foreign attribute takes its prefix along, wherever it was declared.</summary>
    private static void WriteDeclaration(ref XmppWriter writer, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> uri)
    {
        writer.Raw(" xmlns:"u8);
        writer.Raw(prefix);
        writer.Raw("='"u8);
        writer.Text(new XmlText(uri));
        writer.Raw("'"u8);
    }

    private static bool IsFirstOfPrefix(ElementView stanza, ReadOnlySpan<byte> prefixAndColon, int index)
    {
        foreach (var attribute in stanza.Attributes)
        {
            if (index-- == 0)
                return true;
            if (attribute.Name.StartsWith(prefixAndColon))
                return false;
        }
        return true;
    }
}
