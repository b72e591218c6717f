using System.Buffers;
using MucGen.Protocol;
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
    /// <param name="receiver">The account that gets it, in whose name nobody else gives ids (XEP-0359 3): such are taken out. Null when it goes on to another server.</param>
    public static void Write(IBufferWriter<byte> output, ElementView stanza, Jid from, string? language = null, Jid? to = null, Jid? receiver = null)
    {
        var writer = new XmppWriter(output);
        writer.Raw("<"u8);
        writer.Raw(stanza.LocalName);
        writer.Attribute("from"u8, from);
        writer.Attribute("to"u8, to);
        WriteOthers(ref writer, stanza, to is not null);
        if (language is not null && !stanza.Attribute("xml:lang"u8).IsPresent)
            writer.Attribute("xml:lang"u8, language);
        writer.Raw(">"u8);
        foreach (var child in stanza.Children)
        {
            if (receiver is null || !IsForgedId(child, receiver))
                writer.Element(child);
        }

        writer.Raw("</"u8);
        writer.Raw(stanza.LocalName);
        writer.Raw(">"u8);
        writer.Flush();
    }

    private static bool IsForgedId(in ElementView child, Jid receiver) =>
        child.Key == StanzaIdView.Key && Jid.TryParse(child.Attribute("by"u8), out var by, out _) && by.Equals(receiver);

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
