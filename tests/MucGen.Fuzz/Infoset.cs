using System.Text;
using System.Xml;
using MucGen.Xml;

namespace MucGen.Fuzz;

/// <summary>Writes what a reader understood - names, namespaces, attributes and text, in order - as lines to compare.</summary>
public static class Infoset
{
    /// <summary>What our tokens say of an element.</summary>
    public static string Of(ElementView element)
    {
        var text = new StringBuilder();
        Write(text, element);
        return text.ToString();
    }

    /// <summary>What <see cref="XmlReader"/> says of a frame; null with a reason when it refuses it or when it is not XMPP.</summary>
    public static string? OfXmlReader(byte[] frame, out string reason)
    {
        reason = "";
        try
        {
            var source = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(frame);
            using var reader = XmlReader.Create(new StringReader(source), Settings(), Context());
            return Read(reader, out reason);
        }
        catch (Exception error) when (error is XmlException or DecoderFallbackException)
        {
            reason = error.Message;
            return null;
        }
    }

    private static XmlReaderSettings Settings() => new()
    {
        ConformanceLevel = ConformanceLevel.Fragment,
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
    };

    // What a client's stanza inherits from its stream.
    private static XmlParserContext Context()
    {
        var table = new System.Xml.NameTable();
        var manager = new XmlNamespaceManager(table);
        manager.AddNamespace("", "jabber:client");
        manager.AddNamespace("stream", "http://etherx.jabber.org/streams");
        return new XmlParserContext(table, manager, null, XmlSpace.Preserve);
    }

    private static string? Read(XmlReader reader, out string reason)
    {
        var text = new StringBuilder();
        var pending = new StringBuilder();
        var roots = 0;
        reason = "";
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    if (reader.Depth == 0 && roots++ > 0) reason = "more than one element";
                    Flush(text, pending);
                    var isEmpty = reader.IsEmptyElement;
                    text.Append("( {").Append(reader.NamespaceURI).Append('}').Append(reader.Prefix).Append('|').Append(reader.LocalName).Append('\n');
                    while (reader.MoveToNextAttribute())
                        if (reader.NamespaceURI != "http://www.w3.org/2000/xmlns/")
                            Line(text, reader.NamespaceURI, reader.LocalName, reader.Value);
                    if (isEmpty) text.Append(")\n");
                    break;
                case XmlNodeType.EndElement:
                    Flush(text, pending);
                    text.Append(")\n");
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace when reader.Depth > 0:
                    pending.Append(reader.Value);
                    break;
                default:
                    reason = $"{reader.NodeType} is not XMPP";
                    break;
            }
        }
        if (roots == 0) reason = "no element";
        return reason.Length == 0 ? text.ToString() : null;
    }

    private static void Write(StringBuilder text, ElementView element)
    {
        text.Append("( {").Append(Encoding.UTF8.GetString(element.Namespace)).Append('}').Append(Encoding.UTF8.GetString(element.Prefix)).Append('|')
            .Append(Encoding.UTF8.GetString(element.LocalName)).Append('\n');
        foreach (var attribute in element.Attributes)
            Line(text, Encoding.UTF8.GetString(attribute.Namespace), Encoding.UTF8.GetString(attribute.LocalName), attribute.Value.ToString());
        var pending = new StringBuilder();
        var stanza = element.Stanza!;
        var end = element.Row + stanza.Row(element.Row).Extra;
        for (var row = element.Row + 1; row < end;)
        {
            var token = stanza.Row(row);
            if (token.Kind == TokenKind.Text) pending.Append(stanza.TextAt(row).ToString());
            if (token.Kind == TokenKind.Element)
            {
                Flush(text, pending);
                Write(text, new ElementView(stanza, row));
            }
            row += token.Kind == TokenKind.Element ? token.Extra : 1;
        }
        Flush(text, pending);
        text.Append(")\n");
    }

    private static void Line(StringBuilder text, string ns, string name, string value) =>
        text.Append("@ {").Append(ns).Append('}').Append(name).Append('=').Append(value).Append('\n');

    private static void Flush(StringBuilder text, StringBuilder pending)
    {
        if (pending.Length > 0) text.Append("T ").Append(pending).Append('\n');
        pending.Clear();
    }
}
